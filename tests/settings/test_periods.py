"""How long each kind of data is kept: one statement, within the bounds of the law."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.settings import periods
from tests.staff.factories import make_user

TODAY = date(2026, 11, 24)


def set_length(kind, amount, version=0):
    owner = make_user("vastuuhenkilo")
    with transaction():
        return periods.change(kind=kind, amount=amount, version=version, by=owner)


@pytest.mark.parametrize(
    ("amount", "on", "last"),
    [
        (3, date(2026, 11, 24), date(2023, 11, 23)),
        (1, date(2026, 1, 1), date(2024, 12, 31)),
        (1, date(2028, 3, 1), date(2027, 2, 28)),
        (4, date(2028, 3, 1), date(2024, 2, 28)),
    ],
)
def test_years_have_passed_when_the_day_of_the_same_number_has(amount, on, last):
    assert periods.KINDS["notes"].last_day(amount, on) == last


def test_days_are_counted_one_by_one():
    assert periods.KINDS["imports"].last_day(7, TODAY) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("kind", "amount", "words"),
    [("notes", 1, "1 vuosi"), ("notes", 3, "3 vuotta"), ("imports", 1, "1 päivä"), ("imports", 7, "7 päivää")],
)
def test_a_length_is_told_in_words(kind, amount, words):
    assert periods.KINDS[kind].length(amount) == words


def test_the_usual_length_holds_until_the_company_chooses_another(app):
    assert periods.length("notes") == 3

    set_length("notes", "2")

    assert periods.length("notes") == periods.lengths()["notes"] == 2
    assert "yhteydenotot ja niistä tehdyt muistiinpanot: 2 vuotta yhteydenotosta" in periods.lines()


@pytest.mark.parametrize("typed", ["", "nolla", "0", "11", "-1", "2,5", "99999", "٣"])
def test_a_length_out_of_bounds_is_refused(app, typed):
    with pytest.raises(RuleViolation, match="Kirjoita vuodet numeroina, 1–10"):
        set_length("notes", typed)

    assert periods.length("notes") == 3


def test_invoices_are_kept_at_least_as_long_as_the_accounting_act_says(app):
    with pytest.raises(RuleViolation, match="6–10"):
        set_length("invoices", "5")


def test_nobody_goes_before_they_would_be_put_into_the_archive(app):
    with pytest.raises(RuleViolation, match="arkistoon 3 vuotta"):
        set_length("customers", "2")

    assert set_length("customers", "3") == 3


def test_two_who_change_the_same_length_at_once_see_each_other(app):
    set_length("notes", "2")

    with pytest.raises(Conflict) as conflict:
        set_length("notes", "5", version=0)

    assert conflict.value.theirs == {"length": "2"}


def test_a_change_is_on_record_with_what_it_was_before(app):
    set_length("credit", "2")
    set_length("credit", "2", version=1)

    events = db.session.scalars(select(AuditEvent).filter_by(event="period.changed")).all()
    assert [event.facts for event in events] == [{"kind": "credit", "before": "3", "after": "2"}]


@pytest.mark.parametrize(
    ("kind", "amount", "said"),
    [
        ("notes", 3, "kolme vuotta"),
        ("notes", 3, "3 vuoden kuluttua"),
        ("notes", 1, "yhden vuoden"),
        ("notes", 12, "12 vuotta"),
        ("imports", 7, "viikon kuluttua"),
        ("imports", 30, "30 päivää"),
    ],
)
def test_a_length_is_recognised_in_peoples_own_words(kind, amount, said):
    assert periods.KINDS[kind].mentioned(amount, f"Säilytämme tiedot {said}.")


@pytest.mark.parametrize("said", ["13 vuotta", "kolmetoista vuotta", "kolme kuukautta", "vuosi 2023", ""])
def test_another_length_is_not_taken_for_it(said):
    assert not periods.KINDS["notes"].mentioned(3, said)


def test_what_concerns_nobody_outside_is_not_in_the_notice(app):
    assert len(periods.lines()) == sum(bool(kind.told) for kind in periods.KINDS.values())
    assert not any("tunniste" in line for line in periods.lines())
