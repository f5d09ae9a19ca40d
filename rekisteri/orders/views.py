"""The pages of orders: the lists, entering, the order's own page and what is done there."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from rekisteri.customers.blueprint import customer_or_404, log_look
from rekisteri.customers.picking_views import pick
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import LARGEST_ID, render, see_other
from rekisteri.orders import card, holding, lists, rules, service, telling
from rekisteri.orders.forms import (
    ArchiveForm,
    CancelForm,
    LinesForm,
    OrderForm,
    SearchForm,
    StepForm,
    data_of,
)
from rekisteri.orders.models import Order

bp = Blueprint("orders", __name__, url_prefix="/tilaukset")

__all__ = ["bp", "card", "holding", "telling"]

STEPS = {"ordered": service.accept, "confirmed": service.confirm, "delivered": service.deliver}
DONE = {
    "ordered": "Tarjous on merkitty tilatuksi.",
    "confirmed": "Tilaus on merkitty vahvistetuksi.",
    "delivered": "Tilaus on merkitty toimitetuksi.",
}


@bp.context_processor
def words() -> dict[str, Any]:
    """The words for what is recorded of an order."""
    return {"states": rules.STATES, "tones": card.TONES}


def order_or_404(id: int) -> Order:
    """The order of the address, or the page that says there is none."""
    return service.find(id) or abort(404)


@bp.route("/", methods=["GET", "POST"])
@requires("orders.view")
def index() -> Response:
    """The live register of orders, or with `customer` all orders of one customer."""
    return _listed(archived=False)


@bp.route("/arkisto", methods=["GET", "POST"])
@requires("orders.view")
def archive_index() -> Response:
    """The archive, apart from the live register."""
    return _listed(archived=True)


def _listed(*, archived: bool) -> Response:
    form = SearchForm(request.form if request.method == "POST" else request.args, meta={"csrf": False})
    form.validate()
    customer_id = _id("customer")
    if customer_id:
        log_look(customer_id, "orders")
    found = lists.page(
        wanted=rules.wanted(form.q.data or ""),
        state=form.tila.data if form.tila.data in rules.STATES else None,
        archived=None if customer_id else archived,
        customer_id=customer_id,
        after=_id("after"),
        before=_id("before"),
    )
    return render(
        "orders/index.html",
        fragment="orders/_results.html",
        status=form.status,
        form=form,
        found=found,
        archived=archived,
        customer=customer_or_404(customer_id) if customer_id else None,
    )


def _id(name: str) -> int | None:
    """An id given beside the address; nothing when no row can have it."""
    number = request.values.get(name, type=int)
    return number if number and 0 < number <= LARGEST_ID else None


@bp.route("/uusi", methods=["GET", "POST"])
@requires("orders.edit")
def choose_customer() -> Response:
    """Whose order is it? One in the archive has to be taken back first."""
    back = (url_for(".index"), "Tilaukset")
    return pick("Kenelle tilaus kirjataan?", leads_to="orders.create", back=back, archived=False)


@bp.route("/uusi/<int:id>", methods=["GET", "POST"])
@requires("orders.edit")
def create(id: int) -> Response:
    """Enter a quote or an order of a customer."""
    customer = customer_or_404(id)
    form = OrderForm(data={"state": "ordered", "on": today(), "rows": [{}]})
    only_rows = form.change_rows(request.form.get("change", ""))
    if not only_rows and form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            order = service.create(
                customer=customer, state=form.state.data, lines=form.lines, on=form.on.data or today(), by=actor()
            )
            tx.location = url_for(".show", id=order.id)
        if not form.errors:
            flash("Tilaus on kirjattu." if form.state.data == "ordered" else "Tarjous on kirjattu.", "success")
            return see_other(tx.location)
    status = 200 if only_rows else form.status
    return _with_rows("orders/create.html", form, status, customer=customer_or_404(id), here=url_for(".create", id=id))


@bp.route("/<int:id>/rivit", methods=["GET", "POST"])
@requires("orders.edit")
def change(id: int) -> Response:
    """Change what is ordered."""
    order = order_or_404(id)
    form = LinesForm(data=data_of(order))
    only_rows = form.change_rows(request.form.get("change", ""))
    if not only_rows and form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(order, form.version.data)
            service.change_lines(order=order, lines=form.lines, by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Rivit on tallennettu.", "success")
            return see_other(tx.location)
    status = 200 if only_rows else form.status
    return _with_rows("orders/change.html", form, status, order=order_or_404(id), here=url_for(".change", id=id))


def _with_rows(template: str, form: LinesForm, status: int, **context: Any) -> Response:
    only_rows = "change" in request.form
    fragment = "orders/_rows.html" if only_rows else None
    return render(template, fragment=fragment, status=status, form=form, most=rules.MOST_LINES, **context)


@bp.get("/<int:id>")
@requires("orders.view")
def show(id: int) -> Response:
    """The order. The look at its customer's data is put on record before anything is shown."""
    log_look(order_or_404(id).customer_id, "orders")
    order = order_or_404(id)
    return _shown(order, StepForm(data={"version": order.version, "on": today()}))


def _shown(order: Order, form: VersionedForm) -> Response:
    fresh = StepForm(None, data={"version": order.version, "on": today()})
    return render(
        "orders/show.html",
        status=form.status,
        order=order,
        form=form,
        stepping=form if isinstance(form, StepForm) else fresh,
        history=service.history(order),
        steps=[state for state in rules.NEXT[order.state] if state in STEPS],
        changeable=order.state in rules.CHANGEABLE,
        reasons=rules.CANCEL_REASONS,
        event_names=rules.EVENTS,
    )


@bp.post("/<int:id>/vaihe")
@requires("orders.edit")
def step(id: int) -> Response:
    """Take the order to its next state."""
    order, form, state = order_or_404(id), StepForm(), request.form.get("step", "")
    act = STEPS.get(state) or abort(400)
    if form.validate():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(order, form.version.data)
            act(order=order, on=form.on.data or today(), by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash(DONE[state], "success")
            return see_other(tx.location)
    return _shown(order_or_404(id), form)


@bp.route("/<int:id>/peru", methods=["GET", "POST"])
@requires("orders.edit")
def cancel(id: int) -> Response:
    """Cancel the order."""
    order = order_or_404(id)
    form = CancelForm(data={"version": order.version, "on": today()})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(order, form.version.data)
            service.cancel(order=order, reason=form.reason.data, on=form.on.data or today(), by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Tilaus on peruttu.", "success")
            return see_other(tx.location)
    return render("orders/cancel.html", order=order_or_404(id), form=form, status=form.status)


@bp.post("/<int:id>/arkistoi")
@requires("orders.edit")
def archive(id: int) -> Response:
    """Put the order into the archive."""
    return _moved(id, service.archive, "Tilaus on siirretty arkistoon.")


@bp.post("/<int:id>/palauta")
@requires("orders.edit")
def unarchive(id: int) -> Response:
    """Take the order back from the archive."""
    return _moved(id, service.unarchive, "Tilaus on palautettu arkistosta.")


def _moved(id: int, act: Any, told: str) -> Response:
    order, form = order_or_404(id), ArchiveForm()
    if form.validate():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(order, form.version.data)
            act(order=order, on=today(), by=actor())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash(told, "success")
            return see_other(tx.location)
    return _shown(order_or_404(id), form)
