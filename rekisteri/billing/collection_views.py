"""The pages of collecting: beginning with the overdue invoices, one page for each next step, the end."""

from flask import Response, flash, url_for

from rekisteri.billing import collecting
from rekisteri.billing.blueprint import (
    ID,
    bp,
    collection_or_404,
    hand_over_form,
    invoice_or_404,
    look_at_billing,
)
from rekisteri.billing.collecting import HandedTo
from rekisteri.billing.forms import CollectionForm, EndForm, StepForm
from rekisteri.billing.handing_over import hand_overs
from rekisteri.billing.rules import COLLECTION_STATES, FOLLOWING, OUTCOMES
from rekisteri.disclosures.ledger import field_names
from rekisteri.disclosures.recipients import find_recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.route(f"/{ID}/perinta", methods=["GET", "POST"])
@requires("billing.edit")
def start_collection(id: int) -> Response:
    """Begin collecting an overdue invoice, and others of the same customer with it."""
    invoice = invoice_or_404(id)
    form = CollectionForm(collecting.collectable(invoice.customer_id, today()), invoice)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            chosen = [invoice_or_404(int(one)) for one in form.invoices.data or []]
            collection = collecting.start(
                customer=invoice.customer, invoices=chosen, on=form.on.data or today(), by=actor()
            )
            tx.location = url_for(".show_collection", id=collection.id)
        if not form.errors:
            flash("Perintä on aloitettu.", "success")
            return see_other(tx.location)
    return render("billing/start_collection.html", form=form, invoice=invoice_or_404(id), status=form.status)


@bp.get(f"/perinnat/{ID}")
@requires("billing.view")
def show_collection(id: int) -> Response:
    """One collection: its invoices, its steps, what may follow, what was handed over."""
    look_at_billing(collection_or_404(id))
    collection = collection_or_404(id)
    return render(
        "billing/collection.html",
        collection=collection,
        disclosures=hand_overs(collection),
        field_names=field_names,
        states=COLLECTION_STATES,
        outcomes=OUTCOMES,
        following=FOLLOWING[collection.state],
    )


@bp.route(f"/perinnat/{ID}/maksuvaatimus", methods=["GET", "POST"], defaults={"state": "demand"})
@bp.route(f"/perinnat/{ID}/oikeus", methods=["GET", "POST"], defaults={"state": "court"})
@requires("billing.edit")
def advance(id: int, state: str) -> Response:
    """Record that a demand was sent, or that the debt was taken to court."""
    collection = collection_or_404(id)
    form = StepForm(data={"version": collection.version, "on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(collection, form.version.data)
            collecting.advance(collection=collection, state=state, on=form.on.data or today(), by=actor())
            tx.location = url_for(".show_collection", id=id)
        if not form.errors:
            flash("Vaihe on kirjattu.", "success")
            return see_other(tx.location)
    return render("billing/step.html", form=form, collection=collection_or_404(id), state=state, status=form.status)


@bp.route(f"/perinnat/{ID}/perintatoimisto", methods=["GET", "POST"])
@requires("billing.edit")
def hand_to_agency(id: int) -> Response:
    """Hand the debt to an agency, and put on record which of the debtor's data went with it."""
    collection = collection_or_404(id)
    form = hand_over_form(collection.customer, version=collection.version)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(collection, form.version.data)
            agency = find_recipient(int(form.recipient.data))
            handed = HandedTo(agency, form.fields.data or [], form.way.data) if agency else None
            collecting.advance(
                collection=collection, state="agency", on=form.disclosed_on.data or today(), by=actor(), to=handed
            )
            tx.location = url_for(".show_collection", id=id)
        if not form.errors:
            flash("Velka on annettu perintätoimistolle, ja luovutus on kirjattu.", "success")
            return see_other(tx.location)
    return render("billing/hand_to_agency.html", form=form, collection=collection_or_404(id), status=form.status)


@bp.route(f"/perinnat/{ID}/paata", methods=["GET", "POST"])
@requires("billing.edit")
def end_collection(id: int) -> Response:
    """End a collection in one of the three ways."""
    collection = collection_or_404(id)
    form = EndForm(data={"version": collection.version, "on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(collection, form.version.data)
            collecting.end(collection=collection, outcome=form.outcome.data, on=form.on.data or today(), by=actor())
            tx.location = url_for(".show_collection", id=id)
        if not form.errors:
            flash("Perintä on päättynyt.", "success")
            return see_other(tx.location)
    return render("billing/end_collection.html", form=form, collection=collection_or_404(id), status=form.status)
