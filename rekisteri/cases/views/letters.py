"""Letters of the intake: acknowledgement, request for details, extension of the time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, flash, url_for

from rekisteri.cases import deadlines, matters, rules, service
from rekisteri.cases.forms import DetailsForm, ExtensionForm, LetterForm
from rekisteri.cases.models import Case
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.cases.views.turns import undecided_choices
from rekisteri.cases.working_days import next_working_day
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

REPLY_DAYS = 14


@bp.route("/<int:id>/vastaanottoilmoitus", methods=["GET", "POST"])
@requires("cases.edit")
def acknowledge(id: int) -> Response:
    case = case_or_404(id)
    form = LetterForm(data={"version": case.version})
    return _letter(case, form, "cases/acknowledge.html", lambda: service.acknowledge(case=case, by=actor(), on=today()))


@bp.route("/<int:id>/taydennyspyynto", methods=["GET", "POST"])
@requires("cases.edit")
def ask_for_details(id: int) -> Response:
    case = case_or_404(id)
    reply_by = next_working_day(today() + timedelta(REPLY_DAYS))
    form = DetailsForm(data={"version": case.version, "reply_by": reply_by})

    def write() -> Any:
        return service.ask_for_details(
            case=case, wanted=form.wanted.data or "", reply_by=form.reply_by.data or today(), by=actor(), on=today()
        )

    return _letter(case, form, "cases/details.html", write)


@bp.route("/<int:id>/jatka", methods=["GET", "POST"])
@requires("cases.edit")
def extend(id: int) -> Response:
    case = case_or_404(id)
    form = ExtensionForm(data={"version": case.version})
    form.offer(undecided_choices(case) or [(kind.code, kind.label) for kind in matters.of(case)])

    def write() -> Any:
        reason, kinds = form.reason.data or "", form.kinds.data or []
        return service.extend(case=case, ground=form.ground.data, reason=reason, kinds=kinds, by=actor(), on=today())

    latest = rules.extended_due_on(case.received_on, deadlines.paused_days(case))
    return _letter(case, form, "cases/extend.html", write, latest=latest, why_not=_why_not(case))


def _why_not(case: Case) -> str | None:
    """Why the time can no longer be extended; None when it can."""
    try:
        paused = deadlines.paused_days(case, on=today())
        rules.check_extendable(received=case.received_on, extended=case.extended_on, on=today(), paused=paused)
    except RuleViolation as violation:
        return violation.sentence
    return None


def _letter(case: Case, form: VersionedForm, template: str, write: Callable[[], Any], **context: Any) -> Response:
    """One page a letter: its form, and after it the case with the letter to print."""
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            letter = write()
            number = letter.number
            tx.location = url_for(".show", id=case.id, _anchor="kirjeet")
        if not form.errors:
            flash(f"Kirje {number} on laadittu. Tulosta se, allekirjoita ja merkitse lähetetyksi.", "success")
            return see_other(tx.location)
    return render(template, case=case, form=form, status=form.status, **context)
