"""The notice as anybody behind the firewall may read it, without signing in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from flask import Flask

from rekisteri.audit.models import AuditEvent
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.notice import drafting, publishing, service
from rekisteri.notice.rows import ROWS
from tests.notice.factories import published, section_of, start
from tests.support.client import ReadingClient
from tests.support.paper import words_of

SignIn = Callable[..., Any]
Freeze = Callable[[str], None]
NOTICE = "/tietosuojaseloste"


def test_before_the_first_version_the_page_says_so(client: ReadingClient) -> None:
    page = client.get(NOTICE)
    assert page.status_code == 200
    assert "Selostetta ei ole vielä julkaistu" in page.main
    assert client.get(f"{NOTICE}.pdf").status_code == 404
    assert "Selostetta ei ole vielä julkaistu" in client.get(f"{NOTICE}/versiot").main


@pytest.mark.promise("seloste.tuloste")
def test_anyone_reads_the_title_and_all_fifteen_rows_in_order(client: ReadingClient, freeze: Freeze) -> None:
    freeze("2026-11-23")
    published()
    page = client.get(NOTICE)
    assert page.page.h1.text == "Kuusikon asiakasrekisteri – tietosuojaseloste"
    headings = [heading.text.strip() for heading in page.page.select(".notice h2")]
    assert headings[:15] == [row.heading for row in ROWS]
    assert "Versio 1, voimassa 23.11.2026 alkaen." in page.main


@pytest.mark.promise("seloste.tuloste")
def test_anyone_prints_the_same_words(client: ReadingClient) -> None:
    published()
    answer = client.get(f"{NOTICE}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="tietosuojaseloste-1.pdf"'
    printed = body_of(answer.data)
    page = client.get(NOTICE).page
    for piece in page.select(".notice h2, .notice p, .notice li"):
        for line in piece.get_text("\n").splitlines():
            assert any(without_dashes(line) in column for column in printed)


def body_of(pdf: bytes) -> list[str]:
    """The words between the running heads and feet, without the lists' dashes: of the whole sheets, and of the column of
    texts alone, where a paragraph that goes over two sheets is whole.
    """
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        columns = [
            " ".join(page.get_text(clip=pymupdf.Rect(left, 62, 595, 785)) for page in document) for left in (0, 190)
        ]
    return [without_dashes(text.replace("\u00ad\n", "").replace("\u00ad", "")) for text in columns]


def without_dashes(text: str) -> str:
    """The words with single spaces between them."""
    return " ".join(word for word in text.split() if word != "–")


@pytest.mark.promise("seloste.tuloste", "evasteet")
def test_a_section_left_empty_is_shown_as_the_notice_has_it(client: ReadingClient) -> None:
    published(cookies="")
    cookies = client.get(NOTICE).page.find("h2", string=lambda text: text and text.strip() == "Evästeet")
    assert cookies.find_next_sibling("div").text.strip() == ""
    assert "Evästeet" in words_of(client.get(f"{NOTICE}.pdf").data)


@pytest.mark.promise("seloste.tuloste", "evasteet")
def test_a_section_left_out_by_choice_is_not_shown(client: ReadingClient) -> None:
    published(cookies="")
    version = start()
    with transaction():
        cookies = section_of(service.get_draft(), "cookies")
        drafting.change_section(
            section_id=cookies.id, heading="Evästeet", text="", automatic=False, hide_if_empty=True, version=1, by=None
        )
    with transaction():
        version = service.get_draft()
        publishing.publish(
            version=version.version, valid_from=date(2030, 1, 1), change_note="x", by=None, on=date(2029, 12, 30)
        )
    assert "Evästeet" not in client.get(f"{NOTICE}/versiot/2").page.select_one(".notice").text


@pytest.mark.promise("evasteet")
def test_the_notice_says_of_cookies_what_the_company_writes(client: ReadingClient) -> None:
    published(cookies="Verkkokauppa käyttää **ostoskorin** evästettä.")
    assert "Verkkokauppa käyttää ostoskorin evästettä." in client.get(NOTICE).main


@pytest.mark.promise("seloste.versiot")
def test_every_version_stays_readable_and_printable_as_it_was(client: ReadingClient, freeze: Freeze) -> None:
    freeze("2026-01-10")
    published(cookies="Ensimmäinen teksti.")
    first_page = client.get(f"{NOTICE}/versiot/1").page.select_one(".notice")
    first_print = client.get(f"{NOTICE}.pdf").data
    freeze("2026-11-23")
    published(cookies="Toinen teksti.")
    assert "Toinen teksti." in client.get(NOTICE).main
    again = client.get(f"{NOTICE}/versiot/1")
    assert "Versio 1 oli voimassa 10.1.2026–22.11.2026." in again.main
    assert again.page.select_one(".notice") == first_page
    assert client.get(f"{NOTICE}/versiot/1.pdf").data == first_print
    assert "Toinen teksti." in words_of(client.get(f"{NOTICE}.pdf").data)


def test_a_version_to_come_is_announced_and_the_old_one_holds(client: ReadingClient, freeze: Freeze) -> None:
    freeze("2026-11-23")
    published(date(2026, 12, 1))
    assert "Seloste tulee voimaan 1.12.2026." in client.get(NOTICE).main
    assert "tulee voimaan 1.12.2026" in client.get(f"{NOTICE}/versiot/1").main
    freeze("2026-12-01")
    assert "Versio 1, voimassa 1.12.2026 alkaen." in client.get(NOTICE).main


def test_two_versions_are_compared_section_by_section(client: ReadingClient) -> None:
    published(retention="Säilytämme tietoja kaksi vuotta.")
    published(retention="Säilytämme tietoja kolme vuotta.")
    page = client.get(f"{NOTICE}/vertailu").page
    assert [heading.find(string=True).strip() for heading in page.select("#muutokset h2")] == ["Tietojen säilytysaika"]
    assert page.select_one("del").text.split()[-1] == "kaksi"
    assert page.select_one("ins").text.split()[-1] == "kolme"
    assert "Versioiden teksti on sama." in client.get(f"{NOTICE}/vertailu?vanha=1&uusi=1").main


@pytest.mark.parametrize("query", ["?vanha=9&uusi=1", "?vanha=x&uusi=y", "?vanha=-1", ""])
def test_a_comparison_with_a_version_that_is_not_there_is_not_found(client: ReadingClient, query: str) -> None:
    published()
    assert client.get(f"{NOTICE}/vertailu{query}").status_code == 404


def test_a_version_that_is_not_there_is_not_found(client: ReadingClient) -> None:
    published()
    start()
    for path in ("versiot/2", "versiot/2.pdf", "versiot/0"):
        assert client.get(f"{NOTICE}/{path}").status_code == 404


def test_the_draft_is_not_for_everybody(client: ReadingClient) -> None:
    published()
    start(cookies="Keskeneräinen teksti.")
    assert "Keskeneräinen teksti." not in client.get(NOTICE).main
    assert client.get(f"{NOTICE}/luonnos").status_code in (302, 303)


def test_reading_the_notice_leaves_no_trace_of_the_reader(app: Flask, client: ReadingClient) -> None:
    published()
    before = db.session.query(AuditEvent).count()
    client.get(NOTICE)
    client.get(f"{NOTICE}/versiot/1")
    db.session.rollback()
    assert db.session.query(AuditEvent).count() == before


def test_the_page_does_not_name_who_published(client: ReadingClient, sign_in: SignIn) -> None:
    user = sign_in("vastuuhenkilo", full_name="Tyyne Harju")
    assert user.full_name not in client.get(f"{NOTICE}/versiot").main


@pytest.mark.promise("seloste.tuloste")
def test_the_print_is_archival_and_accessible(app: Flask, verapdf: Callable[[bytes], None]) -> None:
    version = published(
        cookies="Šakki Žukov, **vahva *ei* ** ja [linkki](https://tietosuoja.fi)\n\n1. yksi\n2. kaksi\n\n- ä\n- ö 🙂",
        provision="Pitkä " * 2000 + "a" * 300,
    )
    document = documents.find(version.document_id)
    verapdf(documents.content(document))


def test_the_print_is_made_once(app: Flask) -> None:
    version = published()
    document = documents.find(version.document_id)
    assert document.state == "not_mailed"
    assert documents.content(document) == documents.content(document)
    assert documents.broken() == []


def test_the_template_of_the_print_fixes_its_columns() -> None:
    """Automatic column widths cost half as much time again."""
    style = Path("templates/documents/paper/paper.css").read_text(encoding="utf-8")
    assert "table-layout: fixed" in style
