"""Making a print of a selection, and opening it: who may be in it is looked up anew both times.

A print is made in a transaction, by the door of the ledger, and opened afterwards on the same day: nobody waits with the
register locked, and whoever has forbidden it in between is not in what comes out of the printer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.customers import uses
from rekisteri.customers.listing import SEEN
from rekisteri.customers.models import Customer
from rekisteri.disclosures import door
from rekisteri.disclosures import rules as disclosing
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.lists import rules
from rekisteri.lists.models import Printout
from rekisteri.lists.reading import with_address
from rekisteri.selections import service as selections
from rekisteri.selections.models import Selection
from rekisteri.staff.models import User

MADE = audit.event("lists.made", "luettelo, tarrat, kirjeet tai tiedosto tehty", fields={"kind": str, "count": int})
OPENED = audit.event("lists.opened", "luettelo, tarrat, kirjeet tai tiedosto avattu", fields={"kind": str})
NO_ADDRESS = "postiosoite puuttuu tai ei ole voimassa"
WORDS = {"email": ("sähköposti", "sähköpostia"), "sms": ("tekstiviesti", "tekstiviestejä")}
LATEST = 30


@dataclass(frozen=True)
class Outlook:
    """What a print would be: how many would be in it, and how many of those who fit the selection would not, by reason."""

    count: int
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class Handover:
    """Into whose hands a file comes: the recipient, on what ground and which way; none when it stays in the house."""

    recipient: Recipient | None = None
    ground: str = disclosing.OWN_GROUND
    way: str = "print"


def check_selection(kind: str, selection: Selection | None) -> Selection:
    """A selection that suits the print.

    Electronic marketing is for those who have consented, or have bought something and told their address themselves, and
    for organisations (Act 917/2014, 200 and 202 §): only a selection made for messages asks that of everybody in it.
    """
    if selection is None:
        raise RuleViolation("Valitse, keistä tuloste tehdään.", field="selection")
    way = rules.SENT_BY.get(kind)
    if way is not None and selection.way != way:
        name, sent = WORDS[way]
        raise RuleViolation(
            f"{rules.KINDS[kind].name} tehdään vain valinnasta, jonka yhteydenottotapa on {name}: silloin mukana ovat vain ne, "
            f"joille {sent} saa lähettää.",
            field="selection",
        )
    return selection


def outlook(kind: str, selection: Selection, *, to_a_recipient: bool = False) -> Outlook:
    """What a print would be now."""
    found = selections.counted(selection)
    going, stayed = door.would_leave(
        selections.people(selection), kind=rules.KINDS[kind].exit, use=selection.use, to_a_recipient=to_a_recipient
    )
    left_out = {**found.left_out, **stayed}
    able = _count(going)
    count = _count(with_address(going, today())) if rules.KINDS[kind].posted else able
    if able > count:
        left_out[NO_ADDRESS] = able - count
    return Outlook(count, left_out)


def _count(people: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(people.order_by(None).subquery())) or 0


def make(
    *,
    kind: str,
    selection: Selection,
    setting: Mapping[str, Any],
    purpose: str,
    by: User | None,
    handover: Handover = Handover(),
    columns: Collection[str] = (),
) -> Printout:
    """Put a print on record and let its people out by the door; it is then opened by `open_print`.

    :raises RuleViolation: nobody is left, the purpose is not told, or the recipient may not receive.
    """
    chosen = check_selection(kind, selection)
    if handover.recipient is not None:
        door.check_recipient(handover.recipient, handover.ground)
    used = selections.use(chosen, purpose=purpose, by=by)
    people = selections.people(chosen)
    passage = door.let_out(
        kind=rules.KINDS[kind].exit,
        use=chosen.use,
        people=with_address(people, today()) if rules.KINDS[kind].posted else people,
        fields=rules.fields_of(kind, columns),
        purpose=purpose,
        by=by,
        recipient=handover.recipient,
        ground=handover.ground,
        way=handover.way,
        origin=chosen.subject,
    )
    if kind == "list":
        rules.check_room(passage.count)
    left_out = {**used.left_out, **passage.left_out}
    if not passage.left_out and used.count > passage.count:
        left_out[NO_ADDRESS] = used.count - passage.count
    kept = {**setting, "uses": list(chosen.choice.asked_uses), "left_out": left_out}
    made = Printout(kind=kind, selection=chosen.name, setting=kept, outgoing_id=passage.outgoing_id)
    db.session.add(made)
    db.session.flush()
    audit.record(MADE, subject=made.subject, by=by, kind=kind, count=passage.count)
    return made


def open_print(made: Printout, *, by: User | None) -> door.Passage:
    """Put on record that a print is opened, and give its passage.

    :raises RuleViolation: it was made another day.
    """
    rules.check_fresh(made.outgoing.left_on, today())
    audit.record(OPENED, subject=made.subject, by=by, kind=made.kind)
    return passage(made)


def people(passage: door.Passage) -> Select[int]:
    """Who may be in a print at this moment, of those who went."""
    return passage.people().where(Customer.state.in_(SEEN))


def passage(made: Printout) -> door.Passage:
    """The passage by which a print went: its people are read under the bars that stand now, the selection's own among them."""
    went = made.outgoing
    asked = disclosing.uses_of(went.kind, went.use, went.receiver) | set(made.setting["uses"])
    return door.Passage(went.id, went.count, went.left_out, frozenset(asked & set(uses.USES)))


def find(id: int) -> Printout | None:
    """The print of this id."""
    return db.session.get(Printout, id)


def latest(kinds: Collection[str]) -> list[Printout]:
    """The latest prints of these kinds."""
    query = select(Printout).where(Printout.kind.in_(kinds)).options(joinedload(Printout.outgoing))
    return list(db.session.scalars(query.order_by(Printout.id.desc()).limit(LATEST)))


def last_setting() -> Mapping[str, Any] | None:
    """How the last labels were set: the same printer and the same sheets mostly need the same again."""
    query = select(Printout.setting).where(Printout.kind == "labels").order_by(Printout.id.desc()).limit(1)
    return db.session.scalar(query)
