"""Pages of a request to restrict processing: what is asked, and the decision on it."""

from flask import Response, abort, request, url_for

from rekisteri.customers import service as customers
from rekisteri.customers.rules import FIELDS
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.restrictions import decisions
from rekisteri.restrictions.blueprint import ID, bp
from rekisteri.restrictions.forms import DecisionForm
from rekisteri.restrictions.models import RestrictionMatter
from rekisteri.settings import service as settings


def _matter(id: int) -> RestrictionMatter:
    return db.session.get(RestrictionMatter, id) or abort(404)


def _held(matter: RestrictionMatter) -> dict[str, str]:
    """The data that may be restricted, by name: those that stand in the register."""
    customer = decisions.customer_of(matter)
    if customer is None:
        return {}
    return {field: FIELDS[customer.kind][field] for field in customers.held_fields(customer)}


@bp.get(f"/pyynto/{ID}")
@requires("cases.view")
def show_matter(id: int) -> Response:
    """The request and what has been decided on it."""
    matter = _matter(id)
    return render(
        "restrictions/matter.html", matter=matter, customer=decisions.customer_of(matter), labels=_held(matter)
    )


@bp.route(f"/pyynto/{ID}/ratkaisu", methods=["GET", "POST"])
@requires("restrictions.decide")
def decide(id: int) -> Response:
    """Decide the request; what is granted binds at once."""
    matter = _matter(id)
    form = (
        DecisionForm() if request.method == "POST" else DecisionForm(data={"version": matter.version, "scope": "all"})
    )
    form.offer(_held(matter))
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(matter, form.version.data)
            _decide(matter, form)
            tx.location = url_for(".show_matter", id=id)
        if not form.errors:
            return see_other(tx.location)
    return render(
        "restrictions/decide.html",
        form=form,
        status=form.status,
        matter=matter,
        customer=decisions.customer_of(matter),
        missing=settings.missing(),
    )


def _decide(matter: RestrictionMatter, form: DecisionForm) -> None:
    decisions.decide(
        matter=matter,
        decision=form.decision.data,
        ground=form.ground.data,
        fields=form.chosen,
        refusal_ground=form.refusal_ground.data,
        reasons=form.reasons.data or "",
        by=actor(),
        on=today(),
    )
