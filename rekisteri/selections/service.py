"""Keeping selections, and who is in one: looked up anew each time, under the transaction in which it is used.

    with transaction():
        used = service.use(selection, purpose="Osoitetarrat", by=actor())
        passage = door.let_out(…, people=service.people(selection))

Nobody who has forbidden the use, is restricted, merged away or erased is ever among `people`, whatever was shown before.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select, tuple_

from rekisteri.audit import service as audit
from rekisteri.customers.models import Customer, Source
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, require_transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import sort_key
from rekisteri.selections import conditions, counting, events, rules, wording
from rekisteri.selections.counting import Counted
from rekisteri.selections.models import Selection, SelectionUse
from rekisteri.selections.rules import Choice
from rekisteri.staff.models import User

PAGE_SIZE = 50
NOBODY = "Valinnassa ei ole ketään, jonka tietoja saa käyttää tähän."


def _choice(of: Selection | Choice) -> Choice:
    return of.choice if isinstance(of, Selection) else of


def people(of: Selection | Choice) -> Select[int]:
    """The ids of those who may be used: a query, read by whoever needs them, at the moment they are needed."""
    return select(Customer.id).where(*conditions.nobody_else(_choice(of), today()))


def counted(of: Selection | Choice) -> Counted:
    """How many are found and left, and how many stay out by what: exact."""
    return counting.counted(_choice(of), today())


def estimated(of: Selection | Choice) -> Counted:
    """The same as quickly as one types: from a sample when the register is large."""
    return counting.estimated(_choice(of), today())


def left_out(of: Selection | Choice) -> dict[str, int]:
    """How many of those who fit stay out, by reason; somebody with two reasons is counted at both."""
    return dict(counted(of).left_out)


def use(selection: Selection, *, purpose: str, by: User | None) -> SelectionUse:
    """Keep this use of a selection as it is now: its criteria, who would be in it and who not.

    :raises RuleViolation: there is nobody to use, or what for is not told.
    """
    require_transaction("using a selection")
    if not purpose.strip():
        raise RuleViolation("Kerro, mihin tarkoitukseen tietoja käytetään.", field="purpose")
    found = counted(selection)
    if not found.count:
        raise RuleViolation(NOBODY)
    choice = selection.choice
    used = SelectionUse(
        selection_id=selection.id,
        name=selection.name,
        purpose=purpose.strip()[:500],
        criteria=choice.as_json(),
        told=[list(line) for line in told(choice)],
        matched=found.matched,
        count=found.count,
        left_out=dict(found.left_out),
        by=by,
    )
    db.session.add(used)
    db.session.flush()
    audit.record(events.USED, subject=selection.subject, by=by, use=choice.use, count=found.count)
    return used


def told(choice: Choice) -> list[tuple[str, str]]:
    """The criteria in words."""
    asked = select(Source.id, Source.name).where(Source.id.in_(choice.sources))
    names = {row.id: row.name for row in db.session.execute(asked)} if choice.sources else {}
    return wording.lines(choice, names)


def sources() -> list[tuple[int, str]]:
    """Every source that something may have come from, also those no longer in use."""
    return [(row.id, row.name) for row in db.session.execute(select(Source.id, Source.name).order_by(Source.sort_key))]


def save(*, name: str, choice: Choice, by: User | None) -> Selection:
    """Keep a choice under a name."""
    kept = rules.check_name(name, taken=_taken(name))
    selection = Selection(name=kept, made_by=by, **_columns(kept, _checked(choice)))
    db.session.add(selection)
    db.session.flush()
    audit.record(events.SAVED, subject=selection.subject, by=by, use=choice.use, way=choice.way)
    return selection


def change(*, selection: Selection, name: str, choice: Choice, by: User | None) -> None:
    """Keep it otherwise; what it has been used for stays as it was."""
    selection.name = rules.check_name(name, taken=_taken(name, but=selection.id))
    for column, value in _columns(selection.name, _checked(choice)).items():
        setattr(selection, column, value)
    selection.changed_at = now()
    audit.record(events.CHANGED, subject=selection.subject, by=by, use=choice.use, way=choice.way)


def copy(*, selection: Selection, by: User | None) -> Selection:
    """The same under another name, to be changed."""
    names = set(db.session.scalars(select(Selection.name)))
    return save(name=rules.copy_name(selection.name, names), choice=selection.choice, by=by)


def delete(*, selection: Selection, by: User | None) -> None:
    """Let go of a selection. Its uses stay on record."""
    audit.record(events.DELETED, subject=selection.subject, by=by)
    db.session.delete(selection)


def _columns(name: str, choice: Choice) -> dict[str, Any]:
    criteria = {key: value for key, value in choice.as_json().items() if key not in ("use", "way")}
    return {"sort_key": sort_key(name)[:200], "use": choice.use, "way": choice.way, "criteria": criteria}


def _checked(choice: Choice) -> Choice:
    rules.check(choice, on=today())
    known = set(db.session.scalars(select(Source.id).where(Source.id.in_(choice.sources)))) if choice.sources else set()
    if not set(choice.sources) <= known:
        raise RuleViolation("Valitse tietolähde luettelosta.", field="sources")
    return choice


def _taken(name: str, but: int | None = None) -> bool:
    same = select(Selection.id).where(Selection.name == " ".join(name.split()))
    return db.session.scalar(same.where(Selection.id != but) if but else same) is not None


def find(selection_id: int) -> Selection | None:
    """The selection of this id."""
    return db.session.get(Selection, selection_id)


def find_use(use_id: int) -> SelectionUse | None:
    """The use of this id."""
    return db.session.get(SelectionUse, use_id)


def all_selections() -> list[Selection]:
    """Every selection, in the order of their names."""
    return list(db.session.scalars(select(Selection).order_by(Selection.sort_key, Selection.id)))


def uses_of(selection_id: int | None = None, *, after: int | None = None) -> tuple[list[SelectionUse], int | None]:
    """The latest uses of one selection, or of all; and from whose id the next page goes on."""
    query = select(SelectionUse).order_by(SelectionUse.id.desc())
    if selection_id:
        query = query.filter_by(selection_id=selection_id)
    if after:
        query = query.where(SelectionUse.id < after)
    rows = list(db.session.scalars(query.limit(PAGE_SIZE + 1)))
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None


@dataclass(frozen=True)
class LeftOut:
    """A page of those left out: each with the reasons, and from whose id the next page goes on."""

    rows: list[tuple[Any, list[str]]]
    after: int | None


def who_is_left_out(of: Selection | Choice, *, after: int | None = None) -> LeftOut:
    """Those who fit and stay out, by name, with every reason of each."""
    choice, on = _choice(of), today()
    reasons = conditions.reasons(choice, on)
    shown = (Customer.id, Customer.display_name, Customer.sort_key)
    query = select(*shown, *reasons.values()).where(*conditions.fitting(choice, on), or_(*reasons.values()))
    start = db.session.get(Customer, after) if after else None
    if start:
        query = query.where(tuple_(Customer.sort_key, Customer.id) > (start.sort_key, start.id))
    read = db.session.execute(query.order_by(Customer.sort_key, Customer.id).limit(PAGE_SIZE + 1)).all()
    rows = [(row, [name for name, holds in zip(reasons, row[len(shown) :], strict=True) if holds]) for row in read]
    return LeftOut(rows[:PAGE_SIZE], read[PAGE_SIZE - 1].id if len(read) > PAGE_SIZE else None)
