"""The table of the company's own words in letters."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.db import Versioned, db


class LetterText(Versioned, db.Model):  # type: ignore[name-defined]
    """How one kind of letter opens and closes in the company's own words; empty where it has none."""

    __tablename__ = "letter_text"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    opening: Mapped[str] = mapped_column(String(1000), default="")
    closing: Mapped[str] = mapped_column(String(1000), default="")
