"""What people may be chosen by, what for, and what the choice then asks of them. Pure.

A choice is for one use of the notice (GDPR art. 5(1)(b)) and by the data the register has; whoever has forbidden that use
is never in it.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from rekisteri.customers.rules import LONGEST_NAME, OLDEST_DATE
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.orders.rules import STATES

USES = {
    "customer_relation": "Asiakassuhteen hoitaminen",
    "direct_mail": "Suoramainonta",
    "distance_selling": "Etämyynti",
    "direct_marketing": "Muu suoramarkkinointi",
    "market_research": "Markkinatutkimus",
    "opinion_research": "Mielipidetutkimus",
    "listing": "Luettelon julkaiseminen",
    "profiling": "Kohdennettu sisältö",
}
"""What people may be chosen for: the uses that the notice tells of. All but the first anybody may forbid."""
MARKETING = frozenset({"direct_mail", "distance_selling", "direct_marketing"})
WAYS = {"post": "Kirje", "email": "Sähköposti", "sms": "Tekstiviesti", "phone": "Puhelin", "none": "Ei yhteydenottoa"}
ELECTRONIC = frozenset({"email", "sms"})
KINDS = {"": "Henkilöt ja yhteisöt", "person": "Henkilöt", "organisation": "Yhteisöt"}
TIES = {"": "Kaikki", "some": "Edustaa jotakin yhteisöä", "none": "Ei edusta yhteisöä"}
BOUGHT = ("ordered", "confirmed", "delivered")
"""The states in which something has been bought: what counts when no states are chosen."""

LONGEST_TITLE = 120
LONGEST_CODES = 400
MOST_PARTS = 40
MOST_ORDERS = 100_000
MOST_MONTHS = 1200
PostcodeRange = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Who is looked for, and what for. An empty criterion limits nothing; several of one kind mean any of them."""

    use: str = "direct_mail"
    way: str = "post"
    kind: str = ""
    archived: bool = False
    postcodes: tuple[PostcodeRange, ...] = ()
    cities: tuple[str, ...] = ()
    ties: str = ""
    organisations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    orders_least: int | None = None
    orders_most: int | None = None
    within_months: int | None = None
    before_months: int | None = None
    sources: tuple[int, ...] = ()
    obtained_from: date | None = None
    obtained_until: date | None = None

    @property
    def counted_states(self) -> tuple[str, ...]:
        """The states of the orders that count."""
        return self.states or BOUGHT

    @property
    def looks_at_orders(self) -> bool:
        """Whether people are chosen by what they have bought, which is profiling (GDPR art. 4(4))."""
        return any(
            limit is not None for limit in (self.orders_least, self.orders_most, self.within_months, self.before_months)
        )

    @property
    def asked_uses(self) -> list[str]:
        """Every use that a person chosen must not have forbidden. Telling buyers of what they bought is no profiling."""
        found = {self.use}
        if self.looks_at_orders and self.use != "customer_relation":
            found.add("profiling")
        return [use for use in USES if use in found]

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if value is not None and value is not False and value not in ("", ())
        }

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Choice":
        """As it was kept; what has been added to choices since limits nothing."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: _thawed(name, value) for name, value in kept.items() if name in known})


def _thawed(name: str, value: Any) -> Any:
    if name == "postcodes":
        return tuple((first, last) for first, last in value)
    if name.startswith("obtained_"):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def check(choice: Choice, *, on: date) -> Choice:
    """A choice that can be looked for.

    :raises RuleViolation: something in it is not known, or its limits leave nobody by themselves.
    """
    _check_codes(choice)
    _check_bounds(choice)
    _check_days(choice, on)
    if choice.kind == "organisation" and (choice.ties or choice.organisations or choice.roles):
        raise RuleViolation("Vain henkilö voi edustaa yhteisöä. Valitse henkilöt tai poista edustus.", field="kind")
    if choice.ties == "none" and (choice.organisations or choice.roles):
        raise RuleViolation("Valitsit ne, jotka eivät edusta yhteisöä. Poista yhteisö ja rooli.", field="ties")
    return choice


def _check_codes(choice: Choice) -> None:
    known: tuple[tuple[str, str, Collection[str]], ...] = (
        ("use", choice.use, USES),
        ("way", choice.way, WAYS),
        ("kind", choice.kind, KINDS),
        ("ties", choice.ties, TIES),
    )
    for field, code, codes in known:
        if code not in codes:
            raise RuleViolation("Valitse jokin annetuista vaihtoehdoista.", field=field)
    if not set(choice.states) <= set(STATES):
        raise RuleViolation("Valitse tilauksen tila luettelosta.", field="states")


def _check_bounds(choice: Choice) -> None:
    for field, number, most in (
        ("orders_least", choice.orders_least, MOST_ORDERS),
        ("orders_most", choice.orders_most, MOST_ORDERS),
        ("within_months", choice.within_months, MOST_MONTHS),
        ("before_months", choice.before_months, MOST_MONTHS),
    ):
        if number is not None and not 0 <= number <= most:
            raise RuleViolation(f"Anna luku väliltä 0–{fi_number(most)}.", field=field)
    least, most_orders = choice.orders_least, choice.orders_most
    if least is not None and most_orders is not None and most_orders < least:
        raise RuleViolation("Suurin määrä on pienempi kuin pienin.", field="orders_most")
    if most_orders == 0 and (choice.within_months is not None or choice.before_months is not None):
        raise RuleViolation(
            "Kun tilauksia on enintään 0, viimeisintä tilausta ei ole. Poista toinen ehdoista.", field="orders_most"
        )
    if None not in (choice.within_months, choice.before_months) and choice.within_months <= choice.before_months:  # type: ignore[operator]
        raise RuleViolation("Ehdot sulkevat toisensa pois: kukaan ei voi täyttää molempia.", field="before_months")


def _check_days(choice: Choice, on: date) -> None:
    for field, day in (("obtained_from", choice.obtained_from), ("obtained_until", choice.obtained_until)):
        if day is not None and day > on:
            raise RuleViolation("Päivä on tulevaisuudessa.", field=field)
        if day is not None and day < OLDEST_DATE:
            raise RuleViolation("Päivä on liian kaukana menneisyydessä.", field=field)
    if choice.obtained_from and choice.obtained_until and choice.obtained_until < choice.obtained_from:
        raise RuleViolation("Viimeinen päivä on ennen ensimmäistä.", field="obtained_until")


_CODE = re.compile(r"[0-9]{1,5}")
_RANGE_SIGN = re.compile(r"\s*[-–—]\s*")


def read_postcodes(text: str) -> tuple[PostcodeRange, ...]:
    """”00100–00990, 33” as ranges: a whole postcode, from one to another, or how postcodes begin."""
    parts = _parts(text, field="postcodes")
    return tuple(_read_range(part) for part in parts)


def _read_range(part: str) -> PostcodeRange:
    ends = _RANGE_SIGN.split(part)
    if len(ends) > 2 or not all(_CODE.fullmatch(end) for end in ends):
        raise RuleViolation(
            f"”{part[:40]}” ei ole postinumero. Kirjoita esimerkiksi 00100–00990 tai 33, joka tarkoittaa kaikkia 33-alkuisia.",
            field="postcodes",
        )
    first, last = ends[0].ljust(5, "0"), ends[-1].ljust(5, "9")
    if last < first:
        raise RuleViolation(f"Väli {part[:40]} on väärin päin.", field="postcodes")
    return first, last


def written_postcodes(ranges: Iterable[PostcodeRange]) -> str:
    """As they are typed and shown."""
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in ranges)


def read_names(text: str, *, field: str) -> tuple[str, ...]:
    """Names with commas between; each once."""
    names = tuple(dict.fromkeys(_parts(text, field=field)))
    if any(len(name) > 2 * LONGEST_NAME for name in names):
        raise RuleViolation(f"Nimi on liian pitkä: enintään {2 * LONGEST_NAME} merkkiä.", field=field)
    return names


def _parts(text: str, *, field: str) -> list[str]:
    parts = [part for part in (" ".join(piece.split()) for piece in re.split(r"[,;\n]", text)) if part]
    if len(parts) > MOST_PARTS:
        raise RuleViolation(f"Kirjoita enintään {MOST_PARTS} kohtaa.", field=field)
    return parts


def check_name(name: str, *, taken: bool) -> str:
    """A selection is known by its name among the others."""
    kept = " ".join(name.split())
    if not kept:
        raise RuleViolation("Anna valinnalle nimi.", field="name")
    if len(kept) > LONGEST_TITLE:
        raise RuleViolation(f"Nimi on liian pitkä: enintään {LONGEST_TITLE} merkkiä.", field="name")
    if taken:
        raise RuleViolation("Samanniminen valinta on jo tallennettu. Anna toinen nimi.", field="name")
    return kept


def copy_name(name: str, taken: Collection[str]) -> str:
    """”Joulukirje (kopio)”, ”Joulukirje (kopio 2)”: the first that nobody has, no longer than a name may be."""
    number = 1
    while True:
        end = " (kopio)" if number == 1 else f" (kopio {number})"
        wanted = name[: LONGEST_TITLE - len(end)] + end
        if wanted not in taken:
            return wanted
        number += 1


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last of that month when it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    year = max(years, 1)
    last = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(year, month + 1, min(day.day, last[month]))


def needs_consent(use: str, way: str) -> bool:
    """Whether a natural person must have consented or be a customer: electronic marketing (Act 917/2014, section 200)."""
    return way in ELECTRONIC and use in MARKETING
