"""Putting a page of paper together: a template and plain values in, the frozen HTML out.

The page carries its own style, so that it prints the same whenever it is printed. No request, user or clock is in it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup


def page(
    template: str,
    *,
    title: str,
    on: date,
    context: Mapping[str, Any],
    number: str = "",
    doctype: str = "",
    confidentiality: str = "",
) -> str:
    """The page as HTML, ready for `kernel.pdf.render`.

    :param context: plain values; `controller` must be among them. `enclosures`, `distribution` and `copies` are printed
        as Liitteet, Jakelu and Tiedoksi.
    :param doctype: the kind of document in the metadata block; the title when it is not given.
    """
    document = {
        "title": title,
        "doctype": doctype or title,
        "number": number,
        "date": on,
        "confidentiality": confidentiality,
    }
    html = current_app.jinja_env.get_template(template).render({**context, "document": document})
    return html.strip() + "\n"


def with_foot(html: str, foot: str) -> str:
    """The frozen page with a line in the foot of each sheet. The foot is not part of what is frozen."""
    escaped = "".join(sign if sign.isalnum() or sign in " .-·" else f"\\{ord(sign):06x}" for sign in foot)
    style = f'<style>@page {{ @bottom-left {{ content: "{escaped}" }} }}</style>\n</head>'
    return html.replace("</head>", style, 1)


def qr(text: str, description: str) -> Markup:
    """A QR code as a drawing inside the page, with its description for those who do not see it (PDF/UA)."""
    import segno  # only a page with a code needs it

    return Markup(segno.make(text, error="m", micro=False).svg_inline(border=0, title=description))  # noqa: S704 - segno's own
