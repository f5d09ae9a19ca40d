"""Printing a customer's card: what for and to whom is asked first, and the row is left before the paper."""

from typing import Any

from flask import Response, abort, url_for

from rekisteri.customers import panels
from rekisteri.customers.blueprint import customer_or_404
from rekisteri.disclosures import recipients
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.lists import cards
from rekisteri.lists.blueprint import bp
from rekisteri.lists.forms import CardForm

panels.add_action(62, "Tulosta kortti", lambda customer: url_for("lists.card", id=customer.id), "lists.print")


@bp.route("/kortti/asiakas/<int:id>", methods=["GET", "POST"])
@requires("lists.print")
def card(id: int) -> Response:
    """Tell what a card is printed for and for whom."""
    customer = customer_or_404(id)
    form = CardForm()
    form.offer([(str(one.id), one.name) for one in recipients.all_recipients() if one.active])
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            hands = _hands(form)
            number = cards.let_out(customer=customer, purpose=form.purpose.data or "", hands=hands, by=actor())
            tx.location = url_for(".card_pdf", id=number)
        if not form.errors:
            return see_other(tx.location)
    return render("lists/card.html", form=form, customer=customer_or_404(id), status=form.status)


def _hands(form: Any) -> cards.Hands:
    receiver: str = form.receiver.data
    if not receiver.isdecimal():
        return cards.Hands(receiver)
    return cards.Hands("recipient", recipients.find_recipient(int(receiver)), form.ground.data)


@bp.get("/kortti/<int:id>.pdf")
@requires("lists.print")
def card_pdf(id: int) -> Response:
    """The card for the printer, on the day it was asked for."""
    with transaction():
        customer_id = cards.open_print(cards.find(id) or abort(404), by=actor()).id
    went = cards.find(id) or abort(404)
    response = Response(cards.draw(went, customer_or_404(customer_id)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="kortti-{id}.pdf"'
    return response
