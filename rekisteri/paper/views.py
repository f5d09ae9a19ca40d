"""Pages of paper: the whole at a glance; its other pages join the blueprint as they are imported."""

from typing import Any

from flask import Response, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.gate import requires
from rekisteri.kernel.web import render, see_other
from rekisteri.paper import (
    binder_views,
    card,
    destroying,
    destruction_views,
    holding,
    pile_views,
    piles,
    print_views,
    queue,
    rules,
    service,
    storage_views,
    storing,
    telling,
)
from rekisteri.paper.blueprint import bp
from rekisteri.paper.forms import CodeForm

__all__ = [
    "binder_views", "bp", "card", "destruction_views", "holding", "pile_views", "print_views", "storage_views", "telling",
]  # fmt: skip


@bp.get("/")
@requires("paper.view")
def index() -> Response:
    """What is where, what is out, what is late."""
    return _index(CodeForm())


def _index(form: CodeForm) -> Response:
    on = today()
    context: dict[str, Any] = {
        "on": on,
        "binders": service.binders(),
        "counts": service.counts(),
        "overdue": queue.overdue(on),
        "unlocked": queue.unlocked(on),
        "too_long": rules.too_long,
        "open_piles": piles.open_piles(),
        "leaving": destroying.leaving_count() + len(destroying.kept_long_enough(on)),
        "places": storing.places(active=True),
    }
    return render("paper/index.html", form=form, status=form.status, **context)


@bp.post("/avaa")
@requires("paper.view")
def open_by_code() -> Response:
    """Go where a label leads: typed, or read by a scanner."""
    form = CodeForm()
    if form.validate_on_submit():
        kind, number = rules.read_code(form.code.data or "") or ("", 0)
        if kind == "place" and any(place.id == number for place in storing.places()):
            return see_other(url_for(".show_place", id=number))
        binder = service.find(number) if kind in rules.KINDS else None
        if binder is not None and binder.kind == kind:
            return see_other(url_for(".show", id=number))
        form.code.errors = ["Koodilla ei löydy mitään. Koodi on esimerkiksi K3, L4 tai P1."]
    return _index(form)


@bp.get("/havitetyt")
@requires("paper.view")
def destroyed() -> Response:
    """The book of what has been destroyed."""
    return render("paper/destroyed.html", destructions=destroying.destructions())
