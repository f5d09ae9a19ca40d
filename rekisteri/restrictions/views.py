"""Pages of restrictions: the list, one restriction, its exceptions and its end."""

from flask import Flask, Response, abort, flash, request, url_for

from rekisteri.cases.matters import add_kind
from rekisteri.customers import service as customers
from rekisteri.customers.blueprint import customer_or_404, log_look
from rekisteri.customers.rules import FIELDS
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.restrictions import (
    bars,
    card,
    exceptions,
    holding,
    letters,
    matter_views,
    queue,
    rules,
    service,
    telling,
)
from rekisteri.restrictions.blueprint import ID, bp, labels_of, restriction_or_404
from rekisteri.restrictions.forms import ExceptionForm, LiftingForm, PlainAction, RestrictionForm
from rekisteri.restrictions.matter import RESTRICTION
from rekisteri.settings import service as settings

__all__ = ["bars", "bp", "card", "holding", "init", "matter_views", "telling"]


def init(app: Flask) -> None:
    """Let cases know this right."""
    add_kind(RESTRICTION)


@bp.get("/")
@requires("prohibitions.view")
def index() -> Response:
    """The restrictions in force, or those that have ended."""
    ended = request.args.get("tila") == "paattyneet"
    found = queue.page(ended=ended, after=request.args.get("after", type=int))
    return render("restrictions/index.html", found=found, ended=ended, labels=FIELDS, on=today())


@bp.get(f"/{ID}")
@requires("prohibitions.view")
def show(id: int) -> Response:
    """One restriction: what it binds, who has been told, what is allowed all the same, how it ends."""
    log_look(restriction_or_404(id).customer_id, "restrictions")
    restriction = restriction_or_404(id)
    return render(
        "restrictions/show.html",
        restriction=restriction,
        labels=labels_of(restriction),
        untold=letters.untold(restriction),
        hears=letters.hears,
        why_not=service.why_not_end(restriction, today()),
        missing=settings.missing(),
        action=PlainAction(),
        on=today(),
    )


@bp.route(f"/asiakas/{ID}", methods=["GET", "POST"])
@requires("restrictions.decide")
def create(id: int) -> Response:
    """Restrict without a request: the company has noticed that it must."""
    customer = customer_or_404(id)
    form, labels = RestrictionForm(), FIELDS[customer.kind]
    held = customers.held_fields(customer)
    form.offer({field: labels[field] for field in held})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            made = service.restrict(
                customer=customer, ground=form.ground.data, fields=form.chosen, by=actor(), on=today()
            )
            tx.location = url_for(".show", id=made.id)
        if not form.errors:
            return see_other(tx.location)
    if request.method == "GET":
        log_look(id, "restrictions")
    return render("restrictions/create.html", form=form, status=form.status, customer=customer_or_404(id))


@bp.route(f"/{ID}/paattaminen", methods=["GET", "POST"])
@requires("restrictions.decide")
def lift(id: int) -> Response:
    """Tell the person that the restriction ends, and when."""
    restriction = restriction_or_404(id)
    filled = {
        "version": restriction.version,
        "ends_on": rules.lifting_day(today()),
        "reason": restriction.lifting_reason,
    }
    form = LiftingForm(data=filled) if request.method == "GET" else LiftingForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(restriction, form.version.data)
            told = {"reason": form.reason.data, "ends_on": form.ends_on.data}
            service.lift(restriction=restriction, by=actor(), on=today(), **told)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Kirje on laadittu. Postita se ja merkitse se lähetetyksi.", "success")
            return see_other(tx.location)
    return render(
        "restrictions/lift.html",
        form=form,
        status=form.status,
        restriction=restriction,
        labels=labels_of(restriction),
        missing=settings.missing(),
    )


@bp.post(f"/{ID}/paata")
@requires("restrictions.decide")
def end(id: int) -> Response:
    """End a restriction of whose end the person has been told."""
    restriction, form = restriction_or_404(id), PlainAction()
    with transaction(once=form.once.data) as tx:
        service.end(restriction=restriction, by=actor(), on=today())
        tx.location = url_for(".show", id=id)
    flash("Rajoitus on päättynyt. Tietoja voi taas käyttää.", "success")
    return see_other(tx.location)


@bp.route(f"/{ID}/poikkeus", methods=["GET", "POST"])
@requires("prohibitions.edit")
def allow(id: int) -> Response:
    """Put on record why restricted data are used all the same."""
    restriction = restriction_or_404(id)
    filled = {"version": restriction.version, "until": today()}
    form = ExceptionForm(data=filled) if request.method == "GET" else ExceptionForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            told = {"use": form.use.data, "ground": form.ground.data, "why": form.why.data, "until": form.until.data}
            exceptions.allow(restriction=restriction, by=actor(), on=today(), **told)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    return render("restrictions/allow.html", form=form, status=form.status, restriction=restriction)


@bp.post(f"/{ID}/poikkeus/<int(max=2147483647):exception_id>/lopeta")
@requires("prohibitions.edit")
def stop(id: int, exception_id: int) -> Response:
    """End an exception at once."""
    exception, form = exceptions.find(restriction_or_404(id), exception_id) or abort(404), PlainAction()
    with transaction(once=form.once.data) as tx:
        exceptions.stop(exception=exception, by=actor(), on=today())
        tx.location = url_for(".show", id=id)
    return see_other(tx.location)


@bp.post(f"/{ID}/ilmoitukset")
@requires("prohibitions.edit")
def tell(id: int) -> Response:
    """Write to the recipients who have not been told yet."""
    restriction, form = restriction_or_404(id), PlainAction()
    with transaction(once=form.once.data) as tx:
        rules.check_letterhead(settings.missing())
        letters.tell_recipients(restriction=restriction, by=actor(), on=today())
        tx.location = url_for(".show", id=id)
    return see_other(tx.location)
