"""Correcting on the company's own initiative, begun from a customer's card."""

from flask import Response, abort, url_for

from rekisteri.cases import service
from rekisteri.cases.forms import OwnInitiativeForm
from rekisteri.cases.views.blueprint import bp
from rekisteri.customers import service as customers
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.route("/oma-aloite/<int:customer_id>", methods=["GET", "POST"])
@requires("cases.edit")
def own_initiative(customer_id: int) -> Response:
    customer = customers.find(customer_id) or abort(404)
    form = OwnInitiativeForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            case = service.register_own_initiative(
                customer=customer, reason=form.reason.data or "", by=actor(), on=today()
            )
            tx.location = url_for(".show", id=case.id)
        if not form.errors:
            return see_other(tx.location)
    return render("cases/own_initiative.html", form=form, customer=customer, status=form.status)
