"""The pages of recipients: the partners and authorities to whom data may go."""

from flask import Response, flash, url_for

from rekisteri.customers.countries import country_name, is_inside_eea
from rekisteri.disclosures import ledger, recipients
from rekisteri.disclosures.blueprint import ID, bp, recipient_or_404
from rekisteri.disclosures.forms import RecipientForm
from rekisteri.disclosures.rules import GROUNDS, ROLES
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.get("/kumppanit/")
@requires("disclosures.view")
def list_recipients() -> Response:
    """Every recipient."""
    return render(
        "disclosures/recipients.html",
        recipients=recipients.all_recipients(),
        roles=ROLES,
        country_name=country_name,
    )


@bp.get(f"/kumppanit/{ID}")
@requires("disclosures.view")
def show_recipient(id: int) -> Response:
    """One recipient: its details, and the latest that went to it."""
    recipient = recipient_or_404(id)
    return render(
        "disclosures/recipient.html",
        recipient=recipient,
        found=ledger.page(recipient_id=id, size=10),
        roles=ROLES,
        grounds=GROUNDS,
        field_names=ledger.field_names,
        country=country_name(recipient.country),
        abroad=not is_inside_eea(recipient.country),
    )


@bp.route("/kumppanit/uusi", methods=["GET", "POST"])
@requires("disclosures.edit")
def add_recipient() -> Response:
    """Put a new recipient on record."""
    form = RecipientForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            recipient = recipients.add_recipient(by=actor(), **form.details)
            tx.location = url_for(".show_recipient", id=recipient.id)
        if not form.errors:
            flash("Vastaanottaja on lisätty.", "success")
            return see_other(tx.location)
    return render("disclosures/recipient_form.html", form=form, recipient=None, status=form.status)


@bp.route(f"/kumppanit/{ID}/muokkaa", methods=["GET", "POST"])
@requires("disclosures.edit")
def edit_recipient(id: int) -> Response:
    """Change a recipient's details, or retire it."""
    recipient = recipient_or_404(id)
    form = RecipientForm(obj=recipient)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            theirs = {field: str(getattr(recipient, field)) for field in recipients.DETAILS if field != "active"}
            check_version(recipient, form.version.data, theirs=theirs)
            recipients.change_recipient(recipient=recipient, by=actor(), **form.details)
            tx.location = url_for(".show_recipient", id=id)
        if not form.errors:
            flash("Vastaanottaja on tallennettu.", "success")
            return see_other(tx.location)
    return render("disclosures/recipient_form.html", form=form, recipient=recipient_or_404(id), status=form.status)
