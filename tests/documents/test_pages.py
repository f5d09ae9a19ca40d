"""The pages of issued documents: what waits for the post, one document, its PDF, and who may do what."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from rekisteri.audit.models import AuditEvent
from rekisteri.documents import printing, service
from rekisteri.documents.models import Document, DocumentPrint
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.pdf import PdfError
from tests.documents.factories import make_document
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]


@pytest.fixture(autouse=True)
def today(freeze: Any) -> None:
    freeze("2026-11-23")


def fresh(document: Document) -> Document:
    db.session.rollback()
    return db.session.get_one(Document, document.id)


def test_a_clerk_sees_what_waits_for_the_post(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    document = make_document()
    page = client.get("/asiakirjat/")
    assert page.status_code == 200
    assert all(word in page.main for word in (document.number, "Kieltäytymistodistus", "Šakki Žukov", "23.11.2026"))


def test_when_nothing_waits_the_page_says_so(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    assert "Kaikki kirjeet on lähetetty" in client.get("/asiakirjat/").main


def test_several_letters_are_marked_posted_with_one_click(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija", full_name="Maija Virtanen")
    first, second, third = make_document(), make_document(), make_document()
    answer = client.submit(
        "/asiakirjat/", {"documents": [str(first.id), str(third.id)], "way": "post", "on": "23.11.2026"}
    )
    assert "2 asiakirjaa on merkitty lähetetyiksi." in answer.words
    assert [fresh(document).state for document in (first, second, third)] == ["posted", "waiting", "posted"]
    assert fresh(first).marks[0].by_name == "Maija Virtanen"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Valitse ainakin yksi asiakirja."),
        ({"documents": ["all"], "on": "24.11.2026"}, "ei voi olla tulevaisuudessa"),
        ({"documents": ["all"], "on": "31.2.2026"}, "ei ole kalenterissa"),
        ({"documents": ["all"], "on": ""}, "Anna lähettämispäivä."),
    ],
)
def test_a_batch_that_cannot_be_right_is_not_saved(
    client: ReadingClient, sign_in: SignIn, sent: dict[str, Any], said: str
) -> None:
    sign_in("kasittelija")
    document = make_document()
    if "documents" in sent:
        sent = sent | {"documents": [str(document.id)]}
    answer = client.submit("/asiakirjat/", sent)
    assert answer.status_code == 422
    assert said in answer.main
    assert fresh(document).state == "waiting"


def test_a_letter_that_a_colleague_marked_meanwhile_is_not_marked_again(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    document = make_document()
    form = client.get("/asiakirjat/").page.select_one("form[action$=postitus]")
    assert form is not None
    sent = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    with transaction():
        service.mark_posted(document=document, on=document.issued_on, way="pickup", by=None)
    sent |= {"documents": str(document.id), "way": "post", "on": "23.11.2026"}
    answer = client.post("/asiakirjat/postitus", data=sent)
    assert answer.status_code == 422
    assert fresh(document).way == "pickup"


def test_a_document_page_tells_what_it_is_and_how_to_check_it(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    document = make_document()
    page = client.get(f"/asiakirjat/{document.id}")
    assert all(
        word in page.main for word in (document.number, document.sha256, "00100 HELSINKI", "Odottaa lähettämistä")
    )
    assert page.page.select_one(f'a[href="/asiakirjat/{document.id}.pdf"]')


def test_a_clerk_marks_a_letter_posted(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija", full_name="Maija Virtanen")
    document = make_document()
    page = client.submit(f"/asiakirjat/{document.id}", {"way": "post", "on": "23.11.2026"}, action="/postitus")
    assert "Lähetetty 23.11.2026, postitse" in page.main
    assert "Maija Virtanen" in page.main
    assert fresh(document).state == "posted"


def test_a_letter_that_cannot_be_delivered_is_marked_with_its_reason(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    document = make_document()
    url = f"/asiakirjat/{document.id}"
    refused = client.submit(url, {"way": "impossible", "reason": ""}, action="/postitus")
    assert refused.status_code == 422
    assert "Kerro, miksi asiakirjaa ei voida toimittaa." in refused.main
    page = client.submit(url, {"way": "impossible", "reason": "Osoitetta ei tunneta."}, action="/postitus")
    assert "Osoitetta ei tunneta." in page.main
    assert fresh(document).state == "impossible"


def test_a_wrong_note_is_corrected_and_both_notes_remain(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    document = make_document()
    url = f"/asiakirjat/{document.id}"
    client.submit(url, {"way": "post"}, action="/postitus")
    assert client.submit(url, {"way": "pickup"}, action="/korjaus").status_code == 422
    page = client.submit(url, {"way": "pickup", "reason": "Asiakas haki kirjeen."}, action="/korjaus")
    assert "Korjattu: Lähetetty 23.11.2026, annettu käteen tai noudettu" in page.main
    assert "Lähetetty 23.11.2026, postitse" in page.main


def test_the_second_of_two_clerks_is_told_that_somebody_was_first(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    document = make_document()
    url = f"/asiakirjat/{document.id}"
    form = client.get(url).page.select_one("form[action$=postitus]")
    assert form is not None
    sent = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    client.submit(url, {"way": "pickup"}, action="/postitus")
    answer = client.post(f"{url}/postitus", data=sent | {"way": "post", "on": "23.11.2026"})
    assert answer.status_code == 409
    assert fresh(document).way == "pickup"


def test_the_pdf_opens_in_the_browser_and_is_the_stored_bytes(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    document = make_document(number="KT 2026/0042")
    first = client.get(f"/asiakirjat/{document.id}.pdf")
    assert first.mimetype == "application/pdf"
    assert first.headers["Content-Disposition"] == 'inline; filename="KT-2026-0042.pdf"'
    assert first.headers["Cache-Control"] == "no-store"
    stored = db.session.get_one(DocumentPrint, document.id).content
    assert first.data == stored == client.get(f"/asiakirjat/{document.id}.pdf").data


def test_a_print_lost_with_its_process_is_made_at_the_next_look(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    document = make_document()
    with transaction():
        db.session.execute(delete(DocumentPrint))
    assert client.get(f"/asiakirjat/{document.id}.pdf").data.startswith(b"%PDF")


def test_when_printing_fails_the_reader_is_told_why(
    client: ReadingClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("lukija")
    document = make_document()
    with transaction():
        db.session.execute(delete(DocumentPrint))

    def broken(*_: Any, **__: Any) -> bytes:
        raise PdfError("PDF-tulostus ei käynnistynyt.")

    monkeypatch.setattr(printing, "render", broken)
    answer = client.get(f"/asiakirjat/{document.id}.pdf")
    assert answer.status_code == 503
    assert "PDF-tulostus ei käynnistynyt." in answer.main


def looks() -> list[tuple[str, int | None]]:
    """Who has looked at what, by the log."""
    db.session.rollback()
    events = db.session.scalars(select(AuditEvent).filter_by(event="document.viewed").order_by(AuditEvent.seq))
    return [(event.subject, event.actor_id) for event in events]


def test_every_look_at_a_document_is_on_record(client: ReadingClient, sign_in: SignIn, freeze: Any) -> None:
    reader = sign_in("lukija")
    document = make_document()
    url, subject = f"/asiakirjat/{document.id}.pdf", f"document:{document.id}"
    client.get(url)
    client.get(url)  # the browser's own: to print it or to save it
    assert looks() == [(subject, reader.id)]
    freeze("2026-11-23T12:11")
    client.get(url)
    assert looks() == [(subject, reader.id)] * 2


def test_the_looks_of_two_people_are_two_looks(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    document = make_document()
    readers = [sign_in("lukija"), sign_in("lukija", client=(other := app.test_client()))]
    for browser in (client, other):
        browser.get(f"/asiakirjat/{document.id}.pdf")
    assert [actor for _, actor in looks()] == [reader.id for reader in readers]


@pytest.mark.parametrize(("role", "may"), [("lukija", False), ("kasittelija", True), ("vastuuhenkilo", True)])
def test_only_those_who_post_may_mark_posted(client: ReadingClient, sign_in: SignIn, role: str, may: bool) -> None:
    sign_in(role)
    document = make_document()
    assert bool(client.get(f"/asiakirjat/{document.id}").page.select("form[action$=postitus]")) is may
    assert bool(client.get("/asiakirjat/").page.select("form[action$=postitus]")) is may


@pytest.mark.parametrize("who", [{}, {"committed": False}])
@pytest.mark.parametrize("url", ["/asiakirjat/", "/asiakirjat/1", "/asiakirjat/1.pdf"])
def test_nobody_sees_a_letter_by_keeping_the_users_or_before_the_commitment(
    client: ReadingClient, sign_in: SignIn, url: str, who: dict[str, Any]
) -> None:
    sign_in("kasittelija" if who else "paakayttaja", **who)
    make_document()
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("url", ["/asiakirjat/999", "/asiakirjat/999.pdf", "/liitteet/999", "/liitteet/999/esikatselu"])
def test_what_does_not_exist_is_not_found(client: ReadingClient, sign_in: SignIn, url: str) -> None:
    sign_in("vastuuhenkilo")
    assert client.get(url).status_code == 404


def test_the_list_shows_documents_by_what_became_of_them(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    posted, waiting = make_document(), make_document()
    with transaction():
        service.mark_posted(document=posted, on=posted.issued_on, way="post", by=None)
    shown = client.get("/asiakirjat/?tila=posted").main
    assert posted.number in shown
    assert waiting.number not in shown
    everything = client.get("/asiakirjat/?tila=kaikki").main
    assert posted.number in everything
    assert waiting.number in everything
    assert "Tässä ei ole asiakirjoja" in client.get("/asiakirjat/?tila=impossible").main


def test_a_long_list_goes_on_to_the_next_page(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    from rekisteri.documents import views

    sign_in("lukija")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "PAGE", 1)
        first, second = make_document(), make_document()
        page = client.get("/asiakirjat/?tila=kaikki")
        assert second.number in page.main
        assert first.number not in page.main
        following = page.page.select_one(".pager a")
        assert following is not None
        assert first.number in client.get(str(following["href"])).main
