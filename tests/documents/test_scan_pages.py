"""Papers that came in are handed out as files, never shown as pages, and only to those whom they concern."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db
from tests.documents.factories import make_scan, picture
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]
HOSTILE = b"%PDF-1.7\n<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [(HOSTILE, "application/pdf", "pdf"), (picture(), "image/png", "png"), (picture("JPEG"), "image/jpeg", "jpg")],
)
def test_a_paper_is_saved_and_never_opened_in_the_page(
    client: ReadingClient, sign_in: SignIn, content: bytes, kind: str, ending: str
) -> None:
    sign_in("lukija")
    scan = make_scan(content, name='"; filename=evil.html')
    answer = client.get(f"/liitteet/{scan.id}")
    assert answer.data == content
    assert answer.mimetype == kind
    assert answer.headers["Content-Disposition"] == f'attachment; filename="liite-{scan.id}.{ending}"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_preview_of_a_picture_is_our_own_drawing(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    content = picture("JPEG", comment=b"<script>alert(1)</script>")
    answer = client.get(f"/liitteet/{make_scan(content).id}/esikatselu")
    assert answer.mimetype == "image/jpeg"
    assert answer.data != content
    assert b"script" not in answer.data


def test_a_pdf_has_no_preview(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    assert client.get(f"/liitteet/{make_scan(HOSTILE).id}/esikatselu").status_code == 404


@pytest.mark.parametrize(
    ("role", "subject", "status"),
    [
        ("lukija", "case:7", 200),
        ("paakayttaja", "case:7", 404),
        ("lukija", "user:3", 404),
        ("vastuuhenkilo", "user:3", 404),
        ("paakayttaja", "user:3", 200),
    ],
)
def test_a_paper_is_open_to_those_whom_it_concerns(
    client: ReadingClient, sign_in: SignIn, role: str, subject: str, status: int
) -> None:
    sign_in(role)
    scan = make_scan(subject=subject)
    assert client.get(f"/liitteet/{scan.id}").status_code == status
    assert client.get(f"/liitteet/{scan.id}/esikatselu").status_code == status


def test_not_yours_and_not_there_look_the_same(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    scan = make_scan(subject="user:3")
    assert client.get(f"/liitteet/{scan.id}").main == client.get("/liitteet/999").main


def test_a_colleague_without_a_commitment_opens_nothing(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija", committed=False)
    assert client.get(f"/liitteet/{make_scan().id}").status_code == 404


def test_every_look_at_a_paper_is_on_record(client: ReadingClient, sign_in: SignIn) -> None:
    reader = sign_in("lukija")
    scan = make_scan()
    client.get(f"/liitteet/{scan.id}")
    look = db.session.scalars(select(AuditEvent).filter_by(event="scan.viewed")).one()
    assert (look.subject, look.actor_id) == (f"scan:{scan.id}", reader.id)
