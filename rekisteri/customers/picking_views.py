"""Choosing whose order, invoice or disclosure is entered: one page for every room that begins with a customer."""

from flask import Response, request, url_for

from rekisteri.customers import service
from rekisteri.kernel.forms import Form, Text
from rekisteri.kernel.web import render


class PickingForm(Form):
    """Whom to find."""

    q = Text("Haku", max=200)


def pick(title: str, *, leads_to: str, back: tuple[str, str], archived: bool = True) -> Response:
    """Find a customer and go on from there. What is searched for comes by POST and stays out of addresses and logs.

    :param title: the question that is answered by choosing.
    :param leads_to: the endpoint of the page that follows, which takes the customer's id.
    :param back: the address and the name of the page to go back to.
    :param archived: whether one in the archive will do; otherwise the card is offered, to be taken back first.
    """
    form = PickingForm(meta={"csrf": False})
    text = form.q.data or "" if form.is_submitted() and form.validate() else ""
    return render(
        "customers/pick.html",
        fragment="customers/_picked.html",
        status=form.status,
        form=form,
        title=title,
        back=back,
        here=request.path,
        text=text,
        found=[(one, _next(one.id, leads_to, archived or one.state == "active")) for one in service.search(text)],
    )


def _next(customer_id: int, leads_to: str, fit: bool) -> str:
    return url_for(leads_to if fit else "customers.show", id=customer_id)
