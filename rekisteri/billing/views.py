"""The pages of invoices: the list with its search, the invoice, and what is marked on it."""

from flask import Response, flash, request, url_for

from rekisteri.billing import (  # the views add their pages to the same blueprint, the card its panel, the telling its chapters
    card,
    collecting,
    collection_views,
    credit_views,
    holding,
    import_views,
    lists,
    marking_views,
    material_views,
    service,
    telling,
)
from rekisteri.billing.blueprint import ID, bp, invoice_or_404, look_at_billing
from rekisteri.billing.forms import ASKED, InvoiceForm, NumberSearchForm
from rekisteri.billing.handing_over import hand_overs
from rekisteri.billing.models import Invoice
from rekisteri.billing.rules import COLLECTION_STATES, OUTCOMES, is_overdue, standing
from rekisteri.customers.blueprint import customer_or_404
from rekisteri.customers.picking_views import pick
from rekisteri.disclosures.ledger import field_names
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

__all__ = [
    "bp",
    "card",
    "collection_views",
    "credit_views",
    "holding",
    "import_views",
    "marking_views",
    "material_views",
    "telling",
]


@bp.app_template_test("overdue")
def _overdue(invoice: Invoice) -> bool:
    return is_overdue(invoice.state, invoice.due_on, today())


@bp.app_template_filter("invoice_standing")
def _standing(invoice: Invoice) -> tuple[str, str]:
    collected, written_off = invoice.collection_id is not None, invoice.written_off_on is not None
    return standing(invoice.state, invoice.due_on, today(), collected=collected, written_off=written_off)


@bp.route("/", methods=["GET", "POST"])
@requires("billing.view")
def index() -> Response:
    """The invoices by how they stand. A number is searched for by POST, as everything that is searched for."""
    form = NumberSearchForm(meta={"csrf": False})
    view = request.args.get("tila", "avoimet")
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    text = form.q.data or "" if form.is_submitted() and form.validate() else ""
    found = lists.Page(lists.by_number(text)) if text else lists.invoices(view, on=today(), before=before, after=after)
    return render(
        "billing/index.html",
        fragment="billing/_results.html",
        status=form.status,
        form=form,
        found=found,
        text=text,
        view=view if view in lists.VIEWS else "kaikki",
        views=lists.VIEWS,
    )


@bp.route("/uusi", methods=["GET", "POST"], defaults={"wanted": "create"})
@bp.route("/luotot/uusi", methods=["GET", "POST"], defaults={"wanted": "apply_for_credit"})
@requires("billing.edit")
def choose_customer(wanted: str) -> Response:
    """Whose invoice or application is it?"""
    if wanted == "create":
        return pick("Kenelle lasku on?", leads_to="billing.create", back=(url_for(".index"), "Laskutus"))
    back = (url_for(".list_applications"), "Luottohakemukset")
    return pick("Kuka hakee luottoa?", leads_to="billing.apply_for_credit", back=back)


@bp.get(f"/{ID}")
@requires("billing.view")
def show(id: int) -> Response:
    """One invoice: what is owed, how it is collected, to whom the data went because of it."""
    look_at_billing(invoice_or_404(id))
    invoice = invoice_or_404(id)
    return render(
        "billing/show.html",
        invoice=invoice,
        collections=collecting.of_invoice(invoice),
        disclosures=hand_overs(invoice),
        field_names=field_names,
        states=COLLECTION_STATES,
        outcomes=OUTCOMES,
        marking=VersionedForm(obj=invoice),
    )


@bp.route(f"/uusi/{ID}", methods=["GET", "POST"])
@requires("billing.edit")
def create(id: int) -> Response:
    """Enter an invoice of a customer by hand."""
    customer = customer_or_404(id)
    form = InvoiceForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            invoice = service.create(customer=customer, by=actor(), **form.details)
            tx.location = url_for(".show", id=invoice.id)
        if not form.errors:
            flash("Lasku on kirjattu.", "success")
            return see_other(tx.location)
    return render(
        "billing/invoice_form.html", form=form, customer=customer_or_404(id), invoice=None, status=form.status
    )


@bp.route(f"/{ID}/muokkaa", methods=["GET", "POST"])
@requires("billing.edit")
def edit(id: int) -> Response:
    """Mend an invoice that was entered wrong."""
    invoice = invoice_or_404(id)
    form = InvoiceForm(obj=invoice, order_number=_order_number(invoice))
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(invoice, form.version.data, theirs=_theirs(invoice))
            service.change(invoice=invoice, by=actor(), **form.details)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Lasku on tallennettu.", "success")
            return see_other(tx.location)
    invoice = invoice_or_404(id)
    return render(
        "billing/invoice_form.html", form=form, customer=invoice.customer, invoice=invoice, status=form.status
    )


def _order_number(invoice: Invoice) -> str:
    return invoice.order.number if invoice.order else ""


def _theirs(invoice: Invoice) -> dict[str, str]:
    shown = InvoiceForm(formdata=None, obj=invoice, order_number=_order_number(invoice))
    return {name: shown[name]._value() for name in ASKED}
