"""The pages of an import: the file, its columns, the work as it goes, every row's fate, the result."""

import time
from typing import Any

from flask import Response, abort, flash, request, send_file, url_for

from rekisteri.customers.blueprint import ID, bp
from rekisteri.customers.importing import preview, receiving, steps
from rekisteri.customers.importing.forms import DecisionForm, FileForm, decisions, reading_form
from rekisteri.customers.importing.models import ImportBatch
from rekisteri.customers.sources import chosen
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other, wants_fragment

SECONDS_AT_ONCE = 4.0
"""So long a page without scripts works on before it shows how far it is."""
WORK = {
    "checking": "Tarkistetaan rivejä",
    "entering": "Viedään asiakkaita rekisteriin",
    "cancelling": "Perutaan tuontia",
}


def batch_or_404(id: int) -> ImportBatch:
    """The import of the address, or the page that says there is none."""
    return steps.find_batch(id) or abort(404)


@bp.route("/tuonti", methods=["GET", "POST"])
@requires("customers.import")
def start_import() -> Response:
    """Send a file in; the earlier imports below."""
    form = FileForm()
    if form.validate_on_submit():
        with form.violations():
            upload = form.file.data[0]
            file = receiving.read_file(upload.stream, upload.filename)
            with transaction(once=form.once.data) as tx:
                steps.forget_old()
                source, day = chosen(form.source.data), form.obtained_on.data
                assert day is not None
                batch = receiving.receive(file=file, source=source, obtained_on=day, by=actor())
                tx.location = url_for(".map_columns", id=batch.id)
        if not form.errors:
            return see_other(tx.location)
    return render("customers/import/start.html", form=form, batches=steps.latest(), status=form.status)


@bp.route(f"/tuonti/{ID}/sarakkeet", methods=["GET", "POST"])
@requires("customers.import")
def map_columns(id: int) -> Response:
    """Say what the columns hold."""
    batch = batch_or_404(id)
    if batch.state != "mapping":
        return see_other(url_for(".show_import", id=id))
    form = reading_form(batch)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(batch, form.version.data)
            receiving.set_reading(batch=batch, reading=form.reading)
            tx.location = url_for(".show_import", id=id)
        if not form.errors:
            return see_other(tx.location)
    same, sample = receiving.same_file(batch), receiving.sample(batch)
    return render("customers/import/columns.html", form=form, batch=batch, sample=sample, same=same, status=form.status)


@bp.get(f"/tuonti/{ID}")
@requires("customers.import")
def show_import(id: int) -> Response:
    """The import as it stands: the work under way, the rows to look at, or the result."""
    batch = batch_or_404(id)
    if batch.state == "mapping":
        return see_other(url_for(".map_columns", id=id))
    if steps.is_under_way(batch):
        return render("customers/import/progress.html", **_progress(batch))
    return _preview(batch, DecisionForm())


def _progress(batch: ImportBatch) -> dict[str, Any]:
    return {"batch": batch, "percent": steps.percent(batch), "work": WORK[batch.state], "form": Form()}


def _preview(batch: ImportBatch, form: Form) -> Response:
    fate = request.args.get("nayta", "")
    fate = fate if fate in preview.FATES else next((code for code in _order(batch)), "new")
    after = request.args.get("jalkeen", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 8 else 0
    found = preview.page(batch, fate, number)
    if found.lines:
        with transaction():
            preview.record_look(batch_or_404(batch.id), fate=fate, count=len(found.lines), by=actor())
        found = preview.page(batch, fate, number)
    context: dict[str, Any] = {
        "batch": batch_or_404(batch.id),
        "fate": fate,
        "found": found,
        "form": form,
        "fates": preview.FATES,
    }
    context["deciding"] = form if isinstance(form, DecisionForm) else DecisionForm()
    context |= {"texts": preview.FATE_TEXTS, "undecided": steps.undecided(batch), "decisions": decisions}
    return render("customers/import/show.html", status=form.status, **context)


def _order(batch: ImportBatch) -> list[str]:
    """What a person should look at first: what waits for them, then what was refused."""
    return [code for code in ("doubtful", "refused", "changed", "new", "same") if batch.counts.get(code)]


@bp.post(f"/tuonti/{ID}/jatka")
@requires("customers.import")
def continue_import(id: int) -> Response:
    """Do the next step; asked for by the page again and again, or by the button."""
    batch = batch_or_404(id)
    until = time.monotonic() + (0 if wants_fragment() else SECONDS_AT_ONCE)
    steps.step(batch)
    while steps.is_under_way(batch) and time.monotonic() < until:
        steps.step(batch)
    if wants_fragment() and steps.is_under_way(batch):
        return render("customers/import/progress.html", fragment="customers/import/_progress.html", **_progress(batch))
    return see_other(url_for(".show_import", id=id))


@bp.post(f"/tuonti/{ID}/ratkaise")
@bp.post(f"/tuonti/{ID}/ratkaise/<int:number>")
@requires("customers.import")
def decide_rows(id: int, number: int | None = None) -> Response:
    """Say what becomes of a doubtful row, or of all of them."""
    batch, form = batch_or_404(id), DecisionForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            steps.decide(batch=batch, decision=form.decision.data, number=number)
            tx.location = url_for(".show_import", id=id, nayta="doubtful", jalkeen=request.args.get("jalkeen"))
        if not form.errors:
            return see_other(tx.location)
    return _preview(batch_or_404(id), form)


@bp.post(f"/tuonti/{ID}/hyvaksy")
@requires("customers.import")
def accept_import(id: int) -> Response:
    """Begin to enter what was looked at."""
    batch, form = batch_or_404(id), Form()
    with form.violations(), transaction(once=form.once.data) as tx:
        steps.accept(batch=batch)
        tx.location = url_for(".show_import", id=id)
    return _preview(batch_or_404(id), form) if form.errors else see_other(tx.location)


@bp.post(f"/tuonti/{ID}/peruuta")
@requires("customers.import")
def cancel_import(id: int) -> Response:
    """Give the import up."""
    form = Form()
    with transaction(once=form.once.data) as tx:
        steps.cancel(batch=batch_or_404(id), by=actor())
        tx.location = url_for(".show_import", id=id)
    flash("Tuonti on peruttu. Rekisteriin ei jää siitä mitään.", "success")
    return see_other(tx.location)


@bp.get(f"/tuonti/{ID}/virheet.csv")
@requires("customers.import")
def download_left_out(id: int) -> Response:
    """The rows that were not taken, with what is wrong with each."""
    batch = batch_or_404(id)
    if batch.state not in ("ready", "done"):
        raise RuleViolation("Rivit voi ladata vasta, kun ne on tarkistettu.")
    with transaction():
        preview.record_look(batch_or_404(id), fate="refused", count=batch.counts.get("refused", 0), by=actor())
    file, name = preview.left_out(batch_or_404(id)), f"tuonti-{id}-virheet.csv"
    return send_file(file, mimetype="text/csv", as_attachment=True, download_name=name)
