"""The case file for the Ombudsman: what goes into it, and the file itself as a PDF and as a package."""

from typing import Any, BinaryIO

from flask import Response

from rekisteri.cases import case_file
from rekisteri.cases.models import Case
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render

_PIECE = 1 << 20


@bp.get("/<int:id>/kooste")
@requires("audit.view")
def file_page(id: int) -> Response:
    case = case_or_404(id)
    return render("cases/file.html", case=case, entries=case_file.entries(case))


@bp.get("/<int:id>/kooste.pdf")
@requires("audit.view")
def file_pdf(id: int) -> Response:
    return _sent(case_file.summary(_recorded(id, "pdf")).file, _name(id, "pdf"), "application/pdf")


@bp.get("/<int:id>/kooste.zip")
@requires("audit.view")
def file_zip(id: int) -> Response:
    return _sent(case_file.package(_recorded(id, "zip")), _name(id, "zip"), "application/zip")


def _recorded(id: int, format: str) -> Case:
    with transaction():
        case_file.record(case_or_404(id), format=format, by=actor())
    return case_or_404(id)


def _name(id: int, ending: str) -> str:
    return f"kooste-{case_or_404(id).number.replace('/', '-')}.{ending}"


def _sent(file: BinaryIO, name: str, media_type: str) -> Response:
    """The file as a download in pieces, so that it is never whole in this process's memory."""

    def pieces() -> Any:
        with file:
            while piece := file.read(_PIECE):
                yield piece

    response = Response(pieces(), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
