"""The room's address and what its views begin with."""

from flask import Blueprint, abort

from rekisteri.billing import collecting, credit, service
from rekisteri.billing.forms import HandOverForm
from rekisteri.billing.handing_over import default_fields
from rekisteri.billing.models import Collection, CreditApplication, Invoice
from rekisteri.customers import service as customers
from rekisteri.customers.blueprint import log_look
from rekisteri.customers.models import Customer
from rekisteri.disclosures.recipients import all_recipients

bp = Blueprint("billing", __name__, url_prefix="/laskutus")

ID = "<int(max=2147483647):id>"
"""An id in an address, as large as the database can hold."""


def invoice_or_404(id: int) -> Invoice:
    """The invoice of the address, or the page that says there is none."""
    return service.find(id) or abort(404)


def collection_or_404(id: int) -> Collection:
    """The collection of the address, or the page that says there is none."""
    return collecting.find(id) or abort(404)


def application_or_404(id: int) -> CreditApplication:
    """The credit application of the address, or the page that says there is none."""
    return credit.find(id) or abort(404)


def look_at_billing(row: Invoice | Collection | CreditApplication) -> None:
    """Put on record that the signed-in user sees what a customer owes or has asked for."""
    log_look(row.customer_id, "billing")


def hand_over_form(customer: Customer, version: int) -> HandOverForm:
    """The form on what of a customer goes to whom: name and address unless the clerk chooses otherwise."""
    recipients = [recipient for recipient in all_recipients() if recipient.active]
    chosen = default_fields(customer, customers.held_fields(customer))
    return HandOverForm(customer, customers.history(customer), recipients, chosen=chosen, data={"version": version})
