"""The statistics in a real browser: charts at every width, in both themes, in forced colours and on paper."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.disclosures.factories import make_recipient
from tests.statistics.factories import make_disclosures, make_orders, make_people, make_requests
from tests.support.browser import overflows

TOWNS = {"00100": "Helsinki", "33100": "Tampere", "90100": "Oulu", "20100": "Turku", "70100": "Kuopio"}

pytestmark = pytest.mark.browser


@pytest.fixture
def statistics(page: Page, walk_in: Callable[..., Any]) -> Page:
    """The page of a register that has grown for two years, in every month some."""
    ids = []
    for month in range(23):
        day = date(2025 + month // 12, month % 12 + 1, 7)
        place = list(TOWNS.items())[month % 5]
        ids += make_people(3 + month * 7 % 20, on=day, values={"postcode": place[0], "city": place[1]})
        make_people(month % 9, on=day, kind="organisation", values={"postcode": place[0], "city": place[1]})
        make_orders(ids[-8:], on=day, total=23450 + month * 1999, state="delivered" if month < 20 else "ordered")
    make_requests(ids[:6], on=date(2026, 10, 1), closed=date(2026, 10, 20))
    make_requests(ids[6:12], on=date(2026, 9, 1), closed=date(2026, 10, 20))
    make_disclosures(ids[:9], make_recipient(), on=date(2026, 11, 2))
    walk_in(page, "lukija")
    page.goto("/tilastot/?alku=1/2025&loppu=11/2026&jako=month")
    return page


@pytest.mark.promise("kaytto.kehittaminen")
def test_the_page_is_legible_for_everybody(
    statistics: Page, axe: Callable[[Page], None], take_picture: Callable[[Page, str], None]
) -> None:
    for scheme in ("light", "dark"):
        statistics.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (1280, 400, 320):
            statistics.set_viewport_size({"width": width, "height": 900})
            assert overflows(statistics) == 0, f"wider than {width} pixels"
            if width != 320:
                axe(statistics)
            take_picture(statistics, f"tilastot-{scheme}-{width}")
    statistics.emulate_media(color_scheme="light", forced_colors="active")
    assert (
        statistics.locator("rect.series-1").first.evaluate("bar => getComputedStyle(bar).fill") == "rgb(255, 255, 255)"
    )
    take_picture(statistics, "tilastot-forced")
    statistics.emulate_media(media="print", forced_colors="none")
    expect(statistics.locator(".chooser")).to_be_hidden()
    expect(statistics.locator("#uudet-asiakkaat table")).to_be_visible()
    statistics.set_viewport_size({"width": 700, "height": 900})
    take_picture(statistics, "tilastot-print")


def test_a_clerk_chooses_quarters_and_takes_a_table_home(statistics: Page) -> None:
    statistics.get_by_label("Jaottelu").select_option(label="Vuosineljännes")
    statistics.get_by_label("Ensimmäinen kuukausi").fill("1/2026")
    statistics.get_by_role("button", name="Näytä").click()
    expect(statistics.get_by_role("cell", name="4. neljännes 2025")).to_have_count(0)
    expect(statistics.locator("#tilaukset tbody tr").first).to_contain_text("1. neljännes 2026")
    with statistics.expect_download() as download:
        statistics.get_by_role("link", name="CSV Uudet asiakkaat").click()
    assert download.value.suggested_filename == "uudet-asiakkaat.csv"


def test_months_that_will_not_do_are_told_beside_the_field(
    statistics: Page, take_picture: Callable[[Page, str], None]
) -> None:
    statistics.get_by_label("Ensimmäinen kuukausi").fill("maaliskuu")
    statistics.get_by_role("button", name="Näytä").click()
    expect(statistics.get_by_role("alert")).to_contain_text("Kirjoita kuukausi muodossa 3/2026.")
    take_picture(statistics, "tilastot-virhe")
