"""Writing the draft, one section at a time."""

from typing import Any

from flask import Response, abort, render_template, request, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.forms import Form, VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.text import clean
from rekisteri.kernel.web import render, see_other, wants_fragment
from rekisteri.notice import drafting, service
from rekisteri.notice.blueprint import bp
from rekisteri.notice.checks import silences
from rekisteri.notice.comparison import compare
from rekisteri.notice.content import Content, Dates, anchors, content_of, found_defects, lacking, typed
from rekisteri.notice.forms import NewSectionForm, SectionForm, TitleForm
from rekisteri.notice.models import NoticeVersion
from rekisteri.settings import service as settings


@bp.get("/tietosuojaseloste/luonnos")
@requires("notice.edit")
def draft() -> Response:
    """The draft section by section, and what it still lacks."""
    version = service.draft()
    if version is None:
        return render("notice/no_draft.html", form=Form(), latest=service.latest())
    return render("notice/draft.html", form=Form(), **_state(version))


def _state(version: NoticeVersion) -> dict[str, Any]:
    """The draft as its page shows it: every section, and what the checks say of those that a reader will see."""
    dates = Dates(service.first_day(today()), today())
    everything = [content_of(section, settings.current(), dates) for section in version.sections]
    shown = [piece for piece in everything if not piece.section.left_out]
    return {
        "version": version,
        "content": everything,
        "anchors": anchors(shown),
        "defects": found_defects(shown),
        "lacking": lacking(shown),
        "silent": silences(shown),
        "latest": service.latest(),
        "is_fixed": drafting.is_fixed,
    }


@bp.post("/tietosuojaseloste/luonnos/aloita")
@requires("notice.edit")
def start_draft() -> Response:
    """Begin a draft from the latest version, or from our own wording."""
    form = Form()
    if form.validate_on_submit():
        with transaction(once=form.once.data) as tx:
            drafting.start_draft(by=actor())
            tx.location = url_for(".draft")
    return see_other(url_for(".draft"))


@bp.get("/tietosuojaseloste/luonnos/muutokset")
@requires("notice.edit")
def changes() -> Response:
    """What the draft changes in the latest published version."""
    version, latest = service.draft() or abort(404), service.latest() or abort(404)
    old, new = ([piece.part for piece in service.shown(each, on=today())] for each in (latest, version))
    return render("notice/changes.html", old=latest, differences=compare(old, new))


@bp.route("/tietosuojaseloste/luonnos/otsikko", methods=["GET", "POST"])
@requires("notice.edit")
def edit_title() -> Response:
    """Change the title."""
    version = service.draft() or abort(404)
    form = TitleForm(obj=version)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            drafting.change_title(title=form.title.data, version=form.version.data, by=actor())
            tx.location = url_for(".draft")
        if not form.errors:
            return see_other(tx.location)
    return render("notice/edit_title.html", form=form, status=form.status)


@bp.route("/tietosuojaseloste/luonnos/kohdat/<int:id>", methods=["GET", "POST"])
@requires("notice.edit")
def edit_section(id: int) -> Response:
    """Change one section: in the middle of the draft's page, or on a page of its own."""
    if request.method == "POST" and service.find_section(id) is None:
        return _gone(id)
    form = SectionForm(_content(id))
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            drafting.change_section(section_id=id, **form.values(), by=actor())
            tx.location = url_for(".draft", _anchor=f"kohta-{id}")
        if not form.errors:
            return _saved(id) if wants_fragment() else see_other(tx.location)
    return _editor(form, form.status)


def _gone(section_id: int) -> Response:
    """The section went while it was being written: the text is shown, so that it can be saved elsewhere."""
    typed = clean(request.form.get("text", ""), lines=True)
    page, fragment = "notice/section_gone.html", "notice/_section_gone.html"
    return render(page, fragment=fragment, status=409, id=section_id, typed=typed)


def _content(section_id: int) -> Content:
    section = service.find_section(section_id) or abort(404)
    return content_of(section, settings.current(), Dates(service.first_day(today()), today()))


def _editor(form: SectionForm, status: int = 200) -> Response:
    preview = typed(form.text.data or "")
    page, fragment = "notice/edit_section.html", "notice/_edit_section.html"
    return render(page, fragment=fragment, status=status, form=form, about=form.about, preview=preview)


def _saved(section_id: int) -> Response:
    """The section as it now is, and beside it what the draft still lacks."""
    version = service.draft() or abort(404)
    piece = _content(section_id)
    return Response(render_template("notice/saved.html", piece=piece, announce=True, **_state(version)))


@bp.get("/tietosuojaseloste/luonnos/kohdat/<int:id>/luku")
@requires("notice.edit")
def read_section(id: int) -> Response:
    """A section closed again without saving; a whole page asks for the draft instead."""
    if not wants_fragment():
        return see_other(url_for(".draft", _anchor=f"kohta-{id}"))
    return Response(render_template("notice/_section.html", piece=_content(id), is_fixed=drafting.is_fixed))


@bp.post("/tietosuojaseloste/luonnos/kohdat/<int:id>/esikatsele")
@requires("notice.edit")
def preview_section(id: int) -> Response:
    """The typed text as it would be shown. Nothing is saved."""
    form = SectionForm(_content(id))
    if wants_fragment():
        preview = typed(form.text.data or "")
        return Response(render_template("notice/_preview.html", about=form.about, preview=preview))
    return _editor(form)


@bp.route("/tietosuojaseloste/luonnos/kohdat/uusi", methods=["GET", "POST"])
@requires("notice.edit")
def add_section() -> Response:
    """Add a section of the company's own, and go on to write it."""
    service.draft() or abort(404)
    form = NewSectionForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            section = drafting.add_section(heading=form.heading.data, by=actor())
            tx.location = url_for(".edit_section", id=section.id)
        if not form.errors:
            return see_other(tx.location)
    return render("notice/add_section.html", form=form, status=form.status)


@bp.post("/tietosuojaseloste/luonnos/jarjesta")
@requires("notice.edit")
def move_section() -> Response:
    """Move one of the company's own sections up or down."""
    form = Form()
    up, down = request.form.get("ylos", type=int), request.form.get("alas", type=int)
    if form.validate_on_submit() and (up or down):
        with transaction(once=form.once.data) as tx:
            section = drafting.move_section(section_id=up or down or 0, steps=-1 if up else 1, by=actor())
            tx.location = url_for(".draft", _anchor=f"kohta-{section.id}")
        return see_other(tx.location)
    return see_other(url_for(".draft"))


@bp.route("/tietosuojaseloste/luonnos/kohdat/<int:id>/poista", methods=["GET", "POST"])
@requires("notice.edit")
def remove_section(id: int) -> Response:
    """Take one of the company's own sections out, after asking."""
    content = _content(id)
    heading, form = content.heading, Form()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            drafting.remove_section(section_id=id, by=actor())
            tx.location = url_for(".draft")
        if not form.errors:
            return see_other(tx.location)
    return render("notice/remove_section.html", form=form, heading=heading, id=id, status=form.status)


@bp.route("/tietosuojaseloste/luonnos/hylkaa", methods=["GET", "POST"])
@requires("notice.edit")
def discard_draft() -> Response:
    """Give the draft up, after asking."""
    version = service.draft() or abort(404)
    form = VersionedForm(version=version.version)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            drafting.discard_draft(version=form.version.data, by=actor())
            tx.location = url_for(".draft")
        if not form.errors:
            return see_other(tx.location)
    return render("notice/discard.html", form=form, latest=service.latest(), status=form.status)
