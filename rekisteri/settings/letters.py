"""The company's own words in letters: kept here, put into every letter where letters are issued (`documents.wording`)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit import service as audit
from rekisteri.documents import wording, wording_rules
from rekisteri.kernel.db import check_version, db
from rekisteri.kernel.errors import Conflict
from rekisteri.settings.letter_models import LetterText

CHANGED = audit.event("settings.letter_changed", "kirjeen tekstejä muutettu", fields={"kind": str})


def text_of(kind: str) -> LetterText:
    """What is written for this kind of letter itself; an unsaved empty row where nothing is."""
    return db.session.get(LetterText, kind) or LetterText(kind=kind, opening="", closing="", version=0)


def all_texts() -> dict[str, LetterText]:
    """Everything that has been written, by kind of letter."""
    return {text.kind: text for text in db.session.scalars(select(LetterText))}


def in_force(kind: str) -> wording.Texts:
    """Opening and closing of this kind of letter: its own, or where it has none, what stands in all letters."""
    own, common = text_of(kind), text_of(wording.EVERY)
    return own.opening or common.opening, own.closing or common.closing


def change(*, kind: str, opening: str, closing: str, version: int | None, by: Any) -> LetterText:
    """Save how this kind of letter opens and closes from now on; letters that have been issued stay as they are.

    :param version: the version the form was filled from.
    :raises RuleViolation: the text cannot stand in a letter.
    """
    row = db.session.scalar(select(LetterText).filter_by(kind=kind).with_for_update()) or text_of(kind)
    check_version(row, version, theirs={"opening": row.opening, "closing": row.closing})
    before = row.opening, row.closing
    row.opening = wording_rules.check(opening, field="opening")
    row.closing = wording_rules.check(closing, field="closing")
    if row.version == 0:
        _insert(row)
    if before != (row.opening, row.closing):
        audit.record(CHANGED, subject="settings:1", by=by, kind=kind)
    return row


def _insert(row: LetterText) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:  # PostgreSQL: a rival saved the first text while we waited
        raise Conflict from error


wording.told_by(in_force)
