"""Paper ends: by the clock's proposal or by an erasure, before a witness, with a certificate, and nobody's name left."""

from datetime import date, timedelta
from typing import Any

import pytest

from rekisteri.cases import service as cases
from rekisteri.cases.holding import reduce_to_facts
from rekisteri.customers import chapters, holdings
from rekisteri.customers.merging import merge
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.erasure.letting_go import let_go
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.paper import destroying, piles, service
from rekisteri.paper.models import PaperBinder, PaperItem
from rekisteri.settings import periods
from tests.cases.factories import make_case
from tests.customers.factories import make_person
from tests.paper.factories import COLLECTED, MATTI, TODAY, enter, lock, make_box, make_handler, make_pile
from tests.staff.factories import make_user
from tests.support.paper import words_of


def destroy(by: Any, *, binder: PaperBinder | None = None, items: tuple[int, ...] = (), **changes: Any) -> Any:
    told = {
        "method": "shredder",
        "level": "P-4",
        "firm": "",
        "destroyed_on": TODAY,
        "handler": make_handler(by=by),
        "witness": make_handler("Bertta Boman", by=by),
    }
    with transaction():
        return destroying.destroy(binder=binder, item_ids=items, **(told | changes), by=by, on=TODAY)


def erase(customer: Customer) -> Any:
    with transaction():
        return let_go(customer_id=customer.id, kind="erasure", forbidden=False, on=TODAY)


def test_a_box_whose_time_has_ended_is_proposed_and_nothing_is_destroyed_by_itself(owner: Any) -> None:
    box = make_box(owner)
    last = COLLECTED + timedelta(periods.length("fair_cards"))
    assert list(destroying.kept_long_enough(last)) == []
    assert list(destroying.kept_long_enough(last + timedelta(1))) == [box]
    assert service.find(box.id).destroyed_on is None


def test_the_certificate_says_what_how_by_whom_and_before_whom_and_names_no_customer(owner: Any) -> None:
    pile = make_pile(owner)
    enter(pile, owner)
    enter(pile, owner, **MATTI)
    lock(pile.binder, owner)
    done = destroy(owner, binder=pile.binder)
    paper = documents.find(done.document_id)
    said = words_of(documents.content(paper))
    for word in (
        "Hävittämistodistus", "HT 2026/0001", f"L{pile.binder_id} Rakentajamessut 2026", "20.11.2026", "DIN 66399 P-4",
        "Arvo Arkistonhoitaja", "Bertta Boman", "todistaja",
    ):  # fmt: skip
        assert word in said
    assert "Virtanen" not in said and "Korhonen" not in said


def test_destroying_the_cards_leaves_the_customers_and_no_trace_of_whose_the_cards_were(owner: Any) -> None:
    pile = make_pile(owner)
    customer = enter(pile, owner).customer
    destroy(owner, binder=pile.binder)
    assert service.of_customer([customer.id]) == []
    assert db.session.get(Customer, customer.id).state == "active"
    assert db.session.query(PaperItem).filter(PaperItem.customer_id.is_not(None)).count() == 0
    with pytest.raises(RuleViolation, match="jo hävitetty"):
        destroy(owner, binder=service.find(pile.binder_id), handler=make_handler(by=owner))


def test_what_went_into_a_locked_container_is_not_said_to_be_shredded_yet(owner: Any) -> None:
    done = destroy(owner, binder=make_box(owner), method="container", level=None, firm="Silppu Oy")
    said = words_of(documents.content(documents.find(done.document_id)))
    assert "säiliön tyhjentää Silppu Oy" in said
    assert "ettei niitä voi enää lukea" not in said


def test_papers_that_are_out_are_not_destroyed_behind_the_takers_back(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    keeper = make_handler(by=owner)
    with transaction():
        service.take(binder=box, handler=keeper, due_on=TODAY, reason="tarkistus", by=owner, on=TODAY)
    with pytest.raises(RuleViolation, match="Kirjaa ensin palautus"):
        destroy(owner, binder=box)


def test_the_witness_is_another_named_person(owner: Any) -> None:
    one = make_handler(by=owner)
    with pytest.raises(RuleViolation, match="eri henkilö"):
        destroy(owner, binder=make_box(owner), handler=one, witness=one)


def test_only_who_may_destroy_does(owner: Any) -> None:
    box = make_box(owner)
    keeper, witness = make_handler(by=owner), make_handler("Bertta Boman", by=owner)
    with pytest.raises(NotPermitted):
        destroy(make_user("kasittelija"), binder=box, handler=keeper, witness=witness)


@pytest.mark.promise("oikeus.unohdus")
def test_erasing_a_person_leaves_a_card_to_be_destroyed_by_its_number_alone(owner: Any) -> None:
    pile = make_pile(owner)
    item = enter(pile, owner)
    code, number = item.code, item.id
    assert erase(item.customer).whole
    (waiting,) = destroying.leaving()
    assert (waiting.code, waiting.customer_id, waiting.account) == (code, None, {})
    done = destroy(owner, items=(number,))
    assert done.what == f"Yksittäiset kortit ja paperit: {code}"
    assert list(destroying.leaving()) == []
    with pytest.raises(RuleViolation, match="jo hävitetty"):
        destroy(owner, items=(number,), handler=make_handler(by=owner))


def test_nothing_chosen_is_nothing_destroyed(owner: Any) -> None:
    with pytest.raises(RuleViolation, match="Valitse, mitä hävitettiin"):
        destroy(owner)


def test_an_erased_card_cannot_be_undone_into_the_register_again(owner: Any) -> None:
    pile = make_pile(owner)
    item = enter(pile, owner)
    number = item.id
    erase(item.customer)
    with pytest.raises(RuleViolation, match="muutettu"), transaction():
        piles.undo_last(pile=pile, item_id=number, by=owner, on=TODAY)


def test_the_plan_of_an_erasure_tells_where_the_card_is(owner: Any) -> None:
    item = enter(make_pile(owner), owner)
    (paper,) = [one for one in holdings.all_holdings() if one.key == "paper"]
    assert paper.count([item.customer_id]) == 1
    assert paper.where([item.customer_id]) == [f"{item.code} (Rakentajamessut 2026)"]


@pytest.mark.promise("tarkastus.kirjallinen")
def test_a_person_is_told_which_binder_holds_the_card_but_not_where_it_is_locked_up(owner: Any) -> None:
    pile = make_pile(owner)
    item = enter(pile, owner)
    lock(pile.binder, owner)
    chapter = chapters.chapters(item.customer)["paper"]
    assert chapter.rows == [["Täyttämänne kortti", item.code, pile.binder.title, "20.11.2026"]]
    assert "Kassakaappi" not in str(chapter)
    assert "paper" not in chapters.chapters(make_person(last_name="Aho", first_name="Aili", email="", phone=""))


def test_cards_follow_two_customers_who_turn_out_to_be_one(owner: Any) -> None:
    maija = make_person()
    pile = make_pile(owner)
    item = enter(pile, owner, answer="new")
    dropped = item.customer
    with transaction():
        merge(
            kept=db.session.get(Customer, maija.id), dropped=db.session.get(Customer, dropped.id), choices={}, by=owner
        )
    db.session.expire_all()
    assert [one.id for one in service.of_customer([maija.id])] == [item.id]


def test_the_papers_of_a_request_are_found_by_its_number_and_go_with_its_person(owner: Any) -> None:
    customer = make_person()
    case = make_case(by=owner)
    binder = make_box(owner, kind="binder", holds="requests", name="Pyynnöt 2026", collected_on=None)
    with transaction():
        item = service.place_request(binder=binder, number=case.number, by=owner)
    assert [one.code for one in service.of_case(case.number)] == [item.code]
    with pytest.raises(RuleViolation, match="jo kirjattu"), transaction():
        service.place_request(binder=binder, number=case.number, by=owner)
    with transaction():
        cases.set_person(case=case, customer=customer, by=owner)
    assert [one.id for one in service.of_customer([customer.id])] == [item.id]


def test_signed_papers_of_a_request_kept_long_enough_wait_for_being_destroyed(owner: Any) -> None:
    case, other = make_case(by=owner), make_case(by=owner)
    binder = make_box(owner, kind="binder", holds="requests", collected_on=None)
    with transaction():
        going, _staying = (service.place_request(binder=binder, number=one.number, by=owner) for one in (case, other))
    with transaction():
        reduce_to_facts([case.id], TODAY)
    assert [item.id for item in destroying.leaving()] == [going.id]
    assert [item.case_number for item in service.items(binder).rows if item.state == "kept"] == [other.number]


def test_the_certificate_of_a_whole_pile_of_single_cards_tells_them_by_the_first_and_the_last(owner: Any) -> None:
    pile = make_pile(owner)
    with transaction():
        cards = [
            PaperItem(binder_id=pile.binder_id, number=number, state="leaving", leaving_on=TODAY)
            for number in range(1, 502)
            if number != 7
        ]
        db.session.add_all(cards)
    done = destroy(owner, items=tuple(card.id for card in cards))
    box = pile.binder.code
    assert done.what == f"Yksittäiset kortit ja paperit: {box}-1 – {box}-6, {box}-8 – {box}-501"
    assert done.count == 500
    assert "Papereita" in words_of(documents.content(documents.find(done.document_id)))


@pytest.mark.parametrize("number", ["2026/9999", "Maija Virtanen"])
def test_papers_of_a_request_that_is_not_there_are_not_placed(owner: Any, number: str) -> None:
    binder = make_box(owner, kind="binder", holds="requests", collected_on=None)
    with pytest.raises(RuleViolation, match="ei löydy"), transaction():
        service.place_request(binder=binder, number=number, by=owner)


def test_certificates_are_numbered_by_the_year_of_the_destruction(owner: Any) -> None:
    first = destroy(owner, binder=make_box(owner, collected_on=date(2025, 12, 1)), destroyed_on=date(2025, 12, 30))
    second = destroy(owner, binder=make_box(owner))
    assert (first.number, second.number) == ("HT 2025/0001", "HT 2026/0001")
