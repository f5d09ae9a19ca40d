"""A customer's card on paper: put on record by the ledger's door like everything that leaves, and read anew as it is opened.

A browser prints what it shows and leaves no row; so the page of the card has nothing to print, and this is the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.consents import service as consents
from rekisteri.customers import diary, representing
from rekisteri.customers.fields import base
from rekisteri.customers.models import Customer
from rekisteri.customers.overview import Line
from rekisteri.disclosures import door
from rekisteri.disclosures import rules as disclosing
from rekisteri.disclosures.models import Outgoing, Recipient
from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.lists import rules
from rekisteri.prohibitions import rules as forbidding
from rekisteri.prohibitions import service as prohibitions
from rekisteri.settings import service as settings
from rekisteri.staff.models import User

KIND, USE, ORIGIN = "print", "customer_relation", "card"
TITLE = "Asiakkaan tiedot"
FOOT = "Luottamuksellinen. Säilytä lukitussa tilassa ja hävitä, kun tulostetta ei enää tarvita."
OWN, SUBJECT = "own", "subject"
OPENED = audit.event("lists.card_opened", "asiakkaan kortti avattu tulostettavaksi")


@dataclass(frozen=True)
class Hands:
    """Into whose hands the print comes: the company's own, the person's, or a recipient's on a ground."""

    receiver: str = OWN
    recipient: Recipient | None = None
    ground: str = disclosing.OWN_GROUND


def let_out(*, customer: Customer, purpose: str, hands: Hands, by: User | None) -> int:
    """Put the print on record; the number by which it is then opened.

    :raises RuleViolation: the recipient may not receive, or the data may not be used.
    """
    fields = list(dict.fromkeys(base(line.field) for line in _lines(customer, hands.recipient)))
    passage = door.let_out(
        kind=KIND,
        use=USE,
        people=[customer.id],
        fields=fields,
        purpose=purpose,
        by=by,
        recipient=hands.recipient,
        ground=hands.ground if hands.recipient else disclosing.OWN_GROUND,
        way="print",
        to_the_person=hands.receiver == SUBJECT,
        origin=ORIGIN,
    )
    return passage.outgoing_id


def _lines(customer: Customer, recipient: Recipient | None) -> list[Line]:
    """What stands on the card; of a recipient's data only those that have been agreed on."""
    agreed = recipient.fields if recipient else []
    held = [line for line in diary.past(customer).lines if line.datum]
    return [line for line in held if not agreed or base(line.field) in agreed]


def find(number: int) -> Outgoing | None:
    """The print of a card with this number."""
    went = db.session.get(Outgoing, number)
    return went if went is not None and (went.kind, went.origin) == (KIND, ORIGIN) else None


def open_print(went: Outgoing, *, by: User | None) -> Customer:
    """Put on record that a card is opened for the printer, and give the customer who is still in it.

    :raises RuleViolation: it was made another day, or the data may not be used any more.
    """
    rules.check_fresh(went.left_on, today())
    asked = disclosing.uses_of(went.kind, went.use, went.receiver)
    passage = door.Passage(went.id, went.count, went.left_out, asked)
    found = db.session.scalar(passage.people())
    if found is None:
        raise RuleViolation(door.NOBODY)
    audit.record(OPENED, subject=f"customer:{found}", by=by)
    return db.session.get_one(Customer, found)


def draw(went: Outgoing, customer: Customer) -> bytes:
    """The card for the printer. Raises `PdfError` when it cannot be printed now."""
    lines = _lines(customer, went.recipient)
    told = "" if went.recipient else "Lähde"
    parts = [] if went.recipient else [part for part in _parts(customer) if part["rows"]]
    context = {
        "controller": settings.current().controller(),
        "purpose": went.purpose.rstrip(". "),
        "by": went.by.full_name if went.by else "rekisteri",
        "receiver": went.recipient.name if went.recipient else disclosing.RECEIVERS[went.receiver],
        "number": customer.id,
        "lines": [_row(line, with_source=bool(told)) for line in lines],
        "head": ["Tieto", "Sisältö", *([told] if told else [])],
        "parts": parts,
        "foot": FOOT,
    }
    html = composition.page("lists/paper/card.html", title=TITLE, on=went.left_on, context=context)
    return pdf.render(html, title=TITLE)


def _row(line: Line, *, with_source: bool) -> list[str]:
    datum = line.datum
    source = f"{datum.source.name}, {fi_date(datum.obtained_on)}" if datum and with_source else ""
    return [line.label, line.value, *([source] if with_source else [])]


def _parts(customer: Customer) -> Sequence[dict[str, Any]]:
    """What of the relationship and of the customer's own will stands on the card beside the data."""
    roles = representing.standing(representing.history(customer))
    forbidden = [one for one in prohibitions.of_customer(customer.id) if one.stands]
    given = consents.given(consents.standing(customer.id))
    return [
        {
            "title": "Edustukset",
            "head": ["Yhteisö", "Tehtävä", "Aika"],
            "rows": [[one.organisation_name, one.role, one.time] for one in roles],
        },
        {
            "title": "Kiellot",
            "head": ["Kielto", "Alkoi"],
            "rows": [[forbidding.KINDS[one.kind], fi_date(one.since)] for one in forbidden],
        },
        {
            "title": "Suostumukset",
            "head": ["Suostumus", "Annettu"],
            "rows": [[one.told, fi_date(one.first.given_on)] for one in given],
        },
    ]
