"""Pages of rectification."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, request, url_for
from sqlalchemy import select

from rekisteri.cases.matters import add_kind
from rekisteri.customers.rules import shown
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.rectification import decisions, demands, holding, letters, rules
from rekisteri.rectification.forms import DecisionForm, DemandsForm, IssueForm, PlainAction, ReplacementForm
from rekisteri.rectification.matter import RECTIFICATION
from rekisteri.rectification.models import Item, Rectification
from rekisteri.settings import service as settings

__all__ = ["bp", "holding"]

bp = Blueprint("rectification", __name__, url_prefix="/oikaisut")


def init(app: Flask) -> None:
    """Let cases know this right."""
    add_kind(RECTIFICATION)


@bp.context_processor
def words() -> dict[str, Any]:
    """The words templates need: names of kinds, decisions and grounds, and how a datum is shown."""
    return {
        "KINDS": rules.KINDS,
        "DECISIONS": rules.DECISIONS,
        "GROUNDS": rules.REFUSAL_GROUNDS,
        "shown": lambda field, value: shown(field, value or ""),
    }


def _matter(id: int) -> Rectification:
    return db.session.get(Rectification, id) or abort(404)


def _item(id: int, item_id: int) -> Item:
    query = select(Item).filter_by(id=item_id, rectification_id=id)
    return db.session.scalar(query) or abort(404)


@bp.get("/<int:id>")
@requires("cases.view")
def show(id: int) -> Response:
    matter = _matter(id)
    return render(
        "rectification/show.html",
        matter=matter,
        labels=demands.field_labels(matter),
        now=demands.register_now(matter),
        customer=demands.customer_of(matter),
        notifications=decisions.notifications(matter),
        told_otherwise=letters.told_otherwise,
        action=PlainAction(),
    )


@bp.route("/<int:id>/vaatimukset", methods=["GET", "POST"])
@requires("cases.edit")
def itemise(id: int) -> Response:
    matter = _matter(id)
    labels, now = demands.offered_labels(matter), demands.register_now(matter)
    form = DemandsForm() if request.method == "POST" else DemandsForm(data=_saved(matter))
    wish = request.form.get("change", "")
    if wish:
        form.change_rows(wish)
    form.offer(labels, now)
    if request.method == "POST" and not wish:
        form.drop_blank_rows()
        form.offer(labels, now)
        if form.validate():
            with form.violations(), transaction(once=form.once.data) as tx:
                check_version(matter, form.version.data)
                demands.itemise(matter=matter, demands=form.demands(), by=actor())
                tx.location = url_for(".show", id=id)
            if not form.errors:
                return see_other(tx.location)
    return render(
        "rectification/itemise.html",
        fragment="rectification/_demands.html",
        status=200 if wish else form.status,
        form=form,
        matter=matter,
        now=now,
        decided={str(item.id): item for item in matter.items if item.decision},
    )


def _saved(matter: Rectification) -> dict[str, Any]:
    rows = [
        {
            "item_id": item.id,
            "field": item.field,
            "kind": item.kind,
            "requested": item.requested_value,
            "ground": item.ground,
        }
        for item in matter.items
    ]
    return {"version": matter.version, "rows": rows or [{}]}


@bp.route("/<int:id>/vaatimukset/<int:item_id>/ratkaisu", methods=["GET", "POST"])
@requires("rectification.decide")
def decide(id: int, item_id: int) -> Response:
    item = _item(id, item_id)
    form = DecisionForm() if request.method == "POST" else DecisionForm(data={"version": item.version})
    if item.rectification.own_initiative:
        form.only_grant()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(item, form.version.data)
            _decide(item, form)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    matter = item.rectification
    return render(
        "rectification/decide.html",
        status=form.status,
        form=form,
        item=item,
        matter=matter,
        labels=demands.field_labels(matter),
        now=demands.register_now(matter).get(item.field),
        customer=demands.customer_of(matter),
        action=PlainAction(),
    )


def _decide(item: Item, form: DecisionForm) -> None:
    common: dict[str, Any] = {"item": item, "by": actor(), "on": today()}
    refusal = {"ground": form.refusal_ground.data, "reasons": form.reasons.data or ""}
    match form.decision.data:
        case "granted":
            decisions.grant(**common)
        case "partly_granted":
            decisions.grant_in_part(**common, **refusal, granted_value=form.granted_value.data or "")
        case _:
            decisions.refuse(**common, **refusal)


@bp.post("/<int:id>/vaatimukset/<int:item_id>/paivita")
@requires("cases.edit")
def refresh(id: int, item_id: int) -> Response:
    item, form = _item(id, item_id), PlainAction()
    with transaction(once=form.once.data) as tx:
        demands.refresh(item=item, by=actor())
        tx.location = url_for(".show", id=id)
    return see_other(tx.location)


@bp.route("/<int:id>/anna", methods=["GET", "POST"])
@requires("rectification.decide")
def issue(id: int) -> Response:
    matter = _matter(id)
    form = IssueForm() if request.method == "POST" else IssueForm(data={"version": matter.version})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            letters.issue(matter=matter, by=actor(), on=today())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    return render(
        "rectification/issue.html",
        status=form.status,
        form=form,
        matter=matter,
        labels=demands.field_labels(matter),
        notifications=decisions.notifications(matter),
        told_otherwise=letters.told_otherwise,
        missing=settings.missing(),
        not_yet=_why_not_yet(matter),
    )


def _why_not_yet(matter: Rectification) -> str | None:
    try:
        issued = matter.issued_on is not None
        rules.check_issue(matter.decisions, already_issued=issued, missing_settings=settings.missing())
    except RuleViolation as violation:
        return violation.sentence
    return None


@bp.post("/<int:id>/ilmoitukset")
@requires("rectification.decide")
def tell(id: int) -> Response:
    matter, form = _matter(id), PlainAction()
    with transaction(once=form.once.data) as tx:
        letters.tell_everybody(matter=matter, by=actor(), on=today())
        tx.location = url_for(".show", id=id)
    return see_other(tx.location)


@bp.route("/<int:id>/todistus", methods=["GET", "POST"])
@requires("rectification.decide")
def replace_certificate(id: int) -> Response:
    matter = _matter(id)
    rules.check_certificate(matter.decisions)
    refused = [item for item in matter.items if item.decision in {"refused", "partly_granted"}]
    form = ReplacementForm()
    if request.method == "GET":
        form.fill(refused)
    if form.validate_on_submit():
        typed = {item.id: field.data or "" for item, field in zip(refused, form.reasons, strict=False)}
        with form.violations(), transaction(once=form.once.data) as tx:
            letters.replace_certificate(matter=matter, reasons=typed, why=form.why.data, by=actor(), on=today())
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    return render(
        "rectification/certificate.html",
        status=form.status,
        form=form,
        matter=matter,
        refused=refused,
        labels=demands.field_labels(matter),
    )
