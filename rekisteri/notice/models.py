"""The notice's versions and their sections."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db

DRAFT = "draft"
PUBLISHED = "published"


class NoticeVersion(Versioned, db.Model):  # type: ignore[name-defined]
    """One version of the notice: the draft that is being written, or a published text that stays as it is.

    Which version was shown on which day proves what people were told (GDPR art. 5(2), 13 and 14).
    """

    __tablename__ = "notice_version"
    __table_args__ = (
        CheckConstraint(f"state in ('{DRAFT}', '{PUBLISHED}')", name="state"),
        CheckConstraint("valid_until is null or valid_until >= valid_from", name="valid_until"),
        Index(
            "uq_notice_version_one_draft",
            "state",
            unique=True,
            sqlite_where=text(f"state = '{DRAFT}'"),
            postgresql_where=text(f"state = '{DRAFT}'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    change_note: Mapped[str] = mapped_column(String(1000), default="")
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_on: Mapped[date | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    sections: Mapped[list["NoticeSection"]] = relationship(
        back_populates="of", order_by="NoticeSection.position", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> str:
        """How the log and the issued documents refer to it."""
        return f"notice:{self.id}"

    @property
    def published(self) -> bool:
        """Whether the text can no longer be changed."""
        return self.state == PUBLISHED

    @property
    def shown(self) -> list["NoticeSection"]:
        """The sections a reader sees: one left empty is seen too, unless the company chose to leave it out."""
        return [section for section in self.sections if not section.left_out]


class NoticeSection(Versioned, db.Model):  # type: ignore[name-defined]
    """One row of the notice: a heading and its text in the small HTML of `richtext`.

    `key` names one of the notice's rows (`rows.ROWS`); None is a section of the company's own. An `automatic` section
    takes its text from the settings until the version is published, and keeps from then on what it said that day.
    `wording` is the text of a published section before its places were filled in, from which the next draft begins.
    """

    __tablename__ = "notice_section"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("notice_version.id"), index=True)
    position: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(40))
    heading: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="", server_default="")
    automatic: Mapped[bool] = mapped_column(default=False)
    hide_if_empty: Mapped[bool] = mapped_column(default=False)

    of: Mapped[NoticeVersion] = relationship(back_populates="sections")

    @property
    def left_out(self) -> bool:
        """Empty, and by the company's choice not shown at all."""
        return self.hide_if_empty and not self.automatic and not self.body


_MAY_CHANGE = {"valid_until", "document_id", "version"}


class PublishedTextChanged(RuntimeError):
    """Code tried to change a published text: a fault of ours, never of a person's."""


@event.listens_for(NoticeVersion, "before_update")
def _keep_version(_mapper: Mapper[Any], _connection: Any, target: NoticeVersion) -> None:
    state: Any = inspect(target)
    names = [column.key for column in state.mapper.column_attrs]
    changed = {name for name in names if state.attrs[name].history.has_changes()}
    if _was_published(target) and changed - _MAY_CHANGE:
        raise PublishedTextChanged(f"{target.subject}: {sorted(changed)}")


@event.listens_for(NoticeSection, "before_update")
def _keep_section(_mapper: Mapper[Any], _connection: Any, target: NoticeSection) -> None:
    if _was_published(_version_of(target)) and db.session.is_modified(target):
        raise PublishedTextChanged(_version_of(target).subject)


@event.listens_for(NoticeSection, "before_insert")
@event.listens_for(NoticeSection, "before_delete")
def _keep_sections(_mapper: Mapper[Any], _connection: Any, target: NoticeSection) -> None:
    if _was_published(_version_of(target)):
        raise PublishedTextChanged(_version_of(target).subject)


@event.listens_for(NoticeVersion, "before_delete")
def _keep_whole(_mapper: Mapper[Any], _connection: Any, target: NoticeVersion) -> None:
    if _was_published(target):
        raise PublishedTextChanged(target.subject)


def _version_of(section: NoticeSection) -> NoticeVersion:
    """The version that a section belongs to, or has just been taken out of."""
    state: Any = inspect(section)
    before: NoticeVersion = (state.attrs.of.history.deleted or [section.of])[0]
    return before


def _was_published(version: NoticeVersion) -> bool:
    before: Any = inspect(version).attrs.state.history.deleted or [version.state]
    return bool(before[0] == PUBLISHED)
