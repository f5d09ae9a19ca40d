"""The page on which a pile of cards is entered: one form, card after card, without lifting a hand from the keyboard."""

from typing import Any

from flask import Response, abort, flash, url_for

from rekisteri.customers import rules as customers
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.paper import piles
from rekisteri.paper.blueprint import ID, binder_or_404, bp
from rekisteri.paper.forms import CardForm, PlainAction
from rekisteri.paper.models import PaperBinder, PaperItem, PaperPile
from rekisteri.paper.service import next_number

DONE = {
    "new": "Kortti {code} on kirjattu uutena asiakkaana. Kirjoita korttiin {code}.",
    "known": "Kortti {code} on liitetty asiakkaaseen, joka oli jo rekisterissä. Kirjoita korttiin {code}.",
    "nobody": "Kortin {code} tietoja ei kirjattu. Kirjoita korttiin {code}; se odottaa hävittämistä.",
}


def _pile(id: int) -> PaperPile:
    return piles.find(id) or abort(404)


def _page(pile: PaperPile, form: Form, doubts: Any = None) -> Response:
    context: dict[str, Any] = {
        "pile": pile,
        "doubts": doubts,
        "counts": piles.counts(pile),
        "last": piles.last(pile),
        "next_code": f"{pile.binder.code}-{next_number(pile.binder)}",
        "action": PlainAction(),
    }
    return render("paper/pile.html", form=form, status=form.status, **context)


@bp.post(f"/{ID}/kortit")
@requires("paper.handle")
def begin_pile(id: int) -> Response:
    """Begin to enter the cards of a binder, or go on."""
    binder, form = binder_or_404(id), PlainAction()
    with form.violations(), transaction(once=form.once.data) as tx:
        pile = piles.begin(binder=binder, by=actor(), on=today())
        tx.location = url_for(".show_pile", id=pile.id)
    for sentence in form.form_errors:
        flash(sentence, "error")
    return see_other(url_for(".show", id=id) if form.errors else tx.location)


@bp.get(f"/niput/{ID}")
@requires("paper.view")
def show_pile(id: int) -> Response:
    """The form for the next card, the counts, the last cards."""
    return _page(_pile(id), CardForm())


@bp.post(f"/niput/{ID}")
@requires("paper.handle")
def enter_card(id: int) -> Response:
    """Enter a card; duplicates and those who have been erased are told of first."""
    pile, form, doubts = _pile(id), CardForm(), piles.Doubts()
    if form.validate_on_submit():
        values = customers.check_values("person", form.values)
        doubts = piles.doubts(values)
        form.offer(doubts)
        with form.violations():
            if doubts and not form.answer.data:
                raise RuleViolation(doubts.sentence, field="answer")
            with transaction(once=form.once.data) as tx:
                item = _enter(pile, values, form)
                tx.location = url_for(".show_pile", id=id)
        if not form.errors:
            flash(DONE[item.outcome or "new"].format(code=item.code), "success")
            return see_other(tx.location)
    return _page(pile, form, doubts)


def _enter(pile: PaperPile, values: dict[str, str], form: CardForm) -> PaperItem:
    answer, ticked = form.answer.data or None, form.ticks.data or []
    return piles.enter(pile=pile, values=values, ticked=ticked, answer=answer, by=actor(), on=today())


@bp.post(f"/niput/{ID}/kumoa/<int:item>")
@requires("paper.handle")
def undo_card(id: int, item: int) -> Response:
    """Take the last card back."""
    pile, form = _pile(id), PlainAction()
    with form.violations(), transaction(once=form.once.data) as tx:
        piles.undo_last(pile=pile, item_id=item, by=actor(), on=today())
        tx.location = url_for(".show_pile", id=id)
    if form.errors:
        return _page(pile, _with_errors(form))
    flash("Viimeisen kortin kirjaus on kumottu.", "success")
    return see_other(tx.location)


@bp.post(f"/niput/{ID}/valmis")
@requires("paper.handle")
def end_pile(id: int) -> Response:
    """The whole pile has been entered."""
    pile, form = _pile(id), PlainAction()
    with form.violations(), transaction(once=form.once.data) as tx:
        piles.end(pile=pile, by=actor())
        tx.location = url_for(_next_step(pile.binder), id=pile.binder_id)
    if form.errors:
        return _page(pile, _with_errors(form))
    flash("Nippu on kirjattu. Vie kortit lukittuun paikkaan ja kirjaa se.", "success")
    return see_other(tx.location)


def _next_step(binder: PaperBinder) -> str:
    """Where the cards go when they have been entered: back to their place, or there for the first time."""
    if binder.loan is not None:
        return ".bring_back"
    return ".show" if binder.place else ".lock"


def _with_errors(action: Form) -> CardForm:
    """An empty card form that says why the button did nothing."""
    form = CardForm(formdata=None)
    form.form_errors += action.form_errors
    return form
