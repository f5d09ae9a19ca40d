"""Billing in a real browser: search as one types, nothing for axe to find, nothing too wide, in light and in dark."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.billing.factories import (
    advance,
    make_application,
    make_collection,
    make_invoice,
    pay,
)
from tests.customers.factories import make_organisation, make_person
from tests.disclosures.factories import make_recipient
from tests.support.browser import overflows

LONG = "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilasvanhempainyhdistys"
PAGES = (
    "/laskutus/",
    "/laskutus/?tila=kaikki",
    "/laskutus/{invoice}",
    "/laskutus/{invoice}/maksu",
    "/laskutus/{invoice}/hyvitys",
    "/laskutus/{invoice}/luovutus",
    "/laskutus/{invoice}/perinta",
    "/laskutus/uusi/{customer}",
    "/laskutus/perinnat/{collection}",
    "/laskutus/perinnat/{collection}/paata",
    "/laskutus/perinnat/{collection}/oikeus",
    "/laskutus/luotot/",
    "/laskutus/luotot/{application}",
    "/laskutus/luotot/{application}/ratkaise",
    "/laskutus/luotot/{application}/luottotiedot",
    "/laskutus/tuo",
)


@pytest.fixture
def desk(page: Page, walk_in: Any) -> dict[str, int]:
    """The person responsible signed in, and a register with something of everything."""
    walk_in(page, "vastuuhenkilo", full_name="Onni Saari")
    person = make_person(last_name=LONG, obtained_on=date(2026, 1, 1))
    collection = make_collection(make_invoice(person, number="7" * 40))
    advance(collection, "agency", agency=make_recipient(name=f"{LONG} Oy"))
    pay(make_invoice(make_organisation(LONG), number="2026-10"))
    invoice = make_invoice(person, number="2026-1", amount=10**11)
    application = make_application(person, purpose=LONG)
    ids = {"invoice": invoice, "customer": person, "collection": collection, "application": application}
    return {name: row.id for name, row in ids.items()}


def test_hits_come_as_one_types_a_number_and_the_address_stays_empty(page: Page, desk: dict[str, int]) -> None:
    page.goto("/laskutus/")
    page.locator("main #haku-sana").press_sequentially("2026-1")

    expect(page.locator("#laskut tbody tr")).to_have_count(2)
    expect(page.locator("#kuulutus")).to_have_text("2 laskua")
    page.locator("main #haku-sana").fill("2026-10")
    expect(page.locator("#laskut tbody tr")).to_have_count(1)
    assert page.url.endswith("/laskutus/")
    page.locator("#laskut tbody th a").click()
    expect(page.locator("h1")).to_have_text("Lasku 2026-10")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_billing_has_anything_for_axe_to_find(
    page: Page, desk: dict[str, int], axe: Any, take_picture: Any, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    for number, address in enumerate(PAGES):
        page.goto(address.format(**desk))
        axe(page)
        take_picture(page, f"laskutus-{scheme}-{number:02}")


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_of_billing_is_wider_than_its_window(page: Page, desk: dict[str, int], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        page.goto(address.format(**desk))
        assert not overflows(page), address


def test_a_refused_form_leads_to_its_first_mistake(page: Page, desk: dict[str, int], axe: Any) -> None:
    page.goto(f"/laskutus/uusi/{desk['customer']}")
    page.locator("[name=number]").fill("2026-1")
    page.locator("[name=invoiced_on]").fill("1.9.2026")
    page.locator("[name=due_on]").fill("15.9.2026")
    page.locator("[name=amount]").fill("1 000,50")
    page.get_by_role("button", name="Tallenna lasku").click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.locator("#number")).to_be_focused()
    expect(page.locator("#amount")).to_have_value("1 000,50")
    axe(page)


def test_credit_is_decided_where_no_script_runs(no_js_page: Page, walk_in: Any) -> None:
    application = make_application(make_person(obtained_on=date(2026, 1, 1)))
    walk_in(no_js_page, "vastuuhenkilo", full_name="Onni Saari")
    no_js_page.goto(f"/laskutus/luotot/{application.id}")
    no_js_page.get_by_role("link", name="Ratkaise hakemus").click()
    no_js_page.get_by_label("Hylätään").check()
    no_js_page.get_by_role("button", name="Ratkaise hakemus").click()
    expect(no_js_page.locator(".error-summary")).to_contain_text("Kirjoita hylkäämisen syyt")
    no_js_page.get_by_label("Ratkaisun perustelut").fill("Aiempia laskuja on maksamatta.")
    no_js_page.get_by_role("button", name="Ratkaise hakemus").click()

    expect(no_js_page.locator("#ratkaisu")).to_contain_text("Hylätty")
    expect(no_js_page.locator("#ratkaisu")).to_contain_text("Onni Saari")
