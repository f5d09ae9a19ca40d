"""Pages of consents: the list, recording one, and its end."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from rekisteri.consents import card, holding, on_cards, rules, service, telling
from rekisteri.consents.forms import ConsentForm, WithdrawalForm
from rekisteri.customers.blueprint import customer_or_404
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.notice import beyond

__all__ = ["bp", "card", "holding", "on_cards", "telling"]

bp = Blueprint("consents", __name__, url_prefix="/suostumukset")
ONE_FILE = "Liitä yksi tiedosto."
ID = "<int(max=2147483647):id>"


@bp.context_processor
def words() -> dict[str, Any]:
    """What may be consented to, and by which means."""
    return {"USES": rules.USES, "MEANS": rules.MEANS}


@bp.get("/")
@requires("prohibitions.view")
def index() -> Response:
    """How many have consented to what, and the consents that stand, the latest first."""
    found = service.page(after=request.args.get("after", type=int))
    return render("consents/index.html", found=found, counts=service.counts())


@bp.route(f"/asiakas/{ID}", methods=["GET", "POST"])
@requires("prohibitions.edit")
def create(id: int) -> Response:
    """Record what a person consents to."""
    customer = customer_or_404(id)
    start = {"given_on": today(), "wording": service.last_wording()}
    form = ConsentForm() if request.method == "POST" else ConsentForm(data=start)
    if form.validate_on_submit():
        with form.violations():
            paper = documents.examine_one(form.files.data, several=ONE_FILE)
            with transaction(once=form.once.data) as tx:
                made = service.record(customer=customer, **_told(form), by=actor(), on=today(), paper=paper)
                tx.location = url_for("customers.show", id=id)
        if not form.errors:
            flash("Suostumus on kirjattu." if made else "Suostumus on jo voimassa.", "success")
            return see_other(tx.location)
    context: dict[str, Any] = {
        "standing": service.given(service.standing(id)),
        "why_not": beyond.why_not(service.GROUP),
    }
    return render("consents/create.html", form=form, customer=customer_or_404(id), status=form.status, **context)


def _told(form: ConsentForm) -> dict[str, Any]:
    ticked = {"uses": form.uses.data or [], "means": form.means.data or []}
    return {**ticked, "channel": form.channel.data, "given_on": form.given_on.data, "wording": form.wording.data or ""}


@bp.route(f"/asiakas/{ID}/peru", methods=["GET", "POST"])
@requires("prohibitions.edit")
def withdraw(id: int) -> Response:
    """The person takes consents back: as few fields as there are to fill in."""
    customer = customer_or_404(id)
    form = WithdrawalForm(data={"told_on": today()})
    form.offer(service.standing(id))
    if request.method == "GET":
        form.ids.data = [choice for choice, _told in form.ids.choices]
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            told_on = form.told_on.data or today()
            said = {"told_on": told_on, "channel": form.channel.data}
            service.withdraw(customer=customer, ids=form.numbers(), **said, by=actor(), on=today())
            tx.location = url_for("customers.show", id=id)
        if not form.errors:
            flash("Suostumus on päättynyt.", "success")
            return see_other(tx.location)
    return render("consents/withdraw.html", form=form, customer=customer_or_404(id), status=form.status)
