"""Pages on which the destroying of papers is proposed and put on record."""

from typing import Any

from flask import Response, request, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.gate import actor, requires
from rekisteri.paper import destroying
from rekisteri.paper.blueprint import ID, act, binder_or_404, bp
from rekisteri.paper.forms import DestroyForm
from rekisteri.paper.models import PaperDestruction
from rekisteri.settings import periods

DONE = "Hävittäminen on kirjattu. Tulosta todistus ja pyydä allekirjoitukset."


def _done(destruction: PaperDestruction) -> str:
    return url_for("documents.show", id=destruction.document_id)


@bp.route("/havitettavat", methods=["GET", "POST"])
@requires("paper.destroy")
def destroy_items() -> Response:
    """Single cards and papers that wait for being destroyed, and the binders whose time has ended."""
    form, on = DestroyForm(), today()
    leaving, chosen = destroying.leaving(), request.form.getlist("chosen", type=int)
    if request.method == "GET" and request.args.get("valitse") == "kaikki":
        chosen = [item.id for item in leaving]

    def do() -> str:
        return _done(destroying.destroy(binder=None, item_ids=chosen, **form.told(), by=actor(), on=on))

    kind = periods.KINDS[destroying.PERIOD]
    context: dict[str, Any] = {"leaving": leaving, "binders": destroying.kept_long_enough(on)}
    context |= {"chosen": chosen, "period": f"{kind.length(periods.length(destroying.PERIOD))} {kind.since}"}
    return act(form, "paper/leaving.html", DONE, do, **context)


@bp.route(f"/{ID}/havita", methods=["GET", "POST"])
@requires("paper.destroy")
def destroy_binder(id: int) -> Response:
    """A whole binder with all that is in it."""
    binder, form = binder_or_404(id), DestroyForm()

    def do() -> str:
        return _done(destroying.destroy(binder=binder, item_ids=(), **form.told(), by=actor(), on=today()))

    return act(form, "paper/destroy.html", DONE, do, binder=binder)
