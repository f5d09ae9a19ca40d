"""Pages of portability: making the copy, handing it over, and what is in such a file."""

from typing import Any

from flask import Response, abort, flash, jsonify, request, url_for

from rekisteri.access import portable, transferring
from rekisteri.access.blueprint import bp, look, matter_or_404
from rekisteri.access.forms import CopyForm, HandingForm
from rekisteri.access.models import AccessMatter, PortableCopy
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


def _portability(id: int) -> AccessMatter:
    matter = matter_or_404(id)
    return matter if matter.kind == "portability" else abort(404)


def _copy(id: int) -> PortableCopy:
    return _portability(id).copy or abort(404)


@bp.route("/<int:id>/siirtotiedosto", methods=["GET", "POST"])
@requires("access.decide")
def make_copy(id: int) -> Response:
    """Choose what goes into the copy and how it reaches the person; then it is made, once."""
    matter = _portability(id)
    look(matter)
    form = CopyForm() if request.method == "POST" else CopyForm(data={"version": matter.version})
    offered = transferring.offered(matter)
    form.offer(offered, fresh=request.method == "GET")
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            _make(matter, form)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Siirtotiedosto on tehty. Lataa se ja luovuta se.", "success")
            return see_other(tx.location)
    return render("access/make_copy.html", matter=matter, form=form, offered=offered, status=form.status)


def _make(matter: AccessMatter, form: CopyForm) -> None:
    transferring.make_copy(
        matter=matter,
        chosen=form.chapters.data or [],
        ground=form.ground.data or None,
        reasons=form.reasons.data or "",
        way=form.way.data,
        receiver=form.receiver.data or "",
        by=actor(),
        on=today(),
    )


@bp.get("/<int:id>/siirtotiedosto.zip")
@requires("documents.post")
def download_copy(id: int) -> Response:
    """The file, to be handed over as the letter says."""
    copy = _copy(id)
    with transaction():
        content = transferring.take(copy=copy, by=actor())
    response = Response(content, mimetype=portable.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="siirtotiedosto-{copy.id}.zip"'
    return response


@bp.post("/<int:id>/luovutettu")
@requires("documents.post")
def hand_over(id: int) -> Response:
    """Record that the file has been handed over."""
    copy, form = _copy(id), HandingForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(copy, form.version.data)
            transferring.hand_over(copy=copy, handed_on=form.handed_on.data or today(), by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Siirtotiedosto on merkitty luovutetuksi.", "success")
            return see_other(tx.location)
    common: dict[str, Any] = {"matter": copy.matter, "case": copy.matter.case, "hindrances": [], "offered": {}}
    return render("access/transfer.html", **common, handing=form, status=form.status)


@bp.get("/siirtotiedosto")
@requires("cases.view")
def describe_copy() -> Response:
    """What is in a portability copy, key by key."""
    return render("access/description.html", described=portable.described(), version=portable.VERSION)


@bp.get("/siirtotiedosto/skeema.json")
@requires("cases.view")
def copy_schema() -> Response:
    """The JSON Schema of the copy."""
    response = jsonify(portable.schema())
    response.headers["Content-Disposition"] = 'attachment; filename="skeema.json"'
    return response
