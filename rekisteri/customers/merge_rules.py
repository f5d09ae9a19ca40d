"""What becomes of each datum when two customers are merged into one. Pure functions.

Nothing is lost: a value stays in force, moves to a free slot or goes into the history, always with its source and dates.
Only where both customers hold something different does the person have to choose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from rekisteri.customers import fields, rules
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fold

KEPT, DROPPED, BOTH = "kept", "dropped", "both"
SAME = "Sama tieto oli asiakkaalla jo ennen yhdistämistä"
REPLACED = "Korvattu, kun asiakkaat yhdistettiin"
NAMES = {"address": "Postiosoite"}


class Held(Protocol):
    """A value that now stands in the register, and when it was obtained."""

    @property
    def value(self) -> str:
        """The value as it is kept."""

    @property
    def obtained_on(self) -> date:
        """The day it was obtained."""


Data = Mapping[str, Held]


@dataclass(frozen=True)
class Unit:
    """What is kept or moved as a whole: one field, or all the fields of one address."""

    code: str
    label: str
    fields: tuple[str, ...]
    group: str = ""

    def text(self, data: Data) -> str:
        """What a customer has in it, in one line; empty for nothing."""
        held = [rules.shown(name, data[name].value) for name in self.fields if name in data]
        return ", ".join("; ".join(text.split("\n")) for text in held)

    def held(self, data: Data) -> dict[str, str]:
        """The values in it, folded, by main field."""
        return {rules.base(name): fold(data[name].value) for name in self.fields if name in data}


@dataclass(frozen=True)
class Difference:
    """A place where both customers hold something else, and what may be chosen; `room` is where both would stand."""

    unit: Unit
    kept: str
    dropped: str
    options: tuple[str, ...]
    default: str
    room: str = ""


@dataclass
class Plan:
    """What becomes of the data: where those of the dropped customer go, which end and why, which of the kept end."""

    moves: dict[str, str] = field(default_factory=dict)
    same: set[str] = field(default_factory=set)
    unused: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    joined: str = ""


def units(kind: str) -> list[Unit]:
    """Everything that may be held of a customer, as it is merged, in the order of the card."""
    labels = fields.FIELDS[kind]
    found: dict[str, Unit] = {}
    for name, label in labels.items():
        group, number = fields.group_of(name), fields.slot(name)
        code = fields.in_slot(group, number) if group else name
        if code not in found:
            shown = f"{NAMES[group]} {number}".removesuffix(" 1") if group in NAMES else label
            found[code] = Unit(code, shown, fields.group_fields(group, number) if group else (name,), group)
    return list(found.values())


def differences(kind: str, kept: Data, dropped: Data) -> list[Difference]:
    """Where a person must choose, with what is sensible already chosen.

    Of what there may be several, both stay while there is room; of the rest the value obtained later.
    """
    plan, open_units = settled(kind, kept, dropped)
    taken = set(kept) | set(plan.moves.values())
    found = []
    for unit in open_units:
        room = _room(unit, kept, dropped, taken)
        taken |= set(room)
        both = (BOTH,) if room else ()
        default = BOTH if room else (DROPPED if _later(unit, dropped, kept) else KEPT)
        where = _place_name(kind, unit, room)
        found.append(Difference(unit, unit.text(kept), unit.text(dropped), (KEPT, DROPPED, *both), default, where))
    return found


def plan(kind: str, kept: Data, dropped: Data, choices: Mapping[str, str]) -> Plan:
    """What becomes of each datum by these choices (unit code → kept, dropped or both).

    :raises RuleViolation: something that must be chosen has not been, or there is no room for both.
    """
    made, open_units = settled(kind, kept, dropped)
    for unit in open_units:
        chosen = choices.get(unit.code)
        if chosen == KEPT:
            made.unused |= {name for name in unit.fields if name in dropped}
        elif chosen == DROPPED:
            made.replaced |= {name for name in unit.fields if name in kept}
            made.moves |= {name: name for name in unit.fields if name in dropped}
        elif chosen == BOTH:
            _keep_both(made, unit, kept, dropped)
        else:
            raise RuleViolation(f"Valitse, mikä tieto jää: {unit.label.lower()}.", field=unit.code)
    return made


def settled(kind: str, kept: Data, dropped: Data) -> tuple[Plan, list[Unit]]:
    """What needs no choice, and the units that do."""
    made, open_units, there = Plan(), [], dict(kept)
    every = units(kind)
    for unit in every:
        if not unit.held(dropped):
            continue
        places = [other for other in every if other.group == unit.group] if unit.group else [unit]
        fitting = _fitting(unit.held(dropped), places, there)
        if fitting is None and unit.held(there):
            open_units.append(unit)
            continue
        for name, target in zip(unit.fields, (fitting or unit).fields, strict=True):
            if name in dropped and target in there:
                made.same.add(name)
            elif name in dropped:
                made.moves[name], there[target] = target, dropped[name]
    return made, open_units


def _fitting(here: Mapping[str, str], places: Sequence[Unit], there: Data) -> Unit | None:
    """The place that says the same already, or else the first one that this completes."""
    fitting = [place for place in places if _fits(place.held(there), here)]
    return min(fitting, key=lambda place: not here.items() <= place.held(there).items(), default=None)


def _fits(there: Mapping[str, str], here: Mapping[str, str]) -> bool:
    """Whether what the dropped customer has only repeats or completes what the kept one has in a place."""
    common = set(there) & set(here)
    return bool(common) and all(there[name] == here[name] for name in common)


def _keep_both(made: Plan, unit: Unit, kept: Data, dropped: Data) -> None:
    room = _room(unit, kept, dropped, set(kept) | set(made.moves.values()))
    if not room:
        raise RuleViolation(f"Molemmille ei ole tilaa: {unit.label.lower()}. Valitse toinen.", field=unit.code)
    if unit.group:
        made.moves |= {name: target for name, target in zip(unit.fields, room, strict=True) if name in dropped}
    else:
        made.joined = _together(kept, dropped)
        made.replaced.add(unit.code)
        made.unused.add(unit.code)


def _room(unit: Unit, kept: Data, dropped: Data, taken: set[str]) -> tuple[str, ...]:
    """The fields in which the dropped customer's value can stand beside the kept one's; none when there is no room."""
    if unit.group:
        number = fields.free_slot(unit.group, taken)
        return fields.group_fields(unit.group, number) if number else ()
    fits = unit.code == "orders" and len(_together(kept, dropped)) <= rules.LONGEST_TEXT
    return (unit.code,) if fits else ()


def _together(kept: Data, dropped: Data) -> str:
    return f"{kept['orders'].value}\n{dropped['orders'].value}"


def _later(unit: Unit, one: Data, other: Data) -> bool:
    return max(one[name].obtained_on for name in unit.fields if name in one) > max(
        other[name].obtained_on for name in unit.fields if name in other
    )


def _place_name(kind: str, unit: Unit, room: tuple[str, ...]) -> str:
    if not unit.group or not room:
        return ""
    return next(other.label for other in units(kind) if other.fields == room)
