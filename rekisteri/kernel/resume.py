"""Nothing typed is lost: a form that could not be done just now is given back, ready to be sent again.

Used when the session ended while a form was open, when its token had grown old, and when the database could not write.
What was typed travels in the page itself, never through the server's memory. It is given back only when the browser says
that the form came from our own page (`Origin`), so that no other site can have a form of its own sent by our user.
"""

import json
from typing import Any

from flask import Request, render_template, request

from rekisteri.kernel.web import safe_next

NOT_CARRIED = {"csrf_token", "resume"}
SECRET_WORDS = ("password", "salasana")


def came_from_our_page(incoming: Request) -> bool:
    """Whether the browser vouches that the form stood on a page of this application."""
    origin = incoming.headers.get("Origin")
    if origin and origin != "null":
        return origin == incoming.host_url.rstrip("/")
    return incoming.headers.get("Sec-Fetch-Site") == "same-origin"


def typed_form() -> str | None:
    """What was typed, as JSON for a hidden field; None when there is nothing that may be given back."""
    if request.method != "POST" or not came_from_our_page(request):
        return None
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in NOT_CARRIED]
    if not fields or any(word in name.casefold() for name, _ in fields for word in SECRET_WORDS):
        return None
    return json.dumps({"path": request.full_path.rstrip("?"), "fields": fields, "files": bool(request.files)})


def read(carried: str | None) -> dict[str, Any] | None:
    """The form that `typed_form` wrote, or None when the text is not one."""
    try:
        form = json.loads(carried or "")
        fields = [(str(name), str(value)) for name, value in form["fields"]]
        path = safe_next(str(form["path"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return {"path": path, "fields": fields, "files": bool(form.get("files"))}


def page(form: dict[str, Any], *, title: str, text: str, status: int) -> tuple[str, int]:
    """The page that shows what was typed and sends it again with one button."""
    shown = [value for name, value in form["fields"] if value.strip() and name not in {"once", "version"}]
    return render_template("resume.html", form=form, shown=shown, title=title, text=text), status
