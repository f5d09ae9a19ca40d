"""What is to be destroyed, and destroying it before a witness, with a certificate."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.kernel.formats import fi_date, fi_number
from rekisteri.paper import events, rules, storing
from rekisteri.paper.models import PaperBinder, PaperDestruction, PaperHandler, PaperItem
from rekisteri.settings import periods
from rekisteri.settings import service as settings

PERIOD = "fair_cards"
TITLE = "Hävittämistodistus"


def leaving() -> Sequence[PaperItem]:
    """Single cards and papers to be taken out of their binders and destroyed, binder by binder."""
    query = select(PaperItem).filter_by(state="leaving").options(joinedload(PaperItem.binder))
    return db.session.scalars(query.order_by(PaperItem.binder_id, PaperItem.number)).all()


def leaving_count() -> int:
    """How many of them there are."""
    return db.session.scalar(select(func.count()).select_from(PaperItem).where(PaperItem.state == "leaving")) or 0


def kept_long_enough(on: date) -> Sequence[PaperBinder]:
    """Collected cards whose time has ended: proposed to be destroyed as a whole."""
    last_day = periods.last_day(PERIOD, on)
    query = select(PaperBinder).where(
        PaperBinder.destroyed_on.is_(None), PaperBinder.holds == "cards", PaperBinder.collected_on <= last_day
    )
    return db.session.scalars(query.order_by(PaperBinder.collected_on, PaperBinder.id)).all()


def set_leaving(ids: Iterable[int], *, on: date) -> int:
    """Let cards and papers wait for being destroyed; whose they were is told no more."""
    chosen = list(ids)
    change = update(PaperItem).where(PaperItem.id.in_(chosen))
    change = change.values(state="leaving", leaving_on=on, customer_id=None, account={})
    db.session.execute(change, execution_options={"synchronize_session": False})
    db.session.expire_all()
    return len(chosen)


def leave_requests(numbers: Sequence[str], *, on: date) -> int:
    """Of these requests only the facts stay: their signed papers wait for being destroyed as well."""
    mine = select(PaperItem.id).where(PaperItem.case_number.in_(numbers), PaperItem.state == "kept")
    return set_leaving(db.session.scalars(mine), on=on)


def destroy(
    *,
    binder: PaperBinder | None,
    item_ids: Collection[int],
    method: str | None,
    level: str | None,
    firm: str,
    destroyed_on: date,
    handler: PaperHandler | None,
    witness: PaperHandler | None,
    by: Any,
    on: date,
) -> PaperDestruction:
    """Put on record that papers have been destroyed, and issue the certificate.

    :param binder: a whole binder with all that is in it; otherwise the single papers of `item_ids`.
    :raises RuleViolation: it was not destroyed as it should, or not by named people before another one.
    """
    if refusal := by.why_not("paper.destroy"):
        raise NotPermitted(refusal)
    items = _items(binder, item_ids)
    done_by = storing.check_able(handler)
    seen_by = storing.check_able(witness, field="witness")
    count = len(items) or (1 if binder else 0)
    rules.check_destruction(
        method=method, level=level, firm=firm, destroyed_on=destroyed_on, two=done_by.id != seen_by.id, count=count, on=on,
    )  # fmt: skip
    _check_there(binder, destroyed_on)
    destruction = PaperDestruction(
        number=f"HT {destroyed_on.year}/{next_number('paper_destruction', destroyed_on.year):04}",
        destroyed_on=destroyed_on,
        what=_what(binder, items),
        count=len(items),
        method=method,
        level=level if method == "shredder" else None,
        firm=firm.strip() if method == "container" else "",
        by=done_by,
        witness=seen_by,
        recorded_by_id=by.id,
    )
    db.session.add(destruction)
    db.session.flush()
    _mark(binder, items, destruction)
    destruction.document = _certificate(destruction, by=by, on=on)
    db.session.flush()
    told = {"number": destruction.number, "count": count, "method": method, "on": destroyed_on.isoformat()}
    audit.record(events.DESTROYED, subject=f"paper_destruction:{destruction.id}", by=by, **told)
    return destruction


def _items(binder: PaperBinder | None, ids: Collection[int]) -> list[PaperItem]:
    query = select(PaperItem).order_by(PaperItem.binder_id, PaperItem.number)
    if binder is not None:
        return list(db.session.scalars(query.where(PaperItem.binder_id == binder.id, PaperItem.state != "destroyed")))
    found = list(db.session.scalars(query.where(PaperItem.id.in_(ids), PaperItem.state == "leaving")))
    if len(found) != len(set(ids)):
        raise RuleViolation("Osa korteista on jo hävitetty. Tarkista luettelo.")
    return found


def _check_there(binder: PaperBinder | None, destroyed_on: date) -> None:
    if binder is None:
        return
    if binder.destroyed_on is not None:
        raise RuleViolation("Aineisto on jo hävitetty.")
    if binder.loan is not None:
        raise RuleViolation("Aineisto on otettu esille. Kirjaa ensin palautus.")
    if binder.collected_on and destroyed_on < binder.collected_on:
        raise RuleViolation("Kortteja ei ole voitu hävittää ennen niiden keräämistä.", field="destroyed_on")


def _what(binder: PaperBinder | None, items: Sequence[PaperItem]) -> str:
    """What was destroyed, by codes and numbers; nobody's name."""
    if binder is not None:
        kind = rules.KINDS[binder.kind].lower()
        collected = f", kerätty {fi_date(binder.collected_on)}" if binder.collected_on else ""
        return f"Koko {kind} {binder.title}{collected}"
    return f"Yksittäiset kortit ja paperit: {rules.spans([item.code for item in items])}"


def _mark(binder: PaperBinder | None, items: Sequence[PaperItem], destruction: PaperDestruction) -> None:
    for item in items:
        item.state, item.destruction_id, item.customer_id, item.account = "destroyed", destruction.id, None, {}
    if binder is not None:
        binder.destroyed_on, binder.destruction, binder.place = destruction.destroyed_on, destruction, None
    db.session.flush()


def _certificate(destruction: PaperDestruction, *, by: Any, on: date) -> Any:
    controller = settings.current().controller()
    return documents.issue(
        kind="paper_destruction",
        number=destruction.number,
        title=TITLE,
        template="paper/paper/destruction.html",
        context={
            "controller": controller,
            "what": destruction.what,
            "in_container": destruction.method == "container",
            "count": fi_number(destruction.count) if destruction.count else "",
            "destroyed_on": fi_date(destruction.destroyed_on),
            "how": rules.described(destruction.method, destruction.level, destruction.firm),
            "by": _person(destruction.by),
            "witness": _person(destruction.witness),
        },
        addressee=[str(controller["name"])],
        subject=f"paper_destruction:{destruction.id}",
        by=by,
        on=on,
        mailed=False,
    )


def _person(handler: PaperHandler) -> dict[str, str]:
    task = handler.task or (handler.user.title if handler.user else "")
    return {"name": handler.full_name, "task": task}


def destructions(limit: int = 100) -> Sequence[PaperDestruction]:
    """The book of what has been destroyed, the latest first."""
    return db.session.scalars(select(PaperDestruction).order_by(PaperDestruction.id.desc()).limit(limit)).all()
