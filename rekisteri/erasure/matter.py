"""Erasure and anonymisation as rights among the rights: what a case's page shows of them, and what they hold open."""

from typing import Any

from flask import url_for

from rekisteri.cases.matters import MatterKind
from rekisteri.cases.models import Case
from rekisteri.erasure import rules, service

LABELS = {"erasure": "Tietojen poistaminen", "anonymisation": "Tietojen anonymisointi"}


def _kind(code: str) -> MatterKind:
    return MatterKind(
        code=code,
        label=LABELS[code],
        open=lambda case, by, on: service.open_matter(case=case, kind=code),
        url=lambda case: _url(case, code),
        tasks=lambda case: _tasks(case, code),
        blockers=lambda case: _blockers(case, code),
        decided=lambda case: _is_decided(case, code),
        closed=lambda case: service.carry_on_closed(case=case, kind=code),
        ended=lambda case, by, on: service.end_matter(case=case, kind=code),
        log_subjects=lambda case: _log_subjects(case, code),
    )


def _log_subjects(case: Case, code: str) -> list[str]:
    erasure = service.of_case(case, code)
    return [erasure.subject] if erasure else []


def _url(case: Case, code: str) -> str:
    erasure = service.of_case(case, code)
    return url_for("erasure.show", id=erasure.id) if erasure else url_for("cases.show", id=case.id)


def _is_decided(case: Case, code: str) -> bool:
    erasure = service.of_case(case, code)
    return erasure is None or erasure.state != "open"


def _blockers(case: Case, code: str) -> list[str]:
    erasure = service.of_case(case, code)
    if erasure is None:
        return []
    if erasure.state == "open":
        return [f"Asiaa ”{LABELS[code]}” ei ole ratkaistu."]
    if erasure.latest is not None and erasure.latest.state == "erased":
        return ["Poiston todiste on kesken, eikä todistusta ole vielä annettu."]
    return []


def _tasks(case: Case, code: str) -> list[dict[str, Any]]:
    erasure = service.of_case(case, code)
    if erasure is None:
        return []
    url, open_ = url_for("erasure.show", id=erasure.id), erasure.state == "open"
    proposed = "Tehty" if erasure.rounds else ("Tekemättä" if open_ else rules.STATES[erasure.state])
    approved = (
        rules.state_called(erasure.state, erasure.gone)
        if not open_
        else ("Tekemättä" if erasure.rounds else "Odottaa ehdotusta")
    )
    word = "anonymisointia" if code == "anonymisation" else "poistamista"
    return [
        {
            "title": f"Tarkista suunnitelma ja ehdota {word}",
            "url": url,
            "status": proposed,
            "tone": "info" if proposed == "Tekemättä" else "good",
            "hint": "Suunnitelma näyttää, mitä poistuu nyt, mitä jää ja miksi",
        },
        {
            "title": "Hyväksy ehdotus",
            "url": url,
            "status": approved,
            "tone": "good" if not open_ else "info" if erasure.rounds else "neutral",
            "hint": "Toinen henkilö kuin se, joka ehdotti",
        },
    ]


ERASURE, ANONYMISATION = _kind("erasure"), _kind("anonymisation")
