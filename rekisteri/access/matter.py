"""Access and portability as rights among the rights: what a case's page shows of them, and what they hold open."""

from typing import Any

from flask import url_for

from rekisteri.access import answering, preparing, rules
from rekisteri.access.models import AccessMatter
from rekisteri.cases.matters import MatterKind
from rekisteri.cases.models import Case

Task = dict[str, Any]


def _kind(code: str) -> MatterKind:
    return MatterKind(
        code=code,
        label=rules.RIGHTS[code],
        open=lambda case, by, on: preparing.open_matter(case=case, kind=code, by=by),
        url=lambda case: _url(case, code),
        tasks=lambda case: _tasks(case, code),
        blockers=lambda case: _blockers(case, code),
        decided=lambda case: _answered(case, code),
        ended=lambda case, by, on: _forget(case, code),
    )


def _url(case: Case, code: str) -> str:
    matter = preparing.of_case(case, code)
    return url_for("access.show", id=matter.id) if matter else url_for("cases.show", id=case.id)


def _answered(case: Case, code: str) -> bool:
    matter = preparing.of_case(case, code)
    return matter is None or matter.outcome is not None


def _blockers(case: Case, code: str) -> list[str]:
    matter = preparing.of_case(case, code)
    if matter is None:
        return []
    if matter.outcome is None:
        return [f"Asiaan ”{rules.RIGHTS[code]}” ei ole vastattu."]
    if matter.copy is not None and matter.copy.handed_on is None:
        return ["Siirtotiedostoa ei ole merkitty luovutetuksi."]
    return []


def _forget(case: Case, code: str) -> None:
    matter = preparing.of_case(case, code)
    if matter is None:
        return
    answering.forget_preparation(matter)
    if matter.copy is not None:
        matter.copy.content = None


def _tasks(case: Case, code: str) -> list[Task]:
    matter = preparing.of_case(case, code)
    if matter is None:
        return []
    return _access_tasks(matter) if code == "access" else _portability_tasks(matter)


def _access_tasks(matter: AccessMatter) -> list[Task]:
    url = url_for("access.show", id=matter.id)
    if matter.outcome:
        return [_task("Anna tiedot", url, rules.OUTCOMES[matter.outcome], "good")]
    waits = bool(preparing.hindrances(matter))
    return [
        _task(
            "Tarkista, mitä rekisteri kertoo",
            url,
            "Odottaa henkilöä" if matter.case.person_state != "found" else "Tekemättä",
            "neutral" if matter.case.person_state != "found" else "info",
            "Lue luonnos ja jätä pois, mikä koskee muita",
        ),
        _task("Anna tiedot", url, "Odottaa" if waits else "Tekemättä", "neutral" if waits else "info"),
    ]


def _portability_tasks(matter: AccessMatter) -> list[Task]:
    url = url_for("access.show", id=matter.id)
    if matter.outcome is None:
        waits = bool(preparing.hindrances(matter))
        return [_task("Tee siirtotiedosto", url, "Odottaa" if waits else "Tekemättä", "neutral" if waits else "info")]
    tasks = [_task("Tee siirtotiedosto", url, "Tehty" if matter.copy else rules.OUTCOMES[matter.outcome], "good")]
    if matter.copy is not None:
        handed = matter.copy.handed_on is not None
        tasks.append(
            _task("Luovuta siirtotiedosto", url, "Luovutettu" if handed else "Tekemättä", "good" if handed else "info")
        )
    return tasks


def _task(title: str, url: str, status: str, tone: str, hint: str = "") -> Task:
    return {"title": title, "url": url, "status": status, "tone": tone, "hint": hint}


ACCESS, PORTABILITY = _kind("access"), _kind("portability")
