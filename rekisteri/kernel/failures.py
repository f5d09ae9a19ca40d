"""One place for everything that goes wrong: a human sentence, the right status, and what was typed is kept."""

import logging
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from rekisteri.kernel import resume
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import Conflict, NotPermitted, Repeated, RuleViolation
from rekisteri.kernel.web import see_other, wants_fragment

log = logging.getLogger(__name__)

SENTENCES = {
    400: (
        "Pyyntöä ei ymmärretty",
        "Selaimen lähettämässä pyynnössä on virhe. Palaa edelliselle sivulle ja yritä uudelleen.",
    ),
    403: ("Ei käyttöoikeutta", "Käyttöoikeutesi ei riitä tähän sivuun."),
    404: (
        "Sivua ei löydy",
        "Osoitteessa ei ole sivua, tai se ei kuulu sinulle. Tarkista osoite tai palaa etusivulle.",
    ),
    405: ("Toiminto ei ole mahdollinen", "Tätä osoitetta ei voi käyttää näin. Palaa edelliselle sivulle."),
    409: (
        "Joku muu ehti ensin",
        "Tieto on muuttunut sen jälkeen, kun avasit sivun. Avaa sivu uudelleen ja tarkista tilanne.",
    ),
    413: (
        "Lähetys on liian suuri",
        "Tiedostot tai tekstit ovat yhteensä liian suuria. Lähetä ne pienemmissä erissä.",
    ),
    422: ("Toiminto ei ole sallittu", "Tarkista tiedot ja yritä uudelleen."),
    500: (
        "Ohjelmassa on virhe",
        "Toiminto ei onnistunut. Mitään ei tallennettu. Kerro virheestä pääkäyttäjälle.",
    ),
    503: (
        "Tallennus ei onnistu juuri nyt",
        "Tietokantaan ei voi kirjoittaa juuri nyt. Mitään ei tallennettu. Yritä hetken kuluttua uudelleen.",
    ),
}


def answer(status: int, text: str | None = None) -> Response:
    """The error page, or for htmx its sentence alone."""
    known = status if status in SENTENCES else (500 if status >= 500 else 400)
    title, sentence = SENTENCES[known]
    template = "_error.html" if wants_fragment() else "error.html"
    body = render_template(template, code=status, title=title, text=text or sentence)
    return make_response(body, status)


def init_failures(app: Flask) -> None:
    """Answer every error of the application with a page of ours."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return make_response(error.get_response())
        own_words = (
            error.description
            if error.code == HTTPStatus.FORBIDDEN and error.description != type(error).description
            else None
        )
        return answer(error.code or 500, own_words)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Response:
        typed = resume.read(resume.typed_form())
        if typed is None:
            return answer(400, "Lomakkeen turvatunniste on vanhentunut. Avaa sivu uudelleen ja lähetä lomake sitten.")
        text = "Sivu oli auki niin kauan, että lomakkeen turvatunniste vanheni. Tarkista tiedot ja lähetä ne uudelleen."
        return make_response(*resume.page(typed, title="Lähetä lomake uudelleen", text=text, status=400))

    @app.errorhandler(NotPermitted)
    def not_permitted(error: NotPermitted) -> Response:
        return answer(403, error.sentence)

    @app.errorhandler(RuleViolation)
    def violation(error: RuleViolation) -> Response:
        return answer(422, error.sentence)

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Response:
        return answer(409, error.sentence)

    @app.errorhandler(Repeated)
    def repeated(error: Repeated) -> Response:
        return see_other(error.location)

    @app.errorhandler(DBAPIError)
    def database(error: DBAPIError) -> Response:
        db.session.rollback()
        log.error("the database refused %s: %s", request.endpoint, type(error.orig).__name__)
        if not _cannot_write(error):
            return answer(500)
        typed = resume.read(resume.typed_form())
        if typed is None:
            return answer(503)
        title, text = SENTENCES[503]
        return make_response(*resume.page(typed, title=title, text=text, status=503))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        db.session.rollback()
        # the traceback without the exception's own text: that may quote a person's data
        log.error("unexpected %s in %s", type(error).__name__, request.endpoint, exc_info=_without_text(error))
        if app.config.get("PROPAGATE"):
            raise error
        return answer(500)


def _cannot_write(error: DBAPIError) -> bool:
    said = str(error.orig).lower()
    return any(
        word in said for word in ("locked", "readonly", "read-only", "full", "disk i/o", "timeout", "unable to open")
    )


def _without_text(error: Exception) -> tuple[type[BaseException], BaseException, object]:
    return (RuntimeError, RuntimeError(type(error).__name__), error.__traceback__)
