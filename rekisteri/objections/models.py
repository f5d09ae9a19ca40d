"""The tables of objections, withdrawals of consent and complaints: what was said, the decision, and the uses it ends."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.cases.models import Case
from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.documents.models import Document
from rekisteri.kernel.db import Versioned, db
from rekisteri.staff.models import User


class Objection(Versioned, db.Model):  # type: ignore[name-defined]
    """The matter of one case in which the person says no to how data are used, or complains of it.

    Its uses end by their own rows: marketing and consent as soon as they are written down, the rest by the decision. They
    bind the customer for as long as there is one, also when nothing but the facts is left of the case. One that a restored
    backup did not know has no case; the journal outside the database knows it by its `key`.
    """

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        CheckConstraint("kind IN ('objection', 'consent_withdrawal', 'complaint')", name="kind"),
        CheckConstraint("decision IN ('granted', 'partly_granted', 'refused')", name="decision"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided_some_day"),
        CheckConstraint(
            "decision IS NULL OR decision = 'granted' OR (ground IS NOT NULL AND length(reasons) > 0)",
            name="refusal_has_reasons",
        ),
        Index("ix_objection_decided_on_id", "decided_on", "id"),
        Index("ix_objection_customer_id_ended_on", "customer_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str] = mapped_column(String(30))
    what: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    itemised_on: Mapped[date | None]

    decision: Mapped[str | None] = mapped_column(String(20))
    measures: Mapped[str] = mapped_column(Text, default="")
    ground: Mapped[str | None] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    ended_on: Mapped[date | None]
    ended_channel: Mapped[str | None] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(32), default="", index=True)

    request: Mapped[Case | None] = relationship(lazy="joined")
    customer: Mapped[Customer | None] = relationship()
    uses: Mapped[list["ObjectionUse"]] = relationship(
        back_populates="objection", order_by="ObjectionUse.position", lazy="selectin", cascade="all, delete-orphan"
    )
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    letter: Mapped[Document | None] = relationship(foreign_keys=[letter_id])
    certificate: Mapped[Document | None] = relationship(foreign_keys=[certificate_id])

    @property
    def case(self) -> Case:
        """The request that it came in; only what a restored backup did not know lacks one, and it is only shown and ended."""
        if self.request is None:
            raise LookupError("an objection given again from the journal has no request")
        return self.request

    @property
    def subject(self) -> str:
        """What the processing log knows it by: the request, and the customer when nothing of the request tells whose it is."""
        request = self.request
        if request is not None and (self.customer_id is None or request.customer_id is not None):
            return request.subject
        return f"customer:{self.customer_id}"

    @property
    def codes(self) -> list[str]:
        """The uses the person said no to."""
        return [one.use for one in self.uses]

    @property
    def bound(self) -> list[str]:
        """The uses that are now over because of this."""
        return [one.use for one in self.uses if one.bound_on and self.ended_on is None]

    @property
    def bound_since(self) -> date | None:
        """Since when something has been over."""
        return min((one.bound_on for one in self.uses if one.bound_on), default=None)


class ObjectionUse(db.Model):  # type: ignore[name-defined]
    """One use that the person said no to, and since when it is over; until then it is only asked."""

    __tablename__ = "objection_use"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    use: Mapped[str] = mapped_column(String(30), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    bound_on: Mapped[date | None]

    objection: Mapped[Objection] = relationship(back_populates="uses")


add_link(Objection.customer_id, "vastustamiset ja valitukset")
