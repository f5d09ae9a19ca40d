"""Scans of a request: what is kept, what is not, and that nothing has to be sent twice."""

import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from rekisteri.cases import request_forms, uploads
from rekisteri.documents.models import Scan, ScanContent
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import (
    FILLED,
    PDF_WITH_SCRIPT,
    again,
    jpeg_with_code,
    make_case,
    only_case,
    png,
    upload,
)
from tests.customers.factories import make_person
from tests.support.client import ReadingClient

NEW = "/pyynnot/uusi"
EXE = b"MZ\x90\x00" + b"\x00" * 512


def png_bomb() -> bytes:
    """A small file that would open into 30,000 × 30,000 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 90_001 * 20)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def scans() -> list[Scan]:
    """All scans in the register, oldest first."""
    db.session.rollback()
    return list(db.session.query(Scan).order_by(Scan.id))


@pytest.mark.promise("oikaisu.kirjallinen")
def test_the_scanned_paper_is_kept_with_the_case_byte_for_byte(client: ReadingClient, clerk: Any) -> None:
    paper = png()
    page = client.submit(NEW, FILLED | {"files": [upload(paper, "pyyntö.png"), upload(PDF_WITH_SCRIPT, "liite.pdf")]})
    assert [scan.subject for scan in scans()] == [only_case().subject] * 2
    assert db.session.get_one(ScanContent, scans()[0].id).content == paper
    assert "pyyntö.png" in page.main
    assert "liite.pdf" in page.main


def test_images_have_a_preview_and_a_pdf_is_only_a_download(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"files": [upload(png(), "pyyntö.png"), upload(PDF_WITH_SCRIPT, "liite.pdf")]})
    image, document = scans()
    assert [picture["src"] for picture in page.page.select("#skannaukset img")] == [f"/liitteet/{image.id}/esikatselu"]
    answer = client.get(f"/liitteet/{document.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert not page.page.select("embed, object, iframe")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("lasku.exe", EXE, "ei ole PDF, JPEG eikä PNG"),
        ("pyyntö.pdf", EXE, "ei ole PDF, JPEG eikä PNG"),
        ("tyhjä.pdf", b"", "on tyhjä"),
        ("suuri.pdf", b"%PDF-1.7" + b"0" * 21 * 1024 * 1024, "on liian suuri"),
        ("pommi.png", png_bomb(), "liian suuri avattavaksi"),
        ("rikki.png", png()[:200], "vioittunut"),
    ],
)
def test_a_refused_file_loses_neither_what_was_typed_nor_the_good_files(
    client: ReadingClient, clerk: Any, name: str, content: bytes, sentence: str
) -> None:
    files = [upload(png(), "hyvä.png"), upload(content, name)]
    page = client.submit(NEW, FILLED | {"files": files})
    assert page.status_code == 422
    assert sentence in page.main
    assert page.page.select_one("#requester_name")["value"] == "Maija Virtanen"
    assert "hyvä.png" in page.main
    kept = [box["value"] for box in page.page.select("input[name=kept][checked]")]
    assert kept == [str(scans()[0].id)]
    hidden = {field["name"]: field["value"] for field in page.page.select("main input[type=hidden]")}
    answer = client.post(NEW, data=hidden | FILLED | {"kept": kept}, follow_redirects=True)
    assert "hyvä.png" in answer.main
    assert [scan.subject for scan in scans()] == [only_case().subject]


def test_files_survive_a_mistake_elsewhere_on_the_form(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"received_on": "31.2.2026", "files": upload(png(), "pyyntö.png")})
    assert page.status_code == 422
    assert page.page.select_one("input[name=kept][checked]")["value"] == str(scans()[0].id)


def test_files_survive_a_search_for_the_person(client: ReadingClient, clerk: Any) -> None:
    sent = FILLED | {"query": "virt", "search": "1", "files": upload(png(), "pyyntö.png")}
    page = client.submit(NEW, sent, strict=False)
    assert page.status_code == 200
    assert page.page.select_one("input[name=kept][checked]")


def test_a_file_whose_tick_is_taken_away_is_not_attached(client: ReadingClient, clerk: Any) -> None:
    client.submit(NEW, FILLED | {"received_on": "", "files": upload(png(), "väärä.png")})
    page = client.submit(NEW, FILLED)
    assert "väärä.png" not in page.main
    assert scans()[0].subject == uploads.UNATTACHED


def test_nobody_attaches_a_file_that_a_colleague_sent(
    app: Flask, client: ReadingClient, clerk: Any, sign_in: Callable[..., Any]
) -> None:
    client.submit(NEW, FILLED | {"received_on": "", "files": upload(png(), "pyyntö.png")})
    other = app.test_client()
    sign_in("kasittelija", client=other)
    page = other.submit(NEW, FILLED | {"kept": [str(scans()[0].id)]}, strict=False)
    assert page.status_code == 422
    assert scans()[0].subject == uploads.UNATTACHED


def test_nobody_takes_a_file_from_another_case(client: ReadingClient, clerk: Any) -> None:
    client.submit(NEW, FILLED | {"files": upload(png(), "pyyntö.png")})
    scan = scans()[0]
    assert uploads.own([scan.id], by=clerk) == []


def test_a_double_click_keeps_the_files_once(client: ReadingClient, clerk: Any) -> None:
    page = client.get(NEW)
    hidden = {field["name"]: field["value"] for field in page.page.select("main input[type=hidden]")}
    for _ in range(2):
        client.post(NEW, data=hidden | FILLED | {"files": upload(png(), "pyyntö.png")})
    assert len(scans()) == 1


def test_files_that_were_never_attached_are_thrown_away_after_a_day(
    client: ReadingClient, clerk: Any, freeze: Callable[[Any], None], sign_in: Callable[..., Any]
) -> None:
    client.submit(NEW, FILLED | {"received_on": "", "files": upload(png(), "unohtunut.png")})
    freeze(today() + timedelta(2))
    sign_in("kasittelija")
    client.submit(NEW, FILLED | {"files": upload(png(), "uusi.png")})
    assert [scan.name for scan in scans()] == ["uusi.png"]
    assert db.session.query(ScanContent).count() == 1


def test_papers_are_added_to_a_case_later(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    url = f"/pyynnot/{case.id}/skannaukset"
    page = client.submit(url, {"files": [upload(png(), "valtakirja.png"), upload(EXE, "ohjelma.exe")]})
    assert "valtakirja.png" in page.main
    assert "Tiedosto ohjelma.exe ei ole PDF" in page.main
    assert "Skannauksia liitetty" in page.main


def test_adding_only_unfit_files_says_why(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(f"/pyynnot/{case.id}/skannaukset", {"files": upload(EXE, "ohjelma.exe")})
    assert page.status_code == 422
    assert "ei ole PDF, JPEG eikä PNG" in page.main


def test_adding_nothing_says_so(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(f"/pyynnot/{make_case(by=clerk).id}/skannaukset", {})
    assert page.status_code == 422
    assert "Valitse vähintään yksi tiedosto." in page.main


def _printed_for(customer: Any, by: Any) -> Any:
    with transaction():
        return request_forms.print_form(customer=customer, by=by, on=today())


def test_the_code_on_a_scanned_form_names_the_person(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    form = _printed_for(maija, clerk)
    scan = jpeg_with_code(f"http://rekisteri.example/pyynnot/lomake/{form.token}")
    page = client.submit(NEW, FILLED | {"files": upload(scan, "lomake.jpg")})
    assert "Skannatun lomakkeen koodista tunnistettiin asiakas Virtanen, Maija." in page.main
    assert only_case().customer_id == maija.id
    assert db.session.query(request_forms.RequestForm).one().case_id == only_case().id


def test_the_code_does_not_override_the_person_the_clerk_chose(client: ReadingClient, clerk: Any) -> None:
    maija, ville = make_person(), make_person(last_name="Vieras", first_name="Ville")
    form = _printed_for(maija, clerk)
    sent = {"person": str(ville.id), "files": upload(jpeg_with_code(form.token), "lomake.jpg")}
    client.submit(f"{NEW}?asiakas={ville.id}", FILLED | sent)
    assert only_case().customer_id == ville.id


def test_a_form_that_was_registered_before_is_noticed(client: ReadingClient, clerk: Any) -> None:
    form = _printed_for(make_person(), clerk)
    paper = jpeg_with_code(form.token)
    client.submit(NEW, FILLED | {"files": upload(paper, "lomake.jpg")})
    page = client.submit(NEW, FILLED | {"files": upload(paper, "lomake.jpg")})
    assert "on jo kirjattu pyyntönä 2026/0001" in page.main


def test_a_form_scanned_later_names_the_person_of_the_case(client: ReadingClient, clerk: Any) -> None:
    case, maija = make_case(by=clerk), make_person()
    form = _printed_for(maija, clerk)
    page = client.submit(f"/pyynnot/{case.id}/skannaukset", {"files": upload(jpeg_with_code(form.token), "lomake.jpg")})
    assert "tunnistettiin asiakas Virtanen, Maija" in page.main
    assert again(case).customer_id == maija.id


def test_a_foreign_qr_code_is_nothing_to_us(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"files": upload(jpeg_with_code("https://example.com/tarjous"), "mainos.jpg")})
    assert page.status_code == 200
    assert only_case().customer_id is None
