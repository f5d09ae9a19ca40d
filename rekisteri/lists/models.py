"""The table of prints: what was made, how it was set out, and by which passage of the ledger's door it went."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.disclosures.models import Outgoing
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, db
from rekisteri.lists.rules import KINDS


class Printout(db.Model):  # type: ignore[name-defined]
    """One list, set of labels, letter or file of a selection. Who was in it stands in the ledger; no copy of it is kept.

    `setting` holds what the clerk chose: sheet, columns, the letter's own text. `selection` is the name it was made from.
    """

    __tablename__ = "printout"
    __table_args__ = (
        CheckConstraint("kind IN ('list', 'labels', 'letters', 'file', 'emails', 'messages')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    selection: Mapped[str] = mapped_column(String(120))
    setting: Mapped[dict[str, Any]] = mapped_column(JSON)
    outgoing_id: Mapped[int] = mapped_column(ForeignKey("outgoing.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    outgoing: Mapped[Outgoing] = relationship()

    @property
    def name(self) -> str:
        """What kind of print it is."""
        return KINDS[self.kind].name

    @property
    def subject(self) -> str:
        """What the processing log calls this print."""
        return f"printout:{self.id}"
