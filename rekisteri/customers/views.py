"""The pages of customers: the list with its search, the card, the archive."""

from typing import Any

from flask import Response, flash, request, url_for

from rekisteri.customers import (  # those that end with _views add their pages to the same blueprint
    addition_views,
    archive_views,
    asked,
    diary,
    entry_views,
    frozen,
    merge_views,
    note_views,
    notes,
    own_holdings,
    panels,
    representing,
    representing_views,
    service,
    source_views,
    telling,
)
from rekisteri.customers.belongings import belongings
from rekisteri.customers.blueprint import ID, bp, customer_or_404
from rekisteri.customers.importing import holding, import_views
from rekisteri.customers.listing import cells
from rekisteri.customers.lookup import look_up
from rekisteri.customers.marks import marks
from rekisteri.customers.models import Customer
from rekisteri.customers.relationship_rules import CHANNELS
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, allowed, can, requires, visitor
from rekisteri.kernel.web import render, see_other

__all__ = [
    "addition_views",
    "archive_views",
    "bp",
    "entry_views",
    "holding",
    "import_views",
    "merge_views",
    "note_views",
    "own_holdings",
    "representing_views",
    "source_views",
    "telling",
]
bp.add_app_template_global(cells, "cells_of")
bp.add_app_template_global(marks, "marks_of")


@bp.route("/", methods=["GET", "POST"])
@requires("customers.view")
def index() -> Response:
    """The list and the search. What is searched for comes by POST, so that no name is left in an address or a log."""
    sent = request.form if request.method == "POST" else request.args
    form = asked.read(sent, text=request.form.get("q", ""))
    found = look_up(form.wanted, can)
    return render(
        "customers/index.html", fragment="customers/_results.html", status=form.status, form=form, found=found
    )


@bp.get(f"/{ID}")
@requires("customers.view")
def show(id: int) -> Response:
    """The card. The look is put on record before anything is shown."""
    content = card(customer_or_404(id))
    db.session.expunge_all()  # what has been read is shown as it was read, and not asked for again
    with transaction():
        service.record_look(content["customer"], by=visitor(), fields=content.pop("seen"))
    return render("customers/show.html", **content)


def card(customer: Customer) -> dict[str, Any]:
    """All that the card shows, in a number of queries that does not grow with the register, and what of it the log tells."""
    held, may = belongings(customer.id), allowed().__contains__
    past = diary.past(customer, held)
    people = representing.people_of(customer) if customer.kind == "organisation" else None
    contacts, representations = notes.newest(past.notes), representing.standing(past.roles)
    shown = {
        notes.GROUP: contacts.rows,
        representing_views.GROUP: representations or (people and people.now + people.former),
    }
    return {
        "customer": customer,
        "id": customer.id,
        "lines": past.lines,
        "entries": past.entries,
        "people": people,
        "representations": representations,
        "notes": contacts,
        "channels": CHANNELS,
        "panels": panels.panels_for(customer, may, held),
        "ways": panels.ways(customer.kind, customer.state, allowed()),
        "seen": past.held_fields + [group for group, rows in shown.items() if rows],
    }


@bp.post(f"/{ID}/arkistoi")
@requires("customers.edit")
def archive(id: int) -> Response:
    """Put a customer into the archive."""
    form = Form()
    with transaction(once=form.once.data) as tx:
        service.archive(customer=customer_or_404(id), by=actor())
        tx.location = url_for(".show", id=id)
    bound = " Rajoitus on edelleen voimassa: arkistoituja tietoja vain säilytetään." if frozen.binding([id]) else ""
    flash(f"Asiakas on siirretty arkistoon.{bound}", "success")
    return see_other(tx.location)


@bp.post(f"/{ID}/palauta")
@requires("customers.edit")
def restore(id: int) -> Response:
    """Bring a customer back from the archive."""
    form = Form()
    with transaction(once=form.once.data) as tx:
        service.restore(customer=customer_or_404(id), by=actor())
        tx.location = url_for(".show", id=id)
    flash("Asiakas on palautettu arkistosta.", "success")
    return see_other(tx.location)
