"""Request forms to hand out: a blank one, and one prefilled for a customer with a code that leads back."""

from flask import Response, abort, make_response, url_for

from rekisteri.cases import form_codes, request_forms
from rekisteri.cases.models import RequestForm
from rekisteri.cases.views.blueprint import bp
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import shown
from rekisteri.disclosures import door
from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.settings import service as settings

TITLE = "Oikaisupyyntö"
LINES = ("name", "address", "phone", "email")
CARRIES = {"name": ("last_name", "first_name"), "address": ("street", "postcode", "city", "country")}


@bp.get("/lomake.pdf")
@requires("cases.view")
def blank_form() -> Response:
    return _pdf(dict.fromkeys(LINES, ""), None, "pyyntolomake.pdf")


@bp.get("/lomake/asiakas/<int:customer_id>")
@requires("cases.edit")
def print_page(customer_id: int) -> Response:
    customer = customers.find(customer_id) or abort(404)
    return render("cases/print_form.html", form=Form(), customer=customer)


@bp.post("/lomake/<int:customer_id>.pdf")
@requires("cases.edit")
def print_form(customer_id: int) -> Response:
    customer = customers.find(customer_id) or abort(404)
    form = Form()
    if not form.validate_on_submit():
        return render("cases/print_form.html", form=form, customer=customer, status=form.status)
    with transaction(once=form.once.data) as tx:
        printed = request_forms.print_form(customer=customer, by=actor(), on=today())
        tx.location = url_for(".prefilled_form", token=printed.token)
    return see_other(tx.location)


@bp.get("/lomake/<token>.pdf")
@requires("cases.edit")
def prefilled_form(token: str) -> Response:
    printed = request_forms.find_form(token) or abort(404)
    given = _given(printed.customer)
    with transaction():
        _let_out(printed, [name for name in LINES if given[name]])
    return _pdf(given, printed, f"pyyntolomake-{form_codes.shown(printed.token)}.pdf")


def _let_out(printed: RequestForm, lines: list[str]) -> None:
    customers.record_look(printed.customer, by=actor(), fields=lines)
    door.let_out(
        kind="form",
        use="customer_relation",
        people=[printed.customer_id],
        fields=[field for line in lines for field in CARRIES.get(line, (line,))],
        purpose=TITLE,
        by=actor(),
        way="print",
        to_the_person=True,
    )


def _given(customer: Customer) -> dict[str, str]:
    """What is printed on the lines beforehand, as it stands in the register."""
    values = {field: shown(field, datum.value) for field, datum in customers.current(customer).items()}
    place = " ".join(part for part in (values.get("postcode"), values.get("city")) if part)
    return {
        "name": customer.full_name,
        "address": ", ".join(part for part in (values.get("street"), place, values.get("country")) if part),
        "phone": values.get("phone", ""),
        "email": values.get("email", ""),
    }


def _pdf(given: dict[str, str], printed: RequestForm | None, filename: str) -> Response:
    code = form_codes.shown(printed.token) if printed else ""
    html = composition.page(
        "cases/paper/request_form.html",
        title=TITLE,
        doctype="Lomake",
        number=f"Koodi {code}" if code else "",
        on=printed.printed_on if printed else today(),
        context={
            "controller": settings.current().controller(),
            "given": given,
            "return_code": url_for(".follow_form", token=printed.token, _external=True) if printed else "",
            "return_code_text": f"Lomakkeen koodi {code}",
        },
    )
    response = make_response(pdf.render(html, title=TITLE))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
