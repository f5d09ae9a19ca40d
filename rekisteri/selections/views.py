"""Pages of selections: the list, building one with its count beside it, looking at one and at its uses.

What is typed travels in the body of a POST only; an address knows a selection by its number.
"""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other, wants_fragment
from rekisteri.selections import outlets, printing, rules, service
from rekisteri.selections.counting import Counted
from rekisteri.selections.forms import DeleteForm, SelectionForm, filled
from rekisteri.selections.models import Selection, SelectionUse
from rekisteri.selections.rules import Choice

bp = Blueprint("selections", __name__, url_prefix="/valinnat")
ID = "<int:id>"
COUNTS = "selections/_counts.html"


@bp.context_processor
def words() -> dict[str, Any]:
    """The names of what may be chosen."""
    return {"USES": rules.USES, "WAYS": rules.WAYS, "asked_uses": _asked_uses, "left_out_rows": _left_out_rows}


def _asked_uses(choice: Choice) -> str:
    return " ja ".join(rules.USES[use].lower() for use in choice.asked_uses)


def _left_out_rows(counted: Counted | SelectionUse) -> list[tuple[str, str]]:
    """Reasons and numbers, the most common first."""
    told = counted.about if isinstance(counted, Counted) else fi_number
    return [(name, told(number)) for name, number in sorted(counted.left_out.items(), key=lambda row: -row[1])]


@bp.get("/")
@requires("selections.view")
def index() -> Response:
    """Every saved selection, and the latest uses."""
    used, after = service.uses_of(after=request.args.get("after", type=int))
    return render("selections/index.html", selections=service.all_selections(), used=used, after=after)


@bp.route("/uusi", methods=["GET", "POST"])
@requires("selections.edit")
def create() -> Response:
    """Build a selection; nothing is kept before it is saved."""
    return _built(None)


@bp.route(f"/{ID}/muokkaa", methods=["GET", "POST"])
@requires("selections.edit")
def edit(id: int) -> Response:
    """Change a saved selection."""
    return _built(_found(id))


def _built(selection: Selection | None) -> Response:
    """The form with its counts: counted as one types (htmx), by the button, or saved."""
    shown = filled(selection.choice, name=selection.name, version=selection.version) if selection else filled(Choice())
    form = SelectionForm(data=shown) if request.method == "GET" else SelectionForm()
    choice, found = _read(form), None
    if choice and not wants_fragment() and request.form.get("do") == "save":
        location = _save(form, choice, selection.id if selection else None)
        if not form.errors:
            return see_other(location)
    if choice:
        exact = request.form.get("do") == "exact"
        found = service.counted(choice) if exact else service.estimated(choice)
    back = url_for(".show", id=selection.id) if selection else url_for(".index")
    return render(
        "selections/build.html",
        fragment=COUNTS,
        form=form,
        status=form.status,
        choice=choice,
        found=found,
        back=back,
        exactly=request.path,
        is_new=selection is None,
    )


def _read(form: SelectionForm) -> Choice | None:
    """What is looked for, or None when the form says what is wrong."""
    if request.method == "POST" and not form.validate_on_submit():
        return None
    with form.violations():
        return rules.check(form.choice(), on=today())
    return None


def _save(form: SelectionForm, choice: Choice, selection_id: int | None) -> str:
    location = url_for(".index")
    name = form.name.data or ""
    with form.violations(), transaction(once=form.once.data) as tx:
        if selection_id:
            selection = _found(selection_id)
            check_version(selection, form.version.data)
            service.change(selection=selection, name=name, choice=choice, by=actor())
        else:
            selection = service.save(name=name, choice=choice, by=actor())
        tx.location = location = url_for(".show", id=selection.id)
    if not form.errors:
        flash("Valinta on tallennettu.", "success")
    return location


@bp.get(f"/{ID}")
@requires("selections.view")
def show(id: int) -> Response:
    """One selection: what is looked for, how many there are now, what it has been used for."""
    selection = _found(id)
    found = service.counted(selection) if request.args.get("tarkka") else service.estimated(selection)
    used, after = service.uses_of(id, after=request.args.get("after", type=int))
    return render(
        "selections/show.html",
        fragment=COUNTS,
        selection=selection,
        choice=selection.choice,
        told=service.told(selection.choice),
        found=found,
        used=used,
        after=after,
        links=outlets.links(selection),
        exactly=None,
    )


@bp.get(f"/{ID}/pois")
@requires("selections.view")
def left_out(id: int) -> Response:
    """Who fits and stays out, and why."""
    selection = _found(id)
    page = service.who_is_left_out(selection, after=request.args.get("after", type=int))
    return render("selections/left_out.html", selection=selection, choice=selection.choice, page=page)


@bp.get(f"/{ID}/valinta.pdf")
@requires("selections.view")
def print_selection(id: int) -> Response:
    """The selection and its figures at this moment on paper."""
    selection = _found(id)
    return _pdf(printing.selection(selection, on=today()), f"valinta-{id}.pdf")


@bp.get(f"/kaytto/{ID}")
@requires("selections.view")
def show_use(id: int) -> Response:
    """One use as it was."""
    return render("selections/use.html", used=_used(id))


@bp.get(f"/kaytto/{ID}/kaytto.pdf")
@requires("selections.view")
def print_use(id: int) -> Response:
    """One use as it was, on paper."""
    return _pdf(printing.use(_used(id)), f"valinnan-kaytto-{id}.pdf")


@bp.post(f"/{ID}/kopioi")
@requires("selections.edit")
def copy(id: int) -> Response:
    """Make another like it, and go on to change it."""
    _found(id)
    with transaction(once=request.form.get("once")) as tx:
        made = service.copy(selection=_found(id), by=actor())
        tx.location = url_for(".edit", id=made.id)
    flash("Valinnasta on tehty kopio. Muuta sitä tarpeen mukaan.", "success")
    return see_other(tx.location)


@bp.route(f"/{ID}/poista", methods=["GET", "POST"])
@requires("selections.edit")
def delete(id: int) -> Response:
    """Let go of a selection; its uses stay."""
    selection, form = _found(id), DeleteForm()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            service.delete(selection=_found(id), by=actor())
            tx.location = url_for(".index")
        flash("Valinta on poistettu. Sen käytöt säilyvät.", "success")
        return see_other(tx.location)
    return render("selections/delete.html", selection=selection, form=form, status=form.status)


def _found(id: int) -> Selection:
    return service.find(id) or abort(404)


def _used(id: int) -> SelectionUse:
    return service.find_use(id) or abort(404)


def _pdf(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
