"""The three rights among the rights: what a case's page shows of each, and what each holds open."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for

from rekisteri.cases.matters import MatterKind
from rekisteri.cases.models import Case
from rekisteri.kernel.clock import today
from rekisteri.objections import rules, service
from rekisteri.objections.models import Objection


def _url(kind: str) -> Callable[[Case], str]:
    def url(case: Case) -> str:
        matter = service.of_case(case, kind)
        return url_for("objections.show", id=matter.id) if matter else url_for("cases.show", id=case.id)

    return url


def _blockers(kind: str) -> Callable[[Case], list[str]]:
    def blockers(case: Case) -> list[str]:
        matter = service.of_case(case, kind)
        if matter is None:
            return []
        return rules.blockers(kind, itemised=matter.itemised_on is not None, decided=matter.decision is not None)

    return blockers


def _tasks(kind: str) -> Callable[[Case], list[dict[str, Any]]]:
    def tasks(case: Case) -> list[dict[str, Any]]:
        matter = service.of_case(case, kind)
        return [_itemising(matter), _deciding(matter)] if matter else []

    return tasks


def _itemising(matter: Objection) -> dict[str, Any]:
    done = matter.itemised_on is not None
    return {
        "title": f"{rules.KINDS[matter.kind]}: kirjaa, mitä asia koskee",
        "url": url_for("objections.show" if matter.decision else "objections.itemise", id=matter.id),
        "status": "Valmis" if done else "Tekemättä",
        "tone": "good" if done else "info",
        "hint": ""
        if done or matter.kind == "complaint"
        else "Suoramarkkinointi ja suostumus lakkaavat heti kirjauksesta",
    }


def _deciding(matter: Objection) -> dict[str, Any]:
    title = rules.WORDS[matter.kind]["decision"]
    if matter.decision:
        return {
            "title": title,
            "url": url_for("objections.show", id=matter.id),
            "status": "Valmis",
            "tone": "good",
            "hint": rules.DECISIONS[matter.decision],
        }
    ready = matter.itemised_on is not None
    return {
        "title": title,
        "url": url_for("objections.decide" if ready else "objections.show", id=matter.id),
        "status": "Tekemättä" if ready else "Odottaa kirjausta",
        "tone": "info" if ready else "neutral",
        "hint": "Vastuuhenkilö ratkaisee, ja kirje syntyy samalla",
    }


def _kind(code: str) -> MatterKind:
    def begin(case: Case, by: Any, on: date) -> None:
        service.open_matter(case=case, kind=code)

    def decided(case: Case) -> bool:
        matter = service.of_case(case, code)
        return matter is None or matter.decision is not None

    def ended(case: Case, by: Any, on: date) -> None:
        service.drop(case, code, by, on)

    def person_set(case: Case, by: Any) -> None:
        matter = service.of_case(case, code)
        if matter is not None:
            service.follow_person(matter=matter, by=by, on=today())

    def why_not_refused(case: Case, ground: str | None) -> str | None:
        matter = service.of_case(case, code)
        return rules.why_not_refused(code, matter.bound, ground) if matter else None

    return MatterKind(
        code=code,
        label=rules.KINDS[code],
        open=begin,
        url=_url(code),
        tasks=_tasks(code),
        blockers=_blockers(code),
        decided=decided,
        person_set=person_set,
        ended=ended,
        why_not_refused=why_not_refused,
    )


KINDS = [_kind(code) for code in rules.KINDS]
