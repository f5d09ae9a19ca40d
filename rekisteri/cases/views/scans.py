"""Papers that come, or are scanned, after the request was registered."""

from flask import Response, flash, url_for

from rekisteri.cases import rules, service, uploads
from rekisteri.cases.forms import FILES_HINT, ScansForm
from rekisteri.cases.models import Case
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.documents.upload_rules import Examined
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.route("/<int:id>/skannaukset", methods=["GET", "POST"])
@requires("cases.edit")
def add_scans(id: int) -> Response:
    case = case_or_404(id)
    form = ScansForm()
    if form.validate_on_submit():
        fit, refused = uploads.examine(form.files.data or [])
        with form.violations(), transaction(once=form.once.data) as tx:
            rules.check_open(case.state)
            if not fit:
                raise RuleViolation(" ".join(refused), field="files")
            uploads.attach(uploads.keep(fit, by=actor()), case=case, by=actor())
            tx.location = url_for(".show", id=id, _anchor="skannaukset")
        if not form.errors:
            for sentence in refused:
                flash(sentence, "bad")
            _follow_form(case, fit)
            return see_other(tx.location)
    return render("cases/add_scans.html", case=case, form=form, files_hint=FILES_HINT, status=form.status)


def _follow_form(case: Case, fit: list[Examined]) -> None:
    """A printed form among the papers names the person it was printed for."""
    printed = uploads.form_among(fit)
    if printed is None or printed.case_id is not None or case.person_state != "open":
        return
    with transaction():
        service.set_person(case=case, customer=printed.customer, by=actor())
        printed.case_id = case.id
    flash(f"Skannatun lomakkeen koodista tunnistettiin asiakas {printed.customer.display_name}.", "good")
