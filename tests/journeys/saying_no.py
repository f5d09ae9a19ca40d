"""What the journeys of objecting, withdrawing consent and complaining have in common: the paper, the post, the end."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from rekisteri.customers import service as customers
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fi_date
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user

Look = Callable[[str], None]


def one_customer() -> int:
    """A register with one customer who can be written to; the customer's id."""
    fill_settings()
    owner = make_user("vastuuhenkilo")
    with transaction():
        customer = customers.create(
            kind="person",
            values={
                "last_name": "Šakki", "first_name": "Äijä", "street": "Mäkitie 4",
                "postcode": "00100", "city": "Helsinki", "email": "aija@sakki.example",
            },
            source=customers.self_source(),
            obtained_on=today() - timedelta(days=90),
            by=owner,
        )  # fmt: skip
        db.session.flush()
        return int(customer.id)


def register_paper(page: Page, *rights: str) -> str:
    """A signed letter of Äijä Šakki asking for these rights; the path of its case."""
    page.goto("/pyynnot/uusi")
    for right in rights:
        page.get_by_label(right, exact=True).check()
    page.locator("[name=received_on]").fill(fi_date(today() - timedelta(days=3)))
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.locator("[name=requester_name]").fill("Äijä Šakki")
    page.get_by_label("Hae henkilöä rekisteristä").fill("äijä šak")
    page.locator("button[name=search]").click()
    page.get_by_label("Šakki, Äijä").check()
    page.locator("main").get_by_role("button", name="Kirjaa pyyntö").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pyyntö")
    return re.sub(r"^https?://[^/]+", "", page.url)


def post_everything_and_close(page: Page, case: str) -> list[Document]:
    """Post each letter that waits, close the case, and give back its papers."""
    for _ in range(5):
        page.goto("/")
        waiting = page.locator("#posti tbody th a")
        if waiting.count() == 0:
            break
        waiting.first.click()
        page.get_by_label("Postitse").check()
        page.get_by_role("button", name="Tallenna merkintä").click()
    page.goto(case)
    page.get_by_role("link", name="Sulje pyyntö").click()
    page.get_by_role("button", name="Sulje pyyntö").click()
    expect(page.get_by_text("Suljettu").first).to_be_visible()
    db.session.rollback()
    return documents.for_subject(f"case:{case.rsplit('/', 1)[1]}")
