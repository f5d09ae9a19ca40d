"""The pages of retention: the kinds and their lengths, what is proposed of each, the book of what was destroyed."""

import time
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.paper import destroying
from rekisteri.retention import people, proving, rules, service
from rekisteri.retention.addresses import ADDRESSES, SLUGS
from rekisteri.retention.forms import DestroyForm, LengthForm, PeopleForm
from rekisteri.settings import periods

bp = Blueprint("retention", __name__, url_prefix="/sailytys")
SECONDS_AT_ONCE = 4.0


def _kind(slug: str) -> str:
    return SLUGS.get(slug) or abort(404)


def _acted(slug: str) -> str:
    kind = _kind(slug)
    return kind if kind in service.ACTED else abort(404)


@bp.get("/")
@requires("retention.decide")
def index() -> Response:
    """Every kind of data, how long it is kept, and what the clock found last."""
    context: dict[str, Any] = {"kinds": periods.KINDS, "lengths": periods.lengths(), "findings": service.findings()}
    context |= {"addresses": ADDRESSES, "acted": service.ACTED, "last_run": service.last_run()}
    context["by_hand"] = {destroying.PERIOD: len(destroying.kept_long_enough(today()))}
    return render("retention/index.html", form=Form(), **context)


@bp.post("/tarkista")
@requires("retention.decide")
def run() -> Response:
    """Ask the clock now."""
    found = service.run(today(), by=actor())
    flash(f"Säilytysajat on tarkistettu. Hävitettävissä: {fi_number(sum(one.free for one in found))}.", "success")
    return see_other(url_for(".index"))


@bp.route("/<slug>/aika", methods=["GET", "POST"])
@requires("retention.decide")
def change(slug: str) -> Response:
    """Set how long one kind is kept."""
    kind = _kind(slug)
    form = LengthForm(data={"length": str(periods.length(kind)), "version": periods.version(kind)})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            periods.change(kind=kind, amount=form.length.data or "", version=form.version.data, by=actor())
            tx.location = url_for(".index")
        if not form.errors:
            flash("Säilytysaika on tallennettu. Tarkista, että tietosuojaseloste kertoo saman.", "success")
            return see_other(tx.location)
    return render("retention/change.html", form=form, kind=periods.KINDS[kind], slug=slug, status=form.status)


@bp.get("/havitetyt")
@requires("retention.decide")
def destroyed() -> Response:
    """The book of what has been destroyed, when and by whom."""
    lines, waiting = service.destructions(), set(proving.unproven())
    told = {line.id: rules.told(line.proof, waits=line.id in waiting) for line in lines}
    return render("retention/destroyed.html", lines=lines, kinds=periods.KINDS, told=told)


@bp.get("/<slug>")
@requires("retention.decide")
def show(slug: str) -> Response:
    """What is proposed of one kind."""
    kind = _acted(slug)
    return _people_page(kind, PeopleForm()) if kind in rules.PEOPLE else _heap_page(kind, DestroyForm())


def _about(kind: str) -> dict[str, Any]:
    known = periods.KINDS[kind]
    length = known.length(periods.length(kind))
    return {"kind": known, "slug": ADDRESSES[kind], "length": length, "until": service.last_day(kind, today())}


def _people_page(kind: str, form: Form) -> Response:
    after = request.values.get("after", type=int)
    found = service.proposals(kind, on=today(), after=after)
    return render("retention/people.html", form=form, found=found, after=after, status=form.status, **_about(kind))


def _heap_page(kind: str, form: DestroyForm) -> Response:
    form.seen.data, form.seen.typed = service.last_day(kind, today()), ""
    found = service.count(kind, today())
    return render("retention/heap.html", form=form, found=found, status=form.status, **_about(kind))


@bp.post("/<slug>/havita")
@requires("retention.decide")
def destroy(slug: str) -> Response:
    """Destroy what was confirmed."""
    kind = _acted(slug)
    return _let_people_go(kind) if kind in rules.PEOPLE else _let_heap_go(kind)


def _let_heap_go(kind: str) -> Response:
    form = DestroyForm()
    gone, until = 0, time.monotonic() + SECONDS_AT_ONCE
    with form.violations():
        form.validate_on_submit()
        rules.check_confirmed(form.confirmed.data)
        while time.monotonic() < until:
            with transaction(once=form.once.data if not gone else None) as tx:
                some = service.destroy_some(kind=kind, seen=form.seen.data, by=actor(), on=today())
                tx.location = url_for(".show", slug=ADDRESSES[kind])
            gone += some
            if not some:
                break
    if form.errors:
        return _heap_page(kind, form)
    service.tidy()
    proving.prove_few()
    left = service.refresh(kind, today()).free
    flash(f"Hävitetty: {fi_number(gone)}. Jäljellä: {fi_number(left)}.", "success" if gone else "warning")
    return see_other(url_for(".show", slug=ADDRESSES[kind]))


def _let_people_go(kind: str) -> Response:
    form, gone = PeopleForm(), 0
    ids = request.form.getlist("all" if "everybody" in request.form else "chosen", type=int)[: people.PAGE_SIZE]
    with form.violations():
        form.validate_on_submit()
        rules.check_chosen(ids)
        rules.check_confirmed(form.confirmed.data)
        for number in ids:
            with transaction():
                gone += service.let_person_go(kind=kind, customer_id=number, by=actor(), on=today())
    if form.errors:
        return _people_page(kind, form)
    service.tidy()
    proving.prove_few()
    service.refresh(kind, today())
    passed = f" Ohitettiin {len(ids) - gone}, koska tilanne on muuttunut." if gone < len(ids) else ""
    flash(f"Hävitetty: {gone}.{passed}", "success" if gone else "warning")
    return see_other(url_for(".show", slug=ADDRESSES[kind]))
