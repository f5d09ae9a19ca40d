"""The pages of lists: what may be printed, making a print of a selection, and opening it."""

from collections.abc import Callable
from typing import Any, BinaryIO

from flask import Response, abort, flash, request, send_file, url_for

from rekisteri.disclosures import recipients
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.gate import actor, can, requires
from rekisteri.kernel.pdf import Drawn
from rekisteri.kernel.web import render, see_other
from rekisteri.lists import card_views, rules, service, setting
from rekisteri.lists.blueprint import bp
from rekisteri.lists.forms import FORMS, PrintForm
from rekisteri.lists.models import Printout
from rekisteri.selections import service as selections
from rekisteri.selections.models import Selection
from rekisteri.selections.outlets import add_outlet

__all__ = ["bp", "card_views"]

PAPER = {"luettelo": "list", "tarrat": "labels", "kirjeet": "letters"}
FILES = {"osoitetiedosto": "file", "sahkoposti": "emails", "tekstiviesti": "messages"}
FILE_NAMES = {"file": "osoitteet", "emails": "sahkopostit", "messages": "numerot"}
LEADS = {
    "list": "Luettelo tulostetaan A4-paperille nimien mukaan.",
    "labels": "Osoitteet tulostetaan tavallisille tarra-arkeille. Liian pitkä rivi pienennetään tai jaetaan, niin että se mahtuu.",
    "letters": "Sama kirje jokaiselle valinnassa olevalle, ikkunakuoreen.",
    "file": "Osoitteet painotalolle tai postittajalle. Jokaisesta henkilöstä kirjataan luovutus vastaanottajalle.",
    "emails": "Nimet ja sähköpostiosoitteet yrityksen omaa sähköpostitusta varten.",
    "messages": "Nimet ja matkapuhelinnumerot yrityksen omia tekstiviestejä varten.",
}
MEDIA = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_CHUNK = 1 << 20
ANY_WAY = frozenset({"post", "phone", "none"})


def _outlet(what: str, endpoint: str = ".make") -> Callable[[Selection], str]:
    return lambda selection: url_for(f"lists{endpoint}", what=what, selection=selection.id)


add_outlet("Osoitetarrat", "lists.print", _outlet("tarrat"))
add_outlet("Kirjeet", "lists.print", _outlet("kirjeet"))
add_outlet("Tulostettu luettelo", "lists.print", _outlet("luettelo"), ways=ANY_WAY)
add_outlet("Osoitetiedosto painotalolle", "customers.export", _outlet("osoitetiedosto", ".make_file"))
add_outlet("Sähköpostilista", "customers.export", _outlet("sahkoposti", ".make_file"), ways=frozenset({"email"}))
add_outlet("Tekstiviestilista", "customers.export", _outlet("tekstiviesti", ".make_file"), ways=frozenset({"sms"}))


@bp.get("/")
@requires("lists.print")
def index() -> Response:
    """What may be printed, and what has been printed lately."""
    kinds = rules.KINDS if can("customers.export") else setting.PAPER
    return render("lists/index.html", latest=service.latest(kinds), selections=selections.all_selections())


@bp.route("/uusi/<any(luettelo, tarrat, kirjeet):what>", methods=["GET", "POST"])
@requires("lists.print")
def make(what: str) -> Response:
    """Make a list, labels or letters."""
    return _page(PAPER[what])


@bp.route("/uusi/<any(osoitetiedosto, sahkoposti, tekstiviesti):what>", methods=["GET", "POST"])
@requires("customers.export")
def make_file(what: str) -> Response:
    """Make a file of addresses for a printing house, or of e-mail addresses or numbers for the company's own messages."""
    return _page(FILES[what])


def _page(kind: str) -> Response:
    form = _form(kind)
    if form.validate_on_submit():
        with form.violations():
            answer = _done(kind, form)
            if answer is not None:
                return answer
    chosen = _chosen(form)
    outlook = service.outlook(kind, chosen, to_a_recipient=kind == "file") if chosen else None
    context: dict[str, Any] = {"kind": kind, "what": rules.KINDS[kind], "chosen": chosen, "outlook": outlook}
    return render("lists/make.html", form=form, status=form.status, leads=LEADS, **context)


def _form(kind: str) -> Any:
    form: PrintForm = FORMS[kind]()
    form.offer(
        selections=[(str(one.id), one.name) for one in selections.all_selections()],
        recipients=[(str(one.id), one.name) for one in recipients.all_recipients() if one.active],
    )
    if request.method == "GET":
        form.selection.data = request.args.get("selection", "")
        if kind == "labels" and (last := service.last_setting()):
            form.sheet.data = last["sheet"]
            form.dx.data, form.dy.data = round(last["dx"] * 1000), round(last["dy"] * 1000)
    return form


def _done(kind: str, form: Any) -> Response | None:
    """What the button asked for: a print in which nobody is, a look at how many there would be, or the print itself."""
    given = {name: field.data for name, field in form._fields.items()}
    chosen = service.check_selection(kind, _chosen(form))
    kept = setting.checked(kind, given, chosen.use)
    action = request.form.get("action")
    if action == "test":
        return _drawn(setting.test_print(kind, kept), "koetuloste.pdf")
    if action == "preview":
        return None
    with transaction(once=form.once.data) as tx:
        made = service.make(
            kind=kind,
            selection=service.check_selection(kind, _chosen(form)),
            setting=kept,
            purpose=form.purpose.data or "",
            by=actor(),
            handover=_handover(form),
            columns=kept.get("columns", ()),
        )
        tx.location = url_for(".show", id=made.id)
    flash("Tuloste on valmis ja kirjattu luovutuksiin.", "success")
    return see_other(tx.location)


def _chosen(form: Any) -> Selection | None:
    """The selection that the form names."""
    number = form.selection.data or ""
    return selections.find(int(number)) if number.isdecimal() and len(number) < 10 else None


def _handover(form: Any) -> service.Handover:
    if "recipient" not in form:
        return service.Handover()
    recipient = db.session.get(Recipient, int(form.recipient.data)) if form.recipient.data.isdecimal() else None
    if recipient is None:
        raise RuleViolation("Valitse, kenelle tiedosto annetaan.", field="recipient")
    return service.Handover(recipient, form.ground.data, form.way.data)


@bp.get("/<int:id>")
@requires("lists.print")
def show(id: int) -> Response:
    """One print: what it is, how many went, and on its own day the print itself."""
    made = _made(id)
    context: dict[str, Any] = {"told": setting.told(made), "fresh": made.outgoing.left_on == today(), "rules": rules}
    return render(
        "lists/show.html",
        made=made,
        left_out=_in_words(made.setting.get("left_out", made.outgoing.left_out)),
        **context,
    )


def _in_words(left_out: dict[str, int]) -> str:
    return ", ".join(f"{reason} ({fi_number(count)})" for reason, count in left_out.items())


@bp.get("/<int:id>.pdf")
@requires("lists.print")
def pdf(id: int) -> Response:
    """The print for the printer."""
    made = _made(id)
    if made.kind not in setting.PAPER:
        abort(404)
    with transaction():
        passage = service.open_print(_made(id), by=actor())
    made = _made(id)
    name = f"{'-'.join(made.name.lower().split())}-{made.id}.pdf"
    return _drawn(setting.drawn(made, service.people(passage)), name)


@bp.get("/<int:id>/tiedosto")
@requires("customers.export")
def file(id: int) -> Response:
    """The file for the recipient, or for the company's own mailing."""
    made = _made(id)
    if made.kind in setting.PAPER:
        abort(404)
    with transaction():
        passage = service.open_print(_made(id), by=actor())
    made = _made(id)
    kind, name = made.setting["file_kind"], FILE_NAMES[made.kind]
    content = setting.filed(made, passage, service.people(passage))
    return send_file(content, mimetype=MEDIA[kind], as_attachment=True, download_name=f"{name}-{made.id}.{kind}")


def _made(id: int) -> Printout:
    return service.find(id) or abort(404)


def _drawn(drawn: Drawn, name: str) -> Response:
    """What was drawn, in pieces, so that it is never whole in this process's memory."""

    def pieces(source: BinaryIO) -> Any:
        with source:
            while piece := source.read(_CHUNK):
                yield piece

    return _named(Response(pieces(drawn.file), mimetype="application/pdf"), name)


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
