"""The tables of the people who use the register."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.staff import rules

OWN_COMPANY = "Oma yritys"


class User(Versioned, db.Model):  # type: ignore[name-defined]
    """A named person with a user name and a password of their own.

    `employer` is the company working for us whose employee this is; empty for our own people. A user is never deleted,
    because what they did stays on record; they are put out of use.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(100), default="")
    employer: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    password_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    role_rows: Mapped[list["UserRole"]] = relationship(back_populates="user", cascade="all, delete-orphan")
    commitments: Mapped[list["Commitment"]] = relationship(
        back_populates="user", foreign_keys="Commitment.user_id", order_by="Commitment.signed_on"
    )

    session_token = ""  # only on the object of the request that signs in: what the cookie will carry

    @property
    def roles(self) -> list[str]:
        """The role codes, in the order of the table of roles."""
        held = {row.role for row in self.role_rows}
        return [role for role in rules.ROLES if role in held]

    @property
    def role_names(self) -> str:
        """The roles as a person reads them: ”Vastuuhenkilö, pääkäyttäjä”."""
        return rules.names_of(self.roles)

    @property
    def employer_name(self) -> str:
        """Whose employee this is, in words."""
        return self.employer or OWN_COMPANY

    @property
    def subject(self) -> str:
        """What the processing log calls this person."""
        return f"user:{self.id}"

    def commitment_on(self, day: date) -> "Commitment | None":
        """The confidentiality commitment in force on a day, if there is one."""
        return next((row for row in reversed(self.commitments) if rules.in_force(row.signed, day)), None)

    def why_not(self, permission: str) -> str | None:
        """Why this user may not do what `permission` stands for, today; None when they may."""
        return rules.why_not(
            permission, roles=self.roles, active=self.active, committed=self.commitment_on(today()) is not None
        )

    @property
    def allowed(self) -> frozenset[str]:
        """All that this user may today."""
        return frozenset(code for code in rules.PERMISSIONS if self.why_not(code) is None)

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def account(self) -> "User":
        """The person's own row (`visitor.Visitor.account`): in the request that signs in, this is it."""
        return self

    def get_id(self) -> str:
        """The secret of this session, not the user's number: a session can end while the user stays."""
        if not self.session_token:
            raise RuntimeError("this user object did not sign in")
        return self.session_token


class UserRole(db.Model):  # type: ignore[name-defined]
    """One role of one user."""

    __tablename__ = "user_role"
    __table_args__ = (
        CheckConstraint("role IN ('lukija', 'kasittelija', 'vastuuhenkilo', 'paakayttaja')", name="role"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)

    user: Mapped[User] = relationship(back_populates="role_rows")


class UserSession(db.Model):  # type: ignore[name-defined]
    """One sign-in, from its beginning to its end. The cookie holds the token, this row only its SHA-256."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_reason: Mapped[str] = mapped_column(String(20), default="")
    browser: Mapped[str] = mapped_column(String(80), default="")

    user: Mapped[User] = relationship()


class Commitment(db.Model):  # type: ignore[name-defined]
    """A confidentiality commitment signed on paper: which text, when, where, and who recorded it."""

    __tablename__ = "commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    text_version: Mapped[str] = mapped_column(String(20))
    signed_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(100), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"), index=True)
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str] = mapped_column(String(500), default="")
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    user: Mapped[User] = relationship(back_populates="commitments", foreign_keys=[user_id])
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])
    revoked_by: Mapped[User | None] = relationship(foreign_keys=[revoked_by_id])

    @property
    def signed(self) -> rules.Signed:
        """The days that decide whether it is in force."""
        return rules.Signed(self.signed_on, self.revoked_on)


class SignInThrottle(db.Model):  # type: ignore[name-defined]
    """How often one user name, or one network address, has lately been tried. Names are kept as hashes only."""

    __tablename__ = "sign_in_throttle"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class FirstLink(db.Model):  # type: ignore[name-defined]
    """The one-time link with which the first user of an empty register is made. Only its SHA-256 is kept."""

    __tablename__ = "first_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
