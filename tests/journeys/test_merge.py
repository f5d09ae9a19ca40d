"""Merging and undoing in a real browser: the same woman stands in the register twice, a clerk makes one of the two.

Walked twice: as most people work, and without JavaScript.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers import service as customers
from rekisteri.customers.sources import add_source
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import make_case
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user

TOLD = {
    "last_name": "Äijälä",
    "first_name": "Maija",
    "phone": "041 505 8567",
    "street": "Mäkitie 4",
    "postcode": "00100",
    "city": "Helsinki",
}
FAIR = TOLD | {"first_name": "Maia", "phone": "050 765 4321", "email": "maija@esimerkki.fi"}


@pytest.fixture
def twins(app: Flask) -> tuple[int, int]:
    """Maija as she told of herself, and Maia from a fair, who has made a request."""
    fill_settings()
    owner = make_user("vastuuhenkilo")
    with transaction():
        fair = add_source(name="Syysmessut", kind="fair", details={}, by=owner)
        told = {"obtained_on": today() - timedelta(days=90), "by": owner}
        one = customers.create(kind="person", values=TOLD, source=customers.self_source(), **told)
        other = customers.create(kind="person", values=FAIR, source=fair, **told)
        db.session.flush()
        ids = int(one.id), int(other.id)
    make_case(customer=customers.find(ids[1]), by=owner, received_on=today(), on=today())
    return ids


def walk(page: Page, twins: tuple[int, int], walk_in: Callable[..., Any], look: Callable[[str], None]) -> None:
    """Search the register for duplicates, compare the pair, merge it, look at the card, and take it back."""
    kept, dropped = twins
    walk_in(page, "kasittelija")
    page.goto("/asiakkaat/")
    page.get_by_role("link", name="Kaksoiskappaleet").first.click()
    look("kaksoiskappaleet-tyhja")
    page.get_by_role("button", name="Etsi kaksoiskappaleet").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Luettelo on ajan tasalla.")
    expect(page.get_by_text("sama nimi hieman toisin kirjoitettuna")).to_be_visible()
    look("kaksoiskappaleet")

    page.get_by_role("link", name="Vertaa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yhdistä asiakkaat")
    expect(page.locator("#siirtyy")).to_contain_text("Pyynnöt")
    look("vertailu")
    page.get_by_label("Säilyvän: Maija").check()
    page.get_by_role("button", name="Yhdistä asiakkaat").click()

    expect(page.locator("#ilmoitukset")).to_contain_text("Asiakkaat on yhdistetty.")
    expect(page.locator("#tiedot")).to_contain_text("maija@esimerkki.fi")
    expect(page.locator("#tiedot")).to_contain_text("050 765 4321")
    expect(page.locator("#yhdistetyt")).to_contain_text(f"Asiakas {dropped}")
    look("yhdistetty-kortti")
    page.goto(f"/asiakkaat/{dropped}")
    assert page.url.endswith(f"/asiakkaat/{kept}")

    page.get_by_role("link", name="Peru yhdistäminen").click()
    look("peru-yhdistaminen")
    page.get_by_role("button", name="Peru yhdistäminen").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Yhdistäminen on peruttu.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maia Äijälä")
    look("erilleen-palautettu")


def tell_apart(page: Page, twins: tuple[int, int], look: Callable[[str], None]) -> None:
    """After all they are two people: the pair leaves the list with the reason."""
    page.goto(f"/asiakkaat/{twins[0]}/yhdista")
    look("valitse-toinen")
    page.get_by_label("Toisen asiakkaan asiakasnumero").fill(str(twins[1]))
    page.get_by_role("button", name="Vertaa").click()
    page.get_by_role("link", name="Ei sama asiakas").click()
    page.get_by_role("button", name="Merkitse eri asiakkaiksi").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("eri-asiakkaat-virhe")
    page.get_by_label("Samaan talouteen kuuluvat eri ihmiset").check()
    page.get_by_role("button", name="Merkitse eri asiakkaiksi").click()
    expect(page.get_by_text("Ei käsiteltäviä pareja")).to_be_visible()
    look("ei-pareja")


def both_stand_as_before(twins: tuple[int, int]) -> None:
    db.session.rollback()
    for customer_id, values in zip(twins, (TOLD, FAIR), strict=True):
        customer = customers.find(customer_id)
        assert customer is not None
        held = {field: datum.value for field, datum in customers.current(customer).items()}
        phone = "+358" + values["phone"].removeprefix("0").replace(" ", "")
        assert held == values | {"phone": phone}


def test_two_cards_of_one_person_are_merged_and_parted_again(
    page: Page, twins: tuple[int, int], walk_in: Any, axe: Any, take_picture: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"yhdistaminen-{name}")

    walk(page, twins, walk_in, look)
    both_stand_as_before(twins)
    tell_apart(page, twins, look)


def test_the_same_road_of_merging_without_javascript(no_js_page: Page, twins: tuple[int, int], walk_in: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    walk(no_js_page, twins, walk_in, look)
    both_stand_as_before(twins)
    tell_apart(no_js_page, twins, look)
