"""What an order is and what may become of it: its states, its lines, its sums, its number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date, fi_money, fi_number
from rekisteri.kernel.text import check_no_identity_code, clean

STATES = {
    "quote": "Tarjous",
    "ordered": "Tilattu",
    "confirmed": "Vahvistettu",
    "delivered": "Toimitettu",
    "cancelled": "Peruttu",
}
NEXT: dict[str, tuple[str, ...]] = {
    "quote": ("ordered", "cancelled"),
    "ordered": ("confirmed", "cancelled"),
    "confirmed": ("delivered", "cancelled"),
    "delivered": (),
    "cancelled": (),
}
OPEN = ("quote", "ordered", "confirmed")
"""Something is still to be done: an open order is not archived, and its customer is neither archived nor erased."""
CHANGEABLE = ("quote", "ordered")
FIRST = ("quote", "ordered")
EVENTS = STATES | {
    "quote": "Tarjous tehty",
    "lines": "Rivit muutettu",
    "archived": "Siirretty arkistoon",
    "restored": "Palautettu arkistosta",
}
CANCEL_REASONS = {
    "customer": "Asiakas perui",
    "expired": "Tarjous vanhentui",
    "unavailable": "Ei voitu toimittaa",
    "mistake": "Kirjattu vahingossa",
    "other": "Muu syy",
}
UNITS = ("kpl", "pari", "pkt", "erä", "h", "pv", "kk", "kg", "t", "l", "m", "m²", "m³", "km")

MOST_LINES = 100
LARGEST_QUANTITY = 1_000_000_000  # thousandths
LARGEST_PRICE = 1_000_000_00
LARGEST_TOTAL = 100_000_000_00
LONGEST_PRODUCT = 200
OLDEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Line:
    """What is ordered: how much of it (in thousandths), at what price a unit (in cents; a discount is below nought)."""

    product: str
    quantity: int
    unit: str
    unit_price: int

    @property
    def total(self) -> int:
        """Cents, a half cent away from nought."""
        product = self.quantity * self.unit_price
        rounded = (abs(product) + 500) // 1000
        return rounded if product >= 0 else -rounded


def total(lines: Iterable[Line]) -> int:
    """What the order costs in all."""
    return sum(line.total for line in lines)


def check_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines as they may be saved. What is wrong is said at its own row (`rows-0-product`).

    A product is text that anybody may type, so a personal identity code is refused here as well as on the form.
    """
    if not lines:
        raise RuleViolation("Tilauksessa on oltava ainakin yksi rivi.", field="rows-0-product")
    if len(lines) > MOST_LINES:
        raise RuleViolation(f"Tilauksessa voi olla enintään {fi_number(MOST_LINES)} riviä.")
    checked = [_check_line(line, f"rows-{number}") for number, line in enumerate(lines)]
    if not 0 <= total(checked) <= LARGEST_TOTAL:
        raise RuleViolation(
            f"Tilauksen summan on oltava vähintään 0 ja enintään {fi_money(LARGEST_TOTAL)}.",
            field="rows-0-unit_price",
        )
    return checked


def _check_line(line: Line, row: str) -> Line:
    product = clean(line.product)
    if not product:
        raise RuleViolation("Kirjoita, mitä tilattiin.", field=f"{row}-product")
    if len(product) > LONGEST_PRODUCT:
        raise RuleViolation(f"Tuotteen nimessä voi olla enintään {LONGEST_PRODUCT} merkkiä.", field=f"{row}-product")
    try:
        check_no_identity_code(product)
    except RuleViolation as violation:
        raise RuleViolation(violation.sentence, field=f"{row}-product") from violation
    if not 0 < line.quantity <= LARGEST_QUANTITY:
        raise RuleViolation("Anna määrä, joka on suurempi kuin nolla.", field=f"{row}-quantity")
    if line.unit not in UNITS:
        raise RuleViolation("Valitse yksikkö.", field=f"{row}-unit")
    if abs(line.unit_price) > LARGEST_PRICE:
        raise RuleViolation(f"Suurin hinta on {fi_money(LARGEST_PRICE)}.", field=f"{row}-unit_price")
    return Line(product, line.quantity, line.unit, line.unit_price)


def check_first(state: str) -> None:
    """What is entered is a quote or an order; the rest follows from it."""
    if state not in FIRST:
        raise RuleViolation("Valitse, kirjataanko tarjous vai tilaus.", field="state")


def check_step(before: str, after: str) -> None:
    """An order goes on step by step and never back; what has been delivered cannot be cancelled."""
    if after in NEXT.get(before, ()):
        return
    if before == after:
        raise RuleViolation(f"Tilauksen tila on jo {STATES[before].lower()}.")
    if before == "delivered" and after == "cancelled":
        raise RuleViolation("Toimitettua tilausta ei voi perua.")
    if before == "cancelled":
        raise RuleViolation("Peruttua tilausta ei voi jatkaa. Kirjaa uusi tilaus.")
    raise RuleViolation(
        f"Tilauksen tila on {STATES[before].lower()}, joten sitä ei voi merkitä: {STATES.get(after, after).lower()}."
    )


def check_reason(reason: str) -> None:
    """Why an order was cancelled is one of a few: no words about the customer are kept."""
    if reason not in CANCEL_REASONS:
        raise RuleViolation("Valitse, miksi tilaus perutaan.", field="reason")


def check_changeable(state: str) -> None:
    """What has been confirmed to the customer stays as it was confirmed."""
    if state not in CHANGEABLE:
        raise RuleViolation("Rivejä voi muuttaa vain, kunnes tilaus vahvistetaan.")


def check_archivable(state: str, *, archived: bool) -> None:
    """What is finished may be put away; what is open stays in sight."""
    if archived:
        raise RuleViolation("Tilaus on jo arkistossa.")
    if state in OPEN:
        raise RuleViolation("Keskeneräistä tilausta ei voi arkistoida. Merkitse se toimitetuksi tai peru se.")


def check_day(day: date, *, today: date, not_before: date = OLDEST, field: str = "on") -> None:
    """What is recorded has happened, and not before what came before it."""
    if day > today:
        raise RuleViolation("Päivä on tulevaisuudessa.", field=field)
    if day < not_before:
        raise RuleViolation(f"Päivä ei voi olla ennen päivää {fi_date(not_before)}.", field=field)


def number(year: int, serial: int) -> str:
    """T 2026/0007."""
    return f"T {year}/{serial:04}"


@dataclass(frozen=True)
class Wanted:
    """What number a person means: the whole of it (`exact`) and how those it may be begin (`start`); or a year alone."""

    year: int
    exact: str | None = None
    start: str | None = None


_NUMBER = re.compile(r"(?:t[ .:-]*)?(?P<year>(?:19|20)[0-9]{2})(?:\s*[/-]\s*(?P<serial>[0-9]{0,7}))?", re.IGNORECASE)


def wanted(text: str) -> Wanted | None:
    """What is looked for; None when the text is no order's number.

    ”T 2026/0007” and ”2026/7” mean one order, ”2026/00” those that begin so (1–99), ”2026” the year's orders.
    """
    found = _NUMBER.fullmatch(" ".join(text.split()))
    if not found:
        return None
    year, digits = int(found["year"]), found["serial"] or ""
    if not digits:
        return Wanted(year)
    exact = number(year, int(digits))
    return Wanted(year, exact=exact, start=f"T {year}/{digits}" if digits.startswith("0") else exact)
