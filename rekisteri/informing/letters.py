"""The letters that tell people whence their data came (GDPR art. 14(1) and (2)), one by one and a whole source at a time."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from rekisteri.audit import service as audit
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.customers.rules import FIELDS
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.documents.rules import fits_window
from rekisteri.documents.wording import add_letter
from rekisteri.informing import rules
from rekisteri.informing.lists import SEEN, UNTOLD
from rekisteri.informing.models import Duty, Round
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.notice import service as notice
from rekisteri.settings import service as settings

KIND = "informing_letter"
ISSUED = audit.event("informing.issued", "informointikirje tehty", fields={"document": int, "items": int})
BEGUN = audit.event("informing.begun", "informointikirjeiden tekeminen aloitettu", fields={"count": int})
LETTERS_AT_ONCE = 5
add_letter(KIND, "Informointikirje")


def check_ready(on: date) -> None:
    """Whether letters can be made at all.

    :raises RuleViolation: the letterhead is incomplete, or no notice is in force.
    """
    rules.check_letter(missing_settings=settings.missing(), notice_in_force=notice.in_force(on) is not None)


def begin(*, source: Source, ids: Collection[int] | None, by: Any, on: date) -> Round:
    """Begin to make letters to those of a source who must still be told: all of them, or the duties given.

    :raises RuleViolation: letters cannot be made, or there is nobody to write to.
    """
    check_ready(on)
    wanted = [Duty.source_id == source.id, UNTOLD, SEEN]
    if ids is not None:
        wanted.append(Duty.id.in_(ids))
    people = db.session.scalar(select(func.count(Duty.customer_id.distinct())).where(*wanted)) or 0
    if not people:
        raise RuleViolation("Valitse ensin ainakin yksi henkilö, jolle ei ole vielä kerrottu.")
    begun = Round(source_id=source.id, people=people, by_id=by.id)
    db.session.add(begun)
    db.session.flush()
    db.session.execute(
        update(Duty).where(*wanted).values(round_id=begun.id), execution_options={"synchronize_session": False}
    )
    audit.record(BEGUN, subject=f"source:{source.id}", by=by, count=people)
    return begun


def step(begun: Round, *, by: Any, on: date) -> None:
    """Make the next few letters of a round; who can be reached neither by post nor by e-mail is passed over.

    So is whoever's address does not go into the window of an envelope: the others need not wait for that.
    """
    check_ready(on)
    query = select(Duty.customer_id).where(Duty.round_id == begun.id, UNTOLD).distinct().order_by(Duty.customer_id)
    for customer_id in list(db.session.scalars(query.limit(LETTERS_AT_ONCE))):
        person = db.session.get_one(Customer, customer_id)
        if fits_window(_addressee(person)):
            issue(customer=person, by=by, on=on)
            begun.issued += 1
        else:
            _pass_over(begun, customer_id)
    if db.session.scalar(query.limit(1)) is None:
        begun.finished_at = now()


def _pass_over(begun: Round, customer_id: int) -> None:
    left = update(Duty).where(Duty.round_id == begun.id, Duty.customer_id == customer_id)
    db.session.execute(left.values(round_id=None), execution_options={"synchronize_session": "fetch"})
    begun.passed += 1


def issue(*, customer: Customer, by: Any, on: date) -> Document:
    """Write to one person of every source they have not been told of.

    :raises RuleViolation: letters cannot be made, the person has no address, or there is nothing to tell.
    """
    check_ready(on)
    query = select(Duty).where(Duty.customer_id == customer.id, UNTOLD).order_by(Duty.obtained_on, Duty.id)
    duties = list(db.session.scalars(query))
    if not duties:
        raise RuleViolation("Henkilölle on jo kerrottu, mistä hänen tietonsa on saatu.")
    lines = _addressee(customer)
    if not lines:
        raise RuleViolation(
            "Henkilöllä ei ole posti- eikä sähköpostiosoitetta. Kerro asia muulla tavalla ja merkitse se."
        )
    document = documents.issue(
        kind=KIND,
        number=f"IK {on.year}/{next_number('informing', on.year):04}",
        title="Tietoa henkilötietojenne käsittelystä",
        template="informing/paper/letter.html",
        context=_context(customer, duties, on),
        addressee=lines,
        subject=customer.subject,
        by=by,
        on=on,
    )
    for duty in duties:
        duty.state, duty.document_id, duty.outcome, duty.by_id = "letter", document.id, "", by.id
        duty.round_id, duty.changed_at = None, now()
    audit.record(ISSUED, subject=customer.subject, by=by, document=document.id, items=len(duties))
    return document


def _addressee(customer: Customer) -> tuple[str, ...]:
    """The window's lines; where there is no postal address, the name and the e-mail address it is sent to."""
    if lines := customers.addressee(customer):
        return lines
    email = customers.current(customer).get("email")
    return (customer.full_name, email.value) if email else ()


def _context(customer: Customer, duties: Sequence[Duty], on: date) -> dict[str, Any]:
    version = notice.in_force(on)
    assert version is not None
    return {
        "controller": settings.current().controller(),
        "place": settings.current().place,
        "date": fi_date(on),
        "sources": [_told(customer, duty) for duty in duties],
        "notice": {
            "title": version.title,
            "number": version.number,
            "valid_from": fi_date(version.valid_from),
            "rows": [(piece.heading, piece.html) for piece in notice.shown(version, on=on)],
        },
        "enclosures": [f"{version.title}, versio {version.number}"],
    }


def _told(customer: Customer, duty: Duty) -> dict[str, str]:
    """One source: who it is, when the data came, of what kind they are (art. 14(1)(d) and 14(2)(f))."""
    came = select(Datum.field).filter_by(customer_id=customer.id, source_id=duty.source_id, ended_at=None).distinct()
    held = set(db.session.scalars(came))
    labels = [label for field, label in FIELDS["person"].items() if field in held]
    named = [label[:1].lower() + label[1:] for label in labels] or ["yhteydenottoon tai tehtävään liittyvät tiedot"]
    return {
        "name": duty.source.name,
        "address": ", ".join(duty.source.addressee[1:]),
        "obtained_on": fi_date(duty.obtained_on),
        "data": ", ".join(named),
    }
