"""How a session on the server meets the browser: one signed cookie that carries the session's token and nothing else of note."""

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from rekisteri.audit import service as audit
from rekisteri.kernel import resume
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted
from rekisteri.kernel.gate import PUBLIC, permission_of, visitor
from rekisteri.kernel.web import render, safe_next, see_other, wants_fragment
from rekisteri.staff import events, sessions
from rekisteri.staff import sign_in_rules as rules
from rekisteri.staff.forms import SignInForm
from rekisteri.staff.models import User
from rekisteri.staff.visitor import Visitor, visitor_of

BACKGROUND = "X-Background"
SESSION_OVER = "Istuntosi on päättynyt."
CHOOSE_FIRST = "Vaihda ensin kertakäyttösalasanasi omaan salasanaan."
OPEN_BEFORE_CHOOSING = {"staff.change_password", "staff.sign_out"}


def init_cookie(app: Flask) -> None:
    """Make Flask-Login ask our session rows, and keep the rows up to date."""
    manager = LoginManager()
    manager.session_protection = None  # the row decides; a laptop that changes networks stays signed in
    manager.user_loader(_visitor_of)
    manager.unauthorized_handler(_ask_to_sign_in)
    manager.init_app(app)
    app.before_request(_keep_alive)
    app.before_request(_ask_for_own_password)
    app.after_request(_note_denial)


def token() -> str | None:
    """The token that the browser carries, whether its session lives or not."""
    return session.get("_user_id")


def enter(user: User) -> bool:
    """Put the new session into the cookie and drop all that the old one held. False when it was somebody else's.

    The same person's pages that are still open keep their form token, so that what was typed on them can be sent.
    """
    before = sessions.find(token())
    form_token = session.get("csrf_token") if before is not None and before.user_id == user.id else None
    session.clear()
    g.pop("csrf_token", None)
    if form_token:
        session["csrf_token"] = form_token
    login_user(user)
    return before is None or before.user_id == user.id


def leave() -> None:
    """Empty the cookie."""
    session.clear()
    g.pop("csrf_token", None)


def _visitor_of(carried: str) -> Visitor | None:
    g.visitor = visitor_of(sessions.digest(carried))
    return g.visitor


def _keep_alive() -> None:
    """Note that the session is used, unless it is only a page asking for news by itself."""
    known: Visitor | None = g.get("visitor")
    if known is None or request.headers.get(BACKGROUND):
        return
    if not rules.is_to_be_touched(known.last_seen_at, now()):
        return
    try:
        with transaction():
            sessions.touch(known.session_id)
    except DBAPIError:  # a database that cannot be written to can still be read
        db.session.rollback()


def _ask_for_own_password() -> ResponseReturnValue | None:
    """Who signed in with a one-time password chooses one of their own before anything else."""
    if not request.endpoint or request.endpoint in OPEN_BEFORE_CHOOSING:
        return None
    if permission_of(current_app, request.endpoint) == PUBLIC or not visitor().is_authenticated:
        return None
    if not visitor().must_change_password:
        return None
    if request.method != "GET":
        raise NotPermitted(CHOOSE_FIRST)
    return see_other(url_for("staff.change_password"))


def _ask_to_sign_in() -> ResponseReturnValue:
    """What a request without a living session gets. A form that was being sent travels on in the sign-in page."""
    if wants_fragment():
        text = f"{SESSION_OVER} Kirjaudu sisään toisessa välilehdessä ja jatka sitten tällä sivulla."
        return render("_error.html", status=401, code=401, title="Kirjaudu sisään", text=text)
    if request.method in {"GET", "HEAD"}:
        return redirect(_sign_in_address(request.full_path.rstrip("?")), 303)
    if request.endpoint == "staff.sign_out":
        return redirect(url_for("staff.sign_in"), 303)
    form = SignInForm(formdata=None, data={"resume": resume.typed_form() or "", "next": "/"})
    return render("staff/sign_in.html", status=401, form=form, over=token() is not None)


def _sign_in_address(path: str) -> str:
    path = safe_next(path)
    return url_for("staff.sign_in", next=None if path == "/" else path)


def _note_denial(response: Response) -> Response:
    """Log that a signed-in person was refused: an unusual number of these is worth asking about."""
    if response.status_code != 403 or not visitor().is_authenticated:
        return response
    try:
        with transaction():
            audit.record(
                events.DENIED,
                subject=visitor().subject,
                by=visitor(),
                page=request.endpoint or "",
            )
    except DBAPIError:
        db.session.rollback()
    return response
