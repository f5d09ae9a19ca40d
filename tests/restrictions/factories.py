"""Restrictions for tests: a customer whose street and phone have gone to a collector. Nobody in them exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.disclosures import recipients
from rekisteri.disclosures import service as disclosures
from rekisteri.disclosures.models import Recipient
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.restrictions import decisions, exceptions, service
from rekisteri.restrictions.models import Restriction, RestrictionMatter
from tests.settings.factories import fill_settings

TODAY = date(2026, 11, 23)
WEEK_LATER = TODAY + timedelta(days=7)
REASON = "Olemme tarkistaneet osoitteenne, ja se on oikein."
REASONS = "Tietonne on tarkistettu teiltä itseltänne viime viikolla."
VALUES = {
    "last_name": "Šakki",
    "first_name": "Maija",
    "phone": "040 123 4567",
    "street": "Mäkitie 4",
    "postcode": "00100",
    "city": "Helsinki",
}


@dataclass
class Desk:
    """Everything the story needs, by name."""

    owner: Any
    customer: Customer
    recipient: Recipient


def make_desk(owner: Any, *, settings: bool = True) -> Desk:
    """A customer, and a recipient who has the street and the phone number."""
    if settings:
        fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    with transaction():
        recipient = recipients.add_recipient(
            name="Perintätoimisto Esimerkki Oy",
            role="controller",
            purpose="perintä",
            street="Saatavakuja 2",
            postcode="33100",
            city="Tampere",
            by=owner,
        )
        customer = make_customer(owner)
        disclosures.record_disclosure(
            customer=customer,
            recipient=recipient,
            fields=["street", "phone"],
            disclosed_on=TODAY,
            purpose="avoin lasku",
            ground="collection",
            by=owner,
        )
    return Desk(owner, customer, recipient)


def make_customer(by: Any, **changes: str) -> Customer:
    """Maija Šakki, or somebody like her; inside a transaction."""
    made = customers.create(
        kind="person", values=VALUES | changes, source=customers.self_source(), obtained_on=date(2026, 3, 5), by=by
    )
    db.session.flush()
    return made


def restrict(desk: Desk, ground: str = "claim", **told: Any) -> Restriction:
    """A restriction of everything, without a request, unless told otherwise."""
    with transaction():
        return service.restrict(customer=desk.customer, ground=ground, by=desk.owner, on=TODAY, **told)


def lift(desk: Desk, restriction: Restriction, **told: Any) -> None:
    """The letter of the end."""
    with transaction():
        service.lift(restriction=restriction, by=desk.owner, **({"reason": REASON, "on": TODAY} | told))


def post(desk: Desk, restriction: Restriction) -> None:
    """The letter of the end has left."""
    with transaction():
        assert restriction.letter is not None
        documents.mark_posted(document=restriction.letter, on=TODAY, way="post", by=desk.owner)


def end(desk: Desk, restriction: Restriction, on: date = WEEK_LATER) -> None:
    """The restriction ends on a day."""
    with transaction():
        service.end(restriction=restriction, by=desk.owner, on=on)


def allow(desk: Desk, restriction: Restriction, use: str, **told: Any) -> None:
    """An exception by the person's consent, for today."""
    given = {"ground": "consent", "why": "suostumus puhelimessa 23.11.2026", "until": TODAY, "on": TODAY} | told
    with transaction():
        exceptions.allow(restriction=restriction, use=use, by=desk.owner, **given)


def make_request(
    desk: Desk, *, found: bool = True, identified: bool = True, **changes: Any
) -> tuple[Case, RestrictionMatter]:
    """A signed letter that asks for a restriction, registered today; it is known who asks."""
    told: dict[str, Any] = {
        "received_on": TODAY - timedelta(days=7),
        "channel": "letter",
        "signature": "signed",
        "kinds": ["restriction"],
        "content": "Pyydän, että tietojani ei käytetä.",
        "requester": cases.Requester("Maija Šakki", "Mäkitie 4", "00100", "Helsinki"),
        "customer": desk.customer if found else None,
    }
    with transaction():
        case = cases.register(by=desk.owner, on=TODAY, **(told | changes))
        if identified and case.customer is not None:
            cases.record_identity(case=case, method="known_address", checked_on=TODAY, by=desk.owner, on=TODAY)
    matter = decisions.of_case(case)
    assert matter is not None
    return case, matter


def decide(desk: Desk, matter: RestrictionMatter, decision: str = "granted", **told: Any) -> None:
    """The decision of the person responsible."""
    given = {"ground": "claim"} if decision != "refused" else {}
    if decision != "granted":
        given |= {"refusal_ground": "no_ground", "reasons": REASONS}
    with transaction():
        decisions.decide(matter=matter, decision=decision, by=desk.owner, on=TODAY, **(given | told))


def letters(subject: str, kind: str) -> list[Any]:
    """The papers of a kind."""
    return [paper for paper in documents.for_subject(subject) if paper.kind == kind]
