"""The processing log has a time of its own: its oldest rows are proposed, confirmed and gone, and what is open keeps it."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.restrictions import service as restrictions
from rekisteri.retention import service
from tests.audit.factories import write_log
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_person
from tests.retention.factories import set_length

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def old_rows(app, freeze):
    """Three rows of 2019 to 2021, whose five years have ended by today, and one of yesterday."""
    for day in ("2019-05-03", "2020-05-03", "2021-11-23"):
        freeze(day)
        write_log(1)
    freeze("2026-11-23")
    write_log(1)
    freeze("2026-11-24")


def counted():
    found = service.count("log", TODAY)
    return found.due, found.held, found.oldest


def destroy():
    clerk = make_clerk()
    with transaction():
        return service.destroy_some(kind="log", seen=service.last_day("log", TODAY), by=clerk, on=TODAY)


def left():
    """The events of the trial that are still told of."""
    return len(db.session.scalars(select(AuditEvent).filter_by(subject="trial:1")).all())


@pytest.mark.promise("gdpr.sailytysajat")
def test_rows_go_five_years_after_they_were_written_and_the_rest_stays_whole():
    assert counted() == (3, 0, date(2019, 5, 3))
    assert destroy() == 3
    assert (left(), counted()[:2], audit.verify()) == (1, (0, 0), None)


def test_some_at_a_time_go_from_the_beginning(monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 2)
    assert [destroy() for _ in range(3)] == [2, 1, 0]
    assert audit.verify() is None


def test_a_dry_run_tells_how_many_and_takes_none(command):
    told = command("retention", "run", "--dry-run").output
    assert "Käsittelyloki: 3. Vanhin 3.5.2019." in told
    assert left() == 4


@pytest.mark.parametrize("state", ["in_review", "closed"])
def test_what_is_open_or_before_the_ombudsman_keeps_what_was_written_since(app, freeze, state):
    destroy()
    freeze("2027-01-10")
    case = make_case(received_on=date(2027, 1, 10), on=date(2027, 1, 10))
    with transaction():
        row = db.session.get_one(Case, case.id)
        row.state, row.closed_on = state, date(2027, 2, 1) if state == "closed" else None
        if state == "closed":
            row.taken_on = date(2027, 3, 1)
    on = date(2033, 1, 1)
    freeze("2033-01-01")
    write_log(1)
    found = service.count("log", on)
    assert found.held > 0
    first = db.session.scalar(select(AuditEvent.seq).filter_by(subject=case.subject).order_by(AuditEvent.seq))
    clerk = make_clerk()
    with transaction():
        service.destroy_some(kind="log", seen=service.last_day("log", on), by=clerk, on=on)
    assert db.session.scalar(select(AuditEvent.seq).order_by(AuditEvent.seq)) == first
    assert audit.verify() is None


def test_a_restriction_in_force_keeps_what_is_told_of_that_person(freeze):
    person, clerk = make_person(), make_clerk()
    with transaction():
        restrictions.restrict(customer=person, ground="claim", by=clerk, on=TODAY)
    freeze("2033-01-01")
    write_log(1)
    assert service.count("log", date(2033, 1, 1)).held > 0


def test_the_log_is_kept_at_least_as_long_as_the_requests_it_tells_of():
    set_length("cases", 4)
    with pytest.raises(RuleViolation, match="Pyyntöjä säilytetään 4 vuotta"):
        set_length("log", 3)
    with pytest.raises(RuleViolation, match="Käsittelylokia säilytetään 5 vuotta"):
        set_length("cases", 6)
    set_length("log", 6)
    set_length("cases", 6)
