"""Refusing at the door, whichever right is asked for, and asking a fee instead."""

from flask import Response, abort

from rekisteri.cases import similar, unfounded
from rekisteri.cases.turn_forms import FeeAnswerForm, FeeForm, RefusalForm
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.cases.views.turns import REPLY, saved, undecided_choices
from rekisteri.cases.working_days import next_working_day
from rekisteri.kernel.clock import today
from rekisteri.kernel.gate import actor, requires


@bp.route("/<int:id>/epaa", methods=["GET", "POST"])
@requires("rectification.decide")
def refuse(id: int) -> Response:
    case = case_or_404(id)
    form = RefusalForm(data={"version": case.version})
    form.offer(undecided_choices(case))

    def act() -> None:
        unfounded.refuse(
            case=case,
            kinds=form.kinds.data or [],
            ground=form.ground.data,
            reasons=form.reasons.data or "",
            by=actor(),
            on=today(),
        )

    done = "Pyyntö on evätty. Tulosta kieltäytymistodistus, allekirjoita ja merkitse lähetetyksi."
    lately = similar.answered_lately(case, today())
    return saved(case, form, "cases/refuse.html", done, act, lately=lately)


@bp.route("/<int:id>/maksu", methods=["GET", "POST"])
@requires("rectification.decide")
def fee(id: int) -> Response:
    case = case_or_404(id)
    form = FeeForm(data={"version": case.version, "reply_by": next_working_day(today() + REPLY)})
    form.offer(undecided_choices(case))

    def act() -> None:
        unfounded.ask_fee(
            case=case,
            kinds=form.kinds.data or [],
            ground=form.ground.data,
            reasons=form.reasons.data or "",
            amount=form.amount.data,
            costs=form.costs.data or "",
            reply_by=form.reply_by.data or today(),
            by=actor(),
            on=today(),
        )

    done = "Kirje maksusta on laadittu. Tulosta se, allekirjoita ja merkitse lähetetyksi."
    lately = similar.answered_lately(case, today())
    return saved(case, form, "cases/fee.html", done, act, lately=lately)


@bp.route("/<int:id>/maksu/vastaus", methods=["GET", "POST"])
@requires("rectification.decide")
def fee_answer(id: int) -> Response:
    case = case_or_404(id)
    asked = unfounded.unanswered_fee(case) or (case.fees[-1] if case.fees else abort(404))
    form = FeeAnswerForm(data={"version": case.version, "answered_on": today()})

    def act() -> None:
        unfounded.answer_fee(
            fee=asked,
            answer=form.answer.data,
            answered_on=form.answered_on.data or today(),
            by=actor(),
            on=today(),
        )

    return saved(case, form, "cases/fee_answer.html", "Vastaus maksuun on kirjattu.", act, fee=asked)
