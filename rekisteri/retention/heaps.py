"""Kinds of data that go by their age alone, some at a time: notes, former values, invoices, requests, files, keys of forms."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, delete, exists, func, literal, or_, select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.billing.models import CollectedInvoice, Collection, CreditApplication, Invoice
from rekisteri.cases.holding import reduce_to_facts
from rekisteri.cases.models import Case
from rekisteri.customers.importing.entering import forget_rows
from rekisteri.customers.importing.models import ImportBatch, ImportPiece
from rekisteri.customers.models import ContactNote, Datum
from rekisteri.disclosures.models import DisclosedDatum
from rekisteri.documents.models import Document
from rekisteri.kernel.clock import HELSINKI, end_of
from rekisteri.kernel.db import Submission, db
from rekisteri.rectification.models import Item
from rekisteri.retention import log, texts
from rekisteri.retention.keeping import needed_request, whoever_is_kept

_FAST = {"synchronize_session": False}


@dataclass(frozen=True)
class Heap:
    """Rows that go by their age: which are old enough, by what they are known, what day they are of, how they go.

    `texts` are what they say of people, to be searched for once they have gone; `submissions` say nothing of anybody.
    """

    key: Any
    day: Any
    old: Callable[[date], Sequence[ColumnElement[bool]]]
    go: Callable[[Sequence[Any], date], Any]
    held: Callable[[], ColumnElement[bool]] | None = None
    texts: Callable[[Sequence[Any]], Iterable[str]] = lambda _keys: ()

    def _query(self, last_day: date) -> Select[Any]:
        return select(self.key).where(*self.old(last_day))

    def _free(self, last_day: date) -> Select[Any]:
        query = self._query(last_day)
        return query.where(~self.held()) if self.held else query

    def count(self, last_day: date) -> int:
        """How many have been kept long enough."""
        return db.session.scalar(select(func.count()).select_from(self._query(last_day).subquery())) or 0

    def count_held(self, last_day: date) -> int:
        """How many of them something still needs."""
        if self.held is None:
            return 0
        query = self._query(last_day).where(self.held())
        return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0

    def oldest(self, last_day: date) -> date | None:
        """Of which day the oldest of them is."""
        found = db.session.scalar(select(func.min(self.day)).where(*self.old(last_day)))
        return found.astimezone(HELSINKI).date() if isinstance(found, datetime) else found

    def destroy(self, last_day: date, *, limit: int, on: date) -> tuple[int, list[str]]:
        """Let some of them go; how many went, and the texts that went with them."""
        keys = list(db.session.scalars(self._free(last_day).order_by(self.key).limit(limit)))
        texts = list(self.texts(keys)) if keys else []
        if keys:
            self.go(keys, on)
            db.session.expire_all()
        return len(keys), texts


def _delete(key: Any) -> Callable[[Sequence[Any], date], Any]:
    def go(keys: Sequence[Any], _on: date) -> None:
        db.session.execute(delete(key.class_).where(key.in_(keys)), execution_options=_FAST)

    return go


def _told_to_somebody() -> ColumnElement[bool]:
    """A former value that went to a recipient, or that a demand for rectification is about, is needed to tell of it."""
    demanded = or_(Item.datum_id == Datum.id, Item.new_datum_id == Datum.id)
    return or_(exists().where(DisclosedDatum.datum_id == Datum.id), exists().where(demanded))


def _voucher_day(last_day: date) -> list[ColumnElement[bool]]:
    """Settled, and the last entry in the books is of a financial year that the books need no more."""
    later = or_(Invoice.paid_on > last_day, Invoice.credited_on > last_day)
    return [Invoice.invoiced_on <= last_day, func.coalesce(case((later, 1), else_=0), 0) == 0]


def _let_invoices_go(keys: Sequence[int], _on: date) -> None:
    """The invoices, and the ended collections in which none is left."""
    theirs = select(CollectedInvoice.collection_id).where(CollectedInvoice.invoice_id.in_(keys)).distinct()
    collections = list(db.session.scalars(theirs))
    db.session.execute(delete(Invoice).where(Invoice.id.in_(keys)), execution_options=_FAST)
    left = exists().where(CollectedInvoice.collection_id == Collection.id)
    empty = select(Collection.id).where(Collection.id.in_(collections), Collection.state == "ended", ~left)
    going = list(db.session.scalars(empty))
    db.session.execute(delete(Collection).where(Collection.id.in_(going)), execution_options=_FAST)


def _unposted() -> ColumnElement[bool]:
    """A letter of the request still waits for the post."""
    subject = literal("case:") + cast(Case.id, String)
    return exists().where(Document.subject == subject, Document.state == "waiting")


def _forget_files(keys: Sequence[int], _on: date) -> None:
    for batch_id in keys:
        forget_rows(batch_id)


HEAPS: dict[str, Heap] = {
    "notes": Heap(
        ContactNote.id,
        ContactNote.happened_on,
        lambda last: [ContactNote.happened_on <= last],
        _delete(ContactNote.id),
        held=lambda: whoever_is_kept(ContactNote.customer_id),
        texts=texts.of_notes,
    ),
    "past_data": Heap(
        Datum.id,
        Datum.ended_at,
        lambda last: [Datum.ended_at < end_of(last)],
        _delete(Datum.id),
        held=lambda: or_(_told_to_somebody(), whoever_is_kept(Datum.customer_id)),
        texts=texts.of_past_data,
    ),
    "invoices": Heap(
        Invoice.id,
        Invoice.invoiced_on,
        _voucher_day,
        _let_invoices_go,
        held=lambda: or_(
            Invoice.state == "open", Invoice.collection_id.is_not(None), whoever_is_kept(Invoice.customer_id)
        ),
        texts=texts.of_invoices,
    ),
    "credit": Heap(
        CreditApplication.id,
        CreditApplication.applied_on,
        lambda last: [or_(CreditApplication.ended_on <= last, and_(CreditApplication.ended_on.is_(None), CreditApplication.applied_on <= last))],
        _delete(CreditApplication.id),
        held=lambda: or_(CreditApplication.state == "open", whoever_is_kept(CreditApplication.customer_id)),
        texts=texts.of_applications,
    ),
    "cases": Heap(
        Case.id,
        Case.closed_on,
        lambda last: [Case.state.in_(("closed", "withdrawn")), Case.closed_on <= last, Case.person_state != "erased"],
        reduce_to_facts,
        held=lambda: or_(_unposted(), needed_request()),
        texts=texts.of_cases,
    ),
    "imports": Heap(
        ImportBatch.id,
        ImportBatch.changed_at,
        lambda last: [
            ImportBatch.changed_at < end_of(last),
            ImportBatch.state.in_(("done", "cancelled")),
            exists().where(ImportPiece.batch_id == ImportBatch.id),
        ],
        _forget_files,
        texts=texts.of_files,
    ),
    "submissions": Heap(Submission.key, Submission.at, lambda last: [Submission.at < end_of(last)], _delete(Submission.key)),
    "log": Heap(
        AuditEvent.seq,
        AuditEvent.at,
        lambda last: [log.is_before(last)],
        lambda rows, _on: audit.let_go(max(rows)),
        held=log.is_needed,
    ),
}  # fmt: skip
