"""What is marked on an invoice: paid, credited, open after all, handed to an invoicing service."""

from flask import Response, flash, url_for

from rekisteri.billing import service
from rekisteri.billing.blueprint import ID, bp, hand_over_form, invoice_or_404
from rekisteri.billing.forms import CreditingForm, PaymentForm
from rekisteri.billing.handing_over import hand_over
from rekisteri.billing.handing_rules import KINDS
from rekisteri.disclosures.recipients import find_recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

HANDED_TO_BILLING = KINDS["invoice"].purpose


@bp.route(f"/{ID}/maksu", methods=["GET", "POST"])
@requires("billing.edit")
def pay(id: int) -> Response:
    """Record a payment; all that is owed and today are offered."""
    invoice = invoice_or_404(id)
    form = PaymentForm(data={"version": invoice.version, "paid": invoice.unpaid, "paid_on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(invoice, form.version.data)
            service.pay(invoice=invoice, paid=form.paid.data or 0, paid_on=form.paid_on.data or today(), by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Maksu on kirjattu.", "success")
            return see_other(tx.location)
    return render("billing/pay.html", form=form, invoice=invoice_or_404(id), status=form.status)


@bp.route(f"/{ID}/hyvitys", methods=["GET", "POST"])
@requires("billing.edit")
def credit(id: int) -> Response:
    """Record that the invoice was credited."""
    invoice = invoice_or_404(id)
    form = CreditingForm(data={"version": invoice.version, "credited_on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(invoice, form.version.data)
            service.credit(invoice=invoice, credited_on=form.credited_on.data or today(), by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Lasku on merkitty hyvitetyksi.", "success")
            return see_other(tx.location)
    return render("billing/credit.html", form=form, invoice=invoice_or_404(id), status=form.status)


@bp.post(f"/{ID}/avoimeksi")
@requires("billing.edit")
def reopen(id: int) -> Response:
    """Take back a payment or a credit that was marked by mistake."""
    invoice, form = invoice_or_404(id), VersionedForm()
    with transaction(once=form.once.data) as tx:
        check_version(invoice, form.version.data)
        service.reopen(invoice=invoice, by=actor())
        tx.location = url_for(".show", id=id)
    flash("Lasku on palautettu avoimeksi.", "success")
    return see_other(tx.location)


@bp.route(f"/{ID}/luovutus", methods=["GET", "POST"])
@requires("billing.edit")
def hand_to_billing(id: int) -> Response:
    """Record what of the customer went to an invoicing service for this invoice."""
    invoice = invoice_or_404(id)
    form = hand_over_form(invoice.customer, version=invoice.version)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            recipient = find_recipient(int(form.recipient.data))
            handed = {"recipient": recipient, "purpose": HANDED_TO_BILLING, "ground": "billing", "by": actor()}
            hand_over(invoice, **handed, **form.disclosure)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Luovutus on kirjattu.", "success")
            return see_other(tx.location)
    return render("billing/hand_to_billing.html", form=form, invoice=invoice_or_404(id), status=form.status)
