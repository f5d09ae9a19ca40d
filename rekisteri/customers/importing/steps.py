"""The way of an import: what may be done with it when, one committed step at a time, so that any step can be the last."""

import json

from sqlalchemy import Select, func, select, update

from rekisteri.audit import service as audit
from rekisteri.customers.importing.checking import check_on
from rekisteri.customers.importing.entering import enter_on, forget_rows, parts, remove_on
from rekisteri.customers.importing.models import ImportBatch, ImportPiece, ImportRow
from rekisteri.kernel.clock import end_of, now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import periods
from rekisteri.staff.models import User

GIVEN_UP = audit.event("import.cancelled", "asiakastiedoston tuonti peruttu")
STEPS = {"checking": check_on, "entering": enter_on, "cancelling": remove_on}
DECISIONS = {"skip": "Ohita", "same": "Sama asiakas", "new": "Uusi asiakas"}


def find_batch(batch_id: int) -> ImportBatch | None:
    """The import with this id."""
    return db.session.get(ImportBatch, batch_id)


def latest(limit: int = 20) -> list[ImportBatch]:
    """The last imports, the newest first."""
    return list(db.session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)))


def step(batch: ImportBatch) -> None:
    """Do the next piece of the work in a transaction of its own; nothing when it is a person's turn."""
    if work := STEPS.get(batch.state):
        work(batch)


def is_under_way(batch: ImportBatch) -> bool:
    """Whether there is work for `step`."""
    return batch.state in STEPS


def percent(batch: ImportBatch) -> int:
    """How far the work at hand is."""
    counts = batch.counts
    judged = sum(counts.get(fate, 0) for fate in ("new", "same", "changed", "doubtful", "refused"))
    if batch.state == "checking":
        return min(99, 100 * judged // max(batch.row_count, 1))
    last = counts.get("last_number", batch.row_count) if batch.state == "entering" else 0
    return min(99, 100 * batch.position // max(last, 1)) if last else 0


def decide(*, batch: ImportBatch, decision: str, number: int | None = None) -> None:
    """Say what becomes of one doubtful row, or of all that nothing has been said of yet.

    :raises RuleViolation: the import is not waiting for decisions, or there is no customer to be the same as.
    """
    _check_state(batch, "ready")
    if decision not in DECISIONS:
        raise RuleViolation("Valitse, mitä riville tehdään.")
    rows = update(ImportRow.__table__).where(ImportRow.batch_id == batch.id, ImportRow.fate == "doubtful")
    if decision == "same":
        rows = rows.where(ImportRow.customer_id.is_not(None))
    asked = [ImportRow.number == number] if number else [part & (ImportRow.decision == "") for part in parts(batch.id)]
    decided = [db.session.connection().execute(rows.where(part).values(decision=decision)).rowcount for part in asked]
    if number and not any(decided):
        raise RuleViolation("Rekisterissä ei ole asiakasta, joka rivi voisi olla.")
    db.session.expire_all()
    batch.changed_at = now()


def undecided(batch: ImportBatch) -> int:
    """How many doubtful rows nothing has been said of."""
    query = select(func.count()).select_from(ImportRow).filter_by(batch_id=batch.id, fate="doubtful", decision="")
    return db.session.scalar(query) or 0


def accept(*, batch: ImportBatch) -> None:
    """Begin to enter.

    :raises RuleViolation: somebody must still decide on doubtful rows, or there is nothing to do.
    """
    _check_state(batch, "ready")
    if waiting := undecided(batch):
        raise RuleViolation(
            f"Ratkaise ensin epäselvät rivit: {waiting} on vielä ratkaisematta. Voit ratkaista ne myös kaikki kerralla."
        )
    last = select(ImportRow.number).filter_by(batch_id=batch.id).order_by(ImportRow.number.desc()).limit(1)
    batch.counts = {**batch.counts, "last_number": db.session.scalar(last) or 0}
    batch.state, batch.position, batch.changed_at = "entering", 0, now()


def cancel(*, batch: ImportBatch, by: User | None) -> None:
    """Give an import up: what had been entered, hidden, is taken away, and so is what the file said.

    :raises RuleViolation: it is done already.
    """
    if batch.state in ("done", "cancelled", "cancelling"):
        raise RuleViolation("Tuonti on jo päättynyt, joten sitä ei voi enää perua.")
    batch.state, batch.position, batch.changed_at = "cancelling", 0, now()
    audit.record(GIVEN_UP, subject=batch.subject, by=by)


def forget_old() -> None:
    """Files are kept as long as the company tells people, whether entered or left lying; one left half way is given up.

    GDPR art. 5(1)(e), 13(2)(a).
    """
    give_up_old()
    for batch in db.session.scalars(_old().where(ImportBatch.state == "done")):
        forget_rows(batch.id)


def give_up_old() -> None:
    """Forget the files that were left lying; of one left in the middle of its entering, what had been entered goes too."""
    for batch in db.session.scalars(_old().where(ImportBatch.state.not_in(("done", "cancelling")))):
        if batch.state == "entering":
            batch.state, batch.position = "cancelling", 0
        else:
            forget_rows(batch.id)
            batch.state = "cancelled"


def _old() -> Select[ImportBatch]:
    holding = select(ImportPiece.batch_id).distinct()
    kept_until = end_of(periods.last_day("imports", today()))
    return select(ImportBatch).where(ImportBatch.changed_at < kept_until, ImportBatch.id.in_(holding))


def finish_giving_up() -> None:
    """Take away to the end what imports that were given up had entered, each step in a transaction of its own."""
    for batch in db.session.scalars(select(ImportBatch).where(ImportBatch.state == "cancelling")).all():
        while batch.state == "cancelling":
            step(batch)


def told(row: ImportRow) -> dict[str, object]:
    """What is kept of a row."""
    kept: dict[str, object] = json.loads(row.data)
    return kept


def _check_state(batch: ImportBatch, state: str) -> None:
    if batch.state != state:
        raise RuleViolation("Tuonti on jo edennyt toiseen vaiheeseen. Lataa sivu uudelleen.")
