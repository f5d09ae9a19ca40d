"""The pages that the README shows, on the example register in a real browser: each opens whole and accessible.

`REKISTERI_TEST_PICTURES=1` keeps what they look like as tests/pictures/kuva-*.png, ready to be put into docs/kuvat.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db
from rekisteri.orders.models import Order
from tests.customers.factories import make_person
from tests.support.browser import PICTURES, overflows

PASSWORD = "keksitty salasana kuviin"
SIZE = {"width": 1180, "height": 860}

pytestmark = pytest.mark.browser


@pytest.fixture
def register(command: Any, page: Page) -> Page:
    """The example register, open to its owner."""
    done = command("demo", "--customers", "400", "--password", PASSWORD)
    assert done.exit_code == 0, done.output
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    page.goto("/kirjaudu")
    page.locator("input[name=username]").fill("vastuuhenkilo")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/kirjaudu" not in url)
    return page


@pytest.fixture
def keep(axe: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """Judge the open page, and keep what the window shows when pictures are asked for."""

    def look(page: Page, name: str) -> None:
        assert overflows(page) == 0
        axe(page)
        if os.environ.get("REKISTERI_TEST_PICTURES") == "1":
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=PICTURES / f"kuva-{name}.png")

    return look


def test_the_statistics(register: Page, keep: Callable[[Page, str], None]) -> None:
    register.goto("/tilastot/?jako=quarter")
    expect(register.locator("#uudet-asiakkaat rect.bar").first).to_be_visible()
    register.evaluate("document.querySelector('#customers').scrollIntoView()")
    keep(register, "tilastot")


def test_a_card_with_orders(register: Page, keep: Callable[[Page, str], None]) -> None:
    most = (
        select(Order.customer_id).group_by(Order.customer_id).order_by(func.count().desc(), Order.customer_id).limit(1)
    )
    register.goto(f"/asiakkaat/{db.session.scalar(most)}")
    orders = register.locator("#tilaukset")
    expect(orders.locator("tbody tr").first).to_be_visible()
    register.evaluate("document.querySelector('#tilaukset').scrollIntoView()")
    keep(register, "tilaukset-kortilla")


def test_merging_two_customers_side_by_side(register: Page, keep: Callable[[Page, str], None]) -> None:
    kept = db.session.scalars(select(Customer).filter_by(kind="person", state="active").order_by(Customer.id)).first()
    assert kept is not None
    held = db.session.execute(select(Datum.field, Datum.value).filter_by(customer_id=kept.id, ended_at=None)).all()
    same = {field: value for field, value in held if field in ("last_name", "first_name", "email", "postcode", "city")}
    twin = make_person(**{"street": "Uusikatu 8", "phone": "040 555 4321"} | same)
    register.goto(f"/asiakkaat/{kept.id}/yhdista/{twin.id}")
    expect(register.get_by_role("heading", name="Yhdistä asiakkaat")).to_be_visible()
    keep(register, "yhdistaminen")


def test_an_import_before_it_changes_anything(
    register: Page, keep: Callable[[Page, str], None], tmp_path: Path
) -> None:
    make_person(email="aino.aho@esimerkki.fi", phone="050 555 1234", last_name="Aho", first_name="Aino")
    file = tmp_path / "messut.csv"
    file.write_text(
        "Sukunimi;Etunimi;Sähköposti;Puhelin;Katuosoite;Postinumero;Postitoimipaikka\n"
        "Aho;Aino;aino.aho@esimerkki.fi;050 555 1234;Rantatie 2;33100;Tampere\n"
        "Koskela;Veikko;veikko.koskela@esimerkki.fi;040 555 7788;Kuja 3;20100;Turku\n"
        "Rautio;Essi;essi.rautio;;Polku 5;70100;Kuopio\n"
        "Salonen;Pia;pia.salonen@esimerkki.fi;050 555 1234;Mutka 9;00100;Helsinki\n",
        encoding="utf-8",
    )
    register.goto("/asiakkaat/tuonti")
    register.locator("input[type=file]").set_input_files(file)
    register.locator("select[name=source]").select_option("self")
    register.locator("input[name=obtained_on]").fill("5.3.2026")
    register.get_by_role("button", name="Lähetä tiedosto").click()
    register.get_by_role("button", name="Tarkista rivit").click()
    expect(register.get_by_role("heading", name="Tarkista rivit")).to_be_visible(timeout=30_000)
    keep(register, "tuonti")
