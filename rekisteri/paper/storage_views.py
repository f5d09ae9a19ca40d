"""Pages of places, keys and the people who may handle paper."""

from flask import Response, abort, flash, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.paper import service, storing
from rekisteri.paper.blueprint import ID, act, bp
from rekisteri.paper.forms import HandlerForm, KeyForm, PlaceForm, PlainAction
from rekisteri.paper.models import PaperHandler, PaperKey, PaperPlace
from rekisteri.staff.models import User


def _place(id: int) -> PaperPlace:
    return db.session.get(PaperPlace, id) or abort(404)


@bp.route("/paikat/uusi", methods=["GET", "POST"])
@requires("paper.destroy")
def add_place() -> Response:
    """Put a place on record."""
    form = PlaceForm()

    def do() -> str:
        told = {"name": form.name.data, "locked": form.locked.data, "fireproof": form.fireproof.data}
        place = storing.add_place(**told, by=actor())
        return url_for(".show_place", id=place.id)

    return act(form, "paper/place_form.html", "Säilytyspaikka on lisätty.", do, place=None)


@bp.get(f"/paikat/{ID}")
@requires("paper.view")
def show_place(id: int) -> Response:
    """A place, who has a key, and what is there."""
    place = _place(id)
    there = [binder for binder in service.binders() if binder.place_id == id]
    return render("paper/place.html", place=place, binders=there, counts=service.counts(), action=PlainAction())


@bp.route(f"/paikat/{ID}/muokkaa", methods=["GET", "POST"])
@requires("paper.destroy")
def edit_place(id: int) -> Response:
    """Change what is known of a place."""
    place = _place(id)
    form = PlaceForm(obj=place)

    def do() -> str:
        told = {"name": form.name.data, "locked": form.locked.data, "fireproof": form.fireproof.data}
        storing.change_place(
            place=place, version=form.version.data, active=bool(form.active.data), by=actor(), **told
        )  # fmt: skip
        return url_for(".show_place", id=id)

    return act(form, "paper/place_form.html", "Säilytyspaikan tiedot on tallennettu.", do, place=place)


@bp.route(f"/paikat/{ID}/avain", methods=["GET", "POST"])
@requires("paper.destroy")
def give_key(id: int) -> Response:
    """Give a key to a named person."""
    place, form = _place(id), KeyForm()

    def do() -> str:
        storing.give_key(place=place, handler=storing.find_handler(form.handler.data), by=actor(), on=today())
        return url_for(".show_place", id=id)

    return act(form, "paper/key.html", "Avain on kirjattu.", do, place=place)


@bp.post(f"/avaimet/{ID}/palautus")
@requires("paper.destroy")
def take_key_back(id: int) -> Response:
    """A key came back."""
    key = db.session.get(PaperKey, id) or abort(404)
    with transaction(once=PlainAction().once.data) as tx:
        storing.take_key_back(key=key, by=actor(), on=today())
        tx.location = url_for(".show_place", id=key.place_id)
    flash("Avaimen palautus on kirjattu.", "success")
    return see_other(tx.location)


@bp.get("/kasittelijat")
@requires("paper.view")
def list_handlers() -> Response:
    """The people who may handle paper, with or without an account."""
    return render("paper/handlers.html", handlers=storing.handlers(), form=PlainAction())


@bp.route("/kasittelijat/uusi", methods=["GET", "POST"])
@requires("paper.destroy")
def name_handler() -> Response:
    """Name somebody to handle paper."""
    form = HandlerForm()

    def do() -> str:
        user = db.session.get(User, int(form.user.data)) if form.user.data else None
        storing.name_handler(
            user=user,
            name=form.name.data or "",
            task=form.task.data or "",
            signed_on=form.signed_on.data,
            by=actor(),
            on=today(),
        )
        return url_for(".list_handlers")

    return act(form, "paper/handler.html", "Käsittelijä on nimetty.", do)


@bp.route(f"/kasittelijat/{ID}/paata", methods=["GET", "POST"])
@requires("paper.destroy")
def end_handler(id: int) -> Response:
    """Take somebody off the list."""
    handler, form = db.session.get(PaperHandler, id) or abort(404), PlainAction()

    def do() -> str:
        storing.end_handler(handler=handler, by=actor(), on=today())
        return url_for(".list_handlers")

    return act(form, "paper/end_handler.html", "Oikeus käsitellä papereita on päätetty.", do, handler=handler)
