"""The table of the statistics: what was counted last, each subject in one row."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.db import UtcDateTime, db


class Statistic(db.Model):  # type: ignore[name-defined]
    """The published figures of one subject as they were counted at a moment.

    What is hidden is not even here: `figures` holds what `rules.published` gave. So nothing that reads the table, today or
    later, can show a small group by mistake.
    """

    __tablename__ = "statistic"

    subject: Mapped[str] = mapped_column(String(30), primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
