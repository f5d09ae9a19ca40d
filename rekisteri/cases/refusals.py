"""The refusal certificate: one paper for every right of the data subject (GDPR art. 12(4); the notice's written certificate)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import codes, events, grounds
from rekisteri.cases.models import Case
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import next_number
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.settings import service as settings

KIND = "refusal_certificate"


def issue_certificate(
    *,
    case: Case,
    right: str,
    items: Sequence[dict[str, str]],
    by: Any,
    on: date,
    article: str = "",
    granted: Sequence[str] = (),
    notes: Sequence[str] = (),
    replaces: Document | None = None,
    why: str = "",
) -> Document:
    """Give the requester a numbered certificate of what was refused, why, on what ground, and where to take it.

    :param right: the code of the matter (`grounds.RIGHTS`).
    :param items: what was refused, each with `title`, `demanded`, `reasons` and `ground` (what the refusal rests on); where
        they help, also what the register holds (`held`), on what `grounds` it was demanded, and the `decision` in words.
    :param article: what the right itself rests on, when it is not what `grounds.RIGHTS` says.
    :param granted: what was granted beside it, in words; then the request is refused in part only.
    :param notes: what the person is to know besides, in whole sentences.
    :param replaces: the certificate whose place this one takes, with the reason `why`.
    :raises RuleViolation: nothing is refused, reasons are missing, or the letterhead is not complete.
    """
    _check(items, replaces, why)
    number = f"KT {on.year}/{next_number('certificate', on.year):04}"
    words = grounds.right_called(right)
    document = documents.issue(
        kind=KIND,
        number=number,
        title="Kieltäytymistodistus",
        template="cases/paper/refusal_certificate.html",
        context={
            "controller": settings.current().controller(),
            "place": settings.current().place,
            "date": fi_date(on),
            "case": told_of(case),
            "right": {"of_it": words.of_it, "yours": words.yours, "refusal": words.refusal},
            "article": article or words.article,
            "items": [{"held": "", "grounds": "", "decision": ""} | dict(item) for item in items],
            "granted": list(granted),
            "notes": list(notes),
            "replaced": {"number": replaces.number, "issued_on": fi_date(replaces.issued_on)} if replaces else None,
            "why": why.strip(),
        },
        addressee=case.addressee or (case.requester_name,),
        subject=case.subject,
        by=by,
        on=on,
    )
    audit.record(
        events.CERTIFIED,
        subject=case.subject,
        by=by,
        number=number,
        kind=right,
        replaces=replaces.number if replaces else None,
    )
    return document


def _check(items: Sequence[dict[str, str]], replaces: Document | None, why: str) -> None:
    grounds.check_items(items)
    if missing := settings.missing():
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing)}.")
    if replaces is not None and not why.strip():
        raise RuleViolation("Kirjoita, miksi todistus korvataan uudella.", field="why")


def certificates_of(case: Case) -> list[Document]:
    """The certificates given in the case, oldest first."""
    return [paper for paper in documents.for_subject(case.subject) if paper.kind == KIND]


def told_of(case: Case) -> dict[str, Any]:
    """What a certificate tells of the request, as plain values."""
    return {
        "number": case.number,
        "requester": case.requester_name,
        "role": codes.REQUESTER_ROLES[case.requester_role] if case.requester_role != "self" else "",
        "person": case.customer.full_name if case.customer and case.requester_role != "self" else "",
        "received_on": fi_date(case.received_on),
        "dated_on": fi_date(case.request_dated_on),
        "channel": codes.CHANNEL_WORDS.get(case.channel, ""),
        "due_on": fi_date(case.due_on),
        "extended_due_on": fi_date(case.extended_due_on),
    }
