"""The tables of the day's post: which letters were gathered to be printed and taken to the post together."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.documents.models import Document
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db


class Post(Versioned, db.Model):  # type: ignore[name-defined]
    """Letters gathered on one walk to the post. The file for the printer is put together anew whenever it is asked for."""

    __tablename__ = "post"
    __table_args__ = (CheckConstraint("(posted_on IS NULL) = (way IS NULL)", name="posted_some_way"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gathered_on: Mapped[date] = mapped_column(index=True)
    gathered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    gathered_by_id: Mapped[int | None]
    gathered_by_name: Mapped[str] = mapped_column(String(200), default="")
    two_sided: Mapped[bool] = mapped_column(default=False)
    posted_on: Mapped[date | None] = mapped_column(index=True)
    way: Mapped[str | None] = mapped_column(String(20))

    letters: Mapped[list["PostLetter"]] = relationship(
        back_populates="post", order_by="PostLetter.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def log_subject(self) -> str:
        """What the processing log calls it."""
        return f"post:{self.id}"

    @property
    def file_name(self) -> str:
        """What the file for the printer is called: its day and its number."""
        return f"posti-{self.gathered_on.isoformat()}-{self.id}.pdf"


class PostLetter(db.Model):  # type: ignore[name-defined]
    """One letter of the post, in the order of the posting list. A letter belongs to one post at most."""

    __tablename__ = "post_letter"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]

    post: Mapped[Post] = relationship(back_populates="letters")
    document: Mapped[Document] = relationship()
