"""The pages of contact notes: on the card by htmx, or on pages of their own."""

from typing import Any

from flask import Response, abort, flash, request, url_for

from rekisteri.customers import notes
from rekisteri.customers.blueprint import ID, bp, customer_or_404, log_look
from rekisteri.customers.models import ContactNote, Customer
from rekisteri.customers.relationship_forms import NoteForm, RemovalForm
from rekisteri.customers.relationship_rules import CHANNELS
from rekisteri.customers.sources import chosen
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.notice import beyond


@bp.get(f"/{ID}/yhteydenotot")
@requires("customers.view")
def list_notes(id: int) -> Response:
    """All notes on a customer, page by page."""
    log_look(id, notes.GROUP)
    customer = customer_or_404(id)
    found = notes.of(customer, after=request.args.get("after", type=int))
    return render("customers/notes.html", customer=customer, notes=found, channels=CHANNELS)


@bp.route(f"/{ID}/yhteydenotot/uusi", methods=["GET", "POST"])
@requires("customers.edit")
def add_note(id: int) -> Response:
    """Put a contact on record."""
    customer = customer_or_404(id)
    form = NoteForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            _add(customer, form)
            tx.location = url_for(".show", id=id)  # no anchor: from the card itself it would not bring the page anew
        if not form.errors:
            flash("Yhteydenotto on kirjattu.", "success")
            return see_other(tx.location)
    context = {"form": form, "customer": customer_or_404(id), "why_not": beyond.why_not(notes.GROUP)}
    return render("customers/add_note.html", fragment="customers/_note_form.html", status=form.status, **context)


def _add(customer: Customer, form: Any) -> ContactNote:
    return notes.add_note(
        customer=customer,
        happened_on=form.happened_on.data,
        channel=form.channel.data,
        text=form.text.data,
        source=chosen(form.source.data),
        by=actor(),
    )


@bp.route(f"/{ID}/yhteydenotot/<int:note>/poista", methods=["GET", "POST"])
@requires("customers.edit")
def remove_note(id: int, note: int) -> Response:
    """Remove a note, with the reason."""
    found = _note_or_404(id, note)
    form = RemovalForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            notes.remove_note(note=_note_or_404(id, note), reason=form.why, by=actor())
            tx.location = url_for(".show", id=id, _anchor="yhteydenotot")
        if not form.errors:
            flash("Yhteydenotto on poistettu.", "success")
            return see_other(tx.location)
    elif not form.is_submitted():
        log_look(id, notes.GROUP)
        found = _note_or_404(id, note)
    customer = customer_or_404(id)
    return render(
        "customers/remove_note.html", form=form, customer=customer, note=found, channels=CHANNELS, status=form.status
    )


def _note_or_404(customer_id: int, note_id: int) -> ContactNote:
    note = notes.find_note(note_id)
    return note if note is not None and note.customer_id == customer_id else abort(404)
