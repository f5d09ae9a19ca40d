"""The clock that stands still, and matters that come later or end before their time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, url_for

from rekisteri.cases import deadlines, matter_changes, matters, pauses, rules, service
from rekisteri.cases.forms import LetterForm
from rekisteri.cases.models import Case
from rekisteri.cases.turn_forms import AddMatterForm, PauseForm, RemoveMatterForm, ResumeForm
from rekisteri.cases.unfounded import check_decider
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.cases.working_days import next_working_day
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

REPLY = timedelta(days=14)


def saved(
    case: Case, form: VersionedForm, template: str, done: str, act: Callable[[], Any], **context: Any
) -> Response:
    """One page, one act: the form, and after it the case with a sentence of what was done."""
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            act()
            tx.location = url_for(".show", id=case.id)
        if not form.errors:
            flash(done, "success")
            return see_other(tx.location)
    return render(template, case=case, form=form, status=form.status, **context)


def undecided_choices(case: Case) -> list[tuple[str, str]]:
    """The matters that wait for their decision, as choices of a form."""
    kinds = [matter.kind for matter in matters.undecided(case)]
    return list(zip(kinds, matters.labels(kinds), strict=True))


@bp.route("/<int:id>/keskeyta", methods=["GET", "POST"])
@requires("cases.edit")
def pause(id: int) -> Response:
    case = case_or_404(id)
    form = PauseForm(data={"version": case.version, "reply_by": next_working_day(today() + REPLY)})

    def act() -> None:
        pauses.pause(
            case=case,
            reason=form.reason.data or "",
            wanted=form.wanted.data or "",
            reply_by=form.reply_by.data or today(),
            by=actor(),
            on=today(),
        )

    done = "Määräajan kuluminen on keskeytetty ja kirje laadittu. Tulosta se, allekirjoita ja merkitse lähetetyksi."
    return saved(case, form, "cases/pause.html", done, act)


@bp.route("/<int:id>/jatka-kulumista", methods=["GET", "POST"])
@requires("cases.edit")
def resume(id: int) -> Response:
    case = case_or_404(id)
    form = ResumeForm(data={"version": case.version, "answered_on": today()})

    def act() -> None:
        pauses.resume(case=case, answered_on=form.answered_on.data or today(), by=actor(), on=today())

    held = deadlines.open_pause(case)
    unpaused = rules.due_on(case.received_on)
    done = "Määräajan kuluminen jatkuu. Uusi määräaika on laskettu."
    return saved(case, form, "cases/resume.html", done, act, held=held, unpaused=unpaused)


@bp.route("/<int:id>/asiat", methods=["GET", "POST"])
@requires("cases.edit")
def add_matter(id: int) -> Response:
    case = case_or_404(id)
    form = AddMatterForm(data={"version": case.version})
    offered = matters.own_initiative_kinds() if case.own_initiative else matters.kinds()
    form.kind.choices = [(kind.code, kind.label) for kind in offered if kind.code not in case.kinds]

    def act() -> None:
        matter_changes.add_matter(case=case, kind=form.kind.data, by=actor(), on=today())

    return saved(case, form, "cases/add_matter.html", "Asia on lisätty pyyntöön.", act)


@bp.route("/<int:id>/asiat/<kind>/poista", methods=["GET", "POST"])
@requires("cases.edit")
def remove_matter(id: int, kind: str) -> Response:
    case = case_or_404(id)
    if kind not in case.kinds:
        abort(404)
    form = RemoveMatterForm(data={"version": case.version})

    def act() -> None:
        matter_changes.remove_matter(case=case, kind=kind, reason=form.reason.data, by=actor(), on=today())

    label = matters.labels([kind])[0]
    return saved(case, form, "cases/remove_matter.html", "Asia on poistettu pyynnöstä.", act, kind=kind, label=label)


@bp.route("/<int:id>/ei-tietoja", methods=["GET", "POST"])
@requires("rectification.decide")
def not_held(id: int) -> Response:
    case = case_or_404(id)
    form = LetterForm(data={"version": case.version})

    def act() -> None:
        check_decider(actor())
        service.answer_not_held(case=case, by=actor(), on=today())

    done = "Vastaus on laadittu. Tulosta se, allekirjoita ja merkitse lähetetyksi."
    return saved(case, form, "cases/not_held.html", done, act, waiting=undecided_choices(case))
