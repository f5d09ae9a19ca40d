"""When a draft may become the notice that people are told to trust, and from which day it holds."""

from collections.abc import Sequence
from datetime import date, timedelta

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

LARGEST_TEXT = 64 * 1024
MOST_SECTIONS = 60


def check_complete(places: Sequence[str]) -> None:
    """A notice with places nobody has filled in tells people nothing (GDPR art. 12(1): clear and plain).

    :param places: where something is missing, as ”Kohta: [paikka]”.
    """
    if places:
        listed = "; ".join(places[:5]) + ("; …" if len(places) > 5 else "")
        raise RuleViolation(f"Selosteessa on vielä täydennettäviä paikkoja, joten sitä ei voi julkaista: {listed}")


def check_valid_from(valid_from: date, *, on: date, previous: date | None) -> None:
    """Versions follow each other in time. Only the very first may have been in force before it came into the register.

    :param previous: from which day the latest published version holds, if there is one.
    """
    if previous is not None and valid_from < previous:
        raise RuleViolation(
            f"Uusi versio ei voi tulla voimaan ennen edellistä, joka on voimassa {fi_date(previous)} alkaen.",
            field="valid_from",
        )
    if previous is not None and valid_from < on:
        raise RuleViolation(
            "Uusi versio voi tulla voimaan aikaisintaan tänään: mennyttä selostetta ei voi muuttaa.", field="valid_from"
        )
    if valid_from > on + timedelta(days=366):
        raise RuleViolation("Voimaantulo voi olla enintään vuoden päässä.", field="valid_from")


def check_change_note(note: str, *, first: bool) -> None:
    """Whoever reads a new version must see what changed since the old one (GDPR art. 5(2), 13(3))."""
    if not first and not note.strip():
        raise RuleViolation("Kerro lyhyesti, mitä selosteessa muuttui.", field="change_note")


def last_day(valid_from: date, successor_from: date) -> date:
    """The last day of a version whose successor holds from `successor_from`; two versions may share one day."""
    return max(valid_from, successor_from - timedelta(days=1))


def check_size(text: str) -> None:
    """A section is text to be read, not a book; what is larger could not be printed in reasonable time either."""
    if len(text.encode()) > LARGEST_TEXT:
        raise RuleViolation("Kohdan teksti on liian pitkä: enintään 64 kilotavua.", field="text")


def check_room(count: int) -> None:
    """How many sections one notice may have."""
    if count >= MOST_SECTIONS:
        raise RuleViolation(f"Selosteessa voi olla enintään {MOST_SECTIONS} kohtaa.")


def moved(order: Sequence[int], what: int, steps: int, *, fixed: int) -> list[int]:
    """The order after moving `what` up (-1) or down (1); the first `fixed` rows keep their places."""
    places = list(order)
    at = places.index(what)
    to = at + steps
    if at < fixed or not fixed <= to < len(places):
        return places
    places.insert(to, places.pop(at))
    return places
