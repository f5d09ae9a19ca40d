"""Scans on their way into a case.

A browser does not send a file twice. So every file that is accepted is kept at once, under nobody's case, and the form
carries its id: whatever else is wrong on the form, the paper need not be sent again. What is never attached is thrown away.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import events, request_forms
from rekisteri.cases.models import Case, RequestForm
from rekisteri.documents import destroying
from rekisteri.documents import service as documents
from rekisteri.documents.models import Scan
from rekisteri.documents.qr import read_qr
from rekisteri.documents.upload_rules import Examined
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation

UNATTACHED = "upload"
KEPT_FOR = timedelta(days=1)


def examine(files: Iterable[Any]) -> tuple[list[Examined], list[str]]:
    """Judge the files, before any transaction: those that can be kept, and sentences on why the others cannot."""
    fit, refused = [], []
    for file in files:
        try:
            fit.append(documents.examine(file))
        except RuleViolation as violation:
            refused.append(violation.sentence)
    return fit, refused


def keep(files: Iterable[Examined], *, by: Any) -> list[Scan]:
    """Keep the files for the case that is being registered."""
    _throw_away_forgotten()
    return [documents.store_scan(file=file, by=by, subject=UNATTACHED) for file in files]


def own(ids: Iterable[int], *, by: Any) -> list[Scan]:
    """Those of the files that this very user sent and that belong to no case yet."""
    wanted = list(ids)
    query = select(Scan).where(Scan.id.in_(wanted), Scan.subject == UNATTACHED, Scan.uploaded_by_id == by.id)
    return list(db.session.scalars(query.order_by(Scan.id))) if wanted else []


def attach(scans: Iterable[Scan], *, case: Case, by: Any) -> None:
    """Make the files part of the case."""
    attached = list(scans)
    for scan in attached:
        scan.subject = case.subject
    if attached:
        db.session.flush()
        audit.record(events.SCANS_ADDED, subject=case.subject, by=by, count=len(attached))


def scans_of(case: Case) -> list[Scan]:
    """The papers of a case, oldest first."""
    return documents.scans_of(case.subject)


def form_among(files: Iterable[Examined]) -> RequestForm | None:
    """The prefilled form that is one of the scanned papers, recognised by its QR code."""
    return request_forms.find_by_codes([text for file in files for text in read_qr(file.content)])


def _throw_away_forgotten() -> None:
    old = select(Scan.id).where(Scan.subject == UNATTACHED, Scan.uploaded_at < now() - KEPT_FOR)
    ids = list(db.session.scalars(old))
    if ids:
        destroying.remove_scans(ids)
