"""The blueprint of the room, which its view files share, and the answer that two of them give."""

from typing import Any

from flask import Blueprint, Response

from rekisteri.kernel.forms import Form
from rekisteri.kernel.web import render
from rekisteri.staff.admission import TooManyTries

bp = Blueprint("staff", __name__)


def told_to_wait(refusal: TooManyTries, template: str, *, form: Form, **context: Any) -> Response:
    """The same page with the wait in words, and in seconds for programs (RFC 6585, section 4)."""
    form.form_errors.append(refusal.sentence)
    answer = render(template, form=form, status=429, **context)
    answer.headers["Retry-After"] = str(int(refusal.wait.total_seconds()) + 1)
    return answer
