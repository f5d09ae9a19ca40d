"""The table of consents: to what, by which means, since when, in what words, and when it was taken back."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.consents.rules import CHANNELS, MEANS, USES
from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.staff.models import User


def _one_of(column: str, codes: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Consent(Versioned, db.Model):  # type: ignore[name-defined]
    """One kind of marketing that a person has allowed by one means (GDPR art. 7(1); Act 917/2014, section 200).

    It allows nothing that the person has forbidden or objected to, and each such word ends it; it never begins again by
    itself. The journal outside the database knows by its `key` that it has ended.
    """

    __tablename__ = "consent"
    __table_args__ = (
        _one_of("use", USES),
        _one_of("means", MEANS),
        _one_of("channel", CHANNELS),
        _one_of("withdrawn_channel", CHANNELS),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_channel IS NULL)", name="withdrawn_by_a_word"),
        Index("ix_consent_customer_id_use_means", "customer_id", "use", "means"),
        Index("ix_consent_withdrawn_on_id", "withdrawn_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    use: Mapped[str] = mapped_column(String(30))
    means: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(20))
    wording: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    withdrawn_on: Mapped[date | None]
    withdrawn_channel: Mapped[str | None] = mapped_column(String(20))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    key: Mapped[str] = mapped_column(String(32), index=True)

    customer: Mapped[Customer] = relationship()
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])

    @property
    def subject(self) -> str:
        """What scans and the processing log know it by."""
        return f"consent:{self.id}"

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.withdrawn_on is None


add_link(Consent.customer_id, "suostumukset")
