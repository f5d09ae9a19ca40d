"""A person of whom every room holds something, and the person's request to see it all or to have it moved."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rekisteri.access import preparing
from rekisteri.access.models import AccessMatter
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import representing
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.orders import bulk
from tests.billing.factories import make_application, make_collection, make_invoice
from tests.cases.factories import MAIJA, RECEIVED, TODAY
from tests.customers.factories import make_clerk, make_note, make_person, make_source
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.notice.factories import published
from tests.orders.factories import CHAIRS, HOURS, make_order

DAY = TODAY.isoformat()
REASONS = "Kohdassa kerrotaan toisesta henkilöstä, eikä hän ole antanut lupaa kertoa siitä."


@dataclass
class Request:
    """The case and its matters, by the right."""

    case: Case
    customer: Customer
    matters: dict[str, AccessMatter] = field(default_factory=dict)

    def again(self, right: str = "access") -> AccessMatter:
        """The matter as it now stands in the database."""
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(AccessMatter, self.matters[right].id)


def make_request(
    owner: Any,
    *rights: str,
    customer: Customer | None = None,
    notice: bool = True,
    identified: bool = True,
    **changes: Any,
) -> Request:
    """Maija Virtanen asks to see her data; her identity has been made sure of, and the notice tells what the letter tells."""
    if notice:
        published()
    asked = rights or ("access",)
    person = customer or make_person()
    with transaction():
        told = {"received_on": RECEIVED, "channel": "letter", "requester": MAIJA, "signature": "signed"} | changes
        case = cases.register(kinds=list(asked), by=owner, on=TODAY, customer=person, **told)
        if identified:
            cases.record_identity(case=case, method="known_address", checked_on=TODAY, by=owner, on=TODAY)
    found = {right: preparing.of_case(case, right) for right in asked}
    return Request(case, person, {right: matter for right, matter in found.items() if matter})


def fill_every_room(person: Customer) -> None:
    """An old address, a role, a contact that speaks of somebody else, an order, invoices, a collection, a loan asked for."""
    clerk, fair = make_clerk(), make_source()
    with transaction():
        customers.change(
            customer=person, values={"street": "Uusikatu 1"}, source=fair, obtained_on=date(2026, 5, 4), by=clerk,
            reason="muuttunut",
        )  # fmt: skip
        representing.add(
            person=person, told=representing.Told("Äijälän Sähkö Oy", "ostaja", date(2020, 1, 1)),
            source=customers.self_source(), obtained_on=date(2026, 3, 5), by=clerk,
        )  # fmt: skip
    make_note(person, "Veljensä Pekka Virtanen, p. 050 765 4321, kysyi toimituksesta. Oma numero 041 505 8567.")
    make_order(person)
    make_collection(make_invoice(person, number="77001"))
    make_application(person)
    make_disclosure(person, make_recipient())


def many_orders(person: Customer, count: int) -> None:
    """So many delivered orders of two lines each."""
    clerk = make_clerk()
    days = dict.fromkeys(("ordered", "confirmed", "delivered"), TODAY)
    with transaction():
        bulk.enter_many([bulk.Row(person.id, TODAY, [CHAIRS, HOURS], days) for _ in range(count)], by_id=clerk.id)
