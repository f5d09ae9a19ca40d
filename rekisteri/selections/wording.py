"""A choice in words, as the page and the paper tell it and as it is kept with each use. Pure."""

from collections.abc import Mapping

from rekisteri.kernel.formats import fi_date, fi_number
from rekisteri.orders.rules import STATES
from rekisteri.selections.rules import KINDS, TIES, USES, WAYS, Choice, written_postcodes


def lines(choice: Choice, sources: Mapping[int, str]) -> list[tuple[str, str]]:
    """Every criterion that limits something, as label and text.

    :param sources: the names of the sources by id.
    """
    told = [
        ("Käyttötarkoitus", USES[choice.use]),
        ("Yhteydenotto", WAYS[choice.way]),
        ("Ketkä", KINDS[choice.kind]),
        ("Arkistoidut", "Mukana" if choice.archived else "Eivät mukana"),
        ("Postinumerot", written_postcodes(choice.postcodes)),
        ("Postitoimipaikat", ", ".join(choice.cities)),
        ("Edustaminen", TIES[choice.ties] if choice.ties else ""),
        ("Edustettu yhteisö", ", ".join(choice.organisations)),
        ("Tehtävä yhteisössä", ", ".join(choice.roles)),
        ("Tilauksia", _number(choice.orders_least, choice.orders_most)),
        ("Viimeisin tilaus", _time_since(choice.within_months, choice.before_months)),
        ("Mitkä tilaukset lasketaan", _states(choice)),
        ("Tietolähde", ", ".join(sources.get(number, "Poistettu lähde") for number in choice.sources)),
        ("Tieto saatu", _days(choice)),
    ]
    return [(label, text) for label, text in told if text]


def _number(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return fi_number(least) if least == most else f"{fi_number(least)}–{fi_number(most)}"
    if least is not None:
        return f"vähintään {fi_number(least)}"
    return f"enintään {fi_number(most)}" if most is not None else ""


def _time_since(within: int | None, before: int | None) -> str:
    if within is not None and before is not None:
        return f"yli {fi_number(before)} mutta enintään {_months(within)} sitten"
    if within is not None:
        return f"enintään {_months(within)} sitten"
    return f"yli {_months(before)} sitten" if before is not None else ""


def _months(number: int) -> str:
    return f"{fi_number(number)} kuukausi" if number == 1 else f"{fi_number(number)} kuukautta"


def _states(choice: Choice) -> str:
    if not choice.looks_at_orders:
        return ""
    return ", ".join(STATES[state].lower() for state in STATES if state in choice.counted_states)


def _days(choice: Choice) -> str:
    first, last = choice.obtained_from, choice.obtained_until
    if first and last:
        return f"{fi_date(first)}–{fi_date(last)}"
    if first:
        return f"{fi_date(first)} tai sen jälkeen"
    return f"{fi_date(last)} tai sitä ennen" if last else ""
