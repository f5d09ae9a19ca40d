"""One's own page, and the table of who may do what."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, signed_in
from rekisteri.kernel.web import render, see_other
from rekisteri.staff import commitment_text, cookie, passwords, rules, service, sessions
from rekisteri.staff.admission import TooManyTries, confirm
from rekisteri.staff.blueprint import bp, told_to_wait
from rekisteri.staff.forms import PasswordForm
from rekisteri.staff.models import User
from rekisteri.staff.paper import commitment_paper
from rekisteri.staff.password_rules import check_repeated
from rekisteri.staff.sign_in_rules import describe_browser


@bp.get("/kayttajat/oma")
@signed_in
def own() -> ResponseReturnValue:
    """Who I am to the register: roles, commitment, where I am signed in."""
    user = actor()
    commitment = user.commitment_on(today())
    text = commitment_text.text_of(commitment.text_version if commitment else commitment_text.CURRENT)
    current = sessions.find(cookie.token())
    return render(
        "staff/own.html",
        form=Form(),
        user=user,
        commitment=commitment,
        text=text,
        sessions=sessions.list_alive(user),
        current=current,
    )


@bp.route("/kayttajat/oma/salasana", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """A new password of one's own; the old one's sessions end everywhere, this browser goes on with a new one."""
    form, user = PasswordForm(), actor()
    if form.validate_on_submit():
        try:
            with form.violations():
                _change(user, _new_password(user, form))
                return see_other(url_for(".own"))
        except TooManyTries as refusal:
            return told_to_wait(refusal, "staff/change_password.html", form=form, user=user)
    return render("staff/change_password.html", form=form, user=user, status=form.status)


def _new_password(user: User, form: PasswordForm) -> str:
    confirm(user=user, password=form.current.data, address=request.remote_addr or "")
    check_repeated(form.password.data, form.again.data)
    return passwords.accept(form.password.data, names=[user.username, user.full_name, user.employer])


def _change(user: User, password_hash: str) -> None:
    with transaction():
        service.change_password(user=user, password_hash=password_hash, by=user)
        sessions.start(user=user, browser=describe_browser(request.user_agent.string))
    cookie.enter(user)
    flash("Salasana on vaihdettu. Muut istuntosi on päätetty.", "success")


@bp.post("/kayttajat/oma/istunnot")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Sign myself out everywhere else, for example on a computer I forgot."""
    with transaction():
        count = sessions.end_all(user=actor(), reason="own", by=actor(), but=cookie.token())
    flash("Muut istuntosi on päätetty." if count else "Muita istuntoja ei ollut.", "success")
    return see_other(url_for(".own"))


@bp.get("/kayttajat/oma/sitoumus.pdf")
@signed_in
def own_commitment() -> ResponseReturnValue:
    """The commitment with my name, to be signed."""
    return commitment_paper(actor())


@bp.get("/kayttajat/oikeudet")
@signed_in
def permissions() -> ResponseReturnValue:
    """The table of roles, as the gate reads it."""
    allowed = [rules.ROLES[role][1] for role in rules.ROLES]
    rows = [
        [label, *("kyllä" if code in held else None for held in allowed), _needs_commitment(code)]
        for code, label in rules.PERMISSIONS.items()
    ]
    names = [name for name, _held in rules.ROLES.values()]
    descriptions = [(rules.ROLES[role][0], hint) for role, hint in rules.ROLE_HINTS.items()]
    return render("staff/permissions.html", names=names, rows=rows, descriptions=descriptions)


def _needs_commitment(permission: str) -> str | None:
    return None if permission in rules.WITHOUT_COMMITMENT else "kyllä"
