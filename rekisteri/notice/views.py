"""The notice as anybody may read it: in force, as it was, in print, and what changed."""

from typing import Any

from flask import Response, abort, make_response, request

from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.gate import public
from rekisteri.kernel.web import render
from rekisteri.notice import service, views_draft, views_publish
from rekisteri.notice.blueprint import bp
from rekisteri.notice.comparison import compare
from rekisteri.notice.models import NoticeVersion

__all__ = ["bp", "views_draft", "views_publish"]


@bp.get("/tietosuojaseloste")
@public
def show() -> Response:
    """The version in force today."""
    version = service.in_force(today())
    if version is None:
        return render("notice/not_yet.html", coming=service.latest())
    return _page(version)


@bp.get("/tietosuojaseloste.pdf")
@public
def pdf() -> Response:
    """The print of the version in force, as it was made when it was published."""
    return _print(service.in_force(today()) or abort(404))


@bp.get("/tietosuojaseloste/versiot")
@public
def versions() -> Response:
    """Every version that was ever published."""
    return render("notice/versions.html", versions=service.versions(), in_force=service.in_force(today()))


@bp.get("/tietosuojaseloste/versiot/<int:number>")
@public
def version(number: int) -> Response:
    """One version as it was."""
    return _page(service.find_version(number) or abort(404))


@bp.get("/tietosuojaseloste/versiot/<int:number>.pdf")
@public
def version_pdf(number: int) -> Response:
    """The print of one version, byte for byte as it was made."""
    return _print(service.find_version(number) or abort(404))


@bp.get("/tietosuojaseloste/vertailu")
@public
def comparison() -> Response:
    """What changed between two versions."""
    numbers = [version.number for version in service.versions()]
    new = request.args.get("uusi", type=int) or max(numbers, default=0)
    old = request.args.get("vanha", type=int) or max((number for number in numbers if number < new), default=0)
    chosen = [service.find_version(number) or abort(404) for number in (old, new)]
    texts = [[piece.part for piece in service.shown(version, on=today())] for version in chosen]
    return render("notice/comparison.html", old=chosen[0], new=chosen[1], numbers=numbers, differences=compare(*texts))


def _page(version: NoticeVersion) -> Response:
    content = service.shown(version, on=today())
    current: Any = service.in_force(today())
    return render("notice/show.html", version=version, content=content, current=current, on=today())


def _print(version: NoticeVersion) -> Response:
    document = documents.find(version.document_id or 0) or abort(404)
    number = version.number
    answer = make_response(documents.content(document))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="tietosuojaseloste-{number}.pdf"'
    return answer
