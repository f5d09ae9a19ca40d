"""Requests in a real browser: nothing for axe to find, nothing wider than the window, the search while one types."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rekisteri.cases import service, uploads
from rekisteri.documents import service as documents
from rekisteri.documents.models import Scan
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import TODAY, make_case, only_case, png
from tests.customers.factories import make_person
from tests.settings.factories import fill_settings
from tests.support.browser import overflows

REASON = "Tietojanne on selvitettävä kolmelta tietolähteeltä, joista yksi vastaa vasta tammikuussa."


@pytest.fixture
def desk(app: Any, page: Page, walk_in: Callable[..., Any]) -> Any:
    """A clerk signed in, and cases in several states."""
    clerk = walk_in(page, "kasittelija", full_name="Kaisa Käsittelijä", title="asiakassihteeri")
    fill_settings()
    maija = make_person()
    case = make_case(
        by=clerk, customer=maija, content="Pyytää oikaisemaan osoitteen ja poistamaan vanhan puhelinnumeron."
    )
    make_case(by=clerk, received_on=date(2026, 10, 1), requester=service.Requester("Ville Vieras"))
    make_case(by=clerk, received_on=date(2026, 10, 26), requester=service.Requester("Šarūnė Žukauskaitė-Äijälä"))
    withdrawn = make_case(by=clerk)
    with transaction():
        service.record_identity(case=case, method="known_address", checked_on=TODAY, by=clerk, on=TODAY)
        letter = service.acknowledge(case=case, by=clerk, on=TODAY)
        service.withdraw(case=withdrawn, channel="phone", withdrawn_on=TODAY, by=clerk, on=TODAY)
        for name in ("pyyntö.png", "liite 1.png"):
            uploads.attach([_scan(name, clerk)], case=case, by=clerk)
    with transaction():
        documents.mark_posted(document=letter, on=TODAY, way="post", by=clerk)
        service.extend(case=case, ground="complexity", reason=REASON, by=clerk, on=TODAY)
    return {"case": case.id, "customer": maija.id}


def _scan(name: str, clerk: Any) -> Scan:
    picture = documents.examine(_File(name))
    return documents.store_scan(file=picture, by=clerk, subject=uploads.UNATTACHED)


class _File:
    """A file as a form gives it."""

    def __init__(self, name: str) -> None:
        import io

        self.filename = name
        self.stream = io.BytesIO(png("Pyydän oikaisemaan osoitteeni."))


PAGES = {
    "luettelo": "/pyynnot/",
    "avaa": "/pyynnot/avaa",
    "kirjaa": "/pyynnot/uusi",
    "pyynto": "/pyynnot/{case}",
    "henkilo": "/pyynnot/{case}/henkilo",
    "henkilollisyys": "/pyynnot/{case}/henkilollisyys",
    "vastaanottoilmoitus": "/pyynnot/{case}/vastaanottoilmoitus",
    "taydennyspyynto": "/pyynnot/{case}/taydennyspyynto",
    "jatka": "/pyynnot/{case}/jatka",
    "peruuta": "/pyynnot/{case}/peruuta",
    "sulje": "/pyynnot/{case}/sulje",
    "skannaukset": "/pyynnot/{case}/skannaukset",
    "lomake": "/pyynnot/lomake/asiakas/{customer}",
    "oma-aloite": "/pyynnot/oma-aloite/{customer}",
    "kortti": "/asiakkaat/{customer}",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_every_window(
    page: Page, desk: Any, axe: Callable[[Page], None], take_picture: Callable[[Page, str], None], scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    for name, address in PAGES.items():
        page.goto(address.format(**desk))
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            take_picture(page, f"pyynnot-{name}-{scheme}-{width}")
            assert overflows(page) == 0, f"{name} at {width} px"
        axe(page)


def test_a_form_full_of_mistakes_is_accessible(
    page: Page, desk: Any, axe: Callable[[Page], None], take_picture: Callable[[Page, str], None]
) -> None:
    page.goto("/pyynnot/uusi")
    page.locator("#received_on").fill("31.2.2026")
    page.locator("#requester_postcode").fill("1")
    page.get_by_role("button", name="Kirjaa pyyntö").click()
    expect(page.locator("#virheet")).to_be_visible()
    assert page.title().startswith("Virhe:")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        take_picture(page, f"pyynnot-virheet-{width}")
        assert overflows(page) == 0
    axe(page)


def test_the_person_appears_while_the_name_is_typed_and_the_file_stays(page: Page, desk: Any, tmp_path: Path) -> None:
    paper = tmp_path / "pyyntö.png"
    paper.write_bytes(png())
    page.goto("/pyynnot/uusi")
    page.get_by_label("Tiedon oikaiseminen").check()
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.get_by_label("Nimi", exact=True).fill("Maija Virtanen")
    page.get_by_label("Lisää tiedostoja").set_input_files(paper)
    page.get_by_label("Hae henkilöä rekisteristä").press_sequentially("virta")
    page.get_by_label("Virtanen, Maija").check()
    page.get_by_role("button", name="Kirjaa pyyntö").click()
    page.get_by_label("Tämä on eri pyyntö. Kirjaa se silti.").check()
    page.get_by_role("button", name="Kirjaa pyyntö").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pyyntö 2026/0005")
    expect(page.locator("#skannaukset img")).to_have_count(1)
    db.session.rollback()
    assert service.find_by_number("2026/0005").customer_id == desk["customer"]


def test_enter_in_the_search_looks_for_the_person_and_registers_nothing(page: Page, desk: Any) -> None:
    page.goto("/pyynnot/uusi")
    page.get_by_label("Hae henkilöä rekisteristä").fill("virtanen")
    page.get_by_label("Hae henkilöä rekisteristä").press("Enter")
    expect(page.get_by_label("Virtanen, Maija")).to_be_visible()
    assert service.find_by_number("2026/0005") is None


def test_a_request_is_registered_without_scripts(no_js_page: Page, walk_in: Callable[..., Any], tmp_path: Path) -> None:
    walk_in(no_js_page, "kasittelija")
    maija = make_person()
    paper = tmp_path / "pyyntö.png"
    paper.write_bytes(png())
    page = no_js_page
    page.goto("/pyynnot/uusi")
    page.get_by_label("Tiedon oikaiseminen").check()
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.get_by_label("Nimi", exact=True).fill("Maija Virtanen")
    page.get_by_label("Lisää tiedostoja").set_input_files(paper)
    page.locator("#henkilo").get_by_role("button", name="Hae").click()
    page.get_by_label("Virtanen, Maija").check()
    expect(page.get_by_label("pyyntö.png")).to_be_checked()
    page.get_by_role("button", name="Kirjaa pyyntö").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pyyntö 2026/0001")
    assert only_case().customer_id == maija.id
