"""Finding the person in the register, and recording how identity was made sure of."""

from flask import Response, flash, request, url_for

from rekisteri.cases import service
from rekisteri.cases.forms import NOT_FOUND, IdentityForm, PersonForm
from rekisteri.cases.models import Case
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.customers import service as customers
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other


@bp.route("/<int:id>/henkilo", methods=["GET", "POST"])
@requires("cases.edit")
def person(id: int) -> Response:
    case = case_or_404(id)
    form = PersonForm(data=_current(case))
    searching = "search" in request.form
    query = form.query.data or ""
    form.offer_people(people_for(query, form.person_id), later=False)
    if not searching and form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            _save(case, form)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            return see_other(tx.location)
    status = 200 if searching else form.status
    return render("cases/person.html", fragment="cases/_people.html", case=case, form=form, status=status)


def _current(case: Case) -> dict[str, object]:
    picked = str(case.customer_id) if case.customer_id else (NOT_FOUND if case.person_state == "not_found" else "")
    return {"version": case.version, "query": case.requester_name, "person": picked}


def _save(case: Case, form: PersonForm) -> None:
    if form.person.data == NOT_FOUND:
        service.person_not_found(case=case, by=actor())
        return
    customer = customers.find(form.person_id) if form.person_id else None
    if customer is None:
        raise RuleViolation("Valitse henkilö tai merkitse, ettei häntä ole rekisterissä.", field="person")
    service.set_person(case=case, customer=customer, by=actor())


def people_for(query: str, picked: int | None) -> list[object]:
    """Customers to choose from: what the search finds, and the one picked already."""
    found: list[object] = list(customers.search(query, limit=8)) if query.strip() else []
    already = customers.find(picked) if picked else None
    if already is not None and already not in found:
        found.insert(0, already)
    return found


@bp.route("/<int:id>/henkilollisyys", methods=["GET", "POST"])
@requires("cases.edit")
def identity(id: int) -> Response:
    case = case_or_404(id)
    checked_on = case.identity_checked_on or today()
    form = IdentityForm(data={"version": case.version, "method": case.identity_method, "checked_on": checked_on})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            service.record_identity(
                case=case, method=form.method.data, checked_on=form.checked_on.data or today(), by=actor(), on=today()
            )
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Henkilöllisyyden varmistaminen on kirjattu.", "success")
            return see_other(tx.location)
    return render("cases/identity.html", case=case, form=form, status=form.status)
