"""Pages of issued documents and of the papers that came in."""

from datetime import date
from typing import Any

from flask import Flask, Response, abort, current_app, flash, make_response, request, url_for

from rekisteri.documents import looks, post_models, post_views, service, upload_rules
from rekisteri.documents.blueprint import bp
from rekisteri.documents.composition import qr
from rekisteri.documents.forms import IMPOSSIBLE, BatchForm, CorrectionForm, PostingForm
from rekisteri.documents.models import Document, Scan
from rekisteri.documents.rules import STATES
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, can, requires, signed_in
from rekisteri.kernel.pdf.hyphens import hyphenate
from rekisteri.kernel.web import render, see_other

__all__ = ["bp", "post_models", "post_views"]

# Whose papers a reader of documents may open; a colleague's signed commitment is for those who keep the user list.
PERMISSIONS = {"user": "staff.manage"}
# Where the matter that a document belongs to is seen, and who may see it.
PLACES = {"case": ("cases.show", "Avaa pyyntö", "cases.view")}
PAGE = 50
MOST_WAITING = 200
ALL = "kaikki"


def init(app: Flask) -> None:
    """Give printed pages what they need: soft hyphens and QR codes."""
    app.jinja_env.filters.update(hyphenate=hyphenate, qr=qr)


@bp.get("/asiakirjat/")
@requires("documents.view")
def index() -> Response:
    """What waits for the post, or what has been issued."""
    state = request.args.get("tila", "waiting")
    if state == "waiting" or state not in [*STATES, ALL]:
        return _waiting()
    before = request.args.get("ennen", type=int)
    rows, more = service.recent(None if state == ALL else state, before=before, limit=PAGE)
    next_url = url_for(".index", tila=state, ennen=rows[-1].id) if more else None
    return render("documents/list.html", state=state, rows=rows, next_url=next_url, before=before)


@bp.route("/asiakirjat/postitus", methods=["GET", "POST"])
@requires("documents.post")
def post_together() -> Response:
    """Several documents left at once."""
    if request.method == "GET":
        return see_other(url_for(".index"))
    count, rows = service.waiting_for_post(MOST_WAITING)
    form = BatchForm(rows)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            tx.location = url_for(".index")
            for document in _chosen(form.documents.data or []):
                service.mark_posted(document=document, on=_day(form), way=form.way.data, by=actor())
        if not form.errors:
            flash(_posted_sentence(len(form.documents.data or [])), "success")
            return see_other(tx.location)
    return _waiting(form, rows, count)


@bp.get("/asiakirjat/<int:id>")
@requires("documents.view")
def show(id: int) -> Response:
    """One document: what it is, what it was made from, what became of it."""
    return _page(_document(id))


@bp.get("/asiakirjat/<int:id>.pdf")
@requires("documents.view")
def pdf(id: int) -> Response:
    """The document as it was issued, byte for byte."""
    document = _document(id)
    name, subject = document.file_name, document.log_subject
    content = service.content(document)
    looks.record(looks.DOCUMENT_VIEWED, subject=subject, by=actor())
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@bp.post("/asiakirjat/<int:id>/postitus")
@requires("documents.post")
def post(id: int) -> Response:
    """Note how a document left, or that it cannot be delivered."""
    document = _document(id)
    form = PostingForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(document, form.version.data)
            tx.location = url_for(".show", id=id)
            _mark(document, form)
        if not form.errors:
            flash("Merkintä on tallennettu.", "success")
            return see_other(tx.location)
    return _page(_document(id), form)


@bp.post("/asiakirjat/<int:id>/korjaus")
@requires("documents.post")
def correct(id: int) -> Response:
    """Set a wrong note right."""
    document = _document(id)
    form = CorrectionForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(document, form.version.data)
            tx.location = url_for(".show", id=id)
            service.correct_posting(
                document=document, on=_day(form), way=form.way.data, reason=form.reason.data or "", by=actor()
            )
        if not form.errors:
            flash("Merkintä on korjattu. Aiempi merkintä näkyy historiassa.", "success")
            return see_other(tx.location)
    return _page(_document(id), form)


@bp.get("/liitteet/<int:id>")
@signed_in
def scan(id: int) -> Response:
    """A paper that came in, exactly as it came, to be saved: it is never shown inside our pages."""
    found = _scan(id)
    name, mime = upload_rules.download_name(found.id, found.kind), found.media_type
    content = service.scan_content(found)
    looks.record(looks.SCAN_VIEWED, subject=found.log_subject, by=actor())
    response = make_response(content)
    response.mimetype = mime
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.get("/liitteet/<int:id>/esikatselu")
@signed_in
def scan_preview(id: int) -> Response:
    """Our own small picture of a scanned image."""
    small = service.preview(_scan(id))
    if small is None:
        abort(404)
    response = make_response(small[1])
    response.mimetype = upload_rules.MEDIA_TYPES[small[0]]
    return response


def _waiting(form: BatchForm | None = None, rows: list[Document] | None = None, count: int | None = None) -> Response:
    if rows is None:
        count, rows = service.waiting_for_post(MOST_WAITING)
    form = form or BatchForm(rows)
    return render("documents/waiting.html", form=form, rows=rows, count=count, state="waiting", status=form.status)


def _page(document: Document, form: Any = None) -> Response:
    if form is None and document.state == "waiting":
        form = PostingForm(version=document.version)
    elif form is None:
        form = CorrectionForm(version=document.version, way=document.way, on=document.posted_on)
    return render("documents/show.html", document=document, form=form, place=_place(document), status=form.status)


def _place(document: Document) -> tuple[str, str] | None:
    """Address and text of a link to the matter, for those who may open it."""
    room, _, key = document.subject.partition(":")
    endpoint, text, permission = PLACES.get(room, ("", "", ""))
    if endpoint not in current_app.view_functions or not key.isdigit() or not can(permission):
        return None
    return url_for(endpoint, id=int(key)), text


def _mark(document: Document, form: PostingForm) -> None:
    if form.way.data == IMPOSSIBLE:
        service.mark_impossible(document=document, reason=form.reason.data or "", by=actor())
    else:
        service.mark_posted(document=document, on=_day(form), way=form.way.data, by=actor())


def _day(form: PostingForm | CorrectionForm | BatchForm) -> date:
    if form.on.data is None:
        raise RuleViolation("Anna lähettämispäivä.", field="on")
    return form.on.data


def _chosen(ids: list[int]) -> list[Document]:
    found = [service.find(key) for key in ids]
    return [document for document in found if document is not None]


def _posted_sentence(count: int) -> str:
    return "Asiakirja on merkitty lähetetyksi." if count == 1 else f"{count} asiakirjaa on merkitty lähetetyiksi."


def _document(id: int) -> Document:
    return service.find(id) or abort(404)


def _scan(id: int) -> Scan:
    """The paper, if this user may open it; otherwise the answer is the same as if it did not exist."""
    found = db.session.get(Scan, id)
    permission = PERMISSIONS.get(found.subject.partition(":")[0], "documents.view") if found else ""
    if found is None or actor().why_not(permission):
        abort(404)
    return found
