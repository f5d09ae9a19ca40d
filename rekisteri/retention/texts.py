"""What rows that go by their age say of people: gathered before they go, so that the search knows what to seek."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from rekisteri.billing.models import CreditApplication, Invoice
from rekisteri.cases.holding import subjects
from rekisteri.cases.models import Case, CaseFee, CasePause
from rekisteri.customers.importing.models import ImportRow
from rekisteri.customers.models import ContactNote, Datum
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.rectification.models import Item, Rectification

ROWS_OF_A_FILE = 200
"""Of a file that was brought in, so many rows are sought, spread over its length."""


def _lines(query: Any) -> Iterator[str]:
    for row in db.session.execute(query):
        for text in row:
            yield from (line.strip() for line in (text or "").split("\n") if line.strip())


def of_notes(ids: Sequence[int]) -> Iterator[str]:
    """What was written of the contacts."""
    return _lines(select(ContactNote.text).where(ContactNote.id.in_(ids)))


def of_past_data(ids: Sequence[int]) -> Iterator[str]:
    """The former values."""
    return _lines(select(Datum.value).where(Datum.id.in_(ids)))


def of_invoices(ids: Sequence[int]) -> Iterator[str]:
    """The numbers by which the invoices were known."""
    return _lines(select(Invoice.number).where(Invoice.id.in_(ids)))


def of_applications(ids: Sequence[int]) -> Iterator[str]:
    """For what credit was asked, and why it was given or not."""
    return _lines(select(CreditApplication.purpose, CreditApplication.reasons).where(CreditApplication.id.in_(ids)))


def of_cases(ids: Sequence[int]) -> Iterator[str]:
    """Who asked what, what was demanded, and whom the letters were for."""
    asked = (Case.requester_name, Case.requester_street, Case.requester_email, Case.content, Case.extension_reason)
    demanded = select(Item.current_value, Item.requested_value, Item.ground, Item.reasons).join(Rectification)
    for query in (
        select(*asked).where(Case.id.in_(ids)),
        select(CasePause.reason).where(CasePause.case_id.in_(ids)),
        select(CaseFee.reasons, CaseFee.costs).where(CaseFee.case_id.in_(ids)),
        demanded.where(Rectification.case_id.in_(ids)),
        select(Document.addressee).where(Document.subject.in_(subjects(ids))),
    ):
        yield from _lines(query)


def of_files(ids: Sequence[int]) -> Iterator[str]:
    """Rows of the files as they lay in the register, some of each file."""
    for batch_id in ids:
        mine = ImportRow.batch_id == batch_id
        step = max(1, (db.session.scalar(select(func.count()).where(mine)) or 0) // ROWS_OF_A_FILE)
        yield from _lines(select(ImportRow.data).where(mine, ImportRow.number % step == 0).limit(ROWS_OF_A_FILE))
