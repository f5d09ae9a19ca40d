"""Two clerks at once on the same pair, and what other rooms have to say to a merge."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from rekisteri.audit import service as audit
from rekisteri.customers import links, merging, service, undoing
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.orders import service as orders
from tests.billing.factories import make_invoice, pay
from tests.customers.factories import make_clerk, make_person
from tests.customers.merging_help import everything, merged, undo, values_of
from tests.orders.factories import make_order


def at_once(app, *deeds: Callable[[], str]) -> list[str]:
    """Let everybody act at the same moment, each at a desk of their own; what came of it."""

    def act(deed: Callable[[], str]) -> str:
        with app.app_context():
            try:
                return deed()
            except (RuleViolation, Conflict) as refused:
                return refused.sentence
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(deeds)) as desks:
        return list(desks.map(act, deeds))


def merge_by(clerk_id: int, kept: int, dropped: int) -> Callable[[], str]:
    def deed() -> str:
        from rekisteri.staff.models import User

        with transaction():
            by = db.session.get_one(User, clerk_id)
            one, other = db.session.get_one(Customer, kept), db.session.get_one(Customer, dropped)
            merging.merge(kept=one, dropped=other, choices={}, by=by)
        return "done"

    return deed


def test_of_two_clerks_who_merge_the_same_pair_one_succeeds_whichever_way_round(app):
    one, other, clerk = make_person().id, make_person().id, make_clerk().id

    told = at_once(app, merge_by(clerk, one, other), merge_by(clerk, other, one), merge_by(clerk, one, other))

    assert sorted(told) == ["Asiakas on jo yhdistetty toiseen.", "Asiakas on jo yhdistetty toiseen.", "done"]
    db.session.rollback()
    assert db.session.query(Merge).count() == 1
    assert db.session.query(Customer).filter_by(state="merged").count() == 1
    assert audit.verify() is None


def test_a_ring_of_merges_ends_with_one_customer_and_nobody_lost(app):
    first, second, third, clerk = make_person().id, make_person().id, make_person().id, make_clerk().id

    told = at_once(app, merge_by(clerk, first, second), merge_by(clerk, second, third), merge_by(clerk, third, first))

    db.session.rollback()
    living = db.session.query(Customer).filter(Customer.state != "merged").all()
    assert told.count("done") == 3 - len(living)
    for customer_id in (first, second, third):
        assert service.find(customer_id) in living


def test_of_two_clerks_who_undo_the_same_merge_one_succeeds(app):
    before = (make_person(), make_person(phone="050 765 4321"))
    rows = everything()
    done, clerk = merged(*before).id, make_clerk().id

    def take_back() -> str:
        from rekisteri.staff.models import User

        with transaction():
            undoing.undo(merge=db.session.get_one(Merge, done), by=db.session.get_one(User, clerk))
        return "done"

    assert sorted(at_once(app, take_back, take_back)) == ["Yhdistäminen on jo peruttu.", "done"]
    assert everything() == rows


def test_orders_and_invoices_follow_and_come_back(app):
    kept, dropped = make_person(), make_person()
    order, invoice = make_order(dropped), make_invoice(dropped)
    rows = everything()

    done = merged(kept, dropped)

    assert sorted(map(len, done.moved["rows"].values())) == [1, 1]
    db.session.rollback()
    assert {db.session.get(type(row), row.id).customer_id for row in (order, invoice)} == {kept.id}
    assert [one.id for one in orders.open_orders(kept.id)] == [order.id]

    undo(done)
    assert everything() == rows


@pytest.mark.parametrize(
    ("happens", "named"),
    [
        (lambda kept, _invoice: make_order(kept), "tilaukset"),
        (lambda _kept, invoice: pay(invoice), "laskut"),
    ],
)
def test_what_has_happened_in_another_room_is_named_and_prevents_the_undoing(app, happens, named):
    kept, dropped = make_person(), make_person()
    invoice = make_invoice(dropped)
    done = merged(kept, dropped)
    db.session.rollback()

    happens(db.session.get_one(Customer, kept.id), db.session.get_one(type(invoice), invoice.id))

    db.session.rollback()
    refusal = undoing.why_not_undo(db.session.get_one(Merge, done.id))
    assert f"on muuttunut: asiakkaan tiedot, {named}." in refusal or f"on muuttunut: {named}." in refusal


@pytest.fixture
def rooms(monkeypatch):
    """Room for a rule of the test's own among those that rooms have registered."""
    for name in ("_guards", "_mergers"):
        monkeypatch.setattr(links, name, list(getattr(links, name)))


def test_a_room_may_forbid_a_merge_with_its_own_sentence(app, rooms):
    kept, dropped = make_person(), make_person()
    asked = []

    def guard(ids, after):
        asked.append((ids, set(after)))
        return ["Tiedot ovat nyt lukittuina."]

    links.add_guard(guard)
    links.add_guard(guard)

    with pytest.raises(RuleViolation, match=r"^Tiedot ovat nyt lukittuina\.$"):
        merged(kept, dropped)
    assert asked == [([kept.id, dropped.id], set(values_of(kept)))]


def test_a_room_may_do_its_own_part_of_a_merge_and_takes_it_back_at_the_undoing(app, rooms):
    kept, dropped = make_person(), make_person()
    done = []

    def merge(kept_id, dropped_id):
        done.append(("merge", kept_id, dropped_id))
        return {"was": dropped_id}

    links.add_merger("kiellot", merge, lambda account: done.append(("undo", account)))
    links.add_merger("kiellot", merge, lambda account: done.append(("twice", account)))

    undo(merged(kept, dropped))

    assert done == [("merge", kept.id, dropped.id), ("undo", {"was": dropped.id})]
