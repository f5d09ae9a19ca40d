"""Places, named people and boxes of cards. Nobody in them exists."""

from datetime import date
from typing import Any

from rekisteri.audit.models import AuditEvent
from rekisteri.customers.models import Source
from rekisteri.kernel.db import db, transaction
from rekisteri.paper import piles, service, storing
from rekisteri.paper.models import PaperBinder, PaperHandler, PaperItem, PaperPile, PaperPlace
from tests.customers.factories import make_source

TODAY = date(2026, 11, 23)
COLLECTED = date(2026, 11, 20)
MAIJA = {"last_name": "Virtanen", "first_name": "Maija", "email": "maija.virtanen@esimerkki.fi"}
MATTI = {"last_name": "Korhonen", "first_name": "Matti", "street": "Rantatie 2", "postcode": "33100", "city": "Tampere"}


def name(user: Any, *, by: Any) -> PaperHandler:
    """A user is put on the list of those who may handle paper."""
    with transaction():
        return storing.name_handler(user=user, name="", task="", signed_on=None, by=by, on=TODAY)


def make_handler(full_name: str = "Arvo Arkistonhoitaja", *, by: Any, signed_on: date | None = TODAY) -> PaperHandler:
    """Somebody without an account who has signed the commitment."""
    with transaction():
        return storing.name_handler(
            user=None, name=full_name, task="arkistonhoitaja", signed_on=signed_on, by=by, on=TODAY
        )


def make_place(by: Any, title: str = "Kassakaappi") -> PaperPlace:
    """A locked and fireproof safe."""
    with transaction():
        return storing.add_place(name=title, locked=True, fireproof=True, by=by)


def make_box(by: Any, *, source: Source | None = None, **changes: Any) -> PaperBinder:
    """A box of cards collected on Friday 20.11.2026 at a fair, still on its way."""
    told = {"kind": "box", "holds": "cards", "name": "Rakentajamessut 2026", "collected_on": COLLECTED} | changes
    where = source or (db.session.query(Source).filter_by(kind="fair").first() or make_source())
    with transaction():
        return service.add_binder(**told, source=where, by=by, on=TODAY)


def lock(box: PaperBinder, by: Any, locked_on: date = TODAY) -> PaperPlace:
    """The box is brought to a safe."""
    place, keeper = make_place(by), storing.handler_of(by)
    with transaction():
        service.lock(binder=box, place=place, handler=keeper, locked_on=locked_on, by=by, on=TODAY)
    return place


def make_pile(by: Any, box: PaperBinder | None = None) -> PaperPile:
    """The cards of a box, about to be entered."""
    binder = box or make_box(by)
    with transaction():
        return piles.begin(binder=binder, by=by, on=TODAY)


def enter(
    pile: PaperPile, by: Any, answer: str | None = None, ticked: tuple[str, ...] = (), **values: str
) -> PaperItem:
    """One card: Maija Virtanen's, unless told otherwise."""
    with transaction():
        return piles.enter(pile=pile, values=values or MAIJA, ticked=ticked, answer=answer, by=by, on=TODAY)


def recorded() -> set[str]:
    """What the processing log knows to have happened."""
    return set(db.session.scalars(db.select(AuditEvent.event)))
