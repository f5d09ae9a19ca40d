"""The pages of connections: what partners' programs may do, their keys and their calls."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, flash, request, url_for

from rekisteri.disclosures.recipients import all_recipients, find_recipient
from rekisteri.disclosures.rules import GROUNDS
from rekisteri.interfaces import api_views, connections, holding, rules, telling_changes, waiting
from rekisteri.interfaces.blueprint import bp, connection_or_404, key_or_404
from rekisteri.interfaces.catalogue import OPERATIONS
from rekisteri.interfaces.forms import ConfirmForm, ConnectionForm, KeyForm
from rekisteri.interfaces.models import Connection
from rekisteri.interfaces.problems import KINDS
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import check_version, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

__all__ = ["bp", "holding", "init", "telling_changes"]
STATES = {
    "open": ("Voimassa", "good"),
    "expired": ("Vanhentunut", "warn"),
    "replaced": ("Vaihdettu", "neutral"),
    "revoked": ("Suljettu", "neutral"),
}


def init(app: Flask) -> None:
    """Open the interface."""
    api_views.init_api(app)


@bp.get("/rajapinnat/")
@requires("interfaces.manage")
def index() -> Response:
    """Every connection, and the partners who have not taken in what they were told."""
    found = connections.all_connections()
    return render(
        "interfaces/index.html",
        connections=found,
        used=connections.last_use(found),
        state_of=connections.state_of,
        waiting=waiting.unacknowledged(),
        scopes=rules.SCOPES,
        named=_named,
    )


def _named(codes: list[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[code] for code in codes)


@bp.get("/rajapinnat/<int:id>")
@requires("interfaces.manage")
def show(id: int) -> Response:
    """One connection: what it may do, its keys, its calls."""
    connection, before = connection_or_404(id), request.args.get("before", type=int)
    size = 50
    calls = connections.calls(connection, before=before, size=size)
    return render(
        "interfaces/show.html",
        connection=connection,
        keys=[(key, STATES[connections.state_of(key)]) for key in connection.keys],
        calls=calls,
        next=url_for(".show", id=id, before=calls[-1].id) + "#kutsut" if len(calls) == size else None,
        operations={one.name: one.title for one in OPERATIONS},
        problems={code: kind.fi[0] for code, kind in KINDS.items()},
        texts={"scopes": rules.SCOPES, "fields": rules.FIELDS, "uses": rules.USES, "grounds": GROUNDS},
        waiting=waiting.unacknowledged(connection.recipient_id),
        named=_named,
    )


@bp.route("/rajapinnat/uusi", methods=["GET", "POST"])
@requires("interfaces.manage")
def create() -> Response:
    """Let a partner's program in."""
    form = ConnectionForm([one for one in all_recipients() if one.active])
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            recipient = find_recipient(int(form.recipient.data))
            if recipient is None:
                raise RuleViolation("Valitse kumppani.", field="recipient")
            made = connections.open_connection(recipient=recipient, by=actor(), **form.details)
            tx.location = url_for(".show", id=made.id)
        if not form.errors:
            flash("Liittymä on avattu. Tee sille avain.", "success")
            return see_other(tx.location)
    return render("interfaces/form.html", form=form, connection=None, status=form.status)


@bp.route("/rajapinnat/<int:id>/muokkaa", methods=["GET", "POST"])
@requires("interfaces.manage")
def edit(id: int) -> Response:
    """Change what a connection may do; it holds from the next call on."""
    connection = connection_or_404(id)
    form = ConnectionForm([connection.recipient], connection)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(connection, form.version.data)
            connections.change_connection(connection=connection, by=actor(), **form.details)
            tx.location = url_for(".show", id=id)
        if not form.errors:
            flash("Liittymä on tallennettu.", "success")
            return see_other(tx.location)
    return render("interfaces/form.html", form=form, connection=connection_or_404(id), status=form.status)


@bp.route("/rajapinnat/<int:id>/avain", methods=["GET", "POST"])
@requires("interfaces.manage")
def make_key(id: int) -> Response:
    """Make the first key or rotate; the key is told on the answer to this form and never again."""
    connection, form = connection_or_404(id), KeyForm()
    if form.validate_on_submit():
        with form.violations():
            with transaction(once=form.once.data) as tx:
                tx.location = url_for(".show", id=id)
                secret = connections.make_key(
                    connection=connection,
                    expires_on=form.expires_on.data or today(),
                    overlap=int(form.overlap.data),
                    by=actor(),
                )
            return render("interfaces/key_once.html", connection=connection_or_404(id), secret=secret)
    return render("interfaces/key.html", form=form, connection=connection_or_404(id), status=form.status)


@bp.route("/rajapinnat/avaimet/<int:id>/sulje", methods=["GET", "POST"])
@requires("interfaces.manage")
def revoke_key(id: int) -> Response:
    """Close one key at once."""
    key = key_or_404(id)
    question = f"Suljetaanko avain …{key.ending}?"
    text = "Avain lakkaa kelpaamasta heti, eikä sitä voi avata uudelleen. Jos kumppani tarvitsee uuden, tee se ensin."
    return _confirmed(
        key.connection, question, text, lambda: connections.revoke_key(key=key, by=actor()), "Avain on suljettu."
    )


@bp.route("/rajapinnat/<int:id>/sulje", methods=["GET", "POST"])
@requires("interfaces.manage")
def close(id: int) -> Response:
    """Close a connection with all its keys."""
    connection = connection_or_404(id)
    question = f"Suljetaanko liittymä {connection.name}?"
    text = (
        "Kaikki avaimet lakkaavat kelpaamasta heti. Oikaisuista, rajoituksista ja poistoista kumppanille ilmoitetaan "
        "tästä lähtien kirjeellä, ellei sillä ole toista liittymää."
    )
    return _confirmed(
        connection,
        question,
        text,
        lambda: connections.close_connection(connection=connection, by=actor()),
        "Liittymä on suljettu.",
    )


def _confirmed(connection: Connection, question: str, text: str, act: Any, done: str) -> Response:
    form, back = ConfirmForm(), url_for(".show", id=connection.id)
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            tx.location = back
            act()
        if not form.errors:
            flash(done, "success")
            return see_other(back)
    return render("interfaces/confirm.html", form=form, question=question, text=text, back=back, status=form.status)
