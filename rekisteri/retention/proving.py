"""The search after the destroying: whether anything that went can still be read somewhere (GDPR art. 5(1)(e) and (f), 5(2)).

The texts wait, packed, in the line that tells of the destroying, so a process that dies in between loses nothing: the clock
of the night searches what was not searched for.
"""

from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers.bulk import in_batches
from rekisteri.erasure import proof
from rekisteri.erasure.letters import pack, unpack
from rekisteri.erasure.rules import is_clean
from rekisteri.kernel.db import db, transaction
from rekisteri.retention import rules
from rekisteri.retention.models import Destruction

PROVEN = audit.event("retention.proven", "hävitetyt tiedot haettu", fields={"found": int, "patterns": int})
AT_ONCE = 1000
"""So many texts are sought in one reading; more would need too much memory."""


def remember(line: Destruction, texts: list[str]) -> None:
    """Keep what went until it has been searched for."""
    if texts:
        line.packed = pack({"texts": list(dict.fromkeys([*waiting(line), *texts]))})


def waiting(line: Destruction) -> list[str]:
    """The texts that are still to be searched for."""
    texts: list[str] = unpack(line.packed).get("texts", [])
    return texts


def unproven() -> list[int]:
    """The lines whose texts have not been searched for, or were found."""
    query = select(Destruction.id).where(Destruction.packed.is_not(None)).order_by(Destruction.id)
    return list(db.session.scalars(query))


def prove_few() -> None:
    """Search at once for what has just gone, unless it is so much that it is left for the night."""
    for line_id in unproven():
        if len(waiting(db.session.get_one(Destruction, line_id))) <= AT_ONCE:
            prove(line_id)


def prove(line_id: int, *, at_night: bool = False) -> dict[str, Any]:
    """Search for what one line tells was destroyed, and put on record what came of it.

    :param at_night: nobody waits, so that also a large database may be written anew.
    """
    line = db.session.get_one(Destruction, line_id)
    texts, by_age = waiting(line), line.kind not in rules.PEOPLE
    found = rules.together([proof.prove(some, at_night=at_night, by_age=by_age) for some in in_batches(texts, AT_ONCE)])
    with transaction():
        line = db.session.get_one(Destruction, line_id)
        line.proof = found
        if is_clean(found):
            later = [text for text in waiting(line) if text not in set(texts)]
            line.packed = pack({"texts": later}) if later else None
        audit.record(PROVEN, subject="register:1", found=found["found"], patterns=found["patterns"])
    return found
