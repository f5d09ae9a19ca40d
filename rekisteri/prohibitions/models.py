"""The table of prohibitions: what a customer has forbidden, since when, how it was told and how it was taken back."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.cases.codes import CHANNELS
from rekisteri.cases.models import Case
from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.prohibitions.rules import KINDS
from rekisteri.staff.models import User


def _one_of(column: str, codes: object) -> CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)  # type: ignore[attr-defined]
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Prohibition(Versioned, db.Model):  # type: ignore[name-defined]
    """One use of the data that the customer has forbidden (GDPR art. 21(2) and (3); the notice's own promise).

    It binds from the moment it is recorded until the customer's own word takes it back, and that word is on record. When
    two customers turn out to be one, the rows of both bind the one who remains: the stricter wins. The journal outside the
    database knows it by its `key`.
    """

    __tablename__ = "prohibition"
    __table_args__ = (
        _one_of("kind", KINDS),
        _one_of("channel", CHANNELS),
        _one_of("withdrawn_channel", CHANNELS),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_channel IS NULL)", name="withdrawn_by_a_word"),
        Index("ix_prohibition_customer_id_kind_withdrawn_on", "customer_id", "kind", "withdrawn_on"),
        Index("ix_prohibition_kind_withdrawn_on_id", "kind", "withdrawn_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str] = mapped_column(String(30))
    since: Mapped[date]
    channel: Mapped[str] = mapped_column(String(20))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    withdrawn_on: Mapped[date | None]
    withdrawn_channel: Mapped[str | None] = mapped_column(String(20))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    key: Mapped[str] = mapped_column(String(32), default="", index=True)

    customer: Mapped[Customer] = relationship()
    case: Mapped[Case | None] = relationship()
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])

    @property
    def subject(self) -> str:
        """What scans and the processing log know it by."""
        return f"prohibition:{self.id}"

    @property
    def stands(self) -> bool:
        """Whether it binds."""
        return self.withdrawn_on is None


add_link(Prohibition.customer_id, "kiellot")
