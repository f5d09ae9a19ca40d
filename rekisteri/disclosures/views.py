"""The pages of the ledger: what went to whom, and recording it."""

from typing import Any

from flask import Response, abort, flash, request, url_for

from rekisteri.customers import panels
from rekisteri.customers import service as customers
from rekisteri.customers.blueprint import customer_or_404, log_look
from rekisteri.customers.models import Customer
from rekisteri.customers.picking_views import pick
from rekisteri.disclosures import holding, ledger, noticing, posted, recipient_views, service, telling
from rekisteri.disclosures.blueprint import ID, bp, recipient_or_404
from rekisteri.disclosures.exporting import export_views
from rekisteri.disclosures.forms import DisclosureForm
from rekisteri.disclosures.models import Outgoing
from rekisteri.disclosures.recipients import all_recipients
from rekisteri.disclosures.rules import RECEIVERS
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

__all__ = ["bp", "export_views", "holding", "noticing", "posted", "recipient_views", "telling"]


@bp.get("/luovutukset/")
@requires("disclosures.view")
def index() -> Response:
    """The ledger: all of it, or one customer's, one recipient's or one kind of receiver's part."""
    customer_id, recipient_id, after = (request.args.get(name, type=int) for name in ("customer", "recipient", "after"))
    receiver = request.args.get("saaja") if request.args.get("saaja") in RECEIVERS else None
    if customer_id:
        log_look(customer_id, "disclosures")
    return render(
        "disclosures/index.html",
        found=ledger.page(customer_id=customer_id, recipient_id=recipient_id, receiver=receiver, after=after),
        customer=customer_or_404(customer_id) if customer_id else None,
        recipient=recipient_or_404(recipient_id) if recipient_id else None,
        receiver=receiver,
        receivers=RECEIVERS,
    )


@bp.get(f"/luovutukset/{ID}")
@requires("disclosures.view")
def show(id: int) -> Response:
    """One way out: what went, what for, by whom, and who were in it."""
    went = db.session.get(Outgoing, id) or abort(404)
    people, after = ledger.people_of(went, after=request.args.get("after", 0, type=int))
    return render("disclosures/outgoing.html", row=ledger.Row(went, None), people=people, after=after)


@bp.route("/luovutukset/uusi", methods=["GET", "POST"])
@requires("disclosures.edit")
def choose_customer() -> Response:
    """Whose data were disclosed?"""
    return pick("Kenen tietoja luovutettiin?", leads_to="disclosures.record", back=(url_for(".index"), "Luovutukset"))


@bp.route(f"/luovutukset/uusi/{ID}", methods=["GET", "POST"])
@requires("disclosures.edit")
def record(id: int) -> Response:
    """Record what of one customer went to whom."""
    customer = customer_or_404(id)
    form = DisclosureForm(customer, customers.history(customer), _open_recipients())
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            _record(form, customer)
            tx.location = url_for("customers.show", id=id) + "#luovutukset"
        if not form.errors:
            flash("Luovutus on kirjattu.", "success")
            return see_other(tx.location)
    elif not form.is_submitted():
        log_look(id)
    customer = customer_or_404(id)
    return render("disclosures/record.html", form=form, customer=customer, status=form.status)


def _record(form: DisclosureForm, customer: Customer) -> None:
    service.record_disclosure(
        customer=customer,
        recipient=recipient_or_404(int(form.recipient.data)),
        fields=form.fields.data or [],
        disclosed_on=form.disclosed_on.data or today(),
        purpose=form.purpose.data,
        ground=form.ground.data,
        way=form.way.data,
        by=actor(),
    )


def _open_recipients() -> list[Any]:
    return [one for one in all_recipients() if one.active]


def _on_card(customer: Customer) -> dict[str, Any]:
    return {"found": ledger.page(customer_id=customer.id, size=10)}


panels.add_panel(
    60,
    "disclosures/_customer_panel.html",
    _on_card,
    "disclosures.view",
    holds={"disclosure.customer_id", "outgoing_person.customer_id"},
)
panels.add_action(
    50, "Kirjaa luovutus", lambda customer: url_for("disclosures.record", id=customer.id), "disclosures.edit"
)
