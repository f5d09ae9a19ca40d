"""What is kept of the forgotten, in figures, for whoever answers for the register."""

from datetime import date

import pytest

from rekisteri.forgotten import keys, overview
from tests.forgotten.factories import data, erase, forget

PAGE = "/unohdetut/"


@pytest.fixture
def owner(sign_in):
    return sign_in("vastuuhenkilo")


def test_an_empty_register_has_forgotten_nobody(client, owner):
    page = client.get(PAGE)
    assert "Ketään ei ole poistettu" in page.main
    assert overview.kept() == overview.Kept(0, 0, 0, 0, None, [])


def test_marks_and_erasures_are_counted_and_the_last_day_told(client, owner):
    forget()
    forget({"email": "aino@esimerkki.fi"}, forbidden=True)
    erase(7)
    erase(8, on=date(2026, 4, 6))
    erase(9, kind="anonymised")
    kept = overview.kept()
    assert (kept.marks, kept.forbidden, kept.erased, kept.anonymised) == (5, 1, 2, 1)
    page = client.get(PAGE)
    assert "Viimeisin poisto 6.4.2026" in page.main
    assert page.page.select_one("main .callout-bad") is None


def test_the_page_names_nobody_and_seeks_nobody(client, owner):
    forget()
    erase(7)
    page = client.get(PAGE)
    assert page.page.select("main form, main input") == []
    assert "Mäkinen" not in page.text and "esimerkki.fi" not in page.main
    assert "Täältä ei voi hakea ketään" in page.main


def test_a_lost_key_and_a_lost_or_damaged_journal_are_told_of(client, owner):
    forget()
    erase(7)
    keys.key_file().unlink()
    (data() / "erasures.jsonl").write_text('"rikki\n')
    page = client.get(PAGE)
    told = [fault.get_text(strip=True) for fault in page.page.select("main .callout-bad")]
    assert len(told) == 3
    assert "forgotten.key puuttuu" in told[0]
    assert "rivi 1 on vioittunut" in told[1]
    assert "puuttuu rivejä" in told[2]


@pytest.mark.parametrize("role", ["lukija", "kasittelija"])
def test_who_may_not_read_the_log_may_not_see_it(client, sign_in, role):
    sign_in(role)
    assert client.get(PAGE).status_code == 403


def test_the_page_of_erasures_leads_to_it(client, owner):
    assert client.get("/poistot/").page.select_one("main a[href='/unohdetut/']") is not None


def test_each_start_completes_the_journal(app):
    from rekisteri.kernel import upgrades

    erase(7)
    (data() / "erasures.jsonl").unlink()
    upgrades.finish()
    assert "erased" in (data() / "erasures.jsonl").read_text()
