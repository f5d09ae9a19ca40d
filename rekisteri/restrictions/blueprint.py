"""The room's address and what its views begin with."""

from flask import Blueprint, abort

from rekisteri.customers.rules import FIELDS
from rekisteri.restrictions import forms, service
from rekisteri.restrictions.models import Restriction

bp = Blueprint("restrictions", __name__, url_prefix="/rajoitukset")
bp.context_processor(forms.words)

ID = "<int(max=2147483647):id>"
"""An id in an address, as large as the database can hold."""


def restriction_or_404(id: int) -> Restriction:
    """The restriction of the address, or the page that says there is none."""
    return service.find(id) or abort(404)


def labels_of(restriction: Restriction) -> dict[str, str]:
    """What the data of the restricted customer are called."""
    return FIELDS[restriction.customer.kind]
