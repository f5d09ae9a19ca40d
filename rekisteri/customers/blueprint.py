"""The room's address and what all its views begin with."""

from flask import Blueprint, abort, flash, url_for

from rekisteri.customers.models import Customer, Source
from rekisteri.customers.service import find, on_the_card, record_look
from rekisteri.customers.sources import find_source
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import visitor
from rekisteri.kernel.web import see_other

bp = Blueprint("customers", __name__, url_prefix="/asiakkaat")

ID = "<int(max=2147483647):id>"
"""An id in an address, as large as the database can hold."""


def customer_or_404(id: int) -> Customer:
    """The customer of the address; for one that was merged, the way to the card where everything now is.

    An old address in somebody's bookmarks leads on, and a form sent to it is not saved on a card nobody sees.
    """
    customer = find(id) or abort(404)
    if customer.id != id:
        flash("Asiakas on yhdistetty: kaikki tiedot ovat tällä kortilla.", "info")
        abort(see_other(url_for("customers.show", id=customer.id)))
    return customer


def source_or_404(id: int) -> Source:
    """The source of the address, or the page that says there is none."""
    return find_source(id) or abort(404)


def log_look(id: int, *fields: str) -> None:
    """Put on record that the signed-in user sees these fields of a customer, or all that the register holds.

    A look that cannot be recorded is not given (GDPR art. 5(2), 15; the court's judgment C-579/21).
    """
    with transaction():
        customer = customer_or_404(id)
        record_look(customer, by=visitor(), fields=list(fields) or on_the_card(customer))
