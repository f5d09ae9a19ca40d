"""What a customer's card shows of the data: what stands now, and how it came to stand so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from rekisteri.customers import rules, validity
from rekisteri.customers.models import Customer, Datum, Representation
from rekisteri.customers.past_data import Fact, Person
from rekisteri.kernel.clock import today
from rekisteri.kernel.formats import fi_date
from rekisteri.staff.models import User

PROGRAM = "ohjelma"
"""Who did what a command of the program did."""


@dataclass(frozen=True)
class Line:
    """One field of the card; `datum` is None where the register holds nothing."""

    field: str
    label: str
    datum: Datum | Fact | None

    @property
    def value(self) -> str:
        """The value as a person reads it."""
        return rules.shown(self.field, self.datum.value) if self.datum else ""

    @property
    def told(self) -> str:
        """For what and how long it holds, as far as that is known."""
        words = validity.in_words(self.datum) if self.datum else ""
        return words[:1].upper() + words[1:]

    @property
    def warning(self) -> str:
        """What to notice before using it today."""
        return validity.warning(self.datum, today()) if self.datum else ""


@dataclass(frozen=True)
class Entry:
    """One thing that happened to the data: when, what, and whence and by whom."""

    at: datetime
    title: str
    text: str


def lines(customer: Customer, history: Iterable[Datum | Fact]) -> list[Line]:
    """The main fields and every other that holds something, in order, with what stands in them now."""
    held = {datum.field: datum for datum in history if datum.ended_at is None}
    return [Line(field, label, held.get(field)) for field, label in rules.offered(customer.kind, held).items()]


def entries(customer: Customer, history: Sequence[Datum | Fact]) -> list[Entry]:
    """The history of the data as a diary, the latest first. Values entered together are one entry."""
    labels = rules.FIELDS[customer.kind]
    successors = {datum.replaces_id: datum for datum in history if datum.replaces_id}
    found = [_ending(datum, successors.get(datum.id), labels) for datum in history if datum.ended_at]
    fresh = [datum for datum in history if datum.replaces_id is None]
    for _, together in groupby(fresh, key=_event):
        found.append(_entering(list(together), labels))
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _event(datum: Datum | Fact) -> tuple[datetime, int | None, int]:
    return datum.entered_at, datum.entered_by_id, datum.source_id


def _ending(datum: Datum | Fact, successor: Datum | Fact | None, labels: dict[str, str]) -> Entry:
    at = datum.ended_at or datum.entered_at
    label, old = labels.get(datum.field, datum.field), _in_one_line(datum)
    why = f" {datum.ended_reason.rstrip('.')}." if datum.ended_reason else ""
    if successor is None:
        return Entry(at, f"{label} poistettu", f"Oli: {old}.{why} Poisti {name_of(datum.ended_by)}.")
    return Entry(at, f"{label} muutettu", f"{old} → {_in_one_line(successor)}.{why} {whence(successor)}")


def _in_one_line(datum: Datum | Fact) -> str:
    told = validity.in_words(datum)
    value = "; ".join(rules.shown(datum.field, datum.value).split("\n"))
    return f"{value} ({told[:1].lower()}{told[1:]})" if told else value


def _entering(data: list[Datum | Fact], labels: dict[str, str]) -> Entry:
    if len(data) == 1:
        return Entry(data[0].entered_at, f"{labels.get(data[0].field, data[0].field)} kirjattu", whence(data[0]))
    names = ", ".join(labels.get(datum.field, datum.field).lower() for datum in data)
    return Entry(data[0].entered_at, "Tiedot kirjattu", f"{names.capitalize()}. {whence(data[0])}")


def whence(datum: Datum | Fact | Representation) -> str:
    """The source, the day and who entered it."""
    who = name_of(datum.entered_by)
    return f"Lähde: {datum.source.name}, saatu {fi_date(datum.obtained_on)}. Kirjasi {who}."


def name_of(user: User | Person | None) -> str:
    """Who did it; a command of the program has no user."""
    return user.full_name if user else PROGRAM
