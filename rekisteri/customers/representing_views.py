"""The pages of representations: a person's roles in organisations over time."""

from typing import Any

from flask import Response, abort, flash, url_for

from rekisteri.customers import representing, rules, service
from rekisteri.customers.blueprint import ID, bp, customer_or_404, log_look
from rekisteri.customers.models import Customer, Representation
from rekisteri.customers.relationship_forms import RemovalForm, RepresentationForm
from rekisteri.customers.representing import Told
from rekisteri.customers.sources import chosen
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.notice import beyond

GROUP = "representations"
"""What the log calls a look at these."""


@bp.route(f"/{ID}/edustukset/uusi", methods=["GET", "POST"])
@requires("customers.edit")
def add_representation(id: int) -> Response:
    """Put a person's role in an organisation on record."""
    person = _person_or_404(id)
    form = RepresentationForm(data={"main": not person.represents})
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            _add(person, form)
            tx.location = url_for(".show", id=id, _anchor="edustukset")
        if not form.errors:
            flash("Edustus on kirjattu.", "success")
            return see_other(tx.location)
    return _page(form, id, "Lisää edustus")


def _page(form: RepresentationForm, id: int, title: str) -> Response:
    why_not = beyond.why_not(representing.ROLES)
    customer = customer_or_404(id)
    return render(
        "customers/representation.html", form=form, customer=customer, title=title, why_not=why_not, status=form.status
    )


def _add(person: Customer, form: Any) -> None:
    whence = {"source": chosen(form.source.data), "obtained_on": form.obtained_on.data, "by": actor()}
    row = representing.add(person=person, told=_told(form), **whence)
    if form.main.data:
        if row.is_former:
            raise RuleViolation("Päättynyt edustus ei voi olla nykyinen.", field="main")
        reason = rules.REASONS["changed"]
        service.change(
            customer=person,
            values={"organisation": row.organisation_name},
            organisation=row.organisation,
            reason=reason,
            **whence,
        )


def _told(form: Any, held: Representation | None = None) -> Told:
    """What was typed; the role is not asked while the notice does not tell of roles, and stays as it was."""
    role = form.role.data if form.role.raw_data else held.role if held else ""
    return Told(form.organisation.data or "", role or "", form.started_on.data, form.ended_on.data)


@bp.route(f"/{ID}/edustukset/<int:row>/muuta", methods=["GET", "POST"])
@requires("customers.edit")
def edit_representation(id: int, row: int) -> Response:
    """Change a role: usually its end."""
    held = _row_or_404(id, row)
    form = RepresentationForm(data=_filled(held))
    del form.main
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            _change(_row_or_404(id, row), form)
            tx.location = url_for(".show", id=id, _anchor="edustukset")
        if not form.errors:
            flash("Muutokset on tallennettu.", "success")
            return see_other(tx.location)
    elif not form.is_submitted():
        log_look(id, GROUP)
    return _page(form, id, "Muuta edustusta")


def _change(row: Representation, form: Any) -> None:
    representing.change(
        row=row,
        told=_told(form, row),
        source=chosen(form.source.data),
        obtained_on=form.obtained_on.data,
        reason=rules.REASONS["changed"],
        by=actor(),
    )


def _filled(row: Representation) -> dict[str, Any]:
    days = {"started_on": row.started_on, "ended_on": row.ended_on}
    return {"organisation": row.organisation_name, "role": row.role, **days}


@bp.route(f"/{ID}/edustukset/<int:row>/poista", methods=["GET", "POST"])
@requires("customers.edit")
def remove_representation(id: int, row: int) -> Response:
    """Remove a role that should not be in the register."""
    held, form = _row_or_404(id, row), RemovalForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            representing.remove(row=_row_or_404(id, row), reason=form.why, by=actor())
            tx.location = url_for(".show", id=id, _anchor="edustukset")
        if not form.errors:
            flash("Edustus on poistettu.", "success")
            return see_other(tx.location)
    elif not form.is_submitted():
        log_look(id, GROUP)
        held = _row_or_404(id, row)
    return render(
        "customers/remove_representation.html", form=form, customer=customer_or_404(id), row=held, status=form.status
    )


def _person_or_404(id: int) -> Customer:
    customer = customer_or_404(id)
    return customer if customer.kind == "person" else abort(404)


def _row_or_404(person_id: int, row_id: int) -> Representation:
    """A row of the person's; when it has been changed or removed while the form was open, the way back to the card."""
    row = representing.find_representation(row_id)
    if row is None or row.person_id != customer_or_404(person_id).id:
        abort(404)
    if row.ended_at is not None:
        flash("Edustusta on muutettu sillä välin. Tarkista tiedot ennen kuin muutat niitä.", "warning")
        abort(see_other(url_for(".show", id=person_id, _anchor="edustukset")))
    return row
