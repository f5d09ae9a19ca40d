"""The confirmation that what was forbidden has been put on record and binds (GDPR art. 12(3), 21(3))."""

from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.cases import refusals
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.documents.wording import add_letters
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.prohibitions import rules
from rekisteri.prohibitions.models import Prohibition
from rekisteri.settings import service as settings

CONFIRMATION = "prohibition_confirmation"
TITLE = "Vahvistus kiellosta"
add_letters({CONFIRMATION: TITLE})


def confirmation_of(case: Case) -> Document | None:
    """The confirmation given in a case, the latest one."""
    query = select(Document).filter_by(subject=case.subject, kind=CONFIRMATION)
    return db.session.scalar(query.order_by(Document.id.desc()).limit(1))


def confirm(*, case: Case, prohibitions: list[Prohibition], by: Any, on: date) -> Document:
    """Tell the person what is not done any more and since when.

    :raises RuleViolation: the letterhead is not complete.
    """
    if missing := settings.missing():
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing)}.")
    return documents.issue(
        kind=CONFIRMATION,
        number=cases.next_document_number(case),
        title=TITLE,
        template="prohibitions/paper/confirmation.html",
        context={
            "controller": settings.current().controller(),
            "place": settings.current().place,
            "date": fi_date(on),
            "case": refusals.told_of(case),
            "forbidden": [(rules.KINDS[one.kind], fi_date(one.since)) for one in prohibitions],
        },
        addressee=case.addressee or (case.requester_name,),
        subject=case.subject,
        by=by,
        on=on,
    )
