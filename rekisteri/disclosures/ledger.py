"""Reading the ledger of what has left the register, page by page: each page is found from an index, however long it grows."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import joinedload

from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.disclosures import rules
from rekisteri.disclosures.models import Disclosure, Outgoing, OutgoingPerson
from rekisteri.kernel.db import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """One way out, and the person when it was of one alone."""

    went: Outgoing
    person: Customer | None

    @property
    def what(self) -> str:
        """On what ground it went, or what it was."""
        name, ground = rules.EXITS[self.went.kind].name, rules.GROUNDS.get(self.went.ground)
        return ground if ground and self.went.kind == "recorded" else f"{name}: {ground.lower()}" if ground else name

    @property
    def data(self) -> str:
        """Which data went, as the names of the fields."""
        return ", ".join(name for field, name in rules.CONTENTS.items() if field in self.went.fields)

    @property
    def receiver(self) -> str:
        """Whose hands it came to."""
        return self.went.recipient.name if self.went.recipient else rules.RECEIVERS[self.went.receiver]

    @property
    def way(self) -> str:
        """How it was delivered."""
        return rules.WAYS.get(self.went.way, rules.WAYS["other"])


@dataclass(frozen=True)
class Page:
    """Some rows of the ledger, the latest first; `after` continues from the last one, None at the end."""

    rows: list[Row]
    after: int | None


def page(
    *,
    customer_id: int | None = None,
    recipient_id: int | None = None,
    receiver: str | None = None,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of the ledger: of all, of one customer, of one recipient, of one kind of receiver."""
    query = _of_customer(customer_id, after) if customer_id else _of_all(after)
    if recipient_id:
        query = query.where(Outgoing.recipient_id == recipient_id)
    if receiver:
        query = query.where(Outgoing.receiver == receiver)
    found = list(
        db.session.scalars(query.options(joinedload(Outgoing.recipient), joinedload(Outgoing.by)).limit(size + 1))
    )
    people = _alone(found[:size])
    rows = [Row(went, people.get(went.id)) for went in found[:size]]
    return Page(rows, rows[-1].went.id if len(found) > size else None)


def _of_all(after: int | None) -> Select[Outgoing]:
    query = select(Outgoing).order_by(Outgoing.left_on.desc(), Outgoing.id.desc())
    start = db.session.get(Outgoing, after) if after else None
    place = tuple_(Outgoing.left_on, Outgoing.id)
    return query.where(place < tuple_(start.left_on, start.id)) if start else query


def _of_customer(customer_id: int, after: int | None) -> Select[Outgoing]:
    mine = (OutgoingPerson.left_on, OutgoingPerson.outgoing_id)
    query = select(Outgoing).join(OutgoingPerson, OutgoingPerson.outgoing_id == Outgoing.id)
    query = query.where(OutgoingPerson.customer_id == customer_id).order_by(*(column.desc() for column in mine))
    start = db.session.get(Outgoing, after) if after else None
    return query.where(tuple_(*mine) < tuple_(start.left_on, start.id)) if start else query


def _alone(found: Iterable[Outgoing]) -> dict[int, Customer]:
    """Who it was of, of those that were of one person."""
    ids = [went.id for went in found if went.count == 1]
    query = select(OutgoingPerson.outgoing_id, Customer).join(Customer, Customer.id == OutgoingPerson.customer_id)
    query = query.where(OutgoingPerson.outgoing_id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)} if ids else {}


def people_of(went: Outgoing, *, after: int = 0, size: int = PAGE_SIZE) -> tuple[list[Customer], int | None]:
    """Who were among those who went, in the order of their numbers; and from whom to go on."""
    query = select(Customer).join(OutgoingPerson, OutgoingPerson.customer_id == Customer.id)
    query = query.where(OutgoingPerson.outgoing_id == went.id, OutgoingPerson.customer_id > after)
    found = list(db.session.scalars(query.order_by(OutgoingPerson.customer_id).limit(size + 1)))
    return found[:size], found[size - 1].id if len(found) > size else None


def field_names(disclosure: Disclosure) -> str:
    """What of one customer went to a recipient, as the names of the fields."""
    labels = FIELDS[disclosure.customer.kind]
    went = {row.datum.field for row in disclosure.data}
    return ", ".join(label for field, label in labels.items() if field in went)
