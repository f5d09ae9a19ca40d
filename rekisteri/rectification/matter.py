"""Rectification as a right among the rights: what a case's page shows of it, and what it holds open."""

from datetime import date
from typing import Any

from flask import url_for

from rekisteri.cases import matters
from rekisteri.cases.matters import MatterKind
from rekisteri.cases.models import Case
from rekisteri.customers.links import add_guard
from rekisteri.rectification import decisions, demands, letters, merging, rules
from rekisteri.rectification.models import Rectification
from rekisteri.restrictions import service as restrictions
from rekisteri.settings import service as settings

ENDED = "Oikaisupyyntöä ei enää käsitellä, joten tietojen paikkansapitävyys ei ole enää kiistetty."


def _open(case: Case, by: Any, on: date) -> None:
    demands.open_matter(case=case, by=by)


def _url(case: Case) -> str:
    matter = demands.of_case(case)
    return url_for("rectification.show", id=matter.id) if matter else url_for("cases.show", id=case.id)


def _person_set(case: Case, by: Any) -> None:
    matter = demands.of_case(case)
    if matter is not None and matters.is_alive(case, "rectification"):
        demands.restrict_contested(matter=matter, by=by)


def _ended(case: Case, by: Any, on: date) -> None:
    """Nothing is contested any more. What was already corrected stays so, and whoever had it wrong is told (GDPR art. 19)."""
    matter = demands.of_case(case)
    if matter is not None and not settings.missing():
        letters.tell_everybody(matter=matter, by=by, on=on)
    restrictions.lift_of_case(case=case, reason=ENDED, by=by, on=on)


def _blockers(case: Case) -> list[str]:
    matter = demands.of_case(case)
    if matter is None:
        return []
    untold = letters.undone(decisions.notifications(matter))
    return rules.blockers(matter.decisions, issued=matter.issued_on is not None, untold=untold)


def _tasks(case: Case) -> list[dict[str, Any]]:
    matter = demands.of_case(case)
    return [_itemising(matter), _deciding(matter), _issuing(matter)] if matter else []


def _task(title: str, url: str, status: str, tone: str, hint: str = "") -> dict[str, Any]:
    return {"title": title, "url": url, "status": status, "tone": tone, "hint": hint}


def _itemising(matter: Rectification) -> dict[str, Any]:
    url = url_for("rectification.itemise", id=matter.id)
    count = len(matter.items)
    if not count:
        return _task(
            "Yksilöi vaatimukset", url, "Tekemättä", "info", "Mitä tietoja vaaditaan korjattavaksi ja millä perusteella"
        )
    return _task("Yksilöi vaatimukset", url, "Valmis", "good", "1 vaatimus" if count == 1 else f"{count} vaatimusta")


def _deciding(matter: Rectification) -> dict[str, Any]:
    url = url_for("rectification.show", id=matter.id)
    decided = sum(decision is not None for decision in matter.decisions)
    hint = f"{decided}/{len(matter.items)} ratkaistu" if matter.items else "Vastuuhenkilö ratkaisee kohta kohdalta"
    if not matter.items:
        return _task("Ratkaise vaatimukset", url, "Odottaa yksilöintiä", "neutral", hint)
    done = decided == len(matter.items)
    return _task("Ratkaise vaatimukset", url, "Valmis" if done else "Tekemättä", "good" if done else "info", hint)


def _issuing(matter: Rectification) -> dict[str, Any]:
    url = url_for("rectification.issue", id=matter.id)
    if matter.issued_on:
        return _task("Anna päätös", url_for("rectification.show", id=matter.id), "Annettu", "good")
    ready = bool(matter.items) and None not in matter.decisions
    return _task("Anna päätös", url, "Tekemättä" if ready else "Odottaa ratkaisuja", "info" if ready else "neutral")


RECTIFICATION = MatterKind(
    code="rectification",
    label="Tiedon oikaiseminen",
    open=_open,
    url=_url,
    tasks=_tasks,
    blockers=_blockers,
    own_initiative=True,
    person_set=_person_set,
    ended=_ended,
)

add_guard(merging.in_the_way)
