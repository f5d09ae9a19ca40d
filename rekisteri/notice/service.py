"""Finding the notice: the version in force, the draft, any version that ever was."""

from datetime import date

from sqlalchemy import func, select

from rekisteri.audit import service as audit
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice.content import Content, Dates, contents
from rekisteri.notice.models import DRAFT, PUBLISHED, NoticeSection, NoticeVersion
from rekisteri.settings import service as settings

DRAFTED = audit.event("notice.drafted", "tietosuojaselosteen luonnos aloitettu", fields={"number": int})
IMPORTED = audit.event("notice.imported", "tietosuojaseloste tuotu luonnokseksi", fields={"number": int, "placed": int})
EDITED = audit.event("notice.edited", "tietosuojaselosteen luonnosta muutettu", fields={"number": int, "part": str})
DISCARDED = audit.event("notice.discarded", "tietosuojaselosteen luonnos hylätty", fields={"number": int})
PUBLISHED_EVENT = audit.event(
    "notice.published", "tietosuojaseloste julkaistu", fields={"number": int, "valid_from": str}
)


def in_force(on: date) -> NoticeVersion | None:
    """The version people are told to read on this day; None before the first one."""
    query = select(NoticeVersion).where(NoticeVersion.state == PUBLISHED, NoticeVersion.valid_from <= on)
    return db.session.scalars(query.order_by(NoticeVersion.number.desc()).limit(1)).first()


def versions() -> list[NoticeVersion]:
    """Every published version, the latest first."""
    query = select(NoticeVersion).where(NoticeVersion.state == PUBLISHED)
    return list(db.session.scalars(query.order_by(NoticeVersion.number.desc())))


def latest() -> NoticeVersion | None:
    """The version published last, whether or not its day has come."""
    return next(iter(versions()), None)


def find_version(number: int) -> NoticeVersion | None:
    """A published version by its number."""
    return db.session.scalar(select(NoticeVersion).filter_by(number=number, state=PUBLISHED))


def draft(*, lock: bool = False) -> NoticeVersion | None:
    """The draft, of which there is at most one. `lock` keeps rivals waiting until this transaction ends."""
    query = select(NoticeVersion).filter_by(state=DRAFT)
    return db.session.scalar(query.with_for_update() if lock else query)


def get_draft() -> NoticeVersion:
    """The draft, locked for the use case at hand.

    :raises RuleViolation: somebody else has published or discarded it.
    """
    found = draft(lock=True)
    if found is None:
        raise RuleViolation("Luonnosta ei enää ole: se on julkaistu tai hylätty. Aloita uusi luonnos.")
    return found


def find_section(section_id: int) -> NoticeSection | None:
    """A section of the draft."""
    query = select(NoticeSection).join(NoticeVersion).where(NoticeVersion.state == DRAFT)
    return db.session.scalar(query.where(NoticeSection.id == section_id))


def get_section(section_id: int) -> NoticeSection:
    """A section of the draft, for the use case at hand.

    :raises RuleViolation: somebody else has taken it out.
    """
    found = find_section(section_id)
    if found is None:
        raise RuleViolation("Kohtaa ei enää ole: joku muu on poistanut sen luonnoksesta.")
    return found


def next_number() -> int:
    """The number of the version to be drafted next."""
    return (db.session.scalar(select(func.max(NoticeVersion.number))) or 0) + 1


def first_day(on: date) -> date:
    """The day of the first version; today when there is none yet."""
    query = select(func.min(NoticeVersion.valid_from)).where(NoticeVersion.state == PUBLISHED)
    return db.session.scalar(query) or on


def shown(version: NoticeVersion, *, on: date) -> list[Content]:
    """A version's sections as a reader sees them; a draft as it would be published on this day."""
    return contents(version, settings.current(), Dates(first_day(on), on))
