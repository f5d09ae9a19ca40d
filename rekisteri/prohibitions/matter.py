"""Prohibition as a right among the rights: a letter that forbids is put on record, binds at once and is confirmed."""

from datetime import date
from typing import Any

from flask import url_for

from rekisteri.audit import service as audit
from rekisteri.cases import intake_rules, matters
from rekisteri.cases import service as cases
from rekisteri.cases.grounds import UNFOUNDED
from rekisteri.cases.matters import MatterKind
from rekisteri.cases.models import Case
from rekisteri.documents.models import Document
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import letters, rules, service

CODE = "prohibition"
CONFIRMED = audit.event("prohibition.confirmed", "kielto vahvistettu kirjeellä", fields={"kinds": list})


def record(*, case: Case, kinds: list[str], by: Any, on: date) -> Document:
    """Put on record what the letter of a case forbids and confirm it; nothing is weighed, nothing can be refused here.

    :raises RuleViolation: the person is not known yet, the matter has ended, or nothing was chosen.
    """
    matters.check_alive(case, CODE)
    if not case.is_open:
        raise RuleViolation("Pyyntö on jo päättynyt, joten kieltoa ei voi enää kirjata siihen.")
    if case.customer is None:
        raise RuleViolation("Valitse ensin asiakas, jota kielto koskee.")
    intake_rules.check_authority(mandate=case.mandate, represented=case.represented)
    wanted = rules.check_kinds(kinds)
    told_on = min(case.received_on, on)
    service.record(customer=case.customer, kinds=wanted, told_on=told_on, channel=case.channel, by=by, on=on, case=case)
    standing = {one.kind: one for one in reversed(service.of_customer(case.customer.id)) if one.stands}
    letter = letters.confirm(case=case, prohibitions=[standing[kind] for kind in wanted], by=by, on=on)
    audit.record(CONFIRMED, subject=case.subject, by=by, kinds=wanted)
    cases.advance(case=case, state="decided", by=by)
    return letter


def _begin(case: Case, by: Any, on: date) -> None:
    """Nothing is kept of the matter beside its prohibitions and its letter."""


def _url(case: Case) -> str:
    return url_for("prohibitions.matter", id=case.id)


def _decided(case: Case) -> bool:
    return letters.confirmation_of(case) is not None


def _blockers(case: Case) -> list[str]:
    return [] if _decided(case) else ["Kieltoa ei ole kirjattu eikä vahvistettu."]


def _why_not_refused(case: Case, ground: str | None) -> str | None:
    """Nothing is weighed and no reasons are asked, so a prohibition is never unfounded or excessive (GDPR art. 21(3))."""
    return "Kieltoa ei voi evätä perusteettomana eikä kohtuuttomana. Kirjaa se." if ground in UNFOUNDED else None


def _tasks(case: Case) -> list[dict[str, Any]]:
    done = _decided(case)
    return [
        {
            "title": "Kirjaa kielto ja vahvista se kirjeellä",
            "url": _url(case),
            "status": "Valmis" if done else "Tekemättä",
            "tone": "good" if done else "info",
            "hint": "" if done else "Kielto sitoo heti kirjauksesta",
        }
    ]


PROHIBITION = MatterKind(
    code=CODE,
    label="Kielto (suoramarkkinointi, tutkimukset, luettelot, luovutukset)",
    open=_begin,
    url=_url,
    tasks=_tasks,
    blockers=_blockers,
    decided=_decided,
    why_not_refused=_why_not_refused,
)
