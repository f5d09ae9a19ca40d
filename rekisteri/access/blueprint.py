"""The room's address and what its views begin with."""

from typing import Any

from flask import Blueprint, abort
from markupsafe import Markup

from rekisteri.access.models import AccessMatter
from rekisteri.audit import service as audit
from rekisteri.documents import looks
from rekisteri.kernel.db import db
from rekisteri.kernel.gate import actor
from rekisteri.kernel.web import LARGEST_ID

bp = Blueprint("access", __name__, url_prefix="/tarkastukset")
VIEWED = audit.event("access.viewed", "tietojen antamisen luonnos katsottu")


@bp.app_template_filter()
def in_lines(cells: list[str]) -> list[Markup]:
    """The cells of a row with their own line breaks, for a page."""
    return [Markup("<br>").join(cell.splitlines()) for cell in cells]


def matter_or_404(id: int) -> AccessMatter:
    """The matter of the address, or the page that says there is none."""
    return (db.session.get(AccessMatter, id) if id <= LARGEST_ID else None) or abort(404)


def look(matter: AccessMatter) -> None:
    """Put on record that the signed-in user sees all that is held of the person."""
    if matter.case.customer_id:
        looks.record(VIEWED, subject=f"customer:{matter.case.customer_id}", by=actor())


def completing(matter: AccessMatter) -> dict[str, Any]:
    """What has been written of the answer so far, for its form."""
    return {
        "version": matter.version,
        "hidden_words": matter.hidden_words,
        "paper_findings": matter.paper_findings,
        **matter.supplement,
    }
