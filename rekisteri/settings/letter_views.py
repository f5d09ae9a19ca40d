"""Pages of the company's own words in letters, and a letter to try them on."""

from typing import Any

from flask import Response, abort, flash, url_for

from rekisteri.documents import composition, testing, wording, wording_rules
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.settings import letters, service
from rekisteri.settings.blueprint import bp
from rekisteri.settings.forms import LetterTextForm


@bp.get("/asetukset/kirjeet")
@requires("settings.view")
def list_letters() -> Response:
    """Every kind of letter, and whether it has words of its own."""
    return render("settings/letters.html", letters=wording.letters(), texts=letters.all_texts())


@bp.route("/asetukset/kirjeet/<kind>", methods=["GET", "POST"])
@requires("settings.edit")
def edit_letter(kind: str) -> Response:
    """Change how one kind of letter opens and closes."""
    name, text = _name(kind), letters.text_of(kind)
    form = LetterTextForm(data={"opening": text.opening, "closing": text.closing, "version": text.version})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            typed = {"opening": form.opening.data or "", "closing": form.closing.data or ""}
            letters.change(kind=kind, version=form.version.data, by=actor(), **typed)
            tx.location = url_for(".edit_letter", kind=kind)
        if not form.errors:
            flash(f"{name}: tekstit tallennettiin.", "success")
            return see_other(tx.location)
    context: dict[str, Any] = {"kind": kind, "name": name, "blanks": wording_rules.BLANKS, "every": wording.EVERY}
    return render("settings/letter.html", form=form, status=form.status, **context)


@bp.get("/asetukset/kirjeet/<kind>/koetuloste.pdf")
@requires("settings.view")
def letter_test_print(kind: str) -> Response:
    """A letter with the saved words in their places; in the middle a note instead of the letter's own matter."""
    name, controller = _name(kind), service.current().controller()
    told: dict[str, Any] = {
        "number": "0000/0000-1",
        "on": today(),
        "addressee": testing.ADDRESSEE,
        "controller": controller,
    }
    html = composition.page(
        "settings/paper/letter_test.html",
        title=name,
        number=told["number"],
        on=today(),
        context=told | {"wording": wording.paragraphs(letters.in_force(kind), **told)},
    )
    response = Response(pdf.render(html, title=name), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="koekirje.pdf"'
    return response


def _name(kind: str) -> str:
    return wording.letters().get(kind) or abort(404)
