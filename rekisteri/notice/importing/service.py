"""Taking an existing notice into use as a draft, word for word."""

from dataclasses import dataclass, field
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.text import check_no_identity_code, clean
from rekisteri.notice import rules
from rekisteri.notice.checklist import Part
from rekisteri.notice.defects import Defect, defects, is_only_a_place
from rekisteri.notice.drafting import discard_draft, new_draft
from rekisteri.notice.importing.mending import mended
from rekisteri.notice.importing.source import Piece, Source
from rekisteri.notice.models import NoticeSection, NoticeVersion
from rekisteri.notice.richtext import Document, from_html, plain, to_html
from rekisteri.notice.rows import KNOWN, ROWS, TITLE, recognised
from rekisteri.notice.service import IMPORTED, draft

LOOSE = "Muut tiedot"
NOTHING_KNOWN = (
    "Tiedostosta ei tunnistettu yhtään tietosuojaselosteen otsikkoa, joten luonnosta ei tehty. "
    "Tarkista, että otsikot ovat omilla riveillään tai erotettu tekstistä sarkaimella."
)


@dataclass
class Report:
    """What became of the notice that was read."""

    version: NoticeVersion
    placed: list[tuple[str, str]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    notes: list[Defect] = field(default_factory=list)
    looks_wrong: list[Defect] = field(default_factory=list)


def import_notice(*, source: Source, replace: bool = False, by: Any = None) -> Report:
    """Make a draft of a notice that was read from a file.

    A row whose heading is known goes to its place; everything else is kept as a section of the company's own. A row that
    the source lacks stays empty.

    :param replace: give up the draft there is.
    :raises RuleViolation: nothing was recognised, or there is a draft already.
    """
    if not any(recognised(piece.heading) for piece in source.pieces):
        raise RuleViolation(NOTHING_KNOWN)
    existing = draft(lock=True)
    if existing and replace:
        discard_draft(version=existing.version, by=by)
        db.session.flush()
    report = Report(new_draft(clean(source.title)[:200] or TITLE))
    known, own = _sorted(source, report)
    sections = (
        [known.pop(row.key) if row.key in known else _absent(row.key, report) for row in ROWS]
        + list(known.values())
        + own
    )
    rules.check_room(len(sections) - 1)
    for position, section in enumerate(sections):
        section.position = position
    report.version.sections = sections
    report.looks_wrong = defects([_part(section) for section in sections if not section.automatic])
    db.session.flush()
    audit.record(
        IMPORTED, subject=report.version.subject, by=by, number=report.version.number, placed=len(report.placed)
    )
    return report


def _sorted(source: Source, report: Report) -> tuple[dict[str, NoticeSection], list[NoticeSection]]:
    """The pieces that have a row of their own, and the others, each as a section."""
    known: dict[str, NoticeSection] = {}
    own: list[NoticeSection] = []
    for piece in source.pieces:
        key = recognised(piece.heading)
        section = _section(piece, key if key not in known else None, report)
        if section.key:
            known[section.key] = section
            report.placed.append((piece.heading, KNOWN[section.key].heading))
        else:
            own.append(section)
            report.unplaced.append(piece.heading)
    if plain(source.loose.text()).strip():
        own.append(_section(Piece(LOOSE, source.loose.raw, source.loose.html), None, report))
        report.unplaced.append("teksti ennen ensimmäistä otsikkoa")
    return known, own


def _section(piece: Piece, key: str | None, report: Report) -> NoticeSection:
    heading = clean(piece.heading)[:200]
    text, was_split = mended(piece.text())
    if was_split:
        report.notes.append(Defect(heading, "Kesken rivin katkennut virke on yhdistetty."))
    check_no_identity_code(plain(text))
    body = to_html(text)
    rules.check_size(body)
    automatic = key in KNOWN and KNOWN[key].automatic and is_only_a_place(plain(text))
    if automatic:
        report.notes.append(Defect(heading, f"Paikka {plain(text)} täytetään asetuksista."))
    return NoticeSection(key=key, heading=heading, body="" if automatic else body, automatic=bool(automatic))


def _absent(key: str, report: Report) -> NoticeSection:
    """A row that the source does not have. It stays empty, for the company to fill in or to leave out."""
    report.absent.append(KNOWN[key].heading)
    return NoticeSection(key=key, heading=KNOWN[key].heading, body="", automatic=False)


def _part(section: NoticeSection) -> Part:
    text: Document = from_html(section.body)
    return Part(section.key, section.heading, plain(text))
