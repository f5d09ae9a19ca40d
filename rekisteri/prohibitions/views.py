"""Pages of prohibitions: the list, recording and withdrawing, and the matter of a request that forbids."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, request, url_for

from rekisteri.cases import service as cases
from rekisteri.cases.matters import add_kind
from rekisteri.cases.models import Case
from rekisteri.customers.blueprint import customer_or_404, log_look
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.prohibitions import bars, card, holding, letters, on_cards, rules, service, telling
from rekisteri.prohibitions import matter as matters
from rekisteri.prohibitions.forms import MatterForm, ProhibitionForm, WithdrawalForm
from rekisteri.prohibitions.models import Prohibition
from rekisteri.settings import service as settings

__all__ = ["bars", "bp", "card", "holding", "init", "on_cards", "telling"]

bp = Blueprint("prohibitions", __name__, url_prefix="/kiellot")
ONE_FILE = "Liitä yksi tiedosto. Jos papereita on useita, kirjaa ne pyyntönä."
ID = "<int:id>"


def init(app: Flask) -> None:
    """Let cases know this right."""
    add_kind(matters.PROHIBITION)


@bp.context_processor
def words() -> dict[str, Any]:
    """The names of what may be forbidden."""
    return {"KINDS": rules.KINDS}


@bp.get("/")
@requires("prohibitions.view")
def index() -> Response:
    """How many have forbidden what, and the prohibitions that stand, the latest first."""
    kind = request.args.get("kielto")
    kind = kind if kind in rules.KINDS else None
    found = service.page(kind=kind, after=request.args.get("after", type=int))
    return render("prohibitions/index.html", found=found, kind=kind, counts=service.counts())


@bp.route(f"/asiakas/{ID}", methods=["GET", "POST"])
@requires("prohibitions.edit")
def create(id: int) -> Response:
    """Record what a customer forbids."""
    customer = customer_or_404(id)
    form = ProhibitionForm() if request.method == "POST" else ProhibitionForm(data={"told_on": today()})
    if form.validate_on_submit():
        with form.violations():
            paper = documents.examine_one(form.files.data, several=ONE_FILE)
            with transaction(once=form.once.data) as tx:
                made = service.record(customer=customer, **_told(form), by=actor(), on=today(), paper=paper)
                tx.location = url_for("customers.show", id=id)
        if not form.errors:
            flash("Kielto on kirjattu ja sitoo heti." if made else "Asiakas on jo kieltänyt tämän.", "success")
            return see_other(tx.location)
    standing = service.standing(id)
    return render(
        "prohibitions/create.html", form=form, customer=customer_or_404(id), standing=standing, status=form.status
    )


def _told(form: ProhibitionForm) -> dict[str, Any]:
    return {"kinds": form.kinds.data or [], "channel": form.channel.data, "told_on": form.told_on.data or today()}


@bp.route(f"/{ID}/peru", methods=["GET", "POST"])
@requires("prohibitions.edit")
def withdraw(id: int) -> Response:
    """The customer allows the use again."""
    prohibition = _prohibition(id)
    form = WithdrawalForm(data={"version": prohibition.version, "told_on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(prohibition, form.version.data)
            told_on = form.told_on.data or today()
            service.withdraw(
                prohibition=prohibition, told_on=told_on, channel=form.channel.data, by=actor(), on=today()
            )
            tx.location = url_for("customers.show", id=prohibition.customer_id)
        if not form.errors:
            flash("Asiakkaan ilmoitus on kirjattu, ja kielto on päättynyt.", "success")
            return see_other(tx.location)
    return render("prohibitions/withdraw.html", form=form, prohibition=_prohibition(id), status=form.status)


@bp.route(f"/pyynto/{ID}", methods=["GET", "POST"])
@requires("cases.edit")
def matter(id: int) -> Response:
    """A request that forbids: put it on record, and confirm it with a letter."""
    case = _case(id)
    if request.method == "GET" and case.customer_id:
        log_look(case.customer_id, "prohibitions")
    form = MatterForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            matters.record(case=case, kinds=form.kinds.data or [], by=actor(), on=today())
            tx.location = url_for(".matter", id=id)
        if not form.errors:
            flash("Kielto on kirjattu ja sitoo heti. Tulosta vahvistus ja merkitse se lähetetyksi.", "success")
            return see_other(tx.location)
    case = _case(id)
    return render(
        "prohibitions/matter.html",
        form=form,
        case=case,
        recorded=service.of_customer(case.customer_id) if case.customer_id else [],
        letter=letters.confirmation_of(case),
        missing=settings.missing(),
        status=form.status,
    )


def _case(id: int) -> Case:
    case = cases.find(id)
    return case if case is not None and matters.CODE in case.kinds else abort(404)


def _prohibition(id: int) -> Prohibition:
    return service.find(id) or abort(404)
