"""Registering a request as it came in."""

from typing import Any

from flask import Response, flash, request, url_for

from rekisteri.cases import matters, request_forms, service, similar, uploads
from rekisteri.cases.forms import FILES_HINT, NOT_FOUND, AmendForm, RegisterForm
from rekisteri.cases.models import Case
from rekisteri.cases.views.blueprint import bp, case_or_404
from rekisteri.cases.views.person import people_for
from rekisteri.customers import service as customers
from rekisteri.documents.upload_rules import Examined
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import Submission, check_version, db, transaction
from rekisteri.kernel.errors import Repeated, RuleViolation
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other

Told = list[tuple[str, str]]


@bp.route("/uusi", methods=["GET", "POST"])
@requires("cases.edit")
def create() -> Response:
    form = RegisterForm(data=_beginning())
    form.mark_needed()
    told = _take_files(form)
    _offer(form)
    searching = "search" in request.form
    if not searching and form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            case = _register(form)
            tx.location = url_for(".show", id=case.id)
        if not form.errors:
            for tone, text in told:
                flash(text, tone)
            return see_other(tx.location)
    return render(
        "cases/create.html",
        fragment="cases/_people.html",
        form=form,
        told=told,
        files_hint=FILES_HINT,
        status=200 if searching and not form.rejected else form.status,
    )


def _beginning() -> dict[str, Any]:
    """What a new form starts from: today, this user, and the customer whose card or printed form led here."""
    start: dict[str, Any] = {"received_on": today(), "received_by": actor().full_name}
    printed = request_forms.find_form(request.args.get("lomake", ""))
    if printed is not None:
        start |= {"form_code": printed.token, "channel": "letter"}
    customer_id = printed.customer_id if printed else request.args.get("asiakas", type=int)
    customer = customers.find(customer_id) if customer_id else None
    if customer is not None:
        start |= {"person": str(customer.id), "requester_name": customer.full_name}
    return start


def _offer(form: RegisterForm) -> None:
    """Fill in the choices that depend on the register: rights, customers found, files kept."""
    form.kinds.choices = [(kind.code, kind.label) for kind in matters.kinds()]
    if "search" in request.form and not form.query.data:
        form.query.data = form.requester_name.data
    form.offer_people(people_for(form.query.data or "", form.person_id))
    form.offer_kept(uploads.own(form.kept_ids(), by=actor()))


def _take_files(form: RegisterForm) -> Told:
    """Keep what was sent before anything else is looked at, and follow the code of a printed form among the papers."""
    if not form.files.data:
        return []
    done = db.session.get(Submission, form.once.data)
    if done is not None:
        raise Repeated(done.location)
    fit, form.rejected = uploads.examine(form.files.data)
    with transaction():
        form.add_kept(uploads.keep(fit, by=actor()))
    return _follow_form(form, fit)


def _follow_form(form: RegisterForm, fit: list[Examined]) -> Told:
    printed = uploads.form_among(fit)
    if printed is None:
        return []
    name = printed.customer.display_name
    if printed.case is not None:
        return [
            (
                "warn",
                f"Skannattu lomake on jo kirjattu pyyntönä {printed.case.number}. Tarkista, onko tämä sama pyyntö.",
            )
        ]
    if form.person_id not in (None, printed.customer_id):
        return [("warn", f"Skannattu lomake on tulostettu asiakkaalle {name}, mutta valittuna on toinen asiakas.")]
    form.form_code.data, form.person.data = printed.token, str(printed.customer_id)
    return [
        ("good", f"Skannatun lomakkeen koodista tunnistettiin asiakas {name}. Hänet on valittu pyynnön henkilöksi.")
    ]


def _register(form: RegisterForm) -> Case:
    _check_twice(form)
    case = service.register(
        **form.facts(today()),
        kinds=form.kinds.data,
        customer=customers.find(form.person_id) if form.person_id else None,
        form=request_forms.find_form(form.form_code.data or ""),
        by=actor(),
        on=today(),
    )
    if form.person.data == NOT_FOUND:
        service.person_not_found(case=case, by=actor())
    uploads.attach(uploads.own(form.kept_ids(), by=actor()), case=case, by=actor())
    return case


def _check_twice(form: RegisterForm) -> None:
    """The same request sent by letter and by e-mail is one request; that it is another is said by a person."""
    kinds, name = form.kinds.data or [], form.requester_name.data or ""
    form.twins = similar.same_open(kinds=kinds, customer_id=form.person_id, name=name)
    if form.twins and not form.anyway.data:
        raise RuleViolation("Samalta henkilöltä on jo avoin pyyntö samasta asiasta. Tarkista se ensin.", field="anyway")


@bp.route("/<int:id>/kirjaus", methods=["GET", "POST"])
@requires("cases.edit")
def amend(id: int) -> Response:
    case = case_or_404(id)
    form = AmendForm(obj=case)
    form.mark_needed()
    if form.validate_on_submit():
        with form.violations(), transaction(once=form.once.data) as tx:
            check_version(case, form.version.data)
            service.amend(case=case, **form.facts(today()), by=actor(), on=today())
            tx.location = url_for(".show", id=id, _anchor="tiedot")
        if not form.errors:
            return see_other(tx.location)
    return render("cases/amend.html", case=case, form=form, status=form.status)
