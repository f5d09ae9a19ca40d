"""The file of one request for the Data Protection Ombudsman: what came, what was decided, what was sent, what was done.

The authority has a right to what it needs for its task, and the company must be able to show what it did (GDPR art. 5(2),
58(1)(e)). One PDF to read, and the same as a package with every file as it is kept, the log and the list of hashes. Neither
is stored: both are put together from what the register holds at that moment.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from rekisteri.audit import service as audit
from rekisteri.cases import case_log, codes, events, letters, matters, uploads
from rekisteri.cases.models import Case
from rekisteri.disclosures import door
from rekisteri.documents import composition, pictures
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document, Scan
from rekisteri.documents.upload_rules import EXTENSIONS
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.sheets import csv_bytes
from rekisteri.settings import service as settings

TITLE = "Asiakirjakooste"
SUMMARY, LOG, HASHES = "kooste.pdf", "loki.csv", "tiivisteet.txt"
UNREADABLE = "Liitetiedosto"
_LONGEST_SIDE = 2400


@dataclass(frozen=True)
class Entry:
    """One paper of the case: a scan that came in or a document that was issued. A destroyed one has no file."""

    title: str
    told: str
    name: str
    row: Scan | Document

    @property
    def kept(self) -> bool:
        """Whether its content is still there."""
        return self.row.destroyed_on is None

    @property
    def sha256(self) -> str:
        """The hash of the file as it is kept; that of a destroyed scan still tells which paper it was."""
        if isinstance(self.row, Scan):
            return self.row.sha256
        return hashlib.sha256(self.content()).hexdigest() if self.kept else ""

    def content(self) -> bytes:
        """The file as it is kept."""
        return documents.scan_content(self.row) if isinstance(self.row, Scan) else documents.content(self.row)


def entries(case: Case) -> list[Entry]:
    """Every paper of the case: first what came in, then what was issued, each oldest first."""
    scans = [_of_scan(number, scan) for number, scan in enumerate(uploads.scans_of(case), 1)]
    return scans + [_of_document(document) for document in letters.letters_of(case)]


def _of_scan(number: int, scan: Scan) -> Entry:
    name = f"saapuneet/skannaus-{number}.{EXTENSIONS[scan.kind]}"
    return Entry(f"Skannaus {number}", scan.name, name, scan)


def _of_document(document: Document) -> Entry:
    title = f"{document.title} {document.number}"
    return Entry(title, _posting(document), f"annetut/{document.file_name}", document)


def _posting(document: Document) -> str:
    day = document.posted_on
    sent = f" {day.day}.{day.month}.{day.year}, {document.way_name.lower()}" if day else ""
    return f"{document.state_name}{sent}"


def record(case: Case, *, format: str, by: Any) -> None:
    """Put on record that the file was made and whose data it carries; who gets it is recorded as a disclosure."""
    if case.customer_id:
        door.let_out(
            kind="case_file",
            use="customer_relation",
            people=[case.customer_id],
            fields=["papers"],
            purpose=f"{TITLE} {case.number}",
            by=by,
            way="file",
            origin=case.subject,
        )
    audit.record(events.FILE_MADE, subject=case.subject, by=by, format=format, count=len(entries(case)))


def summary(case: Case) -> pdf.Merged:
    """The one PDF: the facts, the contents with their hashes and the log, and after them every paper."""
    found = entries(case)
    cover = pdf.render(_cover(case, found), title=f"{TITLE} {case.number}")
    instead = pdf.render(_instead(case), title=UNREADABLE) if any(_is_foreign(entry) for entry in found) else b""
    return pdf.merge(_parts(cover, instead, found), title=f"{TITLE} {case.number}")


def _is_foreign(entry: Entry) -> bool:
    return isinstance(entry.row, Scan) and entry.row.kind == "pdf"


def _parts(cover: bytes, instead: bytes, found: Iterable[Entry]) -> Iterator[pdf.Part]:
    yield pdf.Part(TITLE, cover)
    for entry in found:
        if not entry.kept:
            continue
        content = entry.content()
        if _is_foreign(entry):
            yield pdf.Part(entry.title, content, doubtful=True, name=entry.name.rpartition("/")[2], instead=instead)
        elif isinstance(entry.row, Scan):
            yield pdf.Part(entry.title, pictures.page(content, longest=_LONGEST_SIDE))
        else:
            yield pdf.Part(entry.title, content)


def package(case: Case) -> BinaryIO:
    """The zip: the PDF, every paper as it is kept, the log, and the hashes of them all (as `sha256sum -c` reads them).

    A temporary file that is gone when it is closed; one paper at a time is in memory.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    hashes: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        with summary(case).file as whole:
            _put(package, SUMMARY, whole.read(), hashes)
        for entry in entries(case):
            if entry.kept:
                _put(package, entry.name, entry.content(), hashes)
                db.session.expire_all()
        _put(package, LOG, b"".join(csv_bytes(case_log.HEADER, case_log.table(case))), hashes)
        package.writestr(_named(HASHES), "".join(hashes))
    file.seek(0)
    return file


def _put(package: zipfile.ZipFile, name: str, content: bytes, hashes: list[str]) -> None:
    package.writestr(_named(name), content)
    hashes.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")


def _named(name: str) -> zipfile.ZipInfo:
    made = now()
    return zipfile.ZipInfo(name, (made.year, made.month, made.day, made.hour, made.minute, made.second))


def _cover(case: Case, found: list[Entry]) -> str:
    end = audit.head()
    return composition.page(
        "cases/paper/case_file.html",
        title=TITLE,
        on=today(),
        number=case.number,
        context={
            "controller": settings.current().controller(),
            "case": case,
            "codes": codes,
            "concerns": matters.listed(kind.code for kind in matters.of(case)),
            "rights": [(kind.label, _standing(case, kind)) for kind in matters.of(case)],
            "entries": found,
            "log": case_log.rows(case),
            "end": {"seq": end.seq, "hash": end.hash},
            "made_at": now(),
        },
    )


def _standing(case: Case, kind: matters.MatterKind) -> str:
    """How far one right is, step by step."""
    return "\n".join(f"{task['title']}: {str(task['status']).lower()}" for task in kind.tasks(case))


def _instead(case: Case) -> str:
    context = {"controller": settings.current().controller()}
    return composition.page(
        "cases/paper/unreadable.html", title=UNREADABLE, on=today(), number=case.number, context=context
    )
