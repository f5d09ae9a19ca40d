"""A selection on paper: what was looked for, how many were found, who stayed out and why. Nobody is named on it."""

from collections.abc import Mapping, Sequence
from datetime import date

from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import in_finland
from rekisteri.selections import service
from rekisteri.selections.models import Selection, SelectionUse
from rekisteri.settings import service as settings

TEMPLATE = "selections/paper/selection.html"


def selection(of: Selection, *, on: date) -> bytes:
    """A selection as it would be used on this day; everybody is counted."""
    found = service.counted(of)
    return _page(of.name, service.told(of.choice), found.matched, found.count, found.left_out, on=on, purpose="", by="")


def use(used: SelectionUse) -> bytes:
    """A use as it was."""
    by = used.by.full_name if used.by else ""
    told = [(label, text) for label, text in used.told]
    on = in_finland(used.at).date()
    return _page(used.name, told, used.matched, used.count, used.left_out, on=on, purpose=used.purpose, by=by)


def _page(
    name: str,
    told: Sequence[tuple[str, str]],
    matched: int,
    count: int,
    left_out: Mapping[str, int],
    *,
    on: date,
    purpose: str,
    by: str,
) -> bytes:
    context = {
        "controller": settings.current().controller(),
        "told": told,
        "matched": matched,
        "count": count,
        "left_out": left_out,
        "purpose": purpose,
        "by": by,
    }
    doctype = "Valinnan käyttö" if purpose else "Valinta"
    html = composition.page(TEMPLATE, title=name, on=on, doctype=doctype, context=context)
    return pdf.render(html, title=f"{doctype}: {name}")
