"""Pages of the day's post: gather it, print it as one file, mark it posted; and a sheet to try the envelopes with."""

import time
from typing import Any, BinaryIO

from flask import Response, abort, flash, url_for

from rekisteri.documents import composition, post, testing
from rekisteri.documents.blueprint import bp
from rekisteri.documents.controller import controller
from rekisteri.documents.forms import GatherForm, SendForm
from rekisteri.documents.post_models import Post
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other, wants_fragment

SECONDS_AT_ONCE = 8
_CHUNK = 1 << 20


@bp.route("/asiakirjat/posti", methods=["GET", "POST"])
@requires("documents.post")
def gather_post() -> Response:
    """Gather what waits into one post; the posts that are being printed, and the latest that have left."""
    form = GatherForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            gathered = post.gather(two_sided=form.two_sided.data, by=actor(), on=today())
            tx.location = url_for(".show_post", id=gathered.id)
        if not form.errors:
            return see_other(tx.location)
    context: dict[str, Any] = {
        "waiting": post.waiting(),
        "open": post.open_posts(),
        "sent": post.sent_posts(),
        "most": post.MOST,
    }
    return render("documents/posts.html", form=form, status=form.status, **context)


@bp.get("/asiakirjat/posti/<int:id>")
@requires("documents.post")
def show_post(id: int) -> Response:
    """One post: being printed, ready for the printer, or posted."""
    return _page(_post(id))


@bp.post("/asiakirjat/posti/<int:id>/tulosta")
@requires("documents.post")
def print_post(id: int) -> Response:
    """Print the next letters; asked for by the page again and again, or by the button."""
    until = time.monotonic() + (0 if wants_fragment() else SECONDS_AT_ONCE)
    post.print_some(_post(id))
    while post.unprinted(_post(id)) and time.monotonic() < until:
        post.print_some(_post(id))
    if wants_fragment() and post.unprinted(_post(id)):
        return _page(_post(id))
    return see_other(url_for(".show_post", id=id))


@bp.get("/asiakirjat/posti/<int:id>.pdf")
@requires("documents.post")
def post_pdf(id: int) -> Response:
    """The posting list and the letters as one file for the printer."""
    with transaction():
        post.record_look(_post(id), by=actor())
    found = _post(id)
    name = found.file_name
    merged = post.file(found, controller=controller())
    return _sent(merged.file, name)


@bp.post("/asiakirjat/posti/<int:id>/lahetetty")
@requires("documents.post")
def send_post(id: int) -> Response:
    """All of it left, but for what was unticked."""
    found = _post(id)
    form = SendForm(post.letters(found))
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(found, form.version.data)
            tx.location = url_for(".show_post", id=id)
            _send(found, form)
        if not form.errors:
            flash("Kirjeet on merkitty lähetetyiksi.", "success")
            return see_other(tx.location)
    return _page(_post(id), form)


def _send(found: Post, form: SendForm) -> None:
    if form.on.data is None:
        raise RuleViolation("Anna lähettämispäivä.", field="on")
    post.send(post=found, chosen=form.documents.data or [], on=form.on.data, way=form.way.data, by=actor())


@bp.post("/asiakirjat/posti/<int:id>/pura")
@requires("documents.post")
def undo_post(id: int) -> Response:
    """Let the letters wait again, each by itself."""
    form = Form()
    with transaction(once=form.once.data) as tx:
        post.undo(post=_post(id), by=actor())
        tx.location = url_for(".gather_post")
    flash("Nippu on purettu. Kirjeet odottavat taas lähettämistä.", "success")
    return see_other(tx.location)


@bp.get("/asiakirjat/koetuloste")
@requires("documents.view")
def test_page() -> Response:
    """How to see that addresses fall into the envelope's window."""
    return render("documents/test_page.html", windows=testing.WINDOWS)


@bp.get("/asiakirjat/koetuloste.pdf")
@requires("documents.view")
def test_print() -> Response:
    """The sheet with the windows drawn on it."""
    html = composition.page(
        "documents/paper/window_test.html",
        title=testing.TITLE,
        on=today(),
        context={"controller": controller(), "windows": testing.WINDOWS, "addressee": testing.ADDRESSEE},
    )
    return _file(pdf.render(html, title=testing.TITLE), "koetuloste.pdf")


def _page(found: Post, form: Any = None) -> Response:
    letters = post.letters(found)
    left = post.unprinted(found) if found.posted_on is None else 0
    context: dict[str, Any] = {"post": found, "letters": letters, "left": left, "percent": _percent(len(letters), left)}
    if left and form is None:
        return render("documents/post_printing.html", fragment="documents/_post_progress.html", form=Form(), **context)
    if form is None:
        form = SendForm(letters, version=found.version, documents=[letter.id for letter in letters])
    return render("documents/post.html", form=form, action=Form(), status=form.status, **context)


def _percent(count: int, left: int) -> int:
    return 100 * (count - left) // count if count else 100


def _sent(file: BinaryIO, name: str) -> Response:
    """The file in pieces, so that it is never whole in this process's memory."""

    def pieces() -> Any:
        with file:
            while piece := file.read(_CHUNK):
                yield piece

    return _named(Response(pieces(), mimetype="application/pdf"), name)


def _file(content: bytes, name: str) -> Response:
    return _named(Response(content, mimetype="application/pdf"), name)


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _post(id: int) -> Post:
    return post.find(id) or abort(404)
