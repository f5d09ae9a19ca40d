"""Restriction as a right among the rights: what a case's page shows of it, and what it holds open."""

from datetime import date
from typing import Any

from flask import url_for

from rekisteri.cases import intake_rules
from rekisteri.cases.matters import MatterKind
from rekisteri.cases.models import Case
from rekisteri.restrictions import decisions, letters, rules
from rekisteri.restrictions.models import RestrictionMatter


def _open(case: Case, by: Any, on: date) -> None:
    decisions.open_matter(case=case)


def _url(case: Case) -> str:
    matter = decisions.of_case(case)
    return url_for("restrictions.show_matter", id=matter.id) if matter else url_for("cases.show", id=case.id)


def _blockers(case: Case) -> list[str]:
    matter = decisions.of_case(case)
    return rules.blockers(decided=matter.decision is not None, untold=_untold(matter)) if matter else []


def _untold(matter: RestrictionMatter) -> int:
    return len(letters.untold(matter.restriction)) if matter.restriction else 0


def _tasks(case: Case) -> list[dict[str, Any]]:
    matter = decisions.of_case(case)
    if matter is None:
        return []
    tasks = [_deciding(matter)]
    if untold := _untold(matter):
        url = url_for("restrictions.show", id=matter.restriction_id)
        hint = "1 vastaanottaja" if untold == 1 else f"{untold} vastaanottajaa"
        tasks.append(_task("Ilmoita tietojen vastaanottajille", url, "Tekemättä", "info", hint))
    return tasks


def _deciding(matter: RestrictionMatter) -> dict[str, Any]:
    title = "Ratkaise rajoittamispyyntö"
    if matter.decision:
        url = url_for("restrictions.show_matter", id=matter.id)
        return _task(title, url, "Valmis", "good", rules.DECISIONS[matter.decision])
    url = url_for("restrictions.decide", id=matter.id)
    case = matter.case
    stranger = intake_rules.why_no_authority(mandate=case.mandate, represented=case.represented)
    if stranger or not case.identity_method:
        return _task(title, url, "Odottaa", "neutral", stranger or "Varmista ensin, kuka pyynnön esittää")
    return _task(title, url, "Tekemättä", "info", "Rajoitus tulee voimaan heti ratkaisusta")


def _task(title: str, url: str, status: str, tone: str, hint: str) -> dict[str, Any]:
    return {"title": title, "url": url, "status": status, "tone": tone, "hint": hint}


RESTRICTION = MatterKind(
    code=decisions.CODE,
    label="Käsittelyn rajoittaminen",
    open=_open,
    url=_url,
    tasks=_tasks,
    blockers=_blockers,
)
