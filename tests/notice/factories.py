"""Drafts and published notices, for tests."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.notice import drafting, publishing, service
from rekisteri.notice.models import NoticeSection, NoticeVersion
from rekisteri.settings import service as settings
from tests.settings.factories import fill_settings

OLD_NOTICE = Path(__file__).parent / "old_notice.txt"
COMPLETED = {
    "sources": "Saamme tietoja sinulta itseltäsi ja messuilta.",
    "disclosures": "Luovutamme tietoja vain perintäyhtiölle maksamattoman laskun perimistä varten.",
    "cookies": "Verkkosivumme eivät käytä evästeitä.",
}


def start(**texts: str) -> NoticeVersion:
    """A draft of our own wording, saved; `texts` are the markup of sections by key."""
    with transaction():
        version = drafting.start_draft(by=None)
        db.session.flush()
        write(version, texts)
    return version


def write(version: NoticeVersion, texts: Mapping[str, str]) -> None:
    """Write sections by key, inside a transaction."""
    for key, text in texts.items():
        section = section_of(version, key)
        drafting.change_section(
            section_id=section.id,
            heading=section.heading,
            text=text,
            automatic=False,
            hide_if_empty=section.hide_if_empty,
            version=section.version,
            by=None,
        )


def section_of(version: NoticeVersion, key: str) -> NoticeSection:
    """A version's section by its key."""
    return next(section for section in version.sections if section.key == key)


def published(valid_from: date | None = None, *, note: str = "Tekstiä on selvennetty.", **texts: str) -> NoticeVersion:
    """A complete published version; the company's settings are filled in when they are not yet."""
    if settings.missing():
        fill_settings()
    version = start(**({} if service.latest() else COMPLETED) | texts)
    with transaction():
        return publishing.publish(
            version=version.version, valid_from=valid_from or today(), change_note=note, by=None, on=today()
        )


def form_of(page: Any, action: str) -> dict[str, str]:
    """The fields of the form on a page that posts to `action`, as they stand."""
    form = page.select_one(f"form[action='{action}']")
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]:not([type=checkbox])")}
    sent |= {field["name"]: field.get("value", "y") for field in form.select("input[type=checkbox][checked]")}
    return sent | {area["name"]: area.text.lstrip("\r\n") for area in form.select("textarea[name]")}
