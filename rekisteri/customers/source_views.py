"""The pages of sources: where data come from, and where a letter on a wrong datum is sent."""

from flask import Response, flash, url_for

from rekisteri.customers import sources
from rekisteri.customers.blueprint import ID, bp, source_or_404
from rekisteri.customers.forms import SourceForm
from rekisteri.customers.rules import KEPT_SOURCES, SOURCE_KINDS
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.get("/lahteet")
@requires("customers.view")
def list_sources() -> Response:
    """Every source."""
    return render(
        "customers/sources.html", sources=sources.all_sources(), kinds=SOURCE_KINDS, kept=KEPT_SOURCES.values()
    )


@bp.route("/lahteet/uusi", methods=["GET", "POST"])
@requires("customers.edit")
def add_source() -> Response:
    """Put a new source on record."""
    form = SourceForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            sources.add_source(name=form.name.data, kind=form.kind.data, details=form.details, by=actor())
            tx.location = url_for(".list_sources")
        if not form.errors:
            flash("Tietolähde on lisätty.", "success")
            return see_other(tx.location)
    return render("customers/source.html", form=form, source=None, status=form.status)


@bp.route(f"/lahteet/{ID}", methods=["GET", "POST"])
@requires("customers.edit")
def edit_source(id: int) -> Response:
    """Change a source's details or retire it."""
    source = source_or_404(id)
    form = SourceForm(obj=source)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(source, form.version.data, theirs={name: getattr(source, name) for name in sources.DETAILS})
            kept = {"name": form.name.data, "kind": form.kind.data, "active": form.active.data}
            sources.change_source(source=source, details=form.details, by=actor(), **kept)
            tx.location = url_for(".list_sources")
        if not form.errors:
            flash("Tietolähde on tallennettu.", "success")
            return see_other(tx.location)
    return render("customers/source.html", form=form, source=source_or_404(id), status=form.status)
