"""The room's addresses: the ledger at /luovutukset/, the recipients at /kumppanit/."""

from flask import Blueprint, abort

from rekisteri.disclosures.models import Recipient
from rekisteri.disclosures.recipients import find_recipient

bp = Blueprint("disclosures", __name__)

ID = "<int(max=2147483647):id>"
"""An id in an address, as large as the database can hold."""


def recipient_or_404(id: int) -> Recipient:
    """The recipient of the address, or the page that says there is none."""
    return find_recipient(id) or abort(404)
