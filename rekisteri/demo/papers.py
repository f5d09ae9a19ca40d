"""The invented company's paper: a safe and an archive room, who may handle papers, boxes of fair cards, a binder of requests."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer, Datum
from rekisteri.demo.company import Company
from rekisteri.kernel.db import db
from rekisteri.paper import piles, service, storing
from rekisteri.paper.models import PaperBinder, PaperHandler, PaperPlace

ON_CARDS = ("last_name", "first_name", "street", "postcode", "city", "email", "phone")
CARDS = 8


def tell(firm: Company, on: date) -> None:
    """Old cards to be destroyed, entered cards in the safe, cards still on their way, originals of requests taken out."""
    keepers = _people(firm, on)
    safe = _place(firm, "Toimiston kassakaappi", keepers, on)
    archive = _place(firm, "Arkistohuone", keepers[1:], on)
    _box(firm, "Toimistomessut, kevät", on - timedelta(200), safe, 2)
    _enter(firm, _box(firm, "Toimistomessut, syksy", on - timedelta(40), safe, 2), on)
    _box(firm, "Toimistomessut, perjantai", on - timedelta(5), None)
    requests = _binder(firm, on)
    _bring(firm, requests, archive, on - timedelta(30))
    taken, due = on - timedelta(10), on - timedelta(3)
    service.take(
        binder=requests, handler=keepers[1], due_on=due, reason="oikaisupyynnön allekirjoitus", by=firm.clerk, on=taken
    )


def _people(firm: Company, on: date) -> list[PaperHandler]:
    told: dict[str, Any] = {"by": firm.owner, "on": on - timedelta(200)}
    users = [
        storing.name_handler(user=user, name="", task="", signed_on=None, **told) for user in (firm.owner, firm.clerk)
    ]
    signed_on = on - timedelta(210)
    keeper = storing.name_handler(user=None, name="Arvo Arkkula", task="arkistonhoitaja", signed_on=signed_on, **told)
    return [*users, keeper]


def _place(firm: Company, name: str, keepers: list[PaperHandler], on: date) -> PaperPlace:
    place = storing.add_place(name=name, locked=True, fireproof=True, by=firm.owner)
    for keeper in keepers:
        storing.give_key(place=place, handler=keeper, by=firm.owner, on=on - timedelta(199))
    return place


def _box(firm: Company, name: str, collected_on: date, place: PaperPlace | None, days: int = 0) -> PaperBinder:
    box = service.add_binder(
        kind="box",
        holds="cards",
        name=name,
        source=firm.sources[0],
        collected_on=collected_on,
        by=firm.clerk,
        on=collected_on,
    )
    if place is not None:
        _bring(firm, box, place, collected_on + timedelta(days))
    return box


def _bring(firm: Company, binder: PaperBinder, place: PaperPlace, day: date) -> None:
    service.lock(
        binder=binder, place=place, handler=storing.handler_of(firm.clerk), locked_on=day, by=firm.clerk, on=day
    )


def _enter(firm: Company, box: PaperBinder, on: date) -> None:
    """The cards of some who are in the register from this fair."""
    pile = piles.begin(binder=box, by=firm.clerk, on=on)
    from_fair = select(Datum.customer_id).filter_by(source_id=firm.sources[0].id, field="last_name", ended_at=None)
    query = select(Customer).where(Customer.id.in_(from_fair), Customer.kind == "person").order_by(Customer.id)
    for customer in db.session.scalars(query.limit(CARDS)).all():
        values = {field: datum.value for field, datum in customers.current(customer).items() if field in ON_CARDS}
        if str(customer.id) in dict(piles.doubts(values).choices()):
            piles.enter(pile=pile, values=values, ticked=(), answer=str(customer.id), by=firm.clerk, on=on)


def _binder(firm: Company, on: date) -> PaperBinder:
    day = on - timedelta(30)
    binder = service.add_binder(
        kind="binder",
        holds="requests",
        name=f"Pyynnöt {on.year}",
        source=None,
        collected_on=None,
        by=firm.clerk,
        on=day,
    )
    for number in db.session.scalars(select(Case.number).filter_by(channel="letter").order_by(Case.id).limit(4)).all():
        service.place_request(binder=binder, number=number, by=firm.clerk)
    return binder
