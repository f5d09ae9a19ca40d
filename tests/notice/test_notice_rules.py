"""When a notice may be published, from which day it holds, and what keeps its rows in order."""

from datetime import date

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice.rows import FIXED, KNOWN, ROWS, recognised
from rekisteri.notice.rules import (
    check_change_note,
    check_complete,
    check_room,
    check_size,
    check_valid_from,
    last_day,
    moved,
)

TODAY = date(2026, 11, 23)


def test_the_notice_has_its_fifteen_rows_in_the_notices_order() -> None:
    assert [row.heading for row in ROWS][:3] == [
        "Laatimispäivä",
        "Rekisterinpitäjä",
        "Yhteyshenkilö rekisteriä koskevissa asioissa",
    ]
    assert len(FIXED) == 15
    assert ROWS[11].heading == "Evästeet"
    assert ROWS[-1].key == "other_rights"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Rekisterinpitäjä", "controller"),
        ("1. REKISTERINPITÄJÄ:", "controller"),
        ("2 Rekisteriasioista vastaava henkilö", "contact"),
        ("ATK:lla käsiteltävät tiedot", "system"),
        ("Rekisterin suojauksen periaatteet A. Manuaalinen aineisto", "paper"),
        ("Säännönmukaiset tietojen luovutukset", "disclosures"),
        ("Tietojen siirto EU:n tai ETA:n ulkopuolelle", "transfers"),
        ("Rekisteröidyn tarkastusoikeus", "access"),
        ("Evästeet (cookies)", "cookies"),
        ("Säilytysaika", "retention"),
        ("Lukijakilpailut", None),
        ("", None),
    ],
)
def test_a_heading_is_recognised_by_any_of_its_names(heading: str, key: str | None) -> None:
    assert recognised(heading) == key


def test_no_name_means_two_rows() -> None:
    names = [name for row in KNOWN.values() for name in row.headings]
    assert all(recognised(name) == row.key for row in KNOWN.values() for name in row.headings), names


def test_a_notice_with_unfilled_places_is_not_published() -> None:
    with pytest.raises(RuleViolation, match=r"täydennettäviä paikkoja.*Evästeet: \[x\]"):
        check_complete(["Evästeet: [x]"])
    check_complete([])


def test_of_many_unfilled_places_the_first_five_are_told() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_complete([f"kohta {number}" for number in range(9)])
    assert "kohta 4; …" in refusal.value.sentence


def test_the_very_first_version_may_have_been_in_force_before() -> None:
    check_valid_from(date(2018, 5, 25), on=TODAY, previous=None)


def test_a_later_version_does_not_change_the_past() -> None:
    with pytest.raises(RuleViolation, match="aikaisintaan tänään"):
        check_valid_from(date(2026, 11, 22), on=TODAY, previous=date(2026, 1, 1))


def test_a_version_does_not_come_before_the_one_it_follows() -> None:
    with pytest.raises(RuleViolation, match=r"1\.12\.2026 alkaen") as refusal:
        check_valid_from(date(2026, 11, 25), on=TODAY, previous=date(2026, 12, 1))
    assert refusal.value.field == "valid_from"


def test_a_version_may_be_corrected_on_its_own_day() -> None:
    check_valid_from(TODAY, on=TODAY, previous=TODAY)
    assert last_day(TODAY, TODAY) == TODAY


def test_nobody_plans_a_notice_for_the_year_after_next() -> None:
    with pytest.raises(RuleViolation, match="enintään vuoden päässä"):
        check_valid_from(date(2028, 1, 1), on=TODAY, previous=None)


def test_a_version_ends_the_day_before_its_successor_begins() -> None:
    assert last_day(date(2026, 1, 1), date(2026, 12, 1)) == date(2026, 11, 30)


def test_a_later_version_tells_what_changed() -> None:
    with pytest.raises(RuleViolation, match="mitä selosteessa muuttui"):
        check_change_note("  ", first=False)
    check_change_note("", first=True)
    check_change_note("Lisätty säilytysajat.", first=False)


def test_a_section_is_at_most_64_kilobytes() -> None:
    check_size("a" * 64 * 1024)
    with pytest.raises(RuleViolation, match="64 kilotavua"):
        check_size("ä" * (32 * 1024 + 1))


def test_a_notice_has_at_most_sixty_sections() -> None:
    check_room(59)
    with pytest.raises(RuleViolation, match="enintään 60 kohtaa"):
        check_room(60)


def test_own_sections_move_past_each_other_but_not_among_the_rows() -> None:
    assert moved([1, 2, 3, 4], 4, -1, fixed=2) == [1, 2, 4, 3]
    assert moved([1, 2, 3, 4], 3, 1, fixed=2) == [1, 2, 4, 3]
    assert moved([1, 2, 3, 4], 3, -1, fixed=2) == [1, 2, 3, 4]
    assert moved([1, 2, 3, 4], 4, 1, fixed=2) == [1, 2, 3, 4]
    assert moved([1, 2, 3, 4], 1, 1, fixed=2) == [1, 2, 3, 4]
