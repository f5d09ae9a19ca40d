"""What is printed of paper: labels with a QR code, and the list of the people who may handle it."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request

from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.formats import fi_date
from rekisteri.kernel.gate import requires
from rekisteri.paper import rules, service, storing
from rekisteri.paper.blueprint import bp
from rekisteri.settings import service as settings

LABELS_IN_ROW = 2
MOST = 60


def _pdf(template: str, title: str, name: str, **context: Any) -> Response:
    told = context | {"controller": settings.current().controller()}
    html = composition.page(template, title=title, on=today(), context=told)
    answer = Response(pdf.render(html, title=title), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@bp.get("/tarrat.pdf")
@requires("paper.view")
def labels() -> Response:
    """Labels of the wanted binders, boxes and places; of all when none is named. A code tells nothing of anybody."""
    wanted = [rules.read_code(code) for code in request.args.getlist("koodi")[:MOST]]
    every: list[tuple[tuple[str, int], str, str]] = [
        *((("place", place.id), place.code, place.name) for place in storing.places(active=True)),
        *(((binder.kind, binder.id), binder.code, binder.name) for binder in service.binders()),
    ]
    found = [(code, name) for key, code, name in every if not wanted or key in wanted]
    return _pdf("paper/paper/labels.html", "Tarrat", "tarrat", rows=_in_rows(found)) if found else abort(404)


def _in_rows(found: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    return [found[place : place + LABELS_IN_ROW] for place in range(0, len(found), LABELS_IN_ROW)]


@bp.get("/kasittelijat.pdf")
@requires("paper.view")
def handlers_pdf() -> Response:
    """The list of named people, to be hung on the wall of the archive or shown to the authority."""
    rows = [
        {
            "name": one.full_name,
            "task": one.task or (one.user.title if one.user else ""),
            "account": "Käyttäjätunnus" if one.user else "Ei tunnusta",
            "signed_on": fi_date(one.committed_on),
            "named_on": fi_date(one.named_on),
        }
        for one in storing.handlers(able=True)
    ]
    keys = [
        (place.name, ", ".join(key.handler.full_name for key in place.held_keys))
        for place in storing.places(active=True)
    ]
    title = "Paperiaineiston käsittelijät"
    return _pdf("paper/paper/handlers.html", title, "paperiaineiston-kasittelijat", rows=rows, keys=keys)
