"""The pages of bringing in invoices: the file, what would become of each row, and doing it."""

from collections import Counter

from flask import Response, abort, flash, url_for

from rekisteri.billing import importing
from rekisteri.billing.blueprint import ID, bp
from rekisteri.billing.forms import ColumnsForm, ImportForm
from rekisteri.billing.models import InvoiceImport
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

SHOWN = 200
EYED = ("refused", "missing", "changed", "new")
"""In this order the rows are shown: what needs a person's eye comes first."""
TONES = {"new": "good", "changed": "info", "same": "neutral", "missing": "warn", "refused": "bad"}


def import_or_404(id: int) -> InvoiceImport:
    """The file of the address, or the page that says there is none."""
    return importing.find(id) or abort(404)


@bp.route("/tuo", methods=["GET", "POST"])
@requires("billing.edit")
def import_invoices() -> Response:
    """Take a file of the accounting system; nothing is changed before it has been looked at."""
    form = ImportForm()
    if form.validate_on_submit():
        file = form.file.data[0]
        content = file.read()
        with form.violations(), transaction(once=form.once.data) as tx:
            proposed = importing.propose(content=content, filename=file.filename or "", by=actor())
            tx.location = url_for(".show_import", id=proposed.id)
        if not form.errors:
            return see_other(tx.location)
    return render("billing/import.html", form=form, status=form.status)


@bp.get(f"/tuonnit/{ID}")
@requires("billing.edit")
def show_import(id: int) -> Response:
    """What would become of each row; afterwards: what was done. First the columns, where they are not known yet."""
    proposed = import_or_404(id)
    if proposed.state == "applied":
        return render("billing/imported.html", done=proposed)
    try:
        found = importing.fates(importing.read(proposed))
    except RuleViolation:
        return see_other(url_for(".choose_columns", id=id))
    rows = sorted((fate for fate in found if fate.kind != "same"), key=lambda fate: EYED.index(fate.kind))
    return render(
        "billing/proposed.html",
        proposed=proposed,
        rows=rows,
        limit=SHOWN,
        counts=Counter(fate.kind for fate in found),
        names=importing.FATES,
        tones=TONES,
        applying=VersionedForm(obj=proposed),
    )


@bp.route(f"/tuonnit/{ID}/sarakkeet", methods=["GET", "POST"])
@requires("billing.edit")
def choose_columns(id: int) -> Response:
    """Say in which column each thing stands, where the guess was wrong or found nothing."""
    proposed = import_or_404(id)
    if proposed.state == "applied":
        return see_other(url_for(".show_import", id=id))
    columns = importing.columns_of(proposed)
    form = ColumnsForm(importing.opened(proposed).header, columns, data={"version": proposed.version})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(proposed, form.version.data)
            importing.choose_columns(proposed=proposed, columns=form.columns)
            tx.location = url_for(".show_import", id=id)
        if not form.errors:
            return see_other(tx.location)
    missing = importing.missing_columns(columns)
    return render("billing/columns.html", form=form, proposed=import_or_404(id), missing=missing, status=form.status)


@bp.post(f"/tuonnit/{ID}/vie")
@requires("billing.edit")
def apply_import(id: int) -> Response:
    """Do what was shown: all of it in one transaction."""
    proposed, form = import_or_404(id), VersionedForm()
    if proposed.state == "applied":
        return see_other(url_for(".show_import", id=id))
    lines = importing.read(proposed)
    with transaction(once=form.once.data) as tx:
        check_version(proposed, form.version.data)
        importing.apply(proposed=proposed, lines=lines, by=actor())
        tx.location = url_for(".show_import", id=id)
    flash("Laskut on tuotu.", "success")
    return see_other(tx.location)


@bp.post(f"/tuonnit/{ID}/hylkaa")
@requires("billing.edit")
def discard_import(id: int) -> Response:
    """Give the file up."""
    form = VersionedForm()
    with transaction(once=form.once.data) as tx:
        importing.discard(proposed=import_or_404(id))
        tx.location = url_for(".index")
    flash("Tiedostoa ei tuotu, eikä siitä jäänyt mitään.", "success")
    return see_other(tx.location)
