"""The front page, the help, the style guide and the health check."""

from flask import Blueprint, Flask, Response, abort, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from rekisteri.audit.views import name_actors_by
from rekisteri.home import styleguide as guide
from rekisteri.home.help import PAGES
from rekisteri.home.log_words import teach_the_log
from rekisteri.home.queue import desk
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.gate import can, public, signed_in
from rekisteri.kernel.web import render
from rekisteri.staff import service as staff

bp = Blueprint("home", __name__)


def init(app: Flask) -> None:
    """Join what no lower room may know: the ids and codes of the processing log with what they stand for."""
    name_actors_by(staff.names)
    teach_the_log()


@bp.get("/")
@signed_in
def index() -> Response:
    return render(
        "home/index.html", desk=desk(today()), on=today(), commitment=can("home.view") and not can("customers.view")
    )


@bp.get("/ohje/")
@signed_in
def manual() -> Response:
    return render("home/manual.html", pages=PAGES)


@bp.get("/ohje/<name>")
@signed_in
def manual_page(name: str) -> Response:
    if name not in PAGES:
        abort(404)
    return render(f"home/manual/{name}.html", pages=PAGES, name=name, title=PAGES[name].title)


@bp.route("/tyyliopas", methods=["GET", "POST"])
@signed_in
def styleguide() -> Response:
    return guide.page()


@bp.get("/terveys")
@public
def health() -> tuple[Response, int]:
    """200 when the database answers, 503 when it does not. Holds no personal data."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(tila="tietokanta ei vastaa"), 503
    return jsonify(tila="kunnossa"), 200
