"""What is held comes back: each obstacle that ends frees its part, whatever else holds the rest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from rekisteri.billing.models import Invoice
from rekisteri.cases import service as cases
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.erasure import finishing, planning, queue, rules, service
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import service as orders
from rekisteri.restrictions import service as restrictions
from tests.billing.factories import make_invoice, pay
from tests.customers.factories import make_clerk
from tests.erasure.factories import STREET, Desk, again, approve, ask, close, erase, make_desk, post_everything, propose
from tests.orders.factories import make_order
from tests.support.paper import words_of

pytestmark = pytest.mark.usefixtures("app")
SETTLED = "Vaade on ratkaistu, joten rajoitus päättyy."
REASONS = "Tietoja tarvitaan yhä siihen, mistä olette kanssamme sopineet."


@pytest.fixture(autouse=True)
def a_day(freeze: object) -> None:
    freeze("2026-11-23")  # type: ignore[operator]


def the_customer(desk: Desk) -> Customer:
    return db.session.get_one(Customer, desk.customer_id)


def paid(desk: Desk) -> Invoice:
    day = date(2024, 5, 2)
    return pay(make_invoice(the_customer(desk), invoiced_on=day, due_on=day + timedelta(14)), paid_on=day)


def cancel(order_id: int) -> None:
    clerk = make_clerk()
    with transaction():
        orders.cancel(order=orders.find(order_id), reason="customer", on=today(), by=clerk)


def waiting(on: date | None = None) -> list[str]:
    return [what for _erasure, what in queue.waiting(on or today())]


def papers(desk: Desk, kind: str) -> list[Document]:
    return [paper for paper in documents.for_subject(f"case:{again(desk).case_id}") if paper.kind == kind]


def test_a_day_is_known_only_when_every_obstacle_has_one() -> None:
    assert rules.next_day([date(2032, 12, 31), date(2030, 12, 31)]) == date(2031, 1, 1)
    assert rules.next_day([date(2030, 12, 31), None]) is None
    assert rules.next_day([]) is None


def test_what_an_order_held_comes_back_when_it_ends_though_the_books_hold_the_rest_for_years() -> None:
    desk = make_desk()
    paid(desk)
    order = make_order(the_customer(desk))
    erase(desk)
    close(desk)
    assert again(desk).next_on is None
    assert waiting() == []
    cancel(order.id)
    assert planning.plan(again(desk), today()).going
    assert waiting() == ["again"]
    erase(desk)
    assert again(desk).next_on == date(2031, 1, 1)
    assert waiting() == []
    assert waiting(date(2031, 1, 1)) == ["again"]


def test_of_two_obstacles_without_a_known_end_the_first_to_end_frees_its_part() -> None:
    desk = make_desk()
    make_invoice(the_customer(desk))
    order = make_order(the_customer(desk))
    erase(desk)
    close(desk)
    assert waiting() == []
    cancel(order.id)
    assert waiting() == ["again"]


def test_a_paid_invoice_only_changes_its_obstacle_and_the_night_finds_the_day() -> None:
    desk = make_desk()
    invoice = make_invoice(the_customer(desk))
    erase(desk)
    close(desk)
    pay(db.session.get_one(Invoice, invoice.id))
    assert again(desk).next_on is None
    assert waiting() == []
    with transaction():
        service.reckon(today())
    assert again(desk).next_on == date(2033, 1, 1)
    assert waiting() == []


def test_a_day_reckoned_too_far_off_is_found_by_the_night() -> None:
    desk = make_desk()
    paid(desk)
    order = make_order(the_customer(desk))
    erase(desk)
    close(desk)
    with transaction():
        again(desk).next_on = date(2031, 1, 1)
    cancel(order.id)
    with transaction():
        service.reckon(today())
    assert waiting() == ["again"]


def held_desk() -> tuple[Desk, int]:
    """A person who has asked that everything be kept for a claim, and that it be erased."""
    desk = make_desk()
    with transaction():
        restriction = restrictions.restrict(customer=the_customer(desk), ground="claim", by=desk.owner, on=today())
        number = restriction.id
    return desk, number


def post_all(desk: Desk) -> None:
    for paper in db.session.scalars(select(Document).where(Document.state == "waiting")).all():
        with transaction():
            documents.mark_posted(document=paper, on=today(), way="post", by=desk.owner)


def end(restriction_id: int, desk: Desk, freeze: object) -> None:
    with transaction():
        restrictions.lift(restriction=restrictions.find(restriction_id), reason=SETTLED, by=desk.owner, on=today())
    post_all(desk)
    close(desk)
    freeze("2026-11-30")  # type: ignore[operator]
    with transaction():
        restrictions.end(restriction=restrictions.find(restriction_id), by=desk.owner, on=today())
    post_all(desk)


def test_when_everything_is_held_the_person_is_told_so_and_nothing_goes() -> None:
    desk, _restriction = held_desk()
    propose(desk)
    done = approve(desk)
    assert (done.state, done.gone, done.whole, again(desk).state) == ("finished", 0, False, "part")
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 1
    assert papers(desk, "erasure_certificate") == []
    (certificate,) = papers(desk, "refusal_certificate")
    words = words_of(documents.content(certificate))
    assert "Kun este päättyy, poistamme tiedot ja kerromme siitä teille uudella kirjeellä." in words
    assert "Mitä on hyväksytty" not in words
    assert "Oikeussuojakeinot" in words
    close(desk)
    assert cases.find(desk.case.id).state == "closed"


def test_what_was_held_in_full_comes_back_and_goes_with_a_letter_that_says_so(freeze: object) -> None:
    desk, restriction_id = held_desk()
    erase(desk)
    assert waiting() == []
    end(restriction_id, desk, freeze)
    assert waiting() == ["again"]
    last = erase(desk)
    assert (last.number, last.whole, last.state) == (2, True, "answered")
    words = words_of(documents.content(papers(desk, "erasure_certificate")[0]))
    assert "ettemme voineet vielä poistaa tietojanne" in words
    assert "Osa tiedoistanne jäi" not in words
    post_everything(again(desk).case_id, desk.clerk)
    finishing.carry_on(last.id)
    assert db.session.get_one(type(last), last.id).state == "finished"


def test_what_only_waits_for_an_obstacle_is_not_refused_for_good() -> None:
    desk, _restriction = held_desk()
    told = {"reasons": REASONS, "by": desk.owner, "on": today()}
    with pytest.raises(RuleViolation, match="palaa työjonoon"), transaction():
        service.refuse(erasure=again(desk), ground="claim", **told)
    with transaction():
        service.refuse(erasure=again(desk), ground="needed", **told)
    assert again(desk).state == "refused"


def test_the_page_of_a_request_held_in_full_offers_the_answer_and_calls_it_what_it_is(client, sign_in) -> None:  # type: ignore[no-untyped-def]
    desk, _restriction = held_desk()
    sign_in("vastuuhenkilo", full_name="Toinen Vastaava", username="toinen")
    url = f"/poistot/{desk.erasure.id}"
    assert "Ehdota, että poisto odottaa" in client.get(url).text
    erase(desk)
    page = client.get(url).text
    assert "Odottaa esteen päättymistä" in page
    assert "Mitään ei poistettu: este koski kaikkia tietoja" in page
    assert "Poistettu osittain" not in page


def test_the_second_letter_finds_its_way_when_the_request_tells_no_address_any_more(freeze: object) -> None:
    desk = make_desk()
    paid(desk)
    first = erase(desk)
    close(desk)
    finishing.carry_on(first.id)
    with transaction():
        case = cases.find(desk.case.id)
        assert case is not None
        case.requester_name = case.requester_street = case.requester_postcode = case.requester_city = ""
        case.customer_id, case.person_state = None, "erased"
    freeze("2031-01-01")  # type: ignore[operator]
    erase(desk)
    assert papers(desk, "erasure_certificate")[-1].addressee_lines[:2] == ["Äijä Örsfelt", STREET]


def test_who_asks_again_while_the_books_hold_the_rest_goes_by_the_new_request_and_the_old_one_ends(
    freeze: object,
) -> None:
    desk = make_desk()
    paid(desk)
    first = erase(desk)
    close(desk)
    finishing.carry_on(first.id)
    freeze("2031-01-01")  # type: ignore[operator]
    later = ask(the_customer(desk), "erasure", by=desk.clerk)
    with pytest.raises(RuleViolation, match=later.number):
        propose(desk)
    again(desk)
    found = service.of_case(later, "erasure")
    assert found is not None
    new = replace(desk, case=later, erasure=found)
    last = erase(new)
    assert (last.whole, last.state) == (True, "answered")
    assert [(one.state, one.next_on) for one in (again(desk), again(new))] == [("done", None), ("done", None)]
    assert {hold["text"] for one in again(desk).rounds for hold in one.holds} == {""}
    assert waiting() == []
