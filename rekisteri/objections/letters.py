"""The papers of an objection, a withdrawal of consent or a complaint: the answer, and the certificate of a refusal."""

from datetime import date
from typing import Any

from rekisteri.cases import refusals
from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.objections import rules
from rekisteri.objections.models import Objection
from rekisteri.settings import service as settings


def check_letterhead() -> None:
    """No letter goes out with an incomplete letterhead."""
    missing = settings.missing()
    if missing:
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing)}.")


def issue_answer(matter: Objection, *, by: Any, on: date) -> Document:
    """Tell the person what is done because of their word, and since when (GDPR art. 7(3), 12(3), 21)."""
    case = matter.case
    return documents.issue(
        kind=f"{matter.kind}_answer",
        number=cases.next_document_number(case),
        title=rules.WORDS[matter.kind]["title"],
        template="objections/paper/answer.html",
        context={
            "controller": settings.current().controller(),
            "place": settings.current().place,
            "date": fi_date(on),
            "case": refusals.told_of(case),
            "kind": matter.kind,
            "partly": matter.decision == "partly_granted",
            "what": matter.what,
            "measures": matter.measures,
            "uses": [(rules.USES[one.use], fi_date(one.bound_on)) for one in matter.uses if one.bound_on],
        },
        addressee=case.addressee or (case.requester_name,),
        subject=case.subject,
        by=by,
        on=on,
    )


def issue_refusal(matter: Objection, *, by: Any, on: date) -> Document:
    """Certify what was refused and why (GDPR art. 12(4))."""
    ground = rules.grounds_of(matter.kind)[matter.ground or "other"]
    left = [rules.USES[one.use] for one in matter.uses if one.bound_on is None]
    item = {
        "title": rules.KINDS[matter.kind] + (f": {', '.join(left).lower()}" if left else ""),
        "demanded": "\n".join(part for part in (matter.what, matter.grounds) if part),
        "reasons": f"{ground.sentence}\n{matter.reasons}",
        "ground": ground.article,
    }
    granted = [f"{rules.USES[one.use]} on lopetettu {fi_date(one.bound_on)}." for one in matter.uses if one.bound_on]
    if matter.kind == "complaint" and matter.decision == "partly_granted":
        granted = [matter.measures]
    return refusals.issue_certificate(case=matter.case, right=matter.kind, items=[item], granted=granted, by=by, on=on)
