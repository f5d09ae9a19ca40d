"""What is forbidden binds at once, everywhere, and ends only by the customer's own word."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import unfounded
from rekisteri.cases.codes import CHANNELS
from rekisteri.customers import chapters, holdings, marks, uses
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import rules, service
from rekisteri.prohibitions.models import Prohibition
from tests.cases.factories import MAIJA, TODAY
from tests.customers.factories import make_clerk, make_person
from tests.customers.merging_help import merged, undo
from tests.prohibitions.factories import forbid, make_case, standing


def names(use: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(uses.permitted(select(Customer.display_name), use)))


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("direct_mail", marks=pytest.mark.promise("kielto.suoramainonta")),
        pytest.param("distance_selling", marks=pytest.mark.promise("kielto.etamyynti")),
        pytest.param("direct_marketing", marks=pytest.mark.promise("kielto.suoramarkkinointi")),
        pytest.param("market_research", marks=pytest.mark.promise("kielto.markkinatutkimus")),
        pytest.param("opinion_research", marks=pytest.mark.promise("kielto.mielipidetutkimus")),
        "listing",
        "profiling",
        "disclosure",
    ],
)
def test_each_promised_prohibition_binds_at_once_and_nothing_leads_past_it(app: Any, kind: str) -> None:
    maija, pekka = make_person(), make_person(first_name="Pekka", email="pekka@posti.example", phone="040 7654321")
    assert len(names(kind)) == 2
    forbid(maija, kind)
    assert names(kind) == [pekka.display_name]
    with pytest.raises(RuleViolation, match="Asiakas on kieltänyt tämän käytön"):
        uses.check(maija.id, kind)
    others = set(rules.KINDS) - {kind}
    assert all(len(names(other)) == 2 for other in others)


def test_who_is_left_out_is_counted_by_what_was_forbidden(app: Any) -> None:
    forbid(make_person(), "listing")
    db.session.rollback()
    assert uses.left_out(select(Customer.id), "listing") == {"kielto: luettelossa julkaiseminen": 1}


def test_targeted_content_reaches_nobody_who_forbade_profiling_through_the_interface_either(app: Any) -> None:
    forbid(make_person(), "profiling")
    assert names("interface") == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.tuples(st.booleans(), st.sampled_from(sorted(rules.KINDS))), max_size=8))
def test_whatever_is_said_in_whatever_order_what_binds_is_what_was_forbidden_last(app: Any, words: list[Any]) -> None:
    clerk, customer = make_clerk(), make_person()
    expected: set[str] = set()
    for forbids, kind in words:
        if forbids:
            forbid(customer, kind, by=clerk)
            expected.add(kind)
        elif kind in expected:
            db.session.rollback()
            one = next(one for one in service.of_customer(customer.id) if one.kind == kind and one.stands)
            with transaction():
                service.withdraw(prohibition=one, told_on=TODAY, channel="phone", by=clerk, on=TODAY)
            expected.discard(kind)
    for kind in rules.KINDS:
        permitted = uses.permitted(select(Customer.id).where(Customer.id == customer.id), kind)
        assert (db.session.scalar(permitted) is None) == (kind in expected)
    db.session.rollback()


def test_what_stands_keeps_its_earlier_day_when_it_is_forbidden_again(app: Any) -> None:
    maija = make_person()
    forbid(maija, "direct_mail", told_on=date(2026, 11, 1))
    assert [one.kind for one in forbid(maija, "direct_mail", "listing")] == ["listing"]
    db.session.rollback()
    assert {one.kind: one.since for one in service.of_customer(maija.id)} == {
        "direct_mail": date(2026, 11, 1),
        "listing": TODAY,
    }


def test_the_log_knows_what_was_forbidden_and_how_it_was_taken_back(app: Any) -> None:
    clerk, maija = make_clerk(), make_person()
    (one,) = forbid(maija, "direct_mail", by=clerk)
    with transaction():
        service.withdraw(prohibition=one, told_on=TODAY, channel="letter", by=clerk, on=TODAY)
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.event.startswith("prohibition.")))
    assert [(row.event, row.facts) for row in found] == [
        ("prohibition.recorded", {"kinds": ["direct_mail"], "channel": "phone", "since": "2026-11-23"}),
        ("prohibition.withdrawn", {"kind": "direct_mail", "channel": "letter", "on": "2026-11-23"}),
    ]


def test_of_two_that_are_one_the_stricter_wins_and_undoing_gives_each_their_own_back(app: Any) -> None:
    maija = make_person()
    twin = make_person(email="toinen@posti.example", phone="040 7654321")
    forbid(maija, "direct_mail")
    forbid(twin, "listing", "direct_mail")
    db.session.rollback()
    done = merged(maija, twin)
    assert standing(maija) == ["direct_mail", "listing"]
    undo(done)
    assert standing(maija) == ["direct_mail"]
    assert standing(twin) == ["direct_mail", "listing"]


def test_a_merged_customers_word_ends_both_of_the_same_kind(app: Any) -> None:
    clerk, maija = make_clerk(), make_person()
    forbid(maija, "direct_mail")
    with transaction():
        db.session.add(Prohibition(customer_id=maija.id, kind="direct_mail", since=TODAY, channel="visit"))
    db.session.rollback()
    with transaction():
        service.withdraw(
            prohibition=service.of_customer(maija.id)[0], told_on=TODAY, channel="phone", by=clerk, on=TODAY
        )
    assert standing(maija) == []


def test_the_name_bears_a_mark_while_something_is_forbidden(app: Any) -> None:
    maija = make_person()
    assert marks.marks([maija])[maija.id] == []
    forbid(maija, "direct_mail")
    assert [mark.text for mark in marks.marks([maija])[maija.id]] == ["Kielto"]
    forbid(maija, "listing")
    assert [mark.text for mark in marks.marks([maija])[maija.id]] == ["Kieltoja"]


def test_the_person_is_told_of_every_prohibition(app: Any) -> None:
    maija = make_person()
    assert "prohibitions" not in chapters.chapters(maija)
    forbid(maija, "direct_mail")
    told = chapters.chapters(maija)["prohibitions"]
    assert told.rows == [["Suoramainonta", "23.11.2026", CHANNELS["phone"], "voimassa"]]
    assert told.data == [{"kind": "direct_mail", "since": "2026-11-23", "withdrawn_on": None}]


def test_prohibitions_go_with_the_customer(app: Any) -> None:
    maija = make_person()
    forbid(maija, "direct_mail", "listing")
    (holding,) = [one for one in holdings.all_holdings() if one.key == "prohibitions"]
    assert holding.count([maija.id]) == 2
    with transaction():
        assert holding.erase([maija.id], TODAY) == 2
    assert standing(maija) == []


def test_the_list_counts_and_pages(app: Any) -> None:
    for name in ("Aino", "Eino", "Veini"):
        forbid(make_person(first_name=name, email=f"{name}@posti.example", phone=""), "direct_mail")
    db.session.rollback()
    assert service.counts()["direct_mail"] == 3
    assert service.counts()["listing"] == 0
    first = service.page(size=2)
    assert len(first.rows) == 2
    assert len(service.page(after=first.after, size=2).rows) == 1
    assert service.page(kind="listing").rows == []


def test_a_prohibition_is_never_unfounded_or_excessive_but_a_strangers_may_be_refused(sign_in: Any) -> None:
    owner = sign_in("vastuuhenkilo", full_name="Ilmari Kiviharju")
    case = make_case(owner, requester=replace(MAIJA, role="agent", mandate="missing"))
    told = {"case": case, "kinds": ["prohibition"], "reasons": "Olette kieltänyt tämän jo monta kertaa.", "by": owner}
    for ground in ("unfounded", "excessive"):
        with pytest.raises(RuleViolation, match="ei voi evätä perusteettomana"), transaction():
            unfounded.refuse(**told, ground=ground, on=TODAY)
    with transaction():
        assert len(unfounded.refuse(**told, ground="no_authority", on=TODAY)) == 1


def test_the_word_given_again_leaves_its_mark(app: Any) -> None:
    maija, owner = make_person(), make_clerk()
    forbid(maija, "direct_mail", by=owner)
    forbid(maija, "direct_mail", "listing", by=owner, channel="letter")
    query = select(AuditEvent.event, AuditEvent.facts).where(AuditEvent.event.startswith("prohibition."))
    said = [(event, facts["kinds"], facts["channel"]) for event, facts in db.session.execute(query)]
    assert said == [
        ("prohibition.recorded", ["direct_mail"], "phone"),
        ("prohibition.recorded", ["listing"], "letter"),
        ("prohibition.repeated", ["direct_mail"], "letter"),
    ]
