"""A room as small as a room can be: notes that two people may have open at once, and everything that may go wrong."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response, abort, jsonify, redirect, request, url_for
from flask_login import LoginManager
from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.exceptions import ServiceUnavailable
from wtforms import FormField

from rekisteri.kernel import forms
from rekisteri.kernel.db import Versioned, check_version, db, next_number, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.kernel.gate import public, requires, signed_in, visitor
from rekisteri.kernel.web import render, safe_next, see_other

CANARY = "Maija Kanarialintu, Salakatu 7"
SECTIONS = [("", "Valitse"), ("home", "Koti"), ("work", "Työ")]


class Paper(DeclarativeBase):
    """The tests' own tables, apart from the register's."""


class Note(Versioned, Paper):
    """A note."""

    __tablename__ = "trial_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int] = mapped_column(default=0)


class Tally(Paper):
    """A count that many raise at once."""

    __tablename__ = "trial_tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class LineForm(forms.Row):
    """One row of a note's list."""

    what = forms.Text("Asia", required="Kirjoita asia.")
    on = forms.Date("Päivä")


class NoteForm(forms.VersionedForm):
    """One field of each kind."""

    title = forms.Text("Otsikko", required="Anna otsikko.", max=60)
    text = forms.LongText("Teksti")
    on = forms.Date("Päivä")
    email = forms.Email("Sähköposti")
    section = forms.Select("Osasto", choices=SECTIONS)
    weight = forms.Radios("Paino", choices=[("light", "Kevyt"), ("heavy", "Raskas")])
    tags = forms.Checks("Merkinnät", choices=[("red", "Punainen"), ("blue", "Sininen")])
    urgent = forms.Flag("Kiireinen")
    lines = forms.Rows(FormField(LineForm))


class SecretForm(forms.Form):
    """A form whose answer nobody may see again."""

    new_password = forms.Password("Uusi salasana")
    reason = forms.Text("Syy")


@dataclass
class Person:
    """Whoever is signed in, as the gate sees a user."""

    permissions: frozenset[str]
    full_name: str = "Testaaja"
    username: str = "testaaja"
    id: int = 1
    is_authenticated: bool = field(default=True, init=False)
    is_active: bool = field(default=True, init=False)
    is_anonymous: bool = field(default=False, init=False)

    @property
    def allowed(self) -> frozenset[str]:
        """All that the person may."""
        return self.permissions

    def why_not(self, permission: str) -> str | None:
        """None when the person holds the permission, else the reason."""
        return None if permission in self.permissions else f"Sinulla ei ole oikeutta {permission}."


bp = Blueprint("notepad", __name__, url_prefix="/muistio", template_folder="templates")


@bp.get("/")
@public
def index() -> Response:
    return render("notepad/index.html", fragment="notepad/_notes.html", notes=db.session.query(Note).all())


@bp.route("/uusi", methods=["GET", "POST"])
@public
def create() -> Response:
    form = NoteForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            if form.title.data == "Kielletty":
                raise RuleViolation("Tällaista otsikkoa ei sallita.", field="title")
            note = Note(title=form.title.data, text=form.text.data or "", number=next_number("note", 2026))
            db.session.add(note)
            db.session.flush()
            tx.location = url_for(".edit", id=note.id)
        if not form.errors:
            return see_other(tx.location)
    return render("notepad/edit.html", form=form, status=form.status)


@bp.route("/<int:id>", methods=["GET", "POST"])
@public
def edit(id: int) -> Response:
    note = db.get_or_404(Note, id)
    form = NoteForm(obj=note)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(note, form.version.data, theirs={"title": note.title, "text": note.text})
            note.title, note.text = form.title.data, form.text.data or ""
            tx.location = url_for(".edit", id=note.id)
        if not form.errors:
            return see_other(tx.location)
    return render("notepad/edit.html", form=form, status=form.status)


@bp.route("/salainen", methods=["GET", "POST"])
@public
def secret() -> Response:
    form = SecretForm()
    if form.validate_on_submit():
        return see_other(url_for(".index"))
    return render("notepad/secret.html", form=form, status=form.status)


@bp.route("/suojattu", methods=["GET", "POST"])
@requires("notes.view")
def guarded() -> Response:
    return jsonify(seen_by=visitor().username)


@bp.get("/sisalla")
@signed_in
def inside() -> Response:
    return jsonify(seen_by=visitor().username)


@bp.route("/unohdettu", methods=["GET", "POST"])
def forgotten() -> Response:
    return jsonify(secret=CANARY)


@bp.get("/jatka")
@public
def onward() -> Response:
    return see_other(safe_next(request.args.get("next")))


@bp.route("/vika/<what>", methods=["GET", "POST"])
@public
def fault(what: str) -> Response:
    if what == "ohjelma":
        raise ValueError(f"unknown customer {CANARY}")
    if what == "lause":
        db.session.execute(db.text("SELECT * FROM there_is_no_such_table"))
    if what == "merkki":  # a sign that PostgreSQL cannot hold; SQLite can, and is then refused as well
        db.session.execute(db.text("SELECT CAST(:sign AS TEXT)"), {"sign": "\x00"})
        abort(400)
    if what == "saanto":
        raise RuleViolation("Päätös on jo annettu.")
    if what == "ristiriita":
        raise Conflict
    if what == "huolto":
        raise ServiceUnavailable
    if what == "vastaus":
        abort(Response("oma vastaus", 418))
    if what == "muualle":
        abort(redirect("/muistio/"))
    abort(int(what))


def open_notepad(app: Flask) -> None:
    """Add the room, and a way to be somebody: a header names the permissions that the visitor holds."""
    manager = LoginManager(app)
    manager.unauthorized_handler(lambda: redirect("/kirjaudu", 303))

    @manager.request_loader
    def who(incoming: Any) -> Person | None:
        held = incoming.headers.get("X-Holds")
        return None if held is None else Person(frozenset(held.split(",")))

    app.register_blueprint(bp)
