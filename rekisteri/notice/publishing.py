"""From draft to the notice people are told to trust, once and for all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import check_version, db
from rekisteri.notice import rules
from rekisteri.notice.content import Content, found_defects, has_places
from rekisteri.notice.models import PUBLISHED, NoticeVersion
from rekisteri.notice.richtext import to_html
from rekisteri.notice.service import PUBLISHED_EVENT, get_draft, latest, shown
from rekisteri.settings import service as settings


def missing_places(content: Sequence[Content]) -> list[str]:
    """The places that keep the draft from being published, as ”Kohta: what is missing”."""
    return [f"{found.heading}: {found.sentence}" for found in found_defects(list(content)) if found.blocks]


def publish(*, version: int | None, valid_from: date, change_note: str, by: Any, on: date) -> NoticeVersion:
    """Make the draft the notice that holds from `valid_from`, and issue its print.

    Automatic rows and filled places are frozen as the settings tell them today; the version before ends where this one begins.

    :param version: the draft's version on the page that was confirmed: what is published is what was seen.
    :raises RuleViolation: places are still to be filled in, or the day or the note will not do.
    """
    draft, publisher = get_draft(), getattr(by, "id", None)
    check_version(draft, version)
    previous = latest()
    content = shown(draft, on=valid_from)
    rules.check_complete(missing_places(content))
    rules.check_valid_from(valid_from, on=on, previous=previous.valid_from if previous else None)
    rules.check_change_note(change_note, first=previous is None)
    for piece in content:
        piece.section.wording = piece.section.body if has_places(piece.section) else ""
        piece.section.body = to_html(piece.text)
    if previous and previous.valid_from:
        previous.valid_until = rules.last_day(previous.valid_from, valid_from)
    db.session.flush()
    draft.state, draft.published_on, draft.valid_from = PUBLISHED, on, valid_from
    draft.published_by_id, draft.change_note = publisher, change_note
    db.session.flush()
    draft.document_id = _issue(draft, content, by=by, on=on).id
    audit.record(PUBLISHED_EVENT, subject=draft.subject, by=by, number=draft.number, valid_from=valid_from.isoformat())
    return draft


def _issue(version: NoticeVersion, content: Sequence[Content], *, by: Any, on: date) -> Document:
    """The print, frozen now and made once; for nobody's window envelope."""
    return documents.issue(
        kind="notice",
        number=f"TS {version.number}",
        title=version.title,
        template="notice/paper/notice.html",
        context={
            "controller": settings.current().controller(),
            "title": version.title,
            "version": version.number,
            "valid_from": version.valid_from,
            "rows": [(piece.heading, piece.html) for piece in content],
        },
        addressee=(),
        subject=version.subject,
        by=by,
        on=on,
        mailed=False,
        doctype="Tietosuojaseloste",
    )
