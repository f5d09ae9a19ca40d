"""Requests and papers for tests. Nobody in them exists."""

import io
from datetime import date
from typing import Any

import segno
from PIL import Image, ImageDraw

from rekisteri.cases import service
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk

RECEIVED = date(2026, 11, 16)
TODAY = date(2026, 11, 23)
MAIJA = service.Requester("Maija Virtanen", "Mäkitie 4 A 3", "00100", "Helsinki")


def make_case(*, by: Any = None, requester: service.Requester = MAIJA, **changes: Any) -> Case:
    """Maija Virtanen's signed letter, received a week ago and registered today, unless told otherwise."""
    told: dict[str, Any] = {
        "received_on": RECEIVED,
        "channel": "letter",
        "kinds": ["rectification"],
        "signature": "signed",
    }
    with transaction():
        return service.register(requester=requester, by=by or make_clerk(), **(told | {"on": TODAY} | changes))


def decide(case: Case, by: Any) -> None:
    """Answer the case in full: nothing of it waits for a decision any more."""
    for matter in case.matters:
        matter.outcome = "not_held"
    service.advance(case=case, state="decided", by=by)


def again(case: Case) -> Case:
    """The case as it now stands in the database."""
    db.session.rollback()
    db.session.expire_all()
    found = service.find(case.id)
    assert found is not None
    return found


def only_case() -> Case:
    """The one request that a test has registered."""
    db.session.rollback()
    return db.session.query(Case).one()


def png(text: str = "Pyyntö", size: tuple[int, int] = (600, 800)) -> bytes:
    """A scanned page as a PNG."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((40, 40), text, fill="black")
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()


def jpeg_with_code(text: str) -> bytes:
    """A scanned form with a QR code in its corner, as a JPEG."""
    code = io.BytesIO()
    segno.make(text, error="m").save(code, kind="png", scale=6, border=4)
    page = Image.new("RGB", (1240, 1754), "white")
    page.paste(Image.open(code), (900, 60))
    drawn = io.BytesIO()
    page.save(drawn, "JPEG", quality=70)
    return drawn.getvalue()


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return io.BytesIO(content), name


PDF_WITH_SCRIPT = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

FILLED: dict[str, Any] = {
    "kinds": ["rectification"],
    "received_on": "16.11.2026",
    "channel": "letter",
    "signature": "signed",
    "requester_name": "Maija Virtanen",
    "requester_street": "Mäkitie 4 A 3",
    "requester_postcode": "00100",
    "requester_city": "Helsinki",
}
"""A registration form as a clerk fills it from a signed letter."""
