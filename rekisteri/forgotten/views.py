"""The room has no page: what it knows is told where customers are entered and imported."""

from flask import Blueprint

from rekisteri.customers.importing.recognisers import add_recogniser
from rekisteri.forgotten import journal
from rekisteri.forgotten.recogniser import recognise
from rekisteri.kernel.upgrades import after_upgrade

bp = Blueprint("forgotten", __name__)
add_recogniser(recognise)


@after_upgrade
def complete_the_journal() -> None:
    """Write into the journal what a process that died, or a move to another machine, left out."""
    journal.complete()
