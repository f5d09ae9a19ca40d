"""The one row that says who keeps the register, and how long each kind of data is kept."""

from datetime import date

from sqlalchemy import CheckConstraint, String, false
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.db import Versioned, db
from rekisteri.kernel.formats import fi_phone
from rekisteri.settings.rules import OMBUDSMAN, OMBUDSMAN_VERIFIED_ON


def _text(length: int = 200) -> Mapped[str]:
    return mapped_column(String(length), default="")


class Settings(Versioned, db.Model):  # type: ignore[name-defined]
    """The controller (GDPR art. 4(7)), the contact person, the person responsible for the register, the Ombudsman.

    These go into letters, certificates and the notice as they stand on the day of issue.
    """

    __tablename__ = "settings"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)

    company_name: Mapped[str] = _text()
    business_id: Mapped[str] = _text(9)
    street: Mapped[str] = _text()
    postcode: Mapped[str] = _text(5)
    city: Mapped[str] = _text(100)
    phone: Mapped[str] = _text(40)
    email: Mapped[str] = _text(254)

    contact_name: Mapped[str] = _text()
    contact_street: Mapped[str] = _text()
    contact_postcode: Mapped[str] = _text(5)
    contact_city: Mapped[str] = _text(100)
    contact_phone: Mapped[str] = _text(40)
    contact_email: Mapped[str] = _text(254)

    owner_name: Mapped[str] = _text()
    owner_title: Mapped[str] = _text(100)

    register_name: Mapped[str] = mapped_column(String(100), default="Asiakasrekisteri")
    place: Mapped[str] = _text(100)
    financial_year_end: Mapped[str] = mapped_column(String(6), default="31.12.")
    archive_after_years: Mapped[int] = mapped_column(default=3)
    erase_alone: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Nobody else can approve an erasure: the four eyes of a firm of one, switched off for all to see."""

    ombudsman_name: Mapped[str] = mapped_column(String(200), default=OMBUDSMAN["name"])
    ombudsman_street: Mapped[str] = mapped_column(String(200), default=OMBUDSMAN["street"])
    ombudsman_postcode: Mapped[str] = mapped_column(String(5), default=OMBUDSMAN["postcode"])
    ombudsman_city: Mapped[str] = mapped_column(String(100), default=OMBUDSMAN["city"])
    ombudsman_visit: Mapped[str] = mapped_column(String(200), default=OMBUDSMAN["visit"])
    ombudsman_phone: Mapped[str] = mapped_column(String(40), default=OMBUDSMAN["phone"])
    ombudsman_email: Mapped[str] = mapped_column(String(254), default=OMBUDSMAN["email"])
    ombudsman_web: Mapped[str] = mapped_column(String(200), default=OMBUDSMAN["web"])
    verified_on: Mapped[date] = mapped_column(default=OMBUDSMAN_VERIFIED_ON)

    def controller(self) -> dict[str, object]:
        """All that a letter or a certificate says about the company and the authority, as plain values."""
        return {
            "name": self.company_name,
            "business_id": self.business_id,
            "lines": _lines(self.street, self.postcode, self.city),
            "phone": fi_phone(self.phone),
            "email": self.email,
            "place": self.place or self.city,
            "register_name": self.register_name,
            "contact": self.contact(),
            "owner": {"name": self.owner_name, "title": self.owner_title},
            "ombudsman": self.ombudsman(),
        }

    def contact(self) -> dict[str, object]:
        """The contact person; an address, phone or e-mail that was left empty is the company's own."""
        own_address = _lines(self.contact_street, self.contact_postcode, self.contact_city)
        return {
            "name": self.contact_name,
            "lines": own_address or _lines(self.street, self.postcode, self.city),
            "phone": fi_phone(self.contact_phone or self.phone),
            "email": self.contact_email or self.email,
        }

    def ombudsman(self) -> dict[str, object]:
        """The supervisory authority as a letter's remedy block names it (GDPR art. 77, Data Protection Act 21 §)."""
        return {
            "name": self.ombudsman_name,
            "lines": _lines(self.ombudsman_street, self.ombudsman_postcode, self.ombudsman_city),
            "visit": self.ombudsman_visit,
            "phone": fi_phone(self.ombudsman_phone),
            "email": self.ombudsman_email,
            "web": self.ombudsman_web,
        }


class RetentionPeriod(Versioned, db.Model):  # type: ignore[name-defined]
    """How long one kind of data is kept, where the company has chosen another length than the usual (`periods.KINDS`)."""

    __tablename__ = "retention_period"
    __table_args__ = (CheckConstraint("length > 0", name="length"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    length: Mapped[int]


def _lines(street: str, postcode: str, city: str) -> list[str]:
    """An address as it stands on an envelope: the post office in capitals."""
    return [line for line in (street, f"{postcode} {city.upper()}".strip()) if line]
