"""Pages of erasing: the list, the plan with its rounds, and each step."""

from functools import partial
from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, request, url_for

from rekisteri.cases.matters import add_kind
from rekisteri.erasure import finishing, letters, planning, queue, rules, service
from rekisteri.erasure.forms import ApproveForm, RefuseForm, StepForm
from rekisteri.erasure.letting_go import again
from rekisteri.erasure.matter import ANONYMISATION, ERASURE
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.forgotten.journal import add_replay
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

bp = Blueprint("erasure", __name__, url_prefix="/poistot")


def init(app: Flask) -> None:
    """Let cases know these rights, and a restored backup how to forget again."""
    add_kind(ERASURE)
    add_kind(ANONYMISATION)
    for kind, past in rules.PAST.items():
        add_replay(partial(again, kind), past)


@bp.context_processor
def words() -> dict[str, Any]:
    """The words that templates need."""
    return {
        "KINDS": rules.KINDS,
        "ROUND_STATES": rules.ROUND_STATES,
        "WAITING": queue.WAITING,
        "state_of": lambda erasure: rules.state_called(erasure.state, erasure.gone),
    }


def _erasure(id: int) -> Erasure:
    return service.find(id) or abort(404)


@bp.get("/")
@requires("cases.view")
def index() -> Response:
    """What waits, and what has been done."""
    return render("erasure/index.html", waiting=queue.waiting(today(), open_too=True), erasures=queue.all_erasures())


@bp.get("/<int:id>")
@requires("cases.view")
def show(id: int) -> Response:
    """The plan as it is today, the rounds done, and what may be done next."""
    return _page(_erasure(id))


def _page(erasure: Erasure, *, approval: ApproveForm | None = None, step: StepForm | None = None) -> Response:
    plan = planning.plan(erasure, today()) if erasure.state in ("open", "part") else None
    form = approval or step
    approval = approval or ApproveForm(data={"version": erasure.version})
    if plan and not plan.going:
        approval.sure.label.text = "Olen tarkistanut suunnitelman."
    return render(
        "erasure/show.html",
        erasure=erasure,
        plan=plan,
        told=planning.told(plan) if plan and plan.ids else [],
        step=step or StepForm(data={"version": erasure.version}),
        approval=approval,
        alone=service.is_alone(),
        mine=erasure.proposal is not None and erasure.proposal.proposed_by_id == actor().id,
        changed=_has_changed(erasure, plan),
        rounds=[_told_round(one) for one in erasure.rounds if one.state != "proposed"],
        status=form.status if form else 200,
        failed=form,
    )


def _has_changed(erasure: Erasure, plan: planning.Plan | None) -> bool:
    return bool(erasure.proposal and plan and plan.fingerprint != erasure.proposal.fingerprint)


def _told_round(one: ErasureRound) -> dict[str, Any]:
    waits = finishing.why_not_finish(one) if one.state == "answered" else None
    return {"round": one, "went": letters.went(one), "holds": letters.told_holds(one), "waits": waits}


@bp.post("/<int:id>/ehdotus")
@requires("cases.edit")
def propose(id: int) -> Response:
    """Propose what the plan shows; somebody else approves it."""
    return _step(id, "Poistoa on ehdotettu. Toinen henkilö hyväksyy sen.", service.propose, on=True)


@bp.post("/<int:id>/ehdotus/peru")
@requires("cases.edit")
def withdraw(id: int) -> Response:
    """Take the proposal back before it is approved."""
    return _step(id, "Ehdotus on peruttu.", service.withdraw_proposal, on=False)


def _step(id: int, done: str, act: Any, *, on: bool) -> Response:
    erasure, form = _erasure(id), StepForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(erasure, form.version.data)
            act(erasure=erasure, by=actor(), **({"on": today()} if on else {}))
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash(done, "success")
            return see_other(tx.location)
    return _page(_erasure(id), step=form)


@bp.post("/<int:id>/hyvaksynta")
@requires("erasure.decide")
def approve(id: int) -> Response:
    """The one step that cannot be taken back."""
    erasure, form = _erasure(id), ApproveForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            tx.location = url_for(".show", id=id)
            _approve(erasure, form)
        if not form.errors:
            return see_other(tx.location)
    return _page(_erasure(id), approval=form)


def _approve(erasure: Erasure, form: ApproveForm) -> None:
    check_version(erasure, form.version.data)
    if not form.sure.data:
        raise RuleViolation("Vahvista, että olet tarkistanut suunnitelman.", field="sure")
    if erasure.proposal is None:
        raise RuleViolation("Hyväksyttävää ehdotusta ei ole.")
    service.approve(erasure=erasure, proposal=erasure.proposal, by=actor(), on=today())


@bp.route("/<int:id>/epaaminen", methods=["GET", "POST"])
@requires("erasure.decide")
def refuse(id: int) -> Response:
    """Nothing is erased: why, and a certificate."""
    erasure = _erasure(id)
    form = RefuseForm() if request.method == "POST" else RefuseForm(data={"version": erasure.version})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(erasure, form.version.data)
            service.refuse(
                erasure=erasure, ground=form.ground.data, reasons=form.reasons.data or "", by=actor(), on=today()
            )
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    return render("erasure/refuse.html", erasure=erasure, form=form, status=form.status)


@bp.post("/<int:id>/jatko")
@requires("cases.edit")
def carry_on(id: int) -> Response:
    """Search again, or destroy the letters that have left: whatever is next and needs nobody's decision."""
    erasure, form = _erasure(id), StepForm()
    if form.validate_on_submit() and erasure.latest is not None:
        round_id = erasure.latest.id
        db.session.rollback()
        finishing.carry_on(round_id)
        return see_other(url_for(".show", id=id))
    return _page(erasure, step=form)
