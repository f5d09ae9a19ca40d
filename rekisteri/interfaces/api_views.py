"""The interface itself: its operations, the document that describes them, and the page for people."""

import json
from typing import Any

from flask import Flask, Response, request

from rekisteri.interfaces import openapi, rules
from rekisteri.interfaces.blueprint import bp
from rekisteri.interfaces.catalogue import OPERATIONS
from rekisteri.interfaces.entrance_views import ROOT, init_entrance, serve
from rekisteri.interfaces.problems import KINDS
from rekisteri.interfaces.schemas import CHANGES
from rekisteri.interfaces.shapes import Listed, Record
from rekisteri.kernel.gate import public
from rekisteri.kernel.web import render
from rekisteri.settings import service as settings

PLACES = {"path": "osoite", "query": "kysely", "header": "otsake"}

for _operation in OPERATIONS:
    bp.add_url_rule(
        ROOT.rstrip("/") + _operation.path.replace("{", "<int:").replace("}", ">"),
        _operation.name,
        serve(_operation),
        methods=[_operation.method],
        provide_automatic_options=False,
    )


def _document() -> dict[str, Any]:
    return openapi.document(root=request.host_url.rstrip("/") + ROOT, title=settings.current().register_name)


@bp.get(f"{ROOT}openapi.json")
@public
def describe() -> Response:
    """The description for programs; it names nobody."""
    return Response(json.dumps(_document(), ensure_ascii=False, indent=1), mimetype="application/json")


@bp.get(ROOT)
@public
def read_description() -> Response:
    """The same for people."""
    return render(
        "interfaces/description.html",
        document=_document(),
        operations=OPERATIONS,
        scopes=rules.SCOPES,
        problems=KINDS,
        changes=CHANGES,
        described=_described,
        placed=_placed,
    )


def _placed(parameters: list[dict[str, Any]]) -> list[list[str]]:
    return [
        [one["name"], PLACES[one["in"]], one["description"] + (" (pakollinen)" if one["required"] else "")]
        for one in parameters
    ]


def _described(record: Record, above: str = "") -> list[list[str]]:
    """The parts of a record as rows; a part of a part by its whole name: `lines.product`."""
    rows = []
    for name, shape in record.parts.items():
        inner = shape.of if isinstance(shape, Listed) else shape
        voluntary = " (ei pakollinen)" if name in record.optional else ""
        rows.append([above + name, f"{shape.schema().get('description', '')}{voluntary}"])
        if isinstance(inner, Record):
            rows += _described(inner, f"{above}{name}.")
    return rows


def init_api(app: Flask) -> None:
    """No cookie opens the interface, so no foreign page can use one: the guard of forms has nothing to guard here."""
    init_entrance(app)
    for operation in OPERATIONS:
        app.extensions["csrf"].exempt(f"rekisteri.interfaces.entrance_views.serve_{operation.name}")
