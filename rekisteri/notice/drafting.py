"""Writing the draft: beginning it, changing its sections one at a time, giving it up."""

from typing import Any

from rekisteri.audit import service as audit
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import check_version, db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import rules, wording
from rekisteri.notice.models import NoticeSection, NoticeVersion
from rekisteri.notice.richtext import from_html, from_markup, to_html, to_markup
from rekisteri.notice.rows import FIXED, FURTHER, KNOWN, ROWS, TITLE
from rekisteri.notice.service import DISCARDED, DRAFTED, EDITED, draft, get_draft, get_section, latest, next_number
from rekisteri.settings import service as settings

DRAFT_EXISTS = "Selosteesta on jo luonnos. Jatka sitä, julkaise se tai hylkää se ensin."


def start_draft(*, by: Any) -> NoticeVersion:
    """Begin a draft: a copy of what was published last, or for a new register our own wording."""
    published = latest()
    version = new_draft(published.title if published else _own_title())
    if published:
        version.sections = [_copied(section) for section in published.sections]
    else:
        version.sections = own_wording()
    db.session.flush()
    audit.record(DRAFTED, subject=version.subject, by=by, number=version.number)
    return version


def new_draft(title: str) -> NoticeVersion:
    """An empty draft with the next number.

    :raises RuleViolation: there is a draft already.
    """
    if draft(lock=True) is not None:
        raise RuleViolation(DRAFT_EXISTS)
    version = NoticeVersion(number=next_number(), title=title)
    db.session.add(version)
    return version


def _own_title() -> str:
    name = settings.current().register_name
    return f"{name} – tietosuojaseloste" if name else TITLE


def _copied(section: NoticeSection) -> NoticeSection:
    """The section for the next version; an automatic one, and a place to be filled in, is told by the settings again."""
    return NoticeSection(
        position=section.position,
        key=section.key,
        heading=section.heading,
        body="" if section.automatic else section.wording or section.body,
        automatic=section.automatic,
        hide_if_empty=section.hide_if_empty,
    )


def own_wording() -> list[NoticeSection]:
    """The sections of a notice of our own wording: the notice's rows, then what later law asks for."""
    authority = settings.current().ombudsman()
    lines = [
        authority["name"],
        *authority["lines"],
        f"Puhelin {authority['phone']}",
        authority["email"],
        authority["web"],
    ]  # type: ignore[misc]
    chosen = [*ROWS, *(row for row in FURTHER if row.key in wording.STARTING)]
    sections = []
    for position, row in enumerate(chosen):
        text = wording.TEXTS.get(row.key, "").replace("{ombudsman}", "\n".join(str(line) for line in lines if line))
        body = to_html(from_markup(text))
        sections.append(
            NoticeSection(position=position, key=row.key, heading=row.heading, body=body, automatic=row.automatic)
        )
    return sections


def change_title(*, title: str, version: int | None, by: Any) -> NoticeVersion:
    """Give the draft another title."""
    row = get_draft()
    check_version(row, version, theirs={"title": row.title})
    row.title = title
    _touch(row, "title", by)
    return row


def change_section(
    *, section_id: int, heading: str, text: str, automatic: bool, hide_if_empty: bool, version: int | None, by: Any
) -> NoticeSection:
    """Save one section as a clerk typed it (`richtext.markup`).

    :param automatic: take the text from the settings; only rows that the settings know.
    :param version: the version the form was filled from.
    """
    row, section = get_draft(), get_section(section_id)
    check_version(section, version, theirs={"heading": section.heading, "text": to_markup(from_html(section.body))})
    body = to_html(from_markup(text))
    rules.check_size(body)
    section.heading = heading
    section.automatic = automatic and is_automatic(section)
    section.body = "" if section.automatic else body
    section.hide_if_empty = hide_if_empty
    _touch(row, section.key or "own", by)
    return section


def is_automatic(section: NoticeSection) -> bool:
    """Whether the settings can tell this section's text."""
    return section.key in KNOWN and KNOWN[section.key].automatic


def is_fixed(section: NoticeSection) -> bool:
    """Whether the section is one of the notice's fifteen rows, which keep their order and are not removed."""
    return section.key in FIXED


def add_section(*, heading: str, by: Any) -> NoticeSection:
    """Add a section of the company's own after the others."""
    row = get_draft()
    rules.check_room(len(row.sections))
    section = NoticeSection(position=len(row.sections), heading=heading)
    row.sections.append(section)
    _touch(row, "own", by)
    return section


def move_section(*, section_id: int, steps: int, by: Any) -> NoticeSection:
    """Move a section past its neighbour: up with -1, down with 1. The fifteen rows stand still."""
    row, section = get_draft(), get_section(section_id)
    ids = [other.id for other in row.sections]
    fixed = sum(is_fixed(other) for other in row.sections)
    order = rules.moved(ids, section.id, steps, fixed=fixed)
    for other in row.sections:
        other.position = order.index(other.id)
    _touch(row, section.key or "own", by)
    return section


def remove_section(*, section_id: int, by: Any) -> None:
    """Take a section out of the draft; the fifteen rows can be left empty but not removed."""
    row, section = get_draft(), get_section(section_id)
    if is_fixed(section):
        raise RuleViolation(
            "Selosteen omaa riviä ei voi poistaa. Jätä se tyhjäksi ja piilota se, jos et tarvitse sitä."
        )
    row.sections.remove(section)
    for position, other in enumerate(row.sections):
        other.position = position
    _touch(row, section.key or "own", by)


def discard_draft(*, version: int | None, by: Any) -> None:
    """Give the draft up. The published versions stay as they are."""
    row = get_draft()
    check_version(row, version)
    audit.record(DISCARDED, subject=row.subject, by=by, number=row.number)
    db.session.delete(row)


def _touch(row: NoticeVersion, part: str, by: Any) -> None:
    """A section's change is the draft's change: whoever is about to publish must have seen it."""
    row.edited_at = now()
    db.session.flush()
    audit.record(EDITED, subject=row.subject, by=by, number=row.number, part=part)
