"""After the erasure has been committed: the search, the letters, and when these have left, their own end.

Each step is a transaction of its own and begins from what the last one left, so a process that dies anywhere is continued
where it died (`carry_on`): by the next look at the page, by the command of the night, or by hand.
"""

from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import holding as cases_holding
from rekisteri.documents import destroying
from rekisteri.documents.models import Document
from rekisteri.erasure import letters, proof, rules
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.staff.models import User

PROVEN = audit.event("erasure.proven", "poiston todiste haettu", fields={"found": int, "patterns": int})
FINISHED = audit.event(
    "erasure.finished", "poisto viimeistelty, kirjeet hävitetty", fields={"found": int, "count": int}
)


def carry_on(round_id: int, *, at_night: bool = False) -> None:
    """Take the round as far as it now goes; what would keep everybody waiting is left to the night."""
    done = db.session.get_one(ErasureRound, round_id)
    if done.state == "erased":
        _answer(round_id, at_night)
    if (done := db.session.get_one(ErasureRound, round_id)).state == "answered" and why_not_finish(done) is None:
        _finish(round_id, at_night)


def unfinished() -> list[int]:
    """Rounds in which something is still to be done without anybody's decision."""
    return list(
        db.session.scalars(
            select(ErasureRound.id).where(ErasureRound.state.in_(("erased", "answered"))).order_by(ErasureRound.id)
        )
    )


def _answer(round_id: int, at_night: bool) -> None:
    """Search, and when nothing is left, issue the letters. What is left is told on the page, and no letter goes out."""
    proven = db.session.get_one(ErasureRound, round_id)
    told = letters.unpack(proven.packed)
    found = proof.prove(told["texts"], case=proven.erasure.case, at_night=at_night)
    with transaction():
        done = db.session.get_one(ErasureRound, round_id)
        if done.state != "erased":
            return
        by = db.session.get_one(User, done.approved_by_id)
        done.proof = found
        audit.record(PROVEN, subject=done.erasure.subject, by=by, found=found["found"], patterns=found["patterns"])
        if rules.is_clean(found):
            done.certificate = letters.issue_all(done, told, by=by, on=today())
            done.packed, done.state = letters.pack({"texts": told["texts"]}), "answered"


def why_not_finish(done: ErasureRound) -> str | None:
    """What the letters still wait for, as a sentence; None when they may be destroyed."""
    case = done.erasure.case
    waiting = select(Document.id).where(Document.subject == case.subject, Document.state == "waiting").limit(1)
    if db.session.scalar(waiting) is not None:
        return "Kirjeet hävitetään, kun ne on merkitty lähetetyiksi."
    if done.whole and case.is_open:
        return "Kirjeet hävitetään, kun pyyntö on suljettu."
    return None


def _finish(round_id: int, at_night: bool) -> None:
    """Destroy the letters that told what went, search once more, and forget the texts that were sought."""
    with transaction():
        done = db.session.get_one(ErasureRound, round_id)
        texts, count = letters.unpack(done.packed).get("texts", []), _destroy_letters(done)
    found = proof.prove(texts, case=db.session.get_one(ErasureRound, round_id).erasure.case, at_night=at_night)
    with transaction():
        done = db.session.get_one(ErasureRound, round_id)
        done.final_proof = found
        audit.record(FINISHED, subject=done.erasure.subject, found=found["found"], count=count)
        if rules.is_clean(found):
            done.packed, done.state = None, "finished"


def _destroy_letters(done: ErasureRound) -> int:
    """All papers of the request when everything went; otherwise those to others, which repeat what was erased."""
    case = done.erasure.case
    if done.whole:
        forget_what_held(done.erasure)
        return cases_holding.reduce_to_facts([case.id], today())
    notices = select(Document.id).where(Document.subject == case.subject, Document.kind == letters.NOTICE)
    return destroying.destroy_papers(list(db.session.scalars(notices)), today())


def forget_what_held(erasure: Erasure) -> None:
    """The obstacles named the person's invoices and orders by their numbers."""
    for one in erasure.rounds:
        one.holds = [_bare(hold) for hold in one.holds]


def _bare(hold: dict[str, Any]) -> dict[str, Any]:
    return hold | {"text": ""}
