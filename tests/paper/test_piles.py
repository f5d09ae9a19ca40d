"""Entering a pile of cards: one source and day, nobody twice, what is ticked binds, the last card can be undone."""

from typing import Any

import pytest

from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.forgotten import journal
from rekisteri.forgotten import service as forgotten
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import piles, service, ticks
from rekisteri.prohibitions import service as prohibitions
from tests.customers.factories import make_person
from tests.paper.factories import COLLECTED, MAIJA, MATTI, TODAY, enter, lock, make_box, make_pile


def undo(pile: Any, item_id: int, by: Any) -> None:
    with transaction():
        piles.undo_last(pile=pile, item_id=item_id, by=by, on=TODAY)


def people() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(db.select(Customer.display_name)))


def test_every_card_of_a_pile_gets_its_source_and_day_and_a_number_of_its_own(owner: Any) -> None:
    pile = make_pile(owner)
    first, second = enter(pile, owner), enter(pile, owner, **MATTI)
    assert (first.code, second.code) == (f"L{pile.binder_id}-1", f"L{pile.binder_id}-2")
    for item in (first, second):
        for datum in customers.current(item.customer).values():
            assert (datum.source.name, datum.obtained_on) == ("Rakentajamessut 2026", COLLECTED)
    assert piles.counts(pile) == {"new": 2, "known": 0, "nobody": 0}
    assert [one.customer for one in piles.last(pile)] == [second.customer, first.customer]


def test_somebody_in_the_register_is_recognised_and_the_card_joins_them_unchanged(owner: Any) -> None:
    maija = make_person()
    before = {field: datum.value for field, datum in customers.current(maija).items()}
    pile = make_pile(owner)
    with pytest.raises(RuleViolation, match="samankaltainen"):
        enter(pile, owner)
    with pytest.raises(RuleViolation, match="samankaltainen"):
        enter(pile, owner, answer="999")
    item = enter(pile, owner, answer=str(maija.id))
    assert item.customer == maija
    assert {field: datum.value for field, datum in customers.current(maija).items()} == before
    assert len(people()) == 1
    assert piles.counts(pile)["known"] == 1


def test_a_namesake_is_entered_anew_when_somebody_says_so(owner: Any) -> None:
    maija = make_person()
    item = enter(make_pile(owner), owner, answer="new")
    assert item.customer != maija
    assert item.outcome == "new"


def test_somebody_who_was_erased_is_told_of_and_the_card_can_be_left_unentered(owner: Any) -> None:
    with transaction():
        forgotten.remember(list(MAIJA.items()), forbidden=True, on=TODAY)
    pile = make_pile(owner)
    with pytest.raises(RuleViolation) as told:
        enter(pile, owner)
    assert "poistettu" in told.value.sentence
    item = enter(pile, owner, answer="nobody")
    assert (item.customer, item.state, item.outcome) == (None, "leaving", "nobody")
    assert people() == set()


def test_what_is_ticked_on_a_card_binds_from_the_day_of_the_card(owner: Any) -> None:
    item = enter(make_pile(owner), owner, ticked=("prohibitions.direct_mail", "prohibitions.listing"))
    assert prohibitions.standing(item.customer_id) == ["direct_mail", "listing"]
    assert {one.since for one in prohibitions.of_customer(item.customer_id)} == {COLLECTED}


def test_every_prohibition_can_be_ticked() -> None:
    assert "prohibitions.market_research" in dict(ticks.choices())


def test_the_last_card_is_undone_with_its_customer_and_its_ticks(owner: Any) -> None:
    pile = make_pile(owner)
    kept = enter(pile, owner, **MATTI)
    wrong = enter(pile, owner, ticked=("prohibitions.direct_mail",))
    number, gone = wrong.id, wrong.customer_id
    with pytest.raises(RuleViolation, match="jo kumottu"):
        undo(pile, kept.id, owner)
    undo(pile, number, owner)
    assert people() == {"Korhonen, Matti"}
    assert prohibitions.of_customer(gone) == []
    with pytest.raises(RuleViolation, match="jo kumottu"):
        undo(pile, number, owner)
    assert enter(pile, owner).number == 2


def test_undoing_a_card_of_somebody_known_leaves_them_and_what_they_had_forbidden(owner: Any) -> None:
    maija = make_person()
    with transaction():
        prohibitions.record(customer=maija, kinds=["listing"], told_on=TODAY, channel="phone", by=owner, on=TODAY)
    pile = make_pile(owner)
    ticked = ("prohibitions.listing", "prohibitions.direct_mail")
    item = enter(pile, owner, answer=str(maija.id), ticked=ticked)
    undo(pile, item.id, owner)
    assert people() == {"Virtanen, Maija"}
    assert prohibitions.standing(maija.id) == ["listing"]


def test_a_card_whose_prohibition_has_been_given_again_is_not_undone(owner: Any) -> None:
    maija, pile = make_person(), make_pile(owner)
    item = enter(pile, owner, answer=str(maija.id), ticked=("prohibitions.direct_mail",))
    with transaction():
        prohibitions.record(customer=maija, kinds=["direct_mail"], told_on=TODAY, channel="phone", by=owner, on=TODAY)
    with pytest.raises(RuleViolation, match="kieltänyt saman uudelleen"):
        undo(pile, item.id, owner)
    assert prohibitions.standing(maija.id) == ["direct_mail"]


def test_what_an_undone_card_forbade_does_not_bind_after_a_restore_either(owner: Any) -> None:
    maija, pile = make_person(), make_pile(owner)
    item = enter(pile, owner, answer=str(maija.id), ticked=("prohibitions.direct_mail",))
    undo(pile, item.id, owner)
    (told,) = journal.read(journal.journal_file()).bars.values()
    assert told["binds"] is False


def test_a_customer_who_has_been_changed_since_is_not_undone(owner: Any) -> None:
    pile = make_pile(owner)
    item = enter(pile, owner)
    with transaction():
        customers.change(
            customer=item.customer, values={"phone": "041 505 8567"}, source=customers.self_source(),
            obtained_on=TODAY, by=owner, reason="completed",
        )  # fmt: skip
    with pytest.raises(RuleViolation, match="muutettu"):
        undo(pile, item.id, owner)
    assert people() == {"Virtanen, Maija"}


def test_a_pile_that_is_done_takes_no_more_cards(owner: Any) -> None:
    pile = make_pile(owner)
    item = enter(pile, owner)
    with transaction():
        piles.end(pile=pile, by=owner)
    for act in (lambda: enter(pile, owner, **MATTI), lambda: undo(pile, item.id, owner)):
        with pytest.raises(RuleViolation, match="päätetty"):
            act()
    again = make_pile(owner, pile.binder)
    assert again.id != pile.id
    assert enter(again, owner, **MATTI).number == 2


def test_a_box_has_one_pile_at_a_time(owner: Any) -> None:
    pile = make_pile(owner)
    assert make_pile(owner, pile.binder).id == pile.id


@pytest.mark.promise("paperi.kasittelijat")
def test_whose_desk_the_cards_are_on_while_they_are_entered_is_on_record(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    pile = make_pile(owner, box)
    assert (box.loan.handler.full_name, box.loan.reason) == ("Ilmari Kiviharju", "korttien kirjaaminen")
    assert make_pile(owner, box) is pile
    assert len(box.loans) == 1


def test_only_collected_cards_are_entered(owner: Any) -> None:
    binder = make_box(owner, kind="binder", holds="requests", collected_on=None)
    with pytest.raises(RuleViolation, match="ei kirjata kortteja"):
        make_pile(owner, binder)


def test_the_pile_remembers_which_customers_came_from_it(owner: Any) -> None:
    pile = make_pile(owner)
    customer = enter(pile, owner).customer
    (item,) = service.of_customer([customer.id])
    assert item.pile_id == pile.id
    assert item.binder == pile.binder
