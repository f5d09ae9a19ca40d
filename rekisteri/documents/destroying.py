"""Destroying papers when nothing of what they say may be kept: the number, the kind, the days and the hash stay.

By these the company can still show what it did and recognise a paper that somebody brings; whose it was, nobody can tell
(GDPR art. 5(1)(e), 5(2), 17).
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select, update

from rekisteri.documents.models import (
    Document,
    DocumentMark,
    DocumentPrint,
    DocumentSource,
    Scan,
    ScanContent,
    ScanPreview,
)
from rekisteri.kernel.db import db, require_transaction

_FAST = {"synchronize_session": False}


def count(subjects: Sequence[str]) -> int:
    """How many papers and scans of these matters still say what they said."""
    papers = select(func.count()).select_from(Document).where(Document.subject.in_(subjects))
    scans = select(func.count()).select_from(Scan).where(Scan.subject.in_(subjects))
    queries = (papers.where(Document.destroyed_on.is_(None)), scans.where(Scan.destroyed_on.is_(None)))
    return sum(db.session.scalar(query) or 0 for query in queries)


def waiting(subjects: Sequence[str]) -> list[Document]:
    """The papers of these matters that still wait for the post: destroyed now, they would never reach anybody."""
    query = select(Document).where(Document.subject.in_(subjects), Document.state == "waiting")
    return list(db.session.scalars(query.order_by(Document.id)))


def destroy(subjects: Sequence[str], on: date) -> int:
    """Destroy every paper issued in these matters and every scan that came in; how many there were."""
    require_transaction("destroying papers")
    papers = select(Document.id).where(Document.subject.in_(subjects), Document.destroyed_on.is_(None))
    scans = select(Scan.id).where(Scan.subject.in_(subjects), Scan.destroyed_on.is_(None))
    return _destroy(list(db.session.scalars(papers)), list(db.session.scalars(scans)), on)


def destroy_papers(document_ids: Sequence[int], on: date) -> int:
    """Destroy these papers alone; how many still said something."""
    require_transaction("destroying papers")
    kept = select(Document.id).where(Document.id.in_(document_ids), Document.destroyed_on.is_(None))
    return _destroy(list(db.session.scalars(kept)), [], on)


def remove_scans(scan_ids: Sequence[int]) -> None:
    """Take scans away, rows and all: of these no trace is owed to anybody."""
    for statement in (
        delete(ScanContent).where(ScanContent.scan_id.in_(scan_ids)),
        delete(ScanPreview).where(ScanPreview.scan_id.in_(scan_ids)),
        delete(Scan).where(Scan.id.in_(scan_ids)),
    ):
        db.session.execute(statement)


def _destroy(paper_ids: list[int], scan_ids: list[int], on: date) -> int:
    for content, key in (
        (DocumentSource.document_id, paper_ids),
        (DocumentPrint.document_id, paper_ids),
        (ScanContent.scan_id, scan_ids),
        (ScanPreview.scan_id, scan_ids),
    ):
        db.session.execute(delete(content.class_).where(content.in_(key)), execution_options=_FAST)
    _give_up_posting(paper_ids)
    _blank(paper_ids, scan_ids, on)
    db.session.expire_all()
    return len(paper_ids) + len(scan_ids)


def _give_up_posting(paper_ids: list[int]) -> None:
    """A paper that says nothing any more waits for no post: a restored backup may have brought it back unsent."""
    unsent = list(
        db.session.scalars(select(Document.id).where(Document.id.in_(paper_ids), Document.state == "waiting"))
    )
    db.session.execute(
        update(Document).where(Document.id.in_(unsent)).values(state="impossible"), execution_options=_FAST
    )
    db.session.add_all(DocumentMark(document_id=one, state="impossible") for one in unsent)
    db.session.flush()


def _blank(paper_ids: list[int], scan_ids: list[int], on: date) -> None:
    papers = update(Document).where(Document.id.in_(paper_ids)).values(addressee="", destroyed_on=on)
    marks = update(DocumentMark).where(DocumentMark.document_id.in_(paper_ids)).values(reason="")
    scans = update(Scan).where(Scan.id.in_(scan_ids)).values(name="", has_preview=False, destroyed_on=on)
    for blanking in (papers, marks, scans):
        db.session.execute(blanking, execution_options=_FAST)
