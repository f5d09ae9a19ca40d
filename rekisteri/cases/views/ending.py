"""How a request ends: withdrawn by the requester, closed when all is done, or taken on to the Ombudsman."""

from flask import Response, flash, url_for

from rekisteri.cases import service, taken
from rekisteri.cases.forms import ClosingForm, WithdrawalForm
from rekisteri.cases.turn_forms import TakenForm
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.cases.views.turns import saved
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.route("/<int:id>/peruuta", methods=["GET", "POST"])
@requires("cases.edit")
def withdraw(id: int) -> Response:
    case = case_or_404(id)
    form = WithdrawalForm(data={"version": case.version, "withdrawn_on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            service.withdraw(
                case=case,
                channel=form.channel.data,
                withdrawn_on=form.withdrawn_on.data or today(),
                by=actor(),
                on=today(),
            )
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Pyyntö on merkitty peruutetuksi.", "success")
            return see_other(tx.location)
    return render("cases/withdraw.html", case=case, form=form, status=form.status)


@bp.route("/<int:id>/sulje", methods=["GET", "POST"])
@requires("cases.edit")
def close(id: int) -> Response:
    case = case_or_404(id)
    form = ClosingForm(data={"version": case.version})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            service.close(case, by=actor(), on=today())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Pyyntö on suljettu.", "success")
            return see_other(tx.location)
    return render("cases/close.html", case=case, form=form, blockers=service.blockers(case), status=form.status)


@bp.route("/<int:id>/valtuutettu", methods=["GET", "POST"])
@requires("cases.edit")
def take(id: int) -> Response:
    case = case_or_404(id)
    start = {"taken_on": case.taken_on or today(), "number": case.taken_number, "ended_on": case.taken_ended_on}
    form = TakenForm(data=start | {"version": case.version})

    def act() -> None:
        taken.take(
            case=case,
            taken_on=form.taken_on.data or today(),
            number=form.number.data or "",
            ended_on=form.ended_on.data,
            by=actor(),
            on=today(),
        )

    return saved(case, form, "cases/take.html", "Asian käsittely valtuutetun luona on kirjattu.", act)
