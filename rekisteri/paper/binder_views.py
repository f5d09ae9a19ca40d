"""Pages of binders and boxes: beginning one, its place, taking out and back, what is in it."""

from flask import Response, request, url_for

from rekisteri.customers.sources import chosen
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render
from rekisteri.paper import rules, service, storing
from rekisteri.paper.blueprint import ID, act, binder_or_404, bp
from rekisteri.paper.forms import BinderForm, LockForm, PlainAction, RequestForm, ReturnForm, TakeForm
from rekisteri.paper.models import PaperPlace


@bp.route("/uusi", methods=["GET", "POST"])
@requires("paper.handle")
def create() -> Response:
    """Begin a binder or a box."""
    form = BinderForm()

    def do() -> str:
        binder = service.add_binder(
            kind=form.kind.data,
            holds=form.holds.data,
            name=form.name.data,
            source=chosen(form.source.data) if form.source.data else None,
            collected_on=form.collected_on.data,
            by=actor(),
            on=today(),
        )
        return url_for(".show", id=binder.id)

    return act(form, "paper/create.html", "Lisätty. Tulosta tarra ja kiinnitä se kanteen.", do)


@bp.get(f"/{ID}")
@requires("paper.view")
def show(id: int) -> Response:
    """A binder: where it is, who has had it, what is in it."""
    binder, on = binder_or_404(id), today()
    days = binder.unlocked_days(on)
    found = service.items(binder, after=request.args.get("after", 0, type=int))
    return render(
        "paper/show.html", binder=binder, found=found, days=days, late=rules.too_long(days), on=on, form=PlainAction()
    )


@bp.route(f"/{ID}/paikka", methods=["GET", "POST"])
@requires("paper.handle")
def lock(id: int) -> Response:
    """Bring it to a locked place, or move it."""
    binder, form = binder_or_404(id), LockForm()

    def do() -> str:
        place, handler = db.session.get(PaperPlace, int(form.place.data)), storing.find_handler(form.handler.data)
        day = form.locked_on.data or today()
        service.lock(binder=binder, place=place, handler=handler, locked_on=day, by=actor(), on=today())
        return url_for(".show", id=id)

    return act(form, "paper/lock.html", "Säilytyspaikka on kirjattu.", do, binder=binder)


@bp.route(f"/{ID}/otto", methods=["GET", "POST"])
@requires("paper.handle")
def take(id: int) -> Response:
    """Take it out."""
    binder, form = binder_or_404(id), TakeForm()

    def do() -> str:
        handler, due_on = storing.find_handler(form.handler.data), form.due_on.data or today()
        service.take(
            binder=binder, handler=handler, due_on=due_on, reason=form.reason.data or "", by=actor(), on=today()
        )
        return url_for(".show", id=id)

    return act(form, "paper/take.html", "Otto on kirjattu.", do, binder=binder)


@bp.route(f"/{ID}/palautus", methods=["GET", "POST"])
@requires("paper.handle")
def bring_back(id: int) -> Response:
    """Bring it back."""
    binder, form = binder_or_404(id), ReturnForm()

    def do() -> str:
        handler, day = storing.find_handler(form.handler.data), form.returned_on.data or today()
        service.bring_back(binder=binder, handler=handler, returned_on=day, by=actor(), on=today())
        return url_for(".show", id=id)

    return act(form, "paper/bring_back.html", "Palautus on kirjattu.", do, binder=binder)


@bp.route(f"/{ID}/pyynto", methods=["GET", "POST"])
@requires("paper.handle")
def place_request(id: int) -> Response:
    """Put the papers of a request into it."""
    binder, form = binder_or_404(id), RequestForm()

    def do() -> str:
        service.place_request(binder=binder, number=form.case_number.data or "", by=actor())
        return url_for(".show", id=id)

    return act(form, "paper/place_request.html", "Pyynnön paperit on kirjattu kansioon.", do, binder=binder)
