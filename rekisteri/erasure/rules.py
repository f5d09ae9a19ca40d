"""The rules of erasing: who may decide what and when, what is asked again, and how a proof is judged."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rekisteri.cases.grounds import check_reasons
from rekisteri.kernel.errors import RuleViolation

KINDS = {"erasure": "Poistaminen", "anonymisation": "Anonymisointi"}
STATES = {
    "open": "Ratkaisematta",
    "part": "Poistettu osittain",
    "done": "Poistettu",
    "refused": "Evätty",
    "ended": "Päättynyt",
}
HELD = "Odottaa esteen päättymistä"
"""What a request is called of which nothing could go yet."""
ROUND_STATES = {
    "proposed": "Odottaa hyväksymistä",
    "erased": "Poistettu, todiste kesken",
    "answered": "Poistettu ja vastattu",
    "finished": "Valmis",
}
PAST = {"erasure": "erased", "anonymisation": "anonymised"}
"""What the journal of erasures calls them."""

REFUSALS = {
    "needed": (
        "Tietoja tarvitaan yhä siihen tarkoitukseen, jota varten ne kerättiin.",
        "yleisen tietosuoja-asetuksen 17 artiklan 1 kohta",
    ),
    "duty": (
        "Rekisterinpitäjällä on lakisääteinen velvollisuus säilyttää tiedot.",
        "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan b alakohta",
    ),
    "claim": (
        "Tietoja tarvitaan oikeudellisen vaateen laatimiseksi, esittämiseksi tai puolustamiseksi.",
        "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta",
    ),
}
"""Grounds of this right alone; those that every right shares are at the request's own door (`cases.grounds`)."""
PASSING = ("duty", "claim")
"""Those that end some day, as the obstacles of a plan do."""


def state_called(state: str, gone: int) -> str:
    """The state in words: what has gone in part, and what only waits."""
    return HELD if state == "part" and not gone else STATES[state]


def fingerprint(lines: Iterable[Sequence[Any]], holds: Iterable[Mapping[str, Any]]) -> str:
    """What a plan says, in short: what is approved is what was proposed, or it is proposed again."""
    told = json.dumps([list(map(list, lines)), list(map(dict, holds))], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def check_proposal(*, state: str, proposed: bool, blockers: Sequence[str], going: int, held: bool) -> None:
    """A proposal is made once, when nothing is in its way: that something goes, or at first that obstacles hold it all."""
    if state not in ("open", "part"):
        raise RuleViolation(f"Asia on jo ratkaistu: {STATES[state].lower()}.")
    if proposed:
        raise RuleViolation("Poistoa on jo ehdotettu. Se odottaa hyväksymistä.")
    if blockers:
        raise RuleViolation(" ".join(blockers))
    if not going and not (held and state == "open"):
        raise RuleViolation("Mitään ei voi vielä poistaa: este koskee kaikkia tietoja.")


def check_approval(*, proposed_by: int, approved_by: int, alone: bool) -> None:
    """Two people see to it that the right person goes; a firm of one says openly that it has one pair of eyes."""
    if proposed_by == approved_by and not alone:
        raise RuleViolation(
            "Poiston hyväksyy toinen henkilö kuin se, joka sitä ehdotti. Pyydä toista vastuuhenkilöä hyväksymään se."
        )


def check_waiting(state: str) -> None:
    """A proposal is approved once."""
    if state != "proposed":
        raise RuleViolation("Ehdotus on jo hyväksytty.")


def check_unblocked(blockers: Sequence[str]) -> None:
    """Something may have come in the way since the proposal."""
    if blockers:
        raise RuleViolation(" ".join(blockers))


def check_unchanged(proposed: str, now: str) -> None:
    """What is erased is what the two have seen: an order entered meanwhile is seen first."""
    if proposed != now:
        raise RuleViolation(
            "Tiedot tai esteet ovat muuttuneet ehdotuksen jälkeen. Tarkista suunnitelma ja ehdota poistoa uudelleen."
        )


def check_refusal(*, state: str, rounds: int, ground: str | None, reasons: str, held: bool) -> None:
    """A request that is not granted is refused with a ground and reasons, before anything has gone.

    What only waits for the end of an obstacle is not refused for good: it would never come back (GDPR art. 17(1)).
    """
    if state != "open" or rounds:
        raise RuleViolation("Pyyntöä ei voi enää evätä: poisto on jo ehdotettu tai tehty.")
    if ground not in REFUSALS:
        raise RuleViolation("Valitse epäämisen peruste.", field="ground")
    if held and ground in PASSING:
        raise RuleViolation(
            "Tiedot poistetaan, kun suunnitelman esteet päättyvät. Ehdota suunnitelman sivulla, että poisto "
            "odottaa: henkilö saa kieltäytymistodistuksen, ja poisto palaa työjonoon.",
            field="ground",
        )
    check_reasons(reasons)


def next_day(untils: Iterable[date | None]) -> date | None:
    """The first day on which an obstacle has ended; None when one of them may end on any day."""
    days = list(untils)
    known = [until for until in days if until is not None]
    return min(known) + timedelta(1) if known and len(known) == len(days) else None


def is_clean(proof: Mapping[str, Any] | None) -> bool:
    """Whether a search was made and found nothing."""
    return proof is not None and not proof["found"]
