"""The users: added, changed, put out of use and brought back."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.staff import passwords, service, sessions, throttle
from rekisteri.staff.blueprint import bp
from rekisteri.staff.forms import UserForm
from rekisteri.staff.models import User
from rekisteri.staff.password_rules import one_time_password
from rekisteri.staff.rules import ROLE_HINTS


@bp.get("/kayttajat/")
@requires("staff.manage")
def index() -> ResponseReturnValue:
    """Everybody who uses or has used the register."""
    return render("staff/index.html", users=service.list_users(), today=today())


@bp.route("/kayttajat/uusi", methods=["GET", "POST"])
@requires("staff.manage")
def create() -> ResponseReturnValue:
    """A new person, who gets a password for the first sign-in."""
    form = UserForm()
    if form.validate_on_submit():
        password = one_time_password()
        password_hash = passwords.hashed(password)
        with form.violations():
            with transaction(once=form.once.data) as tx:
                user = service.create_user(
                    **_given(form), password_hash=password_hash, must_change_password=True, by=actor()
                )
                tx.location = url_for(".show", user_id=user.id)
            return render("staff/one_time_password.html", user=user, password=password)
    return render("staff/create.html", form=form, hints=ROLE_HINTS, status=form.status)


def _given(form: UserForm) -> dict[str, Any]:
    texts: dict[str, Any] = {name: form[name].data or "" for name in ("username", "full_name", "title", "employer")}
    return texts | {"roles": form.roles.data}


@bp.get("/kayttajat/<int:user_id>")
@requires("staff.manage")
def show(user_id: int) -> ResponseReturnValue:
    """One person: roles, commitments, sessions, and what can be done."""
    user = _user(user_id)
    return render(
        "staff/show.html",
        user=user,
        form=Form(),
        today=today(),
        commitment=user.commitment_on(today()),
        sessions=sessions.list_alive(user),
        wait=throttle.current_wait(user),
    )


@bp.route("/kayttajat/<int:user_id>/muokkaa", methods=["GET", "POST"])
@requires("staff.manage")
def edit(user_id: int) -> ResponseReturnValue:
    """Change who a person is or what they may do."""
    user, form = _user(user_id), UserForm()
    if not form.is_submitted():
        form.fields_of(user)
    elif form.validate():
        with form.violations():
            with transaction(once=form.once.data) as tx:
                tx.location = url_for(".show", user_id=user_id)
                service.change_user(user=user, version=form.version.data, **_given(form), by=actor())
            flash("Tiedot on tallennettu.", "success")
            return see_other(tx.location)
    return render("staff/edit.html", form=form, user=user, hints=ROLE_HINTS, status=form.status)


@bp.post("/kayttajat/<int:user_id>/kaytosta")
@requires("staff.manage")
def disable(user_id: int) -> ResponseReturnValue:
    """Put out of use, at once."""
    user = _user(user_id)
    with transaction():
        service.disable(user=user, by=actor())
    flash("Tunnus on poistettu käytöstä ja istunnot on päätetty.", "success")
    return see_other(url_for(".show", user_id=user_id))


@bp.post("/kayttajat/<int:user_id>/kayttoon")
@requires("staff.manage")
def enable(user_id: int) -> ResponseReturnValue:
    """Bring back into use."""
    user = _user(user_id)
    with transaction():
        service.enable(user=user, by=actor())
    flash("Tunnus on taas käytössä.", "success")
    return see_other(url_for(".show", user_id=user_id))


@bp.post("/kayttajat/<int:user_id>/salasana")
@requires("staff.manage")
def give_password(user_id: int) -> ResponseReturnValue:
    """A new password for one sign-in. It is shown on this one answer and nowhere else."""
    user, form = _user(user_id), Form()
    if user == actor():
        raise RuleViolation("Vaihda oma salasanasi sivulla ”Omat tiedot”.")
    password = one_time_password()
    password_hash = passwords.hashed(password)
    with transaction(once=form.once.data) as tx:
        tx.location = url_for(".show", user_id=user_id)
        service.give_one_time_password(user=user, password_hash=password_hash, by=actor())
    return render("staff/one_time_password.html", user=user, password=password)


@bp.post("/kayttajat/<int:user_id>/istunnot")
@requires("staff.manage")
def end_sessions(user_id: int) -> ResponseReturnValue:
    """Sign a person out everywhere."""
    user = _user(user_id)
    with transaction():
        count = sessions.end_all(user=user, reason="admin", by=actor())
    flash("Istunnot on päätetty." if count else "Istuntoja ei ollut.", "success")
    return see_other(url_for(".show", user_id=user_id))


@bp.post("/kayttajat/<int:user_id>/odotus")
@requires("staff.manage")
def lift_wait(user_id: int) -> ResponseReturnValue:
    """Let a person who has to wait after wrong passwords try again at once."""
    user = _user(user_id)
    with transaction():
        throttle.lift_wait(user=user, by=actor())
    flash("Käyttäjä voi yrittää kirjautumista heti.", "success")
    return see_other(url_for(".show", user_id=user_id))


def _user(user_id: int) -> User:
    user: User = db.get_or_404(User, user_id)
    return user
