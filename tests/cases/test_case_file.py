"""The file of one request for the Ombudsman: everything of the case is in it, and its hashes hold."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pymupdf
import pytest
from flask import Flask
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import case_file, service
from rekisteri.cases.models import Case
from rekisteri.documents import destroying
from rekisteri.documents import service as documents
from rekisteri.kernel import pdf
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import PDF_WITH_SCRIPT, TODAY, make_case, png
from tests.customers.factories import make_clerk
from tests.documents.factories import make_scan
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient
from tests.support.paper import words_of

SignIn = Callable[..., Any]


@pytest.fixture(autouse=True)
def today(freeze: Any, app: Any) -> None:
    freeze("2026-11-23")
    fill_settings()
    make_clerk()


@pytest.fixture
def desk(app: Flask) -> Iterator[None]:
    """Inside a request, as the file is made: how far each right is, is told by its own page's tasks."""
    with app.test_request_context():
        yield


@pytest.fixture
def case(app: Flask) -> Case:
    """A request with two scans and one letter."""
    found = make_case()
    make_scan(png("Pyyntö"), "pyyntö.png", found.subject)
    make_scan(foreign_pdf(), "liite.pdf", found.subject)
    with transaction():
        service.acknowledge(case=found, by=make_clerk(), on=TODAY)
    return found


def foreign_pdf(said: str = "Valtakirja toiselta koneelta") -> bytes:
    """A PDF as a scanner makes one, with a link that must not come along."""
    with pymupdf.open() as file:
        page = file.new_page()
        page.insert_text((72, 72), said)
        page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(0, 0, 99, 99), "uri": "https://paha.example"})
        return bytes(file.tobytes())


def summary(case: Case) -> bytes:
    with case_file.summary(case).file as whole:
        return whole.read()


@pytest.mark.usefixtures("desk")
def test_the_pdf_tells_the_case_and_holds_every_paper(case: Case) -> None:
    content = summary(case)
    said = words_of(content)
    for word in ("Maija Virtanen", case.number, "Valtakirja toiselta koneelta", "Ilmoitus pyynnön vastaanottamisesta"):
        assert word in said, word
    assert "Tiedon oikaiseminen" in said
    assert "pyyntö kirjattu" in said
    with pymupdf.open(stream=content) as file:
        letter = case_file.entries(case)[-1].title
        assert [name for _, name, _ in file.get_toc()] == ["Asiakirjakooste", "Skannaus 1", "Skannaus 2", letter]
        assert file.metadata["title"] == f"Asiakirjakooste {case.number}"


@pytest.mark.usefixtures("desk")
def test_nothing_that_acts_comes_along_from_a_foreign_file(case: Case) -> None:
    with pymupdf.open(stream=summary(case)) as file:
        assert not [link for page in file for link in page.get_links() if link.get("uri")]
    assert b"paha.example" not in summary(case)


@pytest.mark.usefixtures("desk")
def test_the_hashes_on_the_cover_are_those_of_the_kept_files(case: Case) -> None:
    said = words_of(summary(case)).replace(" ", "")
    for entry in case_file.entries(case):
        assert entry.sha256 == hashlib.sha256(entry.content()).hexdigest()
        assert entry.sha256 in said


@pytest.mark.usefixtures("desk")
def test_a_file_whose_pages_cannot_be_shown_travels_along_as_it_is(case: Case) -> None:
    make_scan(PDF_WITH_SCRIPT, "outo.pdf", case.subject)
    content = summary(case)
    assert "ei voitu näyttää sivuina" in words_of(content)
    with pymupdf.open(stream=content) as file:
        assert file.embfile_names() == ["skannaus-3.pdf"]
        assert file.embfile_get("skannaus-3.pdf") == PDF_WITH_SCRIPT


@pytest.mark.usefixtures("desk")
def test_the_package_holds_the_files_as_they_are_kept_and_their_hashes(case: Case) -> None:
    with case_file.package(case) as file, zipfile.ZipFile(file) as package:
        names = package.namelist()
        entries = case_file.entries(case)
        assert names == ["kooste.pdf", *(entry.name for entry in entries), "loki.csv", "tiivisteet.txt"]
        assert [package.read(entry.name) for entry in entries] == [entry.content() for entry in entries]
        for line in package.read("tiivisteet.txt").decode().splitlines():
            sha256, name = line.split("  ")
            assert hashlib.sha256(package.read(name)).hexdigest() == sha256
        assert len(package.read("tiivisteet.txt").splitlines()) == len(names) - 1


@pytest.mark.usefixtures("desk")
def test_the_log_of_the_package_is_the_cases_own_with_names_and_hashes(case: Case) -> None:
    other = make_case(requester=service.Requester("Toinen Henkilö", "Katu 1", "00100", "Helsinki"))
    with case_file.package(case) as file, zipfile.ZipFile(file) as package:
        rows = list(csv.DictReader(io.StringIO(package.read("loki.csv").decode("utf-8-sig")), delimiter=";"))
    assert {"pyyntö kirjattu", "vastaanottoilmoitus laadittu", "liite tallennettu"} <= {
        row["Tapahtuma"] for row in rows
    }
    kept = {event.hash for event in db.session.scalars(select(AuditEvent))}
    assert {row["Tarkiste"] for row in rows} <= kept
    assert "Kaisa Kirjaaja" in {row["Kuka"] for row in rows}
    assert f"pyyntö {other.id}" not in {row["Kohde"] for row in rows}


@pytest.mark.usefixtures("desk")
def test_what_has_been_destroyed_is_told_and_its_file_is_not_there(case: Case) -> None:
    with transaction():
        destroying.destroy([case.subject], TODAY)
    assert not any(entry.kept for entry in case_file.entries(case))
    assert "Hävitetty 23.11.2026" in words_of(summary(case))
    with case_file.package(case) as file, zipfile.ZipFile(file) as package:
        assert package.namelist() == ["kooste.pdf", "loki.csv", "tiivisteet.txt"]


@pytest.mark.usefixtures("desk")
def test_a_case_without_papers_or_a_customer_has_a_file_too() -> None:
    case = make_case(channel="phone", signature="not_applicable")
    said = words_of(summary(case))
    assert "Ei papereita" in said
    assert "Etsimättä" in said


def test_the_page_lists_the_papers_and_gives_both_files(client: ReadingClient, sign_in: SignIn, case: Case) -> None:
    sign_in("vastuuhenkilo")
    url = f"/pyynnot/{case.id}/kooste"
    page = client.get(f"/pyynnot/{case.id}")
    assert page.page.select_one(f'a[href="{url}"]')
    assert "saapuneet/skannaus-2.pdf" in client.get(url).main
    whole, package = client.get(f"{url}.pdf"), client.get(f"{url}.zip")
    name = f"kooste-{case.number.replace('/', '-')}"
    assert whole.headers["Content-Disposition"] == f'attachment; filename="{name}.pdf"'
    assert package.headers["Content-Disposition"] == f'attachment; filename="{name}.zip"'
    assert whole.data.startswith(b"%PDF")
    assert zipfile.ZipFile(io.BytesIO(package.data)).testzip() is None


def test_making_the_file_is_put_on_record(client: ReadingClient, sign_in: SignIn, case: Case) -> None:
    owner = sign_in("vastuuhenkilo")
    client.get(f"/pyynnot/{case.id}/kooste.pdf")
    event = db.session.scalars(select(AuditEvent).filter_by(event="case.file_made")).one()
    assert (event.subject, event.actor_id, event.facts) == (case.subject, owner.id, {"format": "pdf", "count": 3})


@pytest.mark.parametrize("end", ["", ".pdf", ".zip"])
@pytest.mark.parametrize("role", ["lukija", "kasittelija", "paakayttaja"])
def test_only_who_may_read_the_log_makes_the_file(client: ReadingClient, sign_in: SignIn, role: str, end: str) -> None:
    sign_in(role)
    assert client.get(f"/pyynnot/1/kooste{end}").status_code == 403


@pytest.mark.usefixtures("desk")
def test_a_letter_that_cannot_be_printed_now_is_no_half_file(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> bytes:
        raise pdf.PdfError("PDF-tulostus ei käynnistynyt.")

    monkeypatch.setattr(documents.printing, "render", broken)
    with pytest.raises(pdf.PdfError), case_file.package(case):
        raise AssertionError("a package was made")
