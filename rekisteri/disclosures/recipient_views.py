"""The pages of recipients: the partners and authorities to whom data may go."""

from flask import Response, flash, url_for

from rekisteri.customers.countries import country_name
from rekisteri.disclosures import ledger, recipients
from rekisteri.disclosures.blueprint import ID, bp, recipient_or_404
from rekisteri.disclosures.forms import RecipientForm, TransferForm
from rekisteri.disclosures.models import Recipient
from rekisteri.disclosures.rules import DATA, ROLES, SAFEGUARDS
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.formats import fi_date
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
    return _page(recipient, TransferForm(obj=recipient))


def _page(recipient: Recipient, form: TransferForm) -> Response:
    return render(
        "disclosures/recipient.html",
        recipient=recipient,
        form=form,
        found=ledger.page(recipient_id=recipient.id, size=10),
        roles=ROLES,
        may_get=", ".join(DATA[field] for field in recipient.fields),
        safeguards=SAFEGUARDS,
        country=country_name(recipient.country),
        status=form.status,
    )


@bp.post(f"/kumppanit/{ID}/siirto")
@requires(recipients.DECIDE)
def decide_transfer(id: int) -> Response:
    """Decide that data may go to this recipient outside the EU and EEA."""
    recipient = recipient_or_404(id)
    form = TransferForm(obj=recipient)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(recipient, form.version.data)
            recipients.decide_transfer(recipient=recipient, by=actor())
            tx.location = url_for(".show_recipient", id=id)
        if not form.errors:
            flash("Päätös siirrosta on kirjattu.", "success")
            return see_other(tx.location)
    return _page(recipient_or_404(id), form)


@bp.route("/kumppanit/uusi", methods=["GET", "POST"])
@requires("disclosures.edit")
def add_recipient() -> Response:
    """Put a new recipient on record."""
    form = RecipientForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            recipient = recipients.add_recipient(
                by=actor(), scans=form.agreement_scan.data, **form.details | {"active": True}
            )
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
            check_version(recipient, form.version.data, theirs=_told(recipient))
            recipients.change_recipient(recipient=recipient, by=actor(), scans=form.agreement_scan.data, **form.details)
            tx.location = url_for(".show_recipient", id=id)
        if not form.errors:
            flash("Vastaanottaja on tallennettu.", "success")
            return see_other(tx.location)
    return render("disclosures/recipient_form.html", form=form, recipient=recipient_or_404(id), status=form.status)


def _told(recipient: Recipient) -> dict[str, str]:
    """What now stands, for whoever had the form open."""
    now = {field: getattr(recipient, field) for field in recipients.DETAILS if field not in ("active", "fields")}
    return {
        field: fi_date(value) if field in recipients.AGREEMENT else str(value or "") for field, value in now.items()
    } | {"fields": ", ".join(DATA[field] for field in recipient.fields)}
