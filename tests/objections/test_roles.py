"""Who sees and does what in the room, and that a double click or another window does no harm."""

from collections.abc import Callable
from typing import Any

import pytest

from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.objections.models import Objection
from tests.objections.factories import MEASURES, itemise, make_matter, matter_of
from tests.staff.factories import make_user
from tests.support.client import ReadingClient


@pytest.fixture
def matter(app: Any) -> Objection:
    """An objection that waits for its decision."""
    owner = make_user("vastuuhenkilo", username="vastuu.virtanen")
    found = make_matter(owner)
    itemise(found, "profiling", by=owner)
    return found


def test_a_reader_sees_but_does_nothing(client: ReadingClient, sign_in: Callable[..., Any], matter: Objection) -> None:
    sign_in("lukija")
    page = client.get(f"/vastustamiset/{matter.id}")
    assert "Profilointi ja kohdennettu sisältö" in page.main
    assert "Muuta kirjausta" not in page.main
    assert "Ratkaise vastustaminen" not in page.main
    for path in ("sisalto", "ratkaise", "salli"):
        assert client.get(f"/vastustamiset/{matter.id}/{path}").status_code == 403


def test_a_clerk_writes_down_but_does_not_decide(
    client: ReadingClient, sign_in: Callable[..., Any], matter: Objection
) -> None:
    sign_in("kasittelija")
    page = client.get(f"/vastustamiset/{matter.id}")
    assert "Muuta kirjausta" in page.main
    assert "Ratkaise vastustaminen" not in page.main
    assert client.get(f"/vastustamiset/{matter.id}/sisalto").status_code == 200
    assert client.get(f"/vastustamiset/{matter.id}/ratkaise").status_code == 403


def test_an_administrator_sees_nothing_of_it(
    client: ReadingClient, sign_in: Callable[..., Any], matter: Objection
) -> None:
    sign_in("paakayttaja")
    for path in ("/vastustamiset/", f"/vastustamiset/{matter.id}"):
        assert client.get(path).status_code == 403


def test_a_double_click_decides_once(client: ReadingClient, sign_in: Callable[..., Any], matter: Objection) -> None:
    sign_in("vastuuhenkilo")
    url = f"/vastustamiset/{matter.id}/ratkaise"
    opened = client.get(url)
    for _click in range(2):
        client.submit(url, {"decision": "granted", "measures": MEASURES}, page=opened)
    db.session.rollback()
    assert db.session.query(Document).filter_by(kind="objection_answer").count() == 1


def test_what_somebody_else_wrote_meanwhile_is_not_lost(
    client: ReadingClient, sign_in: Callable[..., Any], matter: Objection
) -> None:
    user = sign_in("vastuuhenkilo")
    url = f"/vastustamiset/{matter.id}/sisalto"
    opened = client.get(url)
    itemise(matter_of(matter.case), "profiling", "direct_mail", by=user, what="Toisen kirjaama asia")
    page = client.submit(url, {"what": "Minun kirjaamani asia"}, page=opened)
    assert page.status_code == 409
    assert "Minun kirjaamani asia" in page.main
    assert matter_of(matter.case).what == "Toisen kirjaama asia"
