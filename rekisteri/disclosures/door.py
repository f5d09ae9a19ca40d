"""The door: the only way by which data of customers leave the register (GDPR art. 5(2), 30; the notice's own promise).

Whoever makes a file, labels, letters, a print or an answer asks here first, inside a transaction, and gets the people from
here alone::

    from rekisteri.disclosures import door

    with transaction():
        passage = door.let_out(
            kind="labels",                      # rules.EXITS: export, labels, list, letters, print, interface, …
            use="direct_mail",                  # customers.uses.USES: what the data are used for
            people=select(Customer.id).where(…),  # a query whose first column is Customer.id, or some ids
            fields=("last_name", "first_name", "street", "postcode", "city"),   # base names
            purpose="Joulukirje asiakkaille",
            by=actor(),
        )
    passage.people()        # select(Customer.id): those who went, less who has forbidden it since
    passage.count, passage.left_out     # how many went; how many stayed, by what kept them in
    door.csv_file(passage, header, rows), door.xlsx_file(passage, header, rows)     # the only writers of such files

To an outsider: `recipient=…` with its `ground` (rules.GROUNDS) and `way` (rules.WAYS); then each value that went is kept,
so that a correction finds whom to tell (art. 19). To the person: `to_the_person=True`. Nobody who is prohibited,
restricted, merged away or not yet accepted passes, whatever the query says: the bars are asked under the write lock, by
the statement that writes the rows, or of one person alone just before it. A house test proves that no file is written past the door.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from sqlalchemy import Select, select

from rekisteri.audit import service as audit
from rekisteri.customers import uses
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.listing import SEEN
from rekisteri.customers.models import Customer
from rekisteri.disclosures import entering, rules
from rekisteri.disclosures.models import Disclosure, Outgoing, OutgoingPerson, Recipient
from rekisteri.disclosures.receiving import Receiver
from rekisteri.kernel import sheets
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, require_transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

LET_OUT = audit.event(
    "disclosure.let_out",
    "tietoja lähtenyt rekisteristä",
    fields={"kind": str, "use": str, "receiver": str, "count": int, "fields": list},
)
NOBODY = "Valinnassa ei ole yhtään asiakasta, jonka tietoja saa käyttää tähän."
People = Select[Any] | Collection[int]


@dataclass(frozen=True)
class Passage:
    """What the door has let out: put on record, and the people to be taken from here."""

    outgoing_id: int
    count: int
    left_out: Mapping[str, int]
    uses: frozenset[str]

    def people(self) -> Select[int]:
        """Ids of those who may go at the moment of reading: who has forbidden it since the passage was opened stays."""
        went = select(OutgoingPerson.customer_id).where(OutgoingPerson.outgoing_id == self.outgoing_id)
        return _permitted(select(Customer.id).where(Customer.id.in_(went)), self.uses)


def let_out(
    *,
    kind: str,
    use: str,
    people: People,
    fields: Collection[str],
    purpose: str,
    by: User | None,
    recipient: Recipient | Receiver | None = None,
    ground: str = rules.OWN_GROUND,
    way: str = "other",
    to_the_person: bool = False,
    origin: str = "",
) -> Passage:
    """Put on record that these people's data go out, and give those who may.

    :param origin: what the processing log calls the thing it is for: ”export:7”.
    :raises RuleViolation: the recipient may not receive, the purpose is missing, or nobody is left.
    """
    require_transaction("letting data out")
    receiver = "recipient" if recipient else "subject" if to_the_person else "own"
    rules.check_exit(kind=kind, receiver=receiver, ground=ground, purpose=purpose, fields=fields)
    if recipient is not None:
        check_recipient(recipient, ground, fields)
    asked = rules.uses_of(kind, use, receiver)
    row = {
        "kind": kind,
        "receiver": receiver,
        "recipient_id": recipient.id if recipient else None,
        "use": use,
        "ground": ground,
        "purpose": purpose.strip()[:500],
        "way": way if way in rules.WAYS else "other",
        "fields": list(fields),
        "origin": origin,
        "left_on": today(),
        "by_id": by.id if by else None,
    }
    alone = set() if isinstance(people, Select) else set(people)
    passage = _let_one_out(alone.pop(), row, asked) if len(alone) == 1 else _let_many_out(people, row, asked)
    facts = {name: row[name] for name in ("kind", "use", "receiver", "fields")}
    audit.record(LET_OUT, subject=f"outgoing:{passage.outgoing_id}", by=by, count=passage.count, **facts)
    return passage


def _let_one_out(person: int, row: Mapping[str, Any], asked: frozenset[str]) -> Passage:
    """The same as for many, for the one whose data a program waits for: all the bars in one question, then the rows."""
    db.session.flush()
    found = uses.standing(person, asked)
    if found is None or found.state not in SEEN or found.reasons:
        raise RuleViolation(" ".join(found.reasons if found else ()) or NOBODY)
    return Passage(entering.enter_one(person, row), 1, {}, asked)


def _let_many_out(people: People, row: Mapping[str, Any], asked: frozenset[str]) -> Passage:
    left_out = _left_out(people, asked)
    going = (_permitted(_chosen(part), asked).order_by(Customer.id) for part in _parts(people))
    outgoing = entering.enter_many({**row, "left_out": left_out}, going)
    if not outgoing.count:
        raise RuleViolation(NOBODY)
    return Passage(outgoing.id, outgoing.count, left_out, asked)


def check_recipient(
    recipient: Recipient | Receiver, ground: str, fields: Collection[str] = (), on: date | None = None
) -> None:
    """Whether this recipient may be given these data on this ground, now or on the day it was done.

    :raises RuleViolation: it is out of use, its agreement or its country's safeguard is missing, or it gets other data.
    """
    if refusal := recipient.why_not_on(on or today()):
        raise RuleViolation(refusal, field="recipient")
    rules.check_ground_fits(ground, recipient.role)
    rules.check_fields(fields, allowed=recipient.fields)


def note(disclosure: Disclosure, fields: Collection[str], by: User | None) -> Outgoing:
    """Enter in the same ledger what went by other ways than the door and is recorded by hand: by telephone, years ago."""
    outgoing = _one_person(
        disclosure.customer.id,
        kind="recorded",
        receiver="recipient",
        recipient=disclosure.recipient,
        use="disclosure",
        ground=disclosure.ground,
        purpose=disclosure.purpose,
        way=disclosure.way,
        fields=list(fields),
        left_on=disclosure.disclosed_on,
        by_id=by.id if by else None,
    )
    disclosure.outgoing_id = outgoing.id
    return outgoing


def note_letter(*, person: int | None, recipient: Recipient | None, by: Any, **told: Any) -> Outgoing:
    """Enter a letter that has left; of an erased person only that it left."""
    return _one_person(
        person,
        kind="notification",
        recipient=recipient,
        use="customer_relation",
        ground="law" if recipient else rules.OWN_GROUND,
        fields=["letter"],
        by_id=getattr(by, "id", None),
        **told,
    )


def _one_person(person: int | None, **told: Any) -> Outgoing:
    outgoing = Outgoing(count=1, left_out={}, **told)
    db.session.add(outgoing)
    db.session.flush()
    if person is not None:
        db.session.add(OutgoingPerson(outgoing_id=outgoing.id, customer_id=person, left_on=outgoing.left_on))
    return outgoing


def would_leave(
    people: People, *, kind: str, use: str, to_a_recipient: bool = False
) -> tuple[Select[int], dict[str, int]]:
    """Before anything goes: who could, as a query of ids, and how many would stay by what keeps them in."""
    asked = rules.uses_of(kind, use, "recipient" if to_a_recipient else "own")
    return _permitted(_chosen(people), asked), _left_out(people, asked)


def csv_file(passage: Passage, header: Sequence[str], rows: Iterable[Sequence[str]]) -> BinaryIO:
    """A table of those who passed, as CSV: see `sheets.csv_file`."""
    _check_open(passage)
    return sheets.csv_file(header, rows)


def xlsx_file(passage: Passage, header: Sequence[str], rows: Iterable[Sequence[str]]) -> BinaryIO:
    """A table of those who passed, as an Excel workbook: see `sheets.xlsx_file`."""
    _check_open(passage)
    return sheets.xlsx_file(header, rows)


def _check_open(passage: Passage) -> None:
    if db.session.get(Outgoing, passage.outgoing_id) is None:
        raise RuntimeError("nothing is written of people who have not been put on record")


def _chosen(people: People) -> Select[int]:
    """Those of the choice who are in the register: the door sees nobody merged away, nor anybody not yet accepted."""
    seen = select(Customer.id).where(Customer.state.in_(SEEN))
    if isinstance(people, Select):
        chosen = people.order_by(None).subquery()
        return seen.where(Customer.id.in_(select(chosen.c[0])))
    return seen.where(Customer.id.in_(people))


def _permitted(query: Select[int], asked: Collection[str]) -> Select[int]:
    for use in sorted(asked):
        query = uses.permitted(query, use)
    return query


def _parts(people: People) -> list[People]:
    """A query whole; ids as many at a time as a database takes."""
    return [people] if isinstance(people, Select) else list(in_batches(sorted(set(people)), MOST_IN_A_QUERY))


def _left_out(people: People, asked: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(people):
        of_part: dict[str, int] = {}
        for use in sorted(asked):
            of_part |= uses.left_out(_chosen(part), use)
        found = {name: found.get(name, 0) + of_part.get(name, 0) for name in [*found, *of_part]}
    return found
