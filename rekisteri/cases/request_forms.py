"""Request forms printed for one customer. The code on the paper leads back: to a new case, or to the one made of it."""

from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import events, form_codes
from rekisteri.cases.models import RequestForm
from rekisteri.kernel.db import db


def print_form(*, customer: Any, by: Any, on: date) -> RequestForm:
    """Note that a form is printed for a customer, under a code of its own."""
    form = RequestForm(token=form_codes.new_code(), customer_id=customer.id, printed_on=on, printed_by_id=by.id)
    db.session.add(form)
    db.session.flush()
    audit.record(events.FORM_PRINTED, subject=customer.subject, by=by, form=form.id)
    return form


def find_form(typed: str) -> RequestForm | None:
    """The form whose code was typed by hand or read from its QR code."""
    code = form_codes.read(typed)
    return db.session.scalar(select(RequestForm).filter_by(token=code)) if code else None


def find_by_codes(found: list[str]) -> RequestForm | None:
    """The first of our forms among the codes that were read from scanned papers."""
    return next((form for text in found if (form := find_form(text)) is not None), None)
