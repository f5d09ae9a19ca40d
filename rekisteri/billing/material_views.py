"""The page on which a partner's open cases are taken out to a file."""

from flask import Response, send_file

from rekisteri.billing import material
from rekisteri.billing.blueprint import bp
from rekisteri.billing.forms import MaterialForm
from rekisteri.disclosures import door
from rekisteri.disclosures.exporting.export_views import MEDIA
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render


@bp.route("/aineistot", methods=["GET", "POST"])
@requires("billing.edit")
def take_out_material() -> Response:
    """Choose whose file it is; who stays out of it and why below."""
    offered = material.materials()
    form = MaterialForm(offered)
    if form.validate_on_submit():
        with form.violations(), transaction():
            chosen = material.find(form.recipient.data)
            passage = material.let_out(material=chosen, by=actor())
        if not form.errors:
            return _file(chosen, passage, form.file_kind.data)
    staying = [one for offer in offered if offer.left_out for one in material.staying(offer)]
    return render("billing/material.html", form=form, status=form.status, offered=offered, staying=staying)


def _file(chosen: material.Material, passage: door.Passage, file_kind: str) -> Response:
    """The file, made whole before it is sent."""
    write = door.xlsx_file if file_kind == "xlsx" else door.csv_file
    name = f"aineisto-{today().isoformat()}-{chosen.code}.{file_kind}"
    content = write(passage, material.header(chosen), material.rows(chosen, passage))
    return send_file(content, mimetype=MEDIA[file_kind], as_attachment=True, download_name=name)
