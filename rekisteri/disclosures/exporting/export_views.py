"""The page of exports: whom, in what form, and above all what for."""

from typing import Any

from flask import Response, send_file

from rekisteri.disclosures import door
from rekisteri.disclosures.blueprint import bp
from rekisteri.disclosures.exporting import service
from rekisteri.disclosures.exporting.models import CustomerExport
from rekisteri.kernel.db import transaction
from rekisteri.kernel.forms import Form, LongText, Radios
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render

CHOICES = [("active", "Rekisterissä olevat"), ("archived", "Arkistossa olevat"), ("all", "Molemmat")]
MEDIA = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class ExportForm(Form):
    """What is taken out, and what for."""

    selection = Radios("Keitä viedään", required="Valitse, keitä viedään.", choices=CHOICES, default="active")
    file_kind = Radios(
        "Tiedostomuoto", required="Valitse tiedostomuoto.", choices=list(service.FORMATS.items()), default="csv"
    )
    purpose = LongText("Käyttötarkoitus", required="Kerro, mihin tietoja käytetään.", max=500)


@bp.route("/asiakkaat/vienti", methods=["GET", "POST"])
@requires("customers.export")
def export_customers() -> Response:
    """Ask for a file of customers; the earlier ones below."""
    form = ExportForm()
    if form.validate_on_submit():
        with form.violations(), transaction():
            made, passage = service.record_export(
                selection=form.selection.data,
                file_kind=form.file_kind.data,
                purpose=form.purpose.data or "",
                by=actor(),
            )
        if not form.errors:
            return _file(made, passage)
    shown: dict[str, Any] = {"exports": service.latest(), "left_out": service.left_out(), "choices": dict(CHOICES)}
    return render("disclosures/export.html", form=form, status=form.status, **shown)


def _file(made: CustomerExport, passage: door.Passage) -> Response:
    """The file, made whole before it is sent."""
    columns = service.fields()
    header, rows = service.header(columns), service.rows(columns, passage.people())
    write = door.xlsx_file if made.file_kind == "xlsx" else door.csv_file
    name = f"asiakkaat-{made.id}.{made.file_kind}"
    return send_file(
        write(passage, header, rows), mimetype=MEDIA[made.file_kind], as_attachment=True, download_name=name
    )
