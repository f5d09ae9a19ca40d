"""In and out, and the first user of an empty register."""

from flask import Response, flash, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from rekisteri.kernel import resume
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, public, signed_in
from rekisteri.kernel.web import render, safe_next, see_other
from rekisteri.staff import commitment_text, cookie, first_start, passwords, sessions
from rekisteri.staff.admission import TooManyTries, admit
from rekisteri.staff.blueprint import bp, told_to_wait
from rekisteri.staff.forms import FirstUserForm, SignInForm
from rekisteri.staff.paper import commitment_paper
from rekisteri.staff.password_rules import check_repeated
from rekisteri.staff.rules import ROLE_HINTS, check_agreed
from rekisteri.staff.sign_in_rules import describe_browser

BACK_AGAIN = "Kirjauduit uudelleen sisään. Tarkista tiedot ja lähetä lomake."
SOMEBODY_ELSE = "Kesken jäänyttä lomaketta ei palautettu, koska sen oli täyttänyt toinen käyttäjä."


@bp.route("/kirjaudu", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """User name and password."""
    if request.method == "GET" and current_user.is_authenticated:
        return see_other(safe_next(request.args.get("next")))
    form = SignInForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return render("staff/sign_in.html", form=form, over=False, status=form.status)
    try:
        with form.violations():
            return _let_in(form)
    except TooManyTries as refusal:
        return told_to_wait(refusal, "staff/sign_in.html", form=form, over=False)
    return render("staff/sign_in.html", form=form, over=False, status=form.status)


def _let_in(form: SignInForm) -> Response:
    """Sign in, then go on where one was: to the page one wanted, or to the form that was interrupted."""
    user = admit(
        username=form.username.data,
        password=form.password.data,
        address=request.remote_addr or "",
        browser=describe_browser(request.user_agent.string),
        carried=cookie.token(),
    )
    same_person = cookie.enter(user)
    typed = resume.read(form.resume.data)
    if typed is None:
        return see_other(safe_next(form.next.data))
    if not same_person:
        flash(SOMEBODY_ELSE, "warning")
        return see_other("/")
    return make_response(*resume.page(typed, title="Jatka siitä, mihin jäit", text=BACK_AGAIN, status=200))


@bp.post("/kirjaudu-ulos")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the session on the server and have the browser forget what it kept of the pages."""
    with transaction():
        sessions.sign_out(token=cookie.token(), user=actor())
    cookie.leave()
    flash("Olet kirjautunut ulos.", "success")
    answer = see_other(url_for(".sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.route("/kayttoonotto/<token>", methods=["GET", "POST"])
@public
def first_user(token: str) -> ResponseReturnValue:
    """The first user of an empty register, with the one-time link that the start of the program printed."""
    form = FirstUserForm()
    if request.method == "GET" and not first_start.is_open(token):
        return render("staff/first_user_gone.html", status=404)
    if form.validate_on_submit():
        with form.violations():
            password_hash = _checked_password(form)
            with transaction(once=form.once.data) as tx:
                tx.location = url_for(".sign_in")
                _create_first_user(token, form, password_hash)
            flash("Rekisteri on otettu käyttöön. Kirjaudu sisään tunnuksellasi.", "success")
            return see_other(tx.location)
    text = commitment_text.text_of(commitment_text.CURRENT)
    return render("staff/first_user.html", form=form, token=token, text=text, hints=ROLE_HINTS, status=form.status)


def _checked_password(form: FirstUserForm) -> str:
    check_agreed(bool(form.agreed.data))
    check_repeated(form.password.data, form.again.data)
    return passwords.accept(form.password.data, names=[form.username.data, form.full_name.data])


def _create_first_user(token: str, form: FirstUserForm, password_hash: str) -> None:
    first_start.create_first_user(
        token=token,
        username=form.username.data,
        full_name=form.full_name.data,
        title=form.title.data or "",
        roles=form.roles.data,
        password_hash=password_hash,
        signed_on=form.signed_on.data or today(),
        place=form.place.data or "",
        today=today(),
    )


@bp.get("/kayttoonotto/<token>/sitoumus.pdf")
@public
def first_commitment(token: str) -> ResponseReturnValue:
    """The commitment as a blank form, to be signed before the first user is made."""
    if not first_start.is_open(token):
        return render("staff/first_user_gone.html", status=404)
    return commitment_paper()
