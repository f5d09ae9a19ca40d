"""The pages of credit: the applications, what was asked of a provider, and the decision a person makes."""

from flask import Response, flash, request, url_for

from rekisteri.billing import credit, lists
from rekisteri.billing.blueprint import ID, application_or_404, bp, hand_over_form, look_at_billing
from rekisteri.billing.forms import ApplicationForm, DecisionForm, StepForm
from rekisteri.billing.handing_over import hand_overs
from rekisteri.billing.rules import CREDIT_STATES
from rekisteri.customers.blueprint import customer_or_404
from rekisteri.disclosures.ledger import field_names
from rekisteri.disclosures.recipients import find_recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.get("/luotot/")
@requires("billing.view")
def list_applications() -> Response:
    """The applications to be decided, or those that have been."""
    undecided = request.args.get("tila") != "ratkaistut"
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    return render(
        "billing/applications.html",
        found=lists.applications(undecided=undecided, before=before, after=after),
        undecided=undecided,
        states=CREDIT_STATES,
    )


@bp.route(f"/luotot/uusi/{ID}", methods=["GET", "POST"])
@requires("billing.edit")
def apply_for_credit(id: int) -> Response:
    """Record that a customer asks for credit."""
    customer = customer_or_404(id)
    form = ApplicationForm(data={"applied_on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            asked = {"applied_on": form.applied_on.data, "amount": form.amount.data, "purpose": form.purpose.data}
            application = credit.apply(customer=customer, by=actor(), **asked)
            tx.location = url_for(".show_application", id=application.id)
        if not form.errors:
            flash("Luottohakemus on kirjattu.", "success")
            return see_other(tx.location)
    return render("billing/apply_for_credit.html", form=form, customer=customer_or_404(id), status=form.status)


@bp.get(f"/luotot/{ID}")
@requires("billing.view")
def show_application(id: int) -> Response:
    """One application: what was asked, of whom data were asked for it, what was decided and why."""
    look_at_billing(application_or_404(id))
    application = application_or_404(id)
    return render(
        "billing/application.html",
        application=application,
        disclosures=hand_overs(application),
        field_names=field_names,
        states=CREDIT_STATES,
    )


@bp.route(f"/luotot/{ID}/luottotiedot", methods=["GET", "POST"])
@requires("billing.edit")
def ask_for_credit_data(id: int) -> Response:
    """Record which of the applicant's data went to a provider of credit data."""
    application = application_or_404(id)
    form = hand_over_form(application.customer, version=application.version)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(application, form.version.data)
            recipient = find_recipient(int(form.recipient.data))
            credit.ask_for_credit_data(application=application, by=actor(), recipient=recipient, **form.disclosure)
            tx.location = url_for(".show_application", id=id)
        if not form.errors:
            flash("Luottotietojen kysyminen on kirjattu luovutuksena.", "success")
            return see_other(tx.location)
    return render("billing/ask_for_credit_data.html", form=form, application=application_or_404(id), status=form.status)


@bp.route(f"/luotot/{ID}/ratkaise", methods=["GET", "POST"])
@requires("billing.decide")
def decide_credit(id: int) -> Response:
    """Grant or refuse: a person's own decision."""
    application = application_or_404(id)
    form = DecisionForm(data={"version": application.version, "granted": application.amount, "on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(application, form.version.data)
            decided = {"decision": form.decision.data, "granted": form.granted.data, "reasons": form.reasons.data or ""}
            credit.decide(application=application, on=form.on.data or today(), by=actor(), **decided)
            tx.location = url_for(".show_application", id=id)
        if not form.errors:
            flash("Luottohakemus on ratkaistu.", "success")
            return see_other(tx.location)
    return render("billing/decide_credit.html", form=form, application=application_or_404(id), status=form.status)


@bp.route(f"/luotot/{ID}/peruuta", methods=["GET", "POST"])
@requires("billing.edit")
def withdraw_application(id: int) -> Response:
    """Record that the applicant took the application back."""
    application = application_or_404(id)
    form = StepForm(data={"version": application.version, "on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(application, form.version.data)
            credit.withdraw(application=application, on=form.on.data or today(), by=actor())
            tx.location = url_for(".show_application", id=id)
        if not form.errors:
            flash("Hakemus on merkitty peruutetuksi.", "success")
            return see_other(tx.location)
    return render(
        "billing/withdraw_application.html", form=form, application=application_or_404(id), status=form.status
    )
