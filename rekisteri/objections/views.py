"""Pages of objections, withdrawals of consent and complaints."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, abort, flash, request, url_for

from rekisteri.cases.matters import add_kind
from rekisteri.consents import service as consents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.forms import VersionedForm
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.objections import bars, card, holding, queue, rules, service, telling
from rekisteri.objections.forms import DecisionForm, EndForm, ItemiseForm, PlainAction
from rekisteri.objections.matter import KINDS
from rekisteri.objections.models import Objection
from rekisteri.settings import service as settings

__all__ = ["bars", "bp", "card", "holding", "init", "telling"]

bp = Blueprint("objections", __name__, url_prefix="/vastustamiset")
ID = "<int(max=2147483647):id>"
SHOWN = 50


def init(app: Flask) -> None:
    """Let cases know these rights."""
    for kind in KINDS:
        add_kind(kind)


@bp.context_processor
def words() -> dict[str, Any]:
    """The words templates need."""
    return {"KINDS": rules.KINDS, "USES": rules.USES, "DECISIONS": rules.DECISIONS, "WORDS": rules.WORDS}


def _matter(id: int) -> Objection:
    return service.find(id) or abort(404)


def _matter_of_request(id: int) -> Objection:
    """What has no request has been decided long ago: it is only shown and ended."""
    matter = _matter(id)
    return matter if matter.request is not None else abort(404)


def _consents(matter: Objection) -> list[consents.Given]:
    """What the person has consented to, where a consent is taken back."""
    if matter.kind != "consent_withdrawal" or matter.case.customer_id is None:
        return []
    return consents.given(consents.standing(matter.case.customer_id))


def _act(
    matter: Objection, form: VersionedForm, template: str, done: str, act: Callable[[], Any], **shown: Any
) -> Response:
    """One page, one act: the form, and after it the matter with a sentence of what was done."""
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            act()
            tx.location = url_for(".show", id=matter.id)
        if not form.errors:
            flash(done, "success")
            return see_other(tx.location)
    return render(template, matter=matter, form=form, status=form.status, missing=settings.missing(), **shown)


@bp.get("/")
@requires("cases.view")
def index() -> Response:
    """What waits to be decided, and what has ended because of the person's word."""
    count, waiting = queue.waiting(SHOWN)
    return render("objections/index.html", count=count, waiting=waiting, binding=queue.binding(SHOWN), most=SHOWN)


@bp.get(f"/{ID}")
@requires("cases.view")
def show(id: int) -> Response:
    """One matter: what the person says no to, what is restricted meanwhile, what was decided."""
    matter = _matter(id)
    return render(
        "objections/show.html",
        matter=matter,
        restriction=service.restriction_of(matter),
        may_restrict=service.may_restrict(matter),
        action=PlainAction(),
    )


@bp.route(f"/{ID}/sisalto", methods=["GET", "POST"])
@requires("cases.edit")
def itemise(id: int) -> Response:
    """Write down what the person says no to."""
    matter = _matter_of_request(id)
    start = {"version": matter.version, "what": matter.what or matter.case.content, "grounds": matter.grounds}
    given = _consents(matter)
    uses = matter.codes or sorted({row.use for one in given for row in one.rows})
    form = ItemiseForm() if request.method == "POST" else ItemiseForm(data=start | {"uses": uses})
    form.speak_of(matter.kind)

    def act() -> None:
        uses = form.uses.data or [] if form.uses else []
        service.itemise(
            matter=matter, what=form.what.data, grounds=form.grounds.data or "", uses=uses, by=actor(), on=today()
        )

    return _act(matter, form, "objections/itemise.html", "Kirjaus on tallennettu.", act, given=given)


@bp.post(f"/{ID}/rajoita")
@requires("cases.edit")
def restrict(id: int) -> Response:
    """Restrict meanwhile, when the person was found only after the objection was written down."""
    matter, form = _matter_of_request(id), PlainAction()
    with transaction(once=form.once.data) as tx:
        service.restrict_meanwhile(matter=matter, by=actor(), on=today())
        tx.location = url_for(".show", id=id)
    return see_other(tx.location)


@bp.route(f"/{ID}/ratkaise", methods=["GET", "POST"])
@requires("objections.decide")
def decide(id: int) -> Response:
    """Decide, and issue the answer."""
    matter = _matter_of_request(id)
    form = DecisionForm() if request.method == "POST" else DecisionForm(data={"version": matter.version})
    form.offer(matter)

    def act() -> None:
        service.decide(matter=matter, **form.told(), by=actor(), on=today())

    done = "Asia on ratkaistu. Tulosta kirjeet, allekirjoita ja merkitse lähetetyiksi."
    return _act(matter, form, "objections/decide.html", done, act)


@bp.route(f"/{ID}/salli", methods=["GET", "POST"])
@requires("cases.edit")
def end(id: int) -> Response:
    """The person allows the uses again."""
    matter = _matter(id)
    form = EndForm(data={"version": matter.version, "told_on": today()})

    def act() -> None:
        told_on = form.told_on.data or today()
        service.end(matter=matter, channel=form.channel.data, told_on=told_on, by=actor(), on=today())

    return _act(matter, form, "objections/end.html", "Rekisteröidyn ilmoitus on kirjattu.", act)
