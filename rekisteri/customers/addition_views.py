"""One more e-mail address, phone number or postal address of a customer, with its use and validity."""

from typing import Any

from flask import Response, flash, url_for

from rekisteri.customers import recognising, rules, service
from rekisteri.customers.blueprint import ID, bp, customer_or_404
from rekisteri.customers.datum_forms import ADDITIONS
from rekisteri.customers.fields import free_slot, group_fields
from rekisteri.customers.models import Customer
from rekisteri.customers.sources import chosen
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

TITLES = {
    "sahkoposti": "Lisää sähköpostiosoite",
    "puhelin": "Lisää puhelinnumero",
    "osoite": "Lisää osoite",
}


@bp.route(f"/{ID}/lisaa/<any(sahkoposti, puhelin, osoite):what>", methods=["GET", "POST"])
@requires("customers.edit")
def add_contact(id: int, what: str) -> Response:
    """Add an address or a number to those the customer has."""
    customer = customer_or_404(id)
    form = ADDITIONS[what](customer)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            added = _add(customer, form)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Tieto on lisätty.", "success")
            tell_doubts(form.values(1))
            tell_recognised(id, added)
            return see_other(tx.location)
    context = {"form": form, "customer": customer_or_404(id), "what": what, "title": TITLES[what]}
    return render("customers/add_contact.html", fragment="customers/_addition.html", status=form.status, **context)


def _add(customer: Customer, form: Any) -> list[str]:
    number = free_slot(form.group, service.held_fields(customer))
    if number is None:
        raise RuleViolation("Näitä voi olla enintään viisi. Muuta tai poista ensin jokin niistä.")
    return service.change(
        customer=customer,
        values=form.values(number),
        details={group_fields(form.group, number)[0]: form.detail},
        source=chosen(form.source.data),
        obtained_on=form.obtained_on.data,
        by=actor(),
        reason=rules.REASONS["completed"],
    )


def tell_doubts(values: dict[str, str]) -> None:
    """What looks like a mistake in values that were accepted, for the next page to tell."""
    for sentence in rules.doubts(values):
        flash(sentence, "warning")


def tell_recognised(id: int, changed: list[str]) -> None:
    """That what was changed looks like somebody whom the register has erased, for the next page to tell."""
    if sentence := recognising.warning_of_change(customer_or_404(id), changed):
        flash(sentence, "warning")
