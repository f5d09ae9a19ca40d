"""From which day on each kind of data has been kept for long enough, and what a confirmation must have seen. Pure."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date, fi_datetime, fi_number

PEOPLE = ("customers", "leads")
"""The kinds of which a person is a whole: each is looked at by name."""
LATE_AFTER_DAYS = 8


def last_voucher_day(years: int, year_end: tuple[int, int], on: date) -> date:
    """The latest day of an invoice that the books need no more on the day `on`.

    Vouchers are kept for so many years from the end of the calendar year in which the financial year ended (Accounting
    Act 1336/1997 2:10 §), so the last free financial year ended in the calendar year before those.
    """
    year, (month, day) = on.year - years - 1, year_end
    february = (month, day) in {(2, 28), (2, 29)}
    return date(year, month, monthrange(year, month)[1] if february else day)


def check_seen(seen: date | None, *, until: date) -> date:
    """What is destroyed was on the page that was confirmed: a length changed or a night passed since shows a new page."""
    if seen != until:
        raise RuleViolation(
            f"Säilytysaika tai päivä on vaihtunut sen jälkeen, kun avasit sivun. Nyt ehdotetaan tietoja, jotka ovat "
            f"viimeistään päivältä {fi_date(until)}. Tarkista määrä ja vahvista uudelleen."
        )
    return until


def check_confirmed(confirmed: bool) -> None:
    """Nothing is destroyed by a click that was meant for something else."""
    if not confirmed:
        raise RuleViolation("Vahvista, että tiedot saa hävittää.", field="confirmed")


def is_late(last_run: date | None, on: date) -> bool:
    """Whether the clock has not been asked for over a week."""
    return last_run is None or (on - last_run).days > LATE_AFTER_DAYS


def check_chosen(ids: list[int]) -> None:
    """Somebody was chosen."""
    if not ids:
        raise RuleViolation("Valitse ensin ainakin yksi asiakas.")


def together(proofs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several searches, each for some of the texts, as one: what was sought and found is counted together."""
    summed = {key: sum(one[key] for one in proofs) for key in ("texts", "patterns", "found", "shared")}
    where: dict[str, int] = {}
    for one in proofs:
        for place, times in one["where"].items():
            where[place] = where.get(place, 0) + times
    last = proofs[-1]
    return {"at": last["at"], "bytes": last["bytes"], "places": last["places"], "where": where, **summed}


def told(proof: Mapping[str, Any] | None, *, waits: bool) -> str:
    """What came of the search for what was destroyed, in a few words.

    :param waits: whether texts are still to be searched for.
    """
    if proof is None:
        return "Haetaan seuraavassa yöajossa" if waits else "Ei haettavia tekstejä"
    day = fi_datetime(datetime.fromisoformat(proof["at"]))
    if proof["found"]:
        return f"{day}: löytyi vielä {fi_number(proof['found'])} ({', '.join(proof['where'])}). Haetaan uudelleen."
    kept = f", muissa tiedoissa säilyy {fi_number(proof['shared'])}" if proof["shared"] else ""
    return f"{day}: tekstejä {fi_number(proof['texts'])}, jäljellä ei yhtään{kept}"
