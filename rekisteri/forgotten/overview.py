"""What the register keeps of those it has forgotten, in figures: for whoever answers for it (GDPR art. 5(2))."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from rekisteri.forgotten import journal, keys
from rekisteri.forgotten.models import ErasureEntry, Mark
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation


@dataclass(frozen=True)
class Kept:
    """Counts of marks and of erasures, and what is wrong with them if anything is."""

    marks: int
    forbidden: int
    erased: int
    anonymised: int
    latest: date | None
    faults: list[str]


def kept() -> Kept:
    """As things now stand."""
    kinds = select(ErasureEntry.kind, func.count()).group_by(ErasureEntry.kind)
    counts = {kind: count for kind, count in db.session.execute(kinds)}  # noqa: C416 - rows are no pairs to the checker
    return Kept(
        marks=_count_marks(),
        forbidden=_count_marks(Mark.forbidden),
        erased=counts.get("erased", 0),
        anonymised=counts.get("anonymised", 0),
        latest=db.session.scalar(select(func.max(ErasureEntry.on))),
        faults=list(_faults()),
    )


def _count_marks(*conditions: object) -> int:
    """Without the one by which a wrong key is noticed, which is nobody's."""
    query = select(func.count()).select_from(Mark).where(*conditions)  # type: ignore[arg-type]
    total = db.session.scalar(query) or 0
    return total if conditions else max(0, total - 1)


def _faults() -> list[str]:
    found = []
    if keys.in_use():
        try:
            keys.known_key()
        except RuleViolation as violation:
            found.append(violation.sentence)
    if fault := journal.fault():
        found.append(fault)
    if journal.lacks():
        found.append(
            f"Poistojen luettelosta {journal.NAME} puuttuu rivejä. Ne täydentyvät, kun palvelin käynnistetään."
        )
    return found
