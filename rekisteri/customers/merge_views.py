"""The pages of duplicates: the work list, two customers side by side, and undoing a merge."""

from typing import Any

from flask import Response, abort, flash, request, url_for

from rekisteri.customers import comparison, duplicates, merging, pairs, panels, service, undoing
from rekisteri.customers.blueprint import ID, bp, customer_or_404
from rekisteri.customers.merge_forms import ApartForm, MergeForm, OtherForm, merge_form
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, can, requires
from rekisteri.kernel.web import render, see_other

STEPS_AT_ONCE = 10
"""How many steps of the search one press of the button makes: so many that it is felt, so few that nobody waits."""
OTHER = "<int(max=2147483647):other>"


@bp.get("/kaksoiskappaleet")
@requires("customers.merge")
def list_duplicates() -> Response:
    """The work list: pairs that look like one customer, the likeliest first."""
    found = pairs.page(request.args.get("after", type=int))
    return render("customers/duplicates.html", found=found, last=pairs.last_search(), form=Form())


@bp.post("/kaksoiskappaleet/etsi")
@requires("customers.merge")
def search_duplicates() -> Response:
    """Search on from where the last search was left, some thousands of customers at a time."""
    form = Form()
    with transaction(once=form.once.data) as tx:
        tx.location = url_for(".list_duplicates")
        progress = pairs.search_on()
    for _ in range(STEPS_AT_ONCE):
        if progress.finished:
            break
        with transaction():
            progress = pairs.search_on()
    if progress.finished:
        flash("Koko rekisteri on käyty läpi. Luettelo on ajan tasalla.", "success")
    else:
        flash(f"Rekisteristä on käyty läpi {progress.percent} prosenttia. Jatka samasta painikkeesta.", "info")
    return see_other(tx.location)


def _customer_or_404(id: int) -> Customer:
    """The customer's own row, also when it has been merged into another."""
    customer = db.session.get(Customer, id)
    return customer if customer and customer.state != "incoming" else abort(404)


def _log_looks(*ids: int) -> None:
    with transaction():
        for customer in map(_customer_or_404, ids):
            service.record_look(customer, by=actor(), fields=service.held_fields(customer))


@bp.route(f"/{ID}/yhdista", methods=["GET", "POST"])
@requires("customers.merge")
def choose_other(id: int) -> Response:
    """With whom to merge the customer whose card is open."""
    customer, form = customer_or_404(id), OtherForm()
    if form.validate_on_submit():
        with form.violations():
            other = db.session.get(Customer, form.other_id)
            if other is None or other.state not in duplicates.LIVE:
                raise RuleViolation("Tällä numerolla ei ole asiakasta.", field="number")
            merging.check_pair(customer, other)
            return see_other(url_for(".merge_two", id=id, other=other.id))
    values = {field: datum.value for field, datum in service.current(customer).items()}
    alike = [one for one in duplicates.likely_duplicates(customer.kind, values) if one.customer.id != id]
    return render("customers/choose_other.html", customer=customer, form=form, alike=alike, status=form.status)


@bp.route(f"/{ID}/yhdista/{OTHER}", methods=["GET", "POST"])
@requires("customers.merge")
def merge_two(id: int, other: int) -> Response:
    """Two customers side by side, and the merging of the second into the first."""
    kept, dropped = _customer_or_404(id), _customer_or_404(other)
    if dropped.merged_into_id == id:
        return see_other(url_for(".show", id=id))
    merging.check_pair(kept, dropped)
    found = comparison.compare(kept, dropped)
    form = merge_form(found)
    if form.is_submitted() and form.seen.data != found.seen:
        form.outdate(comparison.changes(form.seen.data or "", kept, dropped), found.seen)
    elif form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            tx.location = url_for(".show", id=id)
            _merge(form, kept, dropped)
        if not form.errors:
            flash("Asiakkaat on yhdistetty.", "success")
            return see_other(tx.location)
    elif not form.is_submitted():
        _log_looks(id, other)
    both: dict[str, Any] = {"kept": _customer_or_404(id), "dropped": _customer_or_404(other)}
    return render("customers/merge.html", form=form, found=found, alike=_reasons(id, other), status=form.status, **both)


def _merge(form: MergeForm, kept: Customer, dropped: Customer) -> None:
    """Merge, unless the data changed while we waited for our turn to write."""
    if comparison.compare(kept, dropped).seen != form.seen.data:
        raise RuleViolation("Asiakkaiden tiedot muuttuivat juuri äsken. Avaa sivu uudelleen.")
    merging.merge(kept=kept, dropped=dropped, choices=form.choices, by=actor())


def _reasons(id: int, other: int) -> list[str]:
    pair = pairs.find_pair(id, other)
    return pair.explained if pair else []


@bp.route(f"/{ID}/yhdista/{OTHER}/eri", methods=["GET", "POST"])
@requires("customers.merge")
def tell_apart(id: int, other: int) -> Response:
    """Put on record that the two are not the same customer."""
    one, another = _customer_or_404(id), _customer_or_404(other)
    merging.check_pair(one, another)
    form = ApartForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            pairs.tell_apart(one=one, other=another, because=form.because.data, by=actor())
            tx.location = url_for(".list_duplicates")
        if not form.errors:
            flash("Pari on poistettu työluettelosta.", "success")
            return see_other(tx.location)
    return render("customers/tell_apart.html", form=form, one=one, other=another, status=form.status)


@bp.route("/yhdistamiset/<int:merge_id>/peru", methods=["GET", "POST"])
@requires("customers.merge")
def undo_merge(merge_id: int) -> Response:
    """Bring both customers back as they were before a merge."""
    done = _merge_or_404(merge_id)
    form = Form()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            tx.location = url_for(".show", id=done.dropped_id)
            undoing.undo(merge=done, by=actor())
        if not form.errors:
            flash("Yhdistäminen on peruttu. Molemmat asiakkaat ovat kuten ennen sitä.", "success")
            return see_other(tx.location)
    done = _merge_or_404(merge_id)
    return render(
        "customers/undo_merge.html", form=form, done=done, refusal=undoing.why_not_undo(done), status=form.status
    )


def _merge_or_404(id: int) -> Merge:
    return undoing.find_merge(id) or abort(404)


def _on_card(customer: Customer) -> dict[str, Any]:
    return {"merges": undoing.merges_into(customer)}


def _way_to_merging(customer: panels.Outline) -> str | None:
    return url_for("customers.choose_other", id=customer.id) if can("customers.merge") else None


panels.add_panel(90, "customers/_merges.html", _on_card, "customers.view", holds={"customer.merged_into_id"})
panels.add_action(70, "Yhdistä toiseen asiakkaaseen", _way_to_merging, "customers.merge")
