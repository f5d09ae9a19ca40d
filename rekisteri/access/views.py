"""Pages of access: the draft, what is left out of it, giving or refusing the data."""

from typing import Any

from flask import Flask, Response, abort, flash, request, url_for

from rekisteri.access import answering, holding, preparing, queue, rules, telling, transfer_views, transferring
from rekisteri.access import draft as drafts
from rekisteri.access.blueprint import bp, completing, look, matter_or_404
from rekisteri.access.draft import Draft, Part
from rekisteri.access.forms import CompletingForm, HandingForm, LeavingForm, RefusalForm, ReleaseForm
from rekisteri.access.matter import ACCESS, PORTABILITY
from rekisteri.access.models import AccessMatter
from rekisteri.cases.matters import add_kind
from rekisteri.customers import service as customers
from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.gate import actor, can, requires
from rekisteri.kernel.web import render, see_other

__all__ = ["bp", "holding", "queue", "telling", "transfer_views"]
ROWS_ON_A_PAGE = 100
GLIMPSE = 5


def init(app: Flask) -> None:
    """Let cases know these rights."""
    add_kind(ACCESS)
    add_kind(PORTABILITY)


@bp.context_processor
def words() -> dict[str, Any]:
    """The words templates need."""
    return {"RIGHTS": rules.RIGHTS, "OUTCOMES": rules.OUTCOMES, "WAYS": rules.WAYS, "GROUNDS": rules.LEAVING_GROUNDS}


@bp.get("/<int:id>")
@requires("cases.view")
def show(id: int) -> Response:
    """Where the matter stands, and for those who prepare it what would be told."""
    matter = matter_or_404(id)
    common: dict[str, Any] = {"matter": matter, "case": matter.case, "hindrances": preparing.hindrances(matter)}
    if matter.kind == "portability":
        offered = {} if matter.outcome else transferring.offered(matter)
        handing = HandingForm(data={"version": matter.copy.version, "handed_on": today()} if matter.copy else None)
        return render("access/transfer.html", **common, offered=offered, handing=handing)
    draft = _seen(matter) if can("cases.edit") and matter.outcome is None else None
    return render(
        "access/show.html",
        **common,
        draft=draft,
        glimpse=GLIMPSE,
        hints=drafts.hints(matter, draft) if draft else [],
        elsewhere=_elsewhere(matter),
    )


def _access(id: int) -> AccessMatter:
    """The matter whose answer is the letter; who wants the data moved gets a file instead (GDPR art. 20)."""
    matter = matter_or_404(id)
    return matter if matter.kind == "access" else abort(404)


def _seen(matter: AccessMatter) -> Draft:
    """The draft, whose being seen is put on record: it shows everything of a person at once."""
    look(matter)
    return drafts.make(matter, on=today())


def _elsewhere(matter: AccessMatter) -> bool:
    """Whether the letter would go to another address than the register's: nobody else should get it."""
    customer = drafts.customer_of(matter)
    known = customers.addressee(customer) if customer else ()
    return bool(known) and matter.case.addressee[1:] != known[1:]


@bp.route("/<int:id>/luvut/<chapter>", methods=["GET", "POST"])
@requires("cases.edit")
def show_chapter(id: int, chapter: str) -> Response:
    """All rows of one chapter, a page at a time, each to be left out if it must be."""
    matter = _access(id)
    draft = _seen(matter)
    part = draft.part(chapter) or abort(404)
    page = max(request.args.get("sivu", 1, type=int), 1)
    start = (page - 1) * ROWS_ON_A_PAGE
    shown = Part(part.key, part.chapter, part.lines[start : start + ROWS_ON_A_PAGE])
    form = LeavingForm(data={"version": matter.version}) if request.method == "GET" else LeavingForm()
    form.offer(shown, fresh=request.method == "GET")
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            _leave_out(matter, draft, shown, form)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    more = len(part.lines) > start + ROWS_ON_A_PAGE
    return render(
        "access/chapter.html",
        matter=matter,
        whole=part,
        shown=shown,
        form=form,
        page=page,
        more=more,
        status=form.status,
    )


def _leave_out(matter: AccessMatter, draft: Draft, shown: Part, form: LeavingForm) -> None:
    preparing.leave_out(
        matter=matter,
        draft=draft,
        chapter=shown.key,
        among=[line.key for line in shown.lines],
        left=form.left.data or [],
        ground=form.ground.data or None,
        reasons=form.reasons.data or "",
        by=actor(),
    )


@bp.route("/<int:id>/taydenna", methods=["GET", "POST"])
@requires("cases.edit")
def complete(id: int) -> Response:
    """Write what the register and the notice do not know."""
    matter = _access(id)
    form = CompletingForm() if request.method == "POST" else CompletingForm(data=completing(matter))
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            preparing.complete(
                matter=matter,
                hidden_words=form.hidden_words.data or "",
                paper_findings=form.paper_findings.data or "",
                supplement=form.supplement(),
                by=actor(),
                on=today(),
            )
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    draft = _seen(matter)
    asked = [key for key in form.supplement() if key in draft.lacking or matter.supplement.get(key) or form[key].data]
    return render("access/complete.html", matter=matter, form=form, asked=asked, status=form.status)


@bp.get("/<int:id>/luonnos.pdf")
@requires("cases.edit")
def print_draft(id: int) -> Response:
    """The letter as it would be printed, marked as a draft."""
    matter = _access(id)
    preparing.check_workable(matter)
    draft = _seen(matter)
    told = answering.context(matter, draft, by=actor()) | {"addressee": matter.case.addressee}
    title = f"Luonnos: {answering.TITLE}"
    html = composition.page(answering.TEMPLATE, title=title, on=today(), doctype="LUONNOS", context=told)
    response = Response(pdf.render(html, title=title), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="luonnos.pdf"'
    return response


@bp.route("/<int:id>/anna", methods=["GET", "POST"])
@requires("access.decide")
def release(id: int) -> Response:
    """Check the whole once more, and give the data."""
    matter = _access(id)
    draft = _seen(matter)
    form = ReleaseForm() if request.method == "POST" else ReleaseForm(data=_read(matter, draft))
    if form.validate_on_submit() and form.confirmed():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            answering.release(matter=matter, read=form.draft.data, by=actor(), on=today())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Tiedot on annettu. Muista postittaa kirje.", "success")
            return see_other(tx.location)
    if form.conflict:  # what has changed is read and confirmed anew
        form.draft.data, form.read.data = draft.fingerprint, False
    return render("access/release.html", matter=matter, draft=draft, form=form, status=form.status, **_doubts(matter))


def _read(matter: AccessMatter, draft: Draft) -> dict[str, Any]:
    return {"version": matter.version, "draft": draft.fingerprint}


def _doubts(matter: AccessMatter) -> dict[str, Any]:
    return {"hindrances": preparing.hindrances(matter), "elsewhere": _elsewhere(matter)}


@bp.route("/<int:id>/epaa", methods=["GET", "POST"])
@requires("access.decide")
def refuse(id: int) -> Response:
    """Refuse the whole of it, with a certificate."""
    matter = matter_or_404(id)
    form = RefusalForm() if request.method == "POST" else RefusalForm(data={"version": matter.version})
    form.offer(matter.kind)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            answering.refuse(
                matter=matter, ground=form.ground.data, reasons=form.reasons.data or "", by=actor(), on=today()
            )
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Kieltäytymistodistus on annettu. Muista postittaa se.", "success")
            return see_other(tx.location)
    return render("access/refuse.html", matter=matter, form=form, status=form.status)
