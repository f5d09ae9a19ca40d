"""Entering customers and changing their data: the whole form, or one datum on the card."""

from typing import Any

from flask import Response, abort, flash, url_for

from rekisteri.customers import diary, overview, recognising, rules, service
from rekisteri.customers.addition_views import tell_doubts, tell_recognised
from rekisteri.customers.blueprint import ID, bp, customer_or_404, log_look
from rekisteri.customers.datum_forms import DatumForm, datum_form
from rekisteri.customers.duplicates import Likeness, likely_duplicates
from rekisteri.customers.forms import NEW, changed_form
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.sources import chosen
from rekisteri.customers.validity import Detail
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import Conflict
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other, wants_fragment

KINDS = {"henkilo": "person", "yhteiso": "organisation"}
WARNING = "Rekisterissä on jo samankaltainen asiakas. Tarkista alta, onko kyse samasta."


@bp.get("/uusi")
@requires("customers.edit")
def choose_kind() -> Response:
    """Person or organisation: the first question on a new customer."""
    return render("customers/choose_kind.html")


@bp.route("/uusi/<any(henkilo, yhteiso):word>", methods=["GET", "POST"])
@requires("customers.edit")
def create(word: str) -> Response:
    """Enter a new customer."""
    return _create(KINDS[word], None)


@bp.route(f"/{ID}/uusi-henkilo", methods=["GET", "POST"])
@requires("customers.edit")
def create_representative(id: int) -> Response:
    """Enter a person who represents the organisation whose card is open."""
    organisation = customer_or_404(id)
    return _create("person", organisation) if organisation.kind == "organisation" else abort(404)


def _create(kind: str, organisation: Customer | None) -> Response:
    """The form; likely duplicates and the erased are told of first, and passed over knowingly."""
    form = NEW[kind](data={"organisation": organisation.display_name} if organisation else None)
    alike: list[Likeness] = []
    erased: str | None = None
    if form.validate_on_submit():
        values = rules.check_values(kind, form.values)
        alike, erased = likely_duplicates(kind, values), recognising.warning(kind, values)
        if (alike or erased) and not form.knowingly.data:
            form.form_errors += [erased] * bool(erased) + [WARNING] * bool(alike)
        else:
            with form.violations(), transaction(once=form.once.data) as tx:
                customer = _enter(kind, form, organisation)
                tx.location = url_for(".show", id=customer.id)
            if not form.errors:
                flash("Asiakas on lisätty rekisteriin.", "success")
                tell_doubts(form.values)
                return see_other(tx.location)
    context: dict[str, Any] = {"form": form, "alike": alike, "erased": erased, "organisation": organisation}
    return render("customers/create.html", status=form.status, **context)


def _enter(kind: str, form: Any, organisation: Customer | None) -> Customer:
    return service.create(
        kind=kind,
        values=form.values,
        source=chosen(form.source.data),
        obtained_on=form.obtained_on.data,
        by=actor(),
        organisation=organisation,
    )


@bp.route(f"/{ID}/muokkaa", methods=["GET", "POST"])
@requires("customers.edit")
def edit(id: int) -> Response:
    """Change any of the data; the new values come from one source on one day."""
    customer = customer_or_404(id)
    form = changed_form(customer.kind, service.held_fields(customer))(data=_filled(customer))
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(customer, form.version.data, theirs=_shown(customer))
            changed = _save(form, customer, form.values)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash(_told(changed), "success")
            tell_doubts(form.values)
            tell_recognised(id, changed)
            return see_other(tx.location)
    elif not form.is_submitted():
        log_look(id)
    return render("customers/edit.html", form=form, customer=customer_or_404(id), status=form.status)


def _shown(customer: Customer) -> dict[str, str]:
    held = service.current(customer)
    asked = rules.offered(customer.kind, held)
    return {field: rules.shown(field, held[field].value) if field in held else "" for field in asked}


def _filled(customer: Customer) -> dict[str, Any]:
    return {**_shown(customer), "version": customer.version}


def _save(form: Any, customer: Customer, values: dict[str, str], details: dict[str, Detail] | None = None) -> list[str]:
    return service.change(
        customer=customer,
        values=values,
        details=details,
        source=chosen(form.source.data),
        obtained_on=form.obtained_on.data,
        by=actor(),
        reason=rules.REASONS[form.reason.data],
    )


def _told(changed: list[str]) -> str:
    return "Muutokset on tallennettu." if changed else "Mikään tieto ei muuttunut, joten mitään ei tallennettu."


@bp.route(f"/{ID}/tieto/<field>", methods=["GET", "POST"])
@requires("customers.edit")
def edit_datum(id: int, field: str) -> Response:
    """Change one datum: on the card by htmx, or on a page of its own."""
    customer, current = _data_or_404(id, field)
    form = datum_form(customer, field, current)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            _check_datum(form, customer, field)
            changed = _save(form, customer, {field: form.value.data or ""}, form.details)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash(_told(changed), "success")
            tell_recognised(id, changed)
            return _saved(id, field) if wants_fragment() else see_other(tx.location)
    elif not form.is_submitted():
        log_look(id, field)
    line = overview.Line(field, form.value.label.text, None)
    context = {"form": form, "line": line, "customer": customer_or_404(id)}
    return render("customers/edit_datum.html", fragment="customers/_datum_form.html", status=form.status, **context)


def _data_or_404(id: int, field: str) -> tuple[Customer, dict[str, Datum]]:
    customer = customer_or_404(id)
    if field not in rules.FIELDS[customer.kind]:
        abort(404)
    return customer, service.current(customer)


def _check_datum(form: DatumForm, customer: Customer, field: str) -> None:
    held = service.current(customer).get(field)
    if form.version.data != (held.id if held else 0):
        theirs = {"value": rules.shown(field, held.value) if held else ""}
        raise Conflict(theirs=theirs, version=held.id if held else 0)


def _saved(id: int, field: str) -> Response:
    customer = customer_or_404(id)
    past = diary.past(customer)
    empty = overview.Line(field, rules.FIELDS[customer.kind][field], None)
    line = next((line for line in past.lines if line.field == field), empty)
    return render("customers/_datum_saved.html", customer=customer, line=line, entries=past.entries)


@bp.get(f"/{ID}/tieto/<field>/peruuta")
@requires("customers.edit")
def leave_datum(id: int, field: str) -> Response:
    """The datum as it stands, when the change was given up."""
    if not wants_fragment():
        return see_other(url_for(".show", id=id))
    log_look(id, field)
    customer, current = _data_or_404(id, field)
    line = overview.Line(field, rules.FIELDS[customer.kind][field], current.get(field))
    return render("customers/_data.html", customer=customer, lines=[line])
