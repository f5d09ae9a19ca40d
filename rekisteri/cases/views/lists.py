"""The list of requests, one request, and the way to it from a number on paper."""

from typing import Any

from flask import Response, flash, request, url_for

from rekisteri.audit import service as audit
from rekisteri.cases import deadlines, events, letters, matters, queue, request_forms, service, uploads
from rekisteri.cases.circumstances import circumstances
from rekisteri.cases.forms import CodeForm
from rekisteri.cases.models import Case
from rekisteri.cases.rules import due_on, extended_due_on
from rekisteri.cases.tasklist import tasks_of
from rekisteri.cases.timeline import timeline_of
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, can, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.paper import service as paper

LAST_PAGE = 10_000
FILTERS = {
    "avoimet": ("Avoimet", "open"),
    "myohassa": ("Myöhässä", "late"),
    "viikko": ("Määräaika viikon sisällä", "soon"),
    "kirjatut": ("Kirjatut", "registered"),
    "kasittelyssa": ("Käsittelyssä", "in_review"),
    "paatetyt": ("Päätetyt", "decided"),
    "suljetut": ("Suljetut", "closed"),
    "peruutetut": ("Peruutetut", "withdrawn"),
}


@bp.get("/")
@requires("cases.view")
def index() -> Response:
    chosen = request.args.get("tila", "avoimet")
    chosen = chosen if chosen in FILTERS else "avoimet"
    number = min(max(request.args.get("sivu", 1, type=int), 1), LAST_PAGE)
    rows, more = queue.page(FILTERS[chosen][1], on=today(), number=number)
    return render(
        "cases/index.html",
        fragment="cases/_list.html",
        filters=FILTERS,
        chosen=chosen,
        number=number,
        cases=rows,
        more=more,
        waiting=queue.awaiting_answer(rows),
        paused=queue.paused_among(rows),
    )


@bp.post("/avaa")
@requires("cases.view")
def open_by_code() -> Response:
    form = CodeForm()
    if form.validate_on_submit():
        typed = form.code.data or ""
        case = service.find_by_number(typed)
        if case is not None:
            return see_other(url_for(".show", id=case.id))
        printed = request_forms.find_form(typed)
        if printed is not None:
            return see_other(url_for(".follow_form", token=printed.token))
        form.code.errors = ["Numerolla tai koodilla ei löydy pyyntöä eikä lomaketta. Tarkista kirjoitus."]
    return render("cases/open.html", form=form, status=form.status)


@bp.get("/avaa")
@requires("cases.view")
def open_page() -> Response:
    return render("cases/open.html", form=CodeForm())


@bp.get("/lomake/<token>")
@requires("cases.view")
def follow_form(token: str) -> Response:
    """Where the QR code of a prefilled form leads: the case made of it, or a new one."""
    printed = request_forms.find_form(token)
    if printed is None:
        flash("Lomakkeen koodia ei tunneta. Tarkista koodi tai kirjaa pyyntö tavalliseen tapaan.", "warning")
        return see_other(url_for(".open_page"))
    if printed.case_id is not None:
        flash("Tämä lomake on jo kirjattu.", "info")
        return see_other(url_for(".show", id=printed.case_id))
    if not can("cases.edit"):
        flash("Lomaketta ei ole vielä kirjattu, eikä käyttöoikeutesi riitä kirjaamiseen.", "warning")
        return see_other(url_for(".index"))
    return see_other(url_for(".create", lomake=printed.token))


@bp.get("/<int:id>")
@requires("cases.view")
def show(id: int) -> Response:
    case = case_or_404(id)
    with transaction():
        audit.record(events.VIEWED, subject=case.subject, by=actor())
    return render("cases/show.html", **_whole(case))


def _whole(case: Case) -> dict[str, Any]:
    """Everything the page of a case shows."""
    papers = letters.letters_of(case)
    return {
        "case": case,
        "tasks": tasks_of(case, papers),
        "papers": papers,
        "scans": uploads.scans_of(case),
        "binders_of_case": paper.of_case(case.number),
        "timeline": timeline_of(case, papers),
        "latest": extended_due_on(case.received_on, deadlines.paused_days(case)),
        "held": deadlines.open_pause(case),
        "unpaused": due_on(case.received_on),
        "odd": circumstances(case, today()),
        "undecided": [matter.kind for matter in matters.undecided(case)],
        "may_edit": case.is_open and can("cases.edit"),
        "awaits": case.id in queue.awaiting_answer([case]),
    }
