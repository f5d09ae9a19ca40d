"""The confidentiality commitment on paper: a form to be signed by hand."""

from flask import Response, make_response, render_template

from rekisteri.kernel.clock import today
from rekisteri.kernel.pdf import render
from rekisteri.staff.commitment_text import CURRENT, text_of
from rekisteri.staff.company import controller
from rekisteri.staff.models import User

TITLE = "Salassapitositoumus"


def commitment_paper(user: User | None = None) -> Response:
    """The form as a PDF, with the person's name when it is known; the place for date and signature stays empty."""
    document = {
        "title": TITLE,
        "doctype": TITLE,
        "date": today(),
        "number": f"Teksti {CURRENT}",
        "confidentiality": "",
    }
    html = render_template(
        "staff/paper/commitment.html",
        document=document,
        controller=controller(),
        person=user,
        text=text_of(CURRENT),
        return_code=None,
    )
    answer = make_response(render(html, title=TITLE))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = 'inline; filename="salassapitositoumus.pdf"'
    return answer
