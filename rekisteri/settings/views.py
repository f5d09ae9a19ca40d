"""The settings page and its parts."""

from typing import Any

from flask import Flask, Response, abort, flash, url_for
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from rekisteri.documents import controller as papers
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fi_date, fi_phone
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.settings import letter_views, rules, service
from rekisteri.settings.blueprint import bp
from rekisteri.settings.forms import PARTS, Part
from rekisteri.settings.models import Settings
from rekisteri.staff import company

__all__ = ["bp", "letter_views"]
_NAME = select(Settings.register_name)


def init(app: Flask) -> None:
    """Let every page bear the register's own name, and the users' papers and passwords know the company's."""
    app.context_processor(_register_name)
    company.told_by(lambda: service.current().controller())
    papers.told_by(lambda: service.current().controller())


def _register_name() -> dict[str, str]:
    try:
        name = db.session.connection().scalar(_NAME)
    except SQLAlchemyError:  # the page that tells of the database's trouble is shown all the same
        db.session.rollback()
        name = None
    return {"register_name": name} if name else {}


SHOWN_AS = {"erase_alone": "Ketkä ehdottavat ja hyväksyvät poiston", "archive_after_years": "Arkistoehdotusten aika"}
"""What a setting is called where it is read, when its question would not suit its answer."""


@bp.get("/asetukset/")
@requires("settings.view")
def show() -> Response:
    """Everything on one page, and what is still missing."""
    values = service.values(service.current())
    parts = [(part, _rows(part, values), rules.missing_in(part.group, values)) for part in PARTS]
    stale = rules.is_stale(values["verified_on"], today())
    return render("settings/show.html", parts=parts, stale=stale, verified_on=values["verified_on"])


def _rows(part: Part, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Labels and values of one part, as they are read."""
    form = part.form(data={name: _typable(name, value) for name, value in values.items()}, formdata=None)
    fields = [field for field in form if field.name in values and field.name != "version"]
    return [(SHOWN_AS.get(field.name, field.label.text), _shown(field.name, values[field.name])) for field in fields]


def _shown(name: str, value: Any) -> str:
    if name == "verified_on":
        return fi_date(value)
    if name == "erase_alone":
        return "Yksi henkilö riittää" if value else "Kaksi eri henkilöä"
    if name == "archive_after_years":
        return "1 vuosi" if value == 1 else f"{value} vuotta"
    return fi_phone(value) if name.endswith("phone") else value


@bp.route("/asetukset/<slug>", methods=["GET", "POST"])
@requires("settings.edit")
def edit(slug: str) -> Response:
    """Change one part."""
    part = next((part for part in PARTS if part.slug == slug), None) or abort(404)
    form = _filled(part)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            service.change(changes=_typed(form), version=form.version.data, by=actor(), on=today())
            tx.location = url_for(".show", _anchor=slug)
        if not form.errors:
            flash(f"{part.heading}: tiedot tallennettiin.", "success")
            return see_other(tx.location)
    return render("settings/edit.html", edited=part, form=form, status=form.status)


def _filled(part: Part) -> VersionedForm:
    values = service.values(service.current())
    return part.form(
        data={name: value if name == "version" else _typable(name, value) for name, value in values.items()}
    )


def _typable(name: str, value: Any) -> Any:
    if name == "archive_after_years":
        return str(value)
    return fi_phone(value) if name.endswith("phone") else value


def _typed(form: VersionedForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in ("once", "version", "csrf_token")}
