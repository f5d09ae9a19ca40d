"""For what and for how long an e-mail address, a phone number or a postal address holds. Pure functions."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

USES = {
    "work": "Työ",
    "home": "Koti",
    "billing": "Laskutus",
    "delivery": "Toimitus",
    "visit": "Käynti",
    "other": "Muu",
}
NO_MORE = "ei enää voimassa"
NOT_YET = "ei vielä voimassa"
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class Dated(Protocol):
    """Whatever tells its use and its days: a datum, a detail."""

    @property
    def use(self) -> str: ...

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_until(self) -> date | None: ...


@dataclass(frozen=True)
class Detail:
    """The use of an address or a number and the first and last day on which it holds; each only where it is known."""

    use: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    @classmethod
    def of(cls, datum: Dated | None) -> "Detail":
        """What a datum tells of itself."""
        return cls(datum.use or "", datum.valid_from, datum.valid_until) if datum else cls()


def check_detail(detail: Detail) -> Detail:
    """A use that the register knows, and days in their order.

    :raises RuleViolation: something of it is not kept as it is.
    """
    if detail.use and detail.use not in USES:
        raise RuleViolation("Valitse käyttötarkoitus luettelosta.", field="use")
    for name, day in (("valid_from", detail.valid_from), ("valid_until", detail.valid_until)):
        if day and not EARLIEST <= day <= LATEST:
            raise RuleViolation("Tarkista vuosi.", field=name)
    if detail.valid_from and detail.valid_until and detail.valid_until < detail.valid_from:
        raise RuleViolation("Viimeinen päivä on ennen ensimmäistä.", field="valid_until")
    return detail


def is_over(dated: Dated, on: date) -> bool:
    """Whether the last day has passed."""
    return dated.valid_until is not None and dated.valid_until < on


def holds(dated: Dated, on: date) -> bool:
    """Whether an address or a number may be used on this day."""
    return not is_over(dated, on) and (dated.valid_from is None or dated.valid_from <= on)


def renewed(detail: Detail, on: date) -> Detail:
    """What a new value takes over from the one it replaces: the use, and the days unless they have run out."""
    return Detail(detail.use) if is_over(detail, on) else detail


def in_words(dated: Dated) -> str:
    """Use and days as a person reads them: ”Työ, voimassa 1.1.2026–31.12.2026”."""
    return ", ".join(
        part for part in (USES.get(dated.use or "", ""), days(dated.valid_from, dated.valid_until)) if part
    )


def days(first: date | None, last: date | None, *, word: str = "voimassa ") -> str:
    """The time from one day to another, where only one of them may be known."""
    if first and last:
        return f"{word}{fi_date(first)}–{fi_date(last)}"
    if first:
        return f"{word}{fi_date(first)} alkaen"
    return f"{word}{fi_date(last)} asti" if last else ""


def warning(dated: Dated, on: date) -> str:
    """What to notice before using it today; nothing when it holds."""
    if is_over(dated, on):
        return NO_MORE
    return "" if holds(dated, on) else NOT_YET
