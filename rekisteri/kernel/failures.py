"""One place for everything that goes wrong: a human sentence, the right status, and what was typed is kept."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from rekisteri.kernel import resume
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import Conflict, NotPermitted, Repeated, RuleViolation, without_text
from rekisteri.kernel.pdf import PdfError
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
SILENT = ("Rekisteri ei vastaa juuri nyt", "Tietokantaan ei saada yhteyttä. Yritä hetken kuluttua uudelleen.")
TOO_OLD = "Lomakkeen turvatunniste on vanhentunut. Avaa sivu uudelleen ja lähetä lomake sitten."
LONG_OPEN = "Sivu oli auki niin kauan, että lomakkeen turvatunniste vanheni. Tarkista tiedot ja lähetä ne uudelleen."
UNKNOWN_HOST = (
    "Rekisteri ei vastaa tällä osoitteella. Käytä osoitetta, jonka olet saanut rekisterin pääkäyttäjältä. "
    "Pääkäyttäjälle: palvelimen nimi lisätään asetukseen REKISTERI_TRUSTED_HOSTS.\n"
)
SQLITE_AWAY = {5, 6, 7, 8, 9, 10, 13, 14, 15}  # busy, locked, no memory, read-only, interrupted, I/O, full, …
POSTGRESQL_AWAY = ("08", "25006", "40", "53", "55", "57", "58")  # connection, read-only, rivals, resources, locks, …


def speak(app: Flask, prefix: str, say: Callable[[int, str], Response]) -> None:
    """Let addresses under `prefix` tell of errors in a form of their own: for programs, not for people."""
    app.extensions.setdefault("spoken", {})[prefix] = say


def _spoken() -> Callable[[int, str], Response] | None:
    spoken = current_app.extensions.get("spoken", {})
    return next((say for prefix, say in spoken.items() if request.path.startswith(prefix)), None)


def answer(status: int, text: str | None = None, *, title: str | None = None) -> Response:
    """The error page, or for htmx its sentence alone."""
    if say := _spoken():
        return say(status, text or "")
    usual_title, sentence = SENTENCES[_known(status)]
    template = "_error.html" if wants_fragment() else "error.html"
    said = {"code": status, "title": title or usual_title, "text": text or sentence}
    try:
        body = render_template(template, **said)
    except SQLAlchemyError:  # the frame of the pages asks the database, which may be what is away
        db.session.rollback()
        body = current_app.jinja_env.get_template("bare_error.html").render(said)
    return make_response(body, status)


def _known(status: int) -> int:
    if status in SENTENCES:
        return status
    return 500 if status >= 500 else 400


def init_failures(app: Flask) -> None:
    """Answer every error of the application with a page of ours."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(NotPermitted, lambda error: answer(403, error.sentence))
    app.register_error_handler(RuleViolation, lambda error: answer(422, error.sentence))
    app.register_error_handler(Conflict, lambda error: answer(409, error.sentence))
    app.register_error_handler(
        PdfError, lambda error: answer(503, error.sentence, title="Tulostus ei onnistu juuri nyt")
    )
    app.register_error_handler(Repeated, lambda error: see_other(error.location))
    app.register_error_handler(NoConnectionFree, _away)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    if isinstance(error, SecurityError):  # by a name that is not ours no address can be built, so no page either
        return Response(UNKNOWN_HOST, 400, mimetype="text/plain")
    own_words = error.description if error.code == HTTPStatus.FORBIDDEN else None
    page = answer(error.code or 500, own_words if own_words != type(error).description else None)
    if isinstance(error, MethodNotAllowed):
        page.allow.update(error.valid_methods or ())
    return page


def _forged(_error: CSRFError) -> Response:
    return _given_back("Lähetä lomake uudelleen", LONG_OPEN, 400) or answer(400, TOO_OLD)


def _away(error: Exception) -> Response:
    """The database cannot be written to, or not reached at all: nothing was saved, nothing typed is lost."""
    log.error("the database is away in %s: %s", request.endpoint, type(error).__name__)
    if request.method in {"GET", "HEAD"}:
        return answer(503, SILENT[1], title=SILENT[0])
    return _given_back(*SENTENCES[503], 503) or answer(503)


def _given_back(title: str, text: str, status: int) -> Response | None:
    """The page that holds what was typed; htmx needs none, as the form stays where it was."""
    typed = None if wants_fragment() or _spoken() else resume.read(resume.typed_form())
    if typed is None:
        return None
    try:
        return make_response(*resume.page(typed, title=title, text=text, status=status))
    except SQLAlchemyError:
        db.session.rollback()
        return None


def _database(error: DBAPIError) -> Response:
    db.session.rollback()
    if is_away(error):
        return _away(error)
    if isinstance(error, DataError):  # a value that no column can hold: a NUL, a number too large
        return answer(400)
    return _unexpected(error)


def is_away(error: DBAPIError) -> bool:
    """Whether the database itself cannot serve just now, as its own code tells; otherwise the fault is ours."""
    of_sqlite = getattr(error.orig, "sqlite_errorcode", None)
    if of_sqlite is not None:
        return of_sqlite & 0xFF in SQLITE_AWAY
    of_postgresql = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or of_postgresql is None:  # without a code there was no answer at all
        return isinstance(error, OperationalError | InterfaceError)
    return bool(of_postgresql.startswith(POSTGRESQL_AWAY))


def _unexpected(error: Exception) -> Response:
    db.session.rollback()
    log.error("unexpected %s in %s", type(error).__name__, request.endpoint, exc_info=without_text(error))
    if current_app.config.get("PROPAGATE"):
        raise error
    return answer(500)
