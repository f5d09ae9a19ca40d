"""Two customers side by side: what each holds, what becomes of it, and what has changed since the page was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from rekisteri.customers import links, merge_rules, rules, service
from rekisteri.customers.merge_rules import Difference, Unit
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date


@dataclass(frozen=True)
class Row:
    """One line of the comparison; `fate` says what becomes of the dropped customer's value."""

    label: str
    kept: str
    dropped: str
    fate: str


@dataclass(frozen=True)
class Comparison:
    """All that a page of merging shows; `seen` names the data it was made of, so that a later change is noticed."""

    rows: list[Row]
    differences: list[Difference]
    moving: list[tuple[str, int]]
    seen: str


def compare(kept: Customer, dropped: Customer) -> Comparison:
    """The two customers as they now stand."""
    held, theirs = service.current(kept), service.current(dropped)
    return Comparison(
        rows=_rows(kept.kind, held, theirs),
        differences=merge_rules.differences(kept.kind, held, theirs),
        moving=_moving(dropped),
        seen=".".join(str(datum.id) for datum in (*held.values(), *theirs.values())),
    )


def _rows(kind: str, held: Mapping[str, Datum], theirs: Mapping[str, Datum]) -> list[Row]:
    plan, open_units = merge_rules.settled(kind, held, theirs)
    units = [unit for unit in merge_rules.units(kind) if unit.held(held) or unit.held(theirs)]
    labels = {name: unit.label for unit in merge_rules.units(kind) for name in unit.fields}
    asked = {unit.code for unit in open_units}
    return [
        Row(unit.label, _told(unit, held), _told(unit, theirs), _fate(unit, theirs, plan, labels, asked))
        for unit in units
    ]


def _told(unit: Unit, data: Mapping[str, Datum]) -> str:
    """The value, whence it came and when."""
    held = [data[name] for name in unit.fields if name in data]
    if not held:
        return ""
    whence = dict.fromkeys(f"{datum.source.name}, {fi_date(datum.obtained_on)}" for datum in held)
    return f"{unit.text(data)} ({'; '.join(whence)})"


def _fate(
    unit: Unit, theirs: Mapping[str, Datum], plan: merge_rules.Plan, labels: Mapping[str, str], asked: set[str]
) -> str:
    names = [name for name in unit.fields if name in theirs]
    if unit.code in asked:
        return "Valitse alempana"
    if not names:
        return "Säilyy"
    if all(name in plan.same for name in names):
        return "Sama tieto"
    target = next(plan.moves[name] for name in names if name in plan.moves)
    return "Siirtyy säilyvälle" if target in unit.fields else f"Täydentää: {labels[target].lower()}"


def _moving(dropped: Customer) -> list[tuple[str, int]]:
    """What else of the dropped customer moves: its name and how many, those that there are."""
    counted: dict[str, int] = {}
    for link in links.all_links():
        count = db.session.scalar(select(func.count()).where(link.column == dropped.id)) or 0
        counted[link.name] = counted.get(link.name, 0) + count
    return [(name.capitalize(), count) for name, count in counted.items() if count]


def changes(seen: str, kept: Customer, dropped: Customer) -> list[tuple[str, str, str]]:
    """Label, what stood when the page was opened, what stands now: where the two customers' data have changed since."""
    ids = [int(part) for part in seen.split(".") if part.isdecimal() and len(part) < 10]
    query = select(Datum).where(Datum.id.in_(ids), Datum.customer_id.in_((kept.id, dropped.id)))
    then = {(datum.customer_id, datum.field): datum for datum in db.session.scalars(query)}
    found = []
    for name, customer in (("säilyvä", kept), ("poistuva", dropped)):
        now = service.current(customer)
        for field, label in rules.FIELDS[customer.kind].items():
            before = then.get((customer.id, field))
            if before is not now.get(field):
                found.append((f"{label} ({name})", _value(before), _value(now.get(field))))
    return found


def _value(datum: Datum | None) -> str:
    return rules.shown(datum.field, datum.value) if datum else ""


def choice_labels(asked: Sequence[Difference]) -> dict[str, list[tuple[str, str]]]:
    """What is offered in each place, as a person reads it, by the place's code."""
    texts = {
        merge_rules.KEPT: "Säilyvän: {0.kept}",
        merge_rules.DROPPED: "Poistuvan: {0.dropped}",
        merge_rules.BOTH: "Molemmat; poistuvan tieto jää kohtaan {0.room}",
    }
    joined = "Molemmat yhdessä"
    return {
        one.unit.code: [
            (code, texts[code].format(one) if code != merge_rules.BOTH or one.room else joined) for code in one.options
        ]
        for one in asked
    }
