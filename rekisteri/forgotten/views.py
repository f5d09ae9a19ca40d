"""What is kept of the forgotten, in figures. Nobody can be sought here: that would be asking who has been erased."""

from contextlib import suppress

from flask import Blueprint, Response

from rekisteri.customers.importing.recognisers import add_recogniser
from rekisteri.forgotten import journal, overview
from rekisteri.forgotten.recogniser import recognise
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import requires
from rekisteri.kernel.upgrades import after_upgrade
from rekisteri.kernel.web import render

bp = Blueprint("forgotten", __name__, url_prefix="/unohdetut")
add_recogniser(recognise)


@after_upgrade
def complete_the_journal() -> None:
    """Write into the journal what a process that died, or a move to another machine, left out.

    A full disk or an unreadable file stops nobody from working: what is missing stands in the database, and `flask check`
    tells of it.
    """
    with suppress(RuleViolation, OSError):
        journal.complete()


@bp.get("/")
@requires("audit.view")
def index() -> Response:
    """How many marks and erasures there are, and whether they would still serve."""
    return render("forgotten/index.html", kept=overview.kept())
