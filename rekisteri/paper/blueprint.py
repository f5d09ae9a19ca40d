"""The room's address, and one page for one act."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash

from rekisteri.kernel.db import transaction
from rekisteri.kernel.forms import Form
from rekisteri.kernel.web import render, see_other
from rekisteri.paper import rules, service
from rekisteri.paper.models import PaperBinder

bp = Blueprint("paper", __name__, url_prefix="/paperiaineisto")
ID = "<int:id>"


@bp.context_processor
def words() -> dict[str, Any]:
    """The words templates need."""
    return {
        "OUTCOMES": rules.OUTCOMES,
        "KINDS": rules.KINDS,
        "HOLDS": rules.HOLDS,
        "METHODS": rules.METHODS,
        "DAYS_TO_LOCK": rules.DAYS_TO_LOCK,
    }


def binder_or_404(id: int) -> PaperBinder:
    """The binder of the address."""
    return service.find(id) or abort(404)


def act(form: Form, template: str, done: str, do: Callable[[], str], **context: Any) -> Response:
    """The form, and after it the page that `do` answers with, with a sentence of what was done."""
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            tx.location = do()
        if not form.errors:
            flash(done, "success")
            return see_other(tx.location)
    return render(template, form=form, status=form.status, **context)
