"""Reading and changing the settings."""

from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit import service as audit
from rekisteri.kernel.db import check_version, db
from rekisteri.kernel.errors import Conflict
from rekisteri.settings import rules
from rekisteri.settings.models import Settings

CHANGED = audit.event("settings.changed", "asetuksia muutettu", fields={"fields": list})


def current() -> Settings:
    """The settings as they now stand. Before the first save: an unsaved row with what can be known beforehand."""
    row = db.session.get(Settings, 1)
    return row if row is not None else _unsaved()


def _unsaved() -> Settings:
    columns = inspect(Settings).columns
    defaults = {column.key: column.default.arg for column in columns if column.default is not None}
    return Settings(**(defaults | {"version": 0}))


def missing() -> list[str]:
    """What is still to be filled in before letters can go out, as Finnish names."""
    return rules.missing(values(current()))


def values(row: Settings) -> dict[str, Any]:
    """The settings as plain values by field name."""
    return {column.key: getattr(row, column.key) for column in inspect(Settings).columns}


def change(*, changes: dict[str, Any], version: int | None, by: Any, on: date) -> Settings:
    """Save what was filled in on one part of the page.

    :param changes: new values by field name; nothing else is touched.
    :param version: the version the form was filled from.
    """
    row = db.session.scalar(select(Settings).with_for_update()) or _unsaved()
    check_version(row, version, theirs={name: str(getattr(row, name) or "") for name in changes})
    checked = {name: _checked(name, value, on) for name, value in changes.items()}
    changed = sorted(name for name, value in checked.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, checked[name])
    if row.version == 0:
        _insert(row)
    if changed:
        audit.record(CHANGED, subject="settings:1", by=by, fields=changed)
    return row


def _insert(row: Settings) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:  # PostgreSQL: a rival saved the first settings while we waited
        raise Conflict from error


def _checked(name: str, value: Any, on: date) -> Any:
    if name == "verified_on":
        rules.check_verified_on(value, on)
        return value
    if name == "erase_alone":
        return bool(value)
    text = value or ""
    if not text:
        return ""
    if name == "business_id":
        return rules.check_business_id(text)
    if name == "archive_after_years":
        return rules.check_years(text)
    if name == "financial_year_end":
        return rules.check_year_end(text)
    if name.endswith("postcode"):
        return rules.check_postcode(text, field=name)
    if name.endswith("phone"):
        return rules.check_phone(text, field=name)
    return text
