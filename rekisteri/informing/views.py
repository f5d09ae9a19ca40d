"""The pages of informing: the sources, the people of one source, letters in bulk, marks."""

import time
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from rekisteri.customers import panels
from rekisteri.customers.models import Customer, Source
from rekisteri.customers.sources import find_source
from rekisteri.informing import finding, holding, letters, lists, rules, service, telling  # noqa: F401 - two register
from rekisteri.informing.forms import MarkForm, ReopenForm
from rekisteri.informing.models import Duty, Round
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other, wants_fragment

bp = Blueprint("informing", __name__, url_prefix="/informoinnit")
SECONDS_AT_ONCE = 3.0


def _panel(customer: Customer) -> dict[str, Any]:
    """How the person has been told."""
    return {"duties": lists.of_customer(customer.id)} if customer.kind == "person" else {}


panels.add_panel(65, "informing/_card.html", _panel, "informing.edit", holds={"informing_duty.customer_id"})


def _source(id: int) -> Source:
    return find_source(id) or abort(404)


def _round(id: int) -> Round:
    return db.session.get(Round, id) or abort(404)


def _duty(id: int) -> Duty:
    return service.find_duty(id) or abort(404)


@bp.get("/")
@requires("informing.edit")
def index() -> Response:
    """Whose data came from elsewhere and who has not been told, by source; what is new is looked through first."""
    until, more = time.monotonic() + SECONDS_AT_ONCE, False
    for _found in finding.find_on():
        if more := time.monotonic() > until:
            break
    found = lists.by_source(today())
    return render(
        "informing/index.html", found=found, more=more, rounds=lists.rounds_under_way(), on=today(), kinds=_KINDS
    )


_KINDS = {"partner": "Kumppani", "fair": "Messut", "other": "Muu lähde"}


@bp.get("/<int:id>")
@requires("informing.edit")
def show(id: int) -> Response:
    """The people of one source who must still be told."""
    return _page(_source(id), Form())


def _page(source: Source, form: Form) -> Response:
    after = request.args.get("after", type=int)
    found = lists.page(source, after=after)
    return render("informing/show.html", source=source, found=found, form=form, on=today(), status=form.status)


@bp.post("/<int:id>/valitut")
@requires("informing.edit")
def choose(id: int) -> Response:
    """What was chosen on the list: letters or a mark, for those ticked or for everybody of the source."""
    everybody = "everybody" in request.form
    ids = request.form.getlist("chosen", type=int)[: lists.PAGE_SIZE]
    if not ids and not everybody:
        flash("Valitse ensin ainakin yksi henkilö.", "warning")
        return see_other(url_for(".show", id=id))
    if request.form.get("action") == "mark":
        return see_other(url_for(".mark", id=id, duty=None if everybody else ids))
    form, source = Form(), _source(id)
    with form.violations(), transaction(once=form.once.data) as tx:
        begun = letters.begin(source=_source(id), ids=None if everybody else ids, by=actor(), on=today())
        tx.location = url_for(".progress", id=begun.id)
    return _page(source, form) if form.errors else see_other(tx.location)


@bp.route("/<int:id>/merkitse", methods=["GET", "POST"])
@requires("informing.edit")
def mark(id: int) -> Response:
    """Put on record that people have been told otherwise, or need not be told."""
    form, source = MarkForm(), _source(id)
    ids = request.args.getlist("duty", type=int)[: lists.PAGE_SIZE] or None
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            count = service.mark(
                source=_source(id), ids=ids, outcome=form.outcome.data, told_on=form.told_on.data,
                reasons=form.reasons.data or "", by=actor(),
            )  # fmt: skip
            tx.location = url_for(".index")
        if not form.errors:
            flash(f"Merkintä on tallennettu. Henkilöitä: {count}.", "success")
            return see_other(tx.location)
    people = lists.chosen(source, ids) if ids else None
    context: dict[str, Any] = {
        "source": source,
        "people": people,
        "articles": rules.ARTICLES,
        "count": lists.count_of(source),
    }
    return render("informing/mark.html", form=form, status=form.status, **context)


@bp.route("/merkinnat/<int:id>/peru", methods=["GET", "POST"])
@requires("informing.edit")
def reopen(id: int) -> Response:
    """Take back a mark made by mistake."""
    form, duty = ReopenForm(), _duty(id)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            service.reopen(duty=_duty(id), reason=form.reason.data or "", by=actor())
            tx.location = url_for("customers.show", id=duty.customer_id)
        if not form.errors:
            flash("Merkintä on peruttu. Henkilölle on kerrottava asiasta.", "success")
            return see_other(tx.location)
    return render("informing/reopen.html", form=form, duty=_duty(id), status=form.status)


@bp.get("/kirjeet/<int:id>")
@requires("informing.edit")
def progress(id: int) -> Response:
    """How many letters of a round have been made."""
    return _progress(_round(id))


def _progress(begun: Round) -> Response:
    done = begun.issued + begun.passed
    percent = 100 if begun.finished_at else min(99, 100 * done // max(begun.people, 1))
    context: dict[str, Any] = {"begun": begun, "percent": percent, "form": Form()}
    return render("informing/progress.html", fragment="informing/_progress.html", **context)


@bp.post("/kirjeet/<int:id>/jatka")
@requires("informing.edit")
def continue_letters(id: int) -> Response:
    """Make the next letters; asked for by the page again and again, or by the button."""
    until = time.monotonic() + (0 if wants_fragment() else SECONDS_AT_ONCE)
    while _round(id).finished_at is None:
        with transaction():
            letters.step(_round(id), by=actor(), on=today())
        if time.monotonic() >= until:
            break
    if wants_fragment() and _round(id).finished_at is None:
        return _progress(_round(id))
    return see_other(url_for(".progress", id=id))
