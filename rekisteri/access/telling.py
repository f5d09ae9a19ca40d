"""What was done with a person's data and who looked at them, told to the person: when, what, in which role, what for.

The names of the staff are not told: that somebody looked, when and why belongs to the person, who it was normally not
(the Court of Justice's judgment C-579/21).
"""

from collections import Counter
from datetime import date

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.customers import chapters
from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.documents.models import Document, Scan
from rekisteri.kernel.clock import in_finland
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from rekisteri.staff.models import User
from rekisteri.staff.rules import names_of

LOG = "log"
SYSTEM = "Järjestelmä itse"
PURPOSES = {
    "customer": "Asiakassuhteen hoitaminen",
    "case": "Pyyntönne käsittely",
    "document": "Kirjeenvaihto kanssanne",
    "scan": "Pyyntönne käsittely",
}

RIGHTS = ("access", "erasure", "objection", "rectification", "restriction")
"""Whatever is done in these rooms is done because of a request, also when the log tells it of the card."""


def tell(customer: Customer) -> Chapter | None:
    """Each day's looks and deeds, the same ones counted together."""
    rows = Counter(_days(customer))
    if not rows:
        return None
    return Chapter(
        title="Kuka tietojanne on käsitellyt",
        lead="Kerromme, milloin ja mihin tarkoitukseen tietojanne on katsottu tai käsitelty. Työntekijöistämme "
        "mainitsemme tehtävän, emme nimeä.",
        head=["Päivä", "Mitä tehtiin", "Kuka", "Mihin tarkoitukseen"],
        rows=[
            [fi_date(day), what if count == 1 else f"{what} ({count} kertaa)", who, why]
            for (day, what, who, why), count in rows.items()
        ],
    )


def _days(customer: Customer) -> list[tuple[date, str, str, str]]:
    subjects = _subjects(customer)
    query = (
        select(AuditEvent.at, AuditEvent.event, AuditEvent.subject, AuditEvent.actor_id)
        .where(AuditEvent.subject.in_(subjects))
        .order_by(AuditEvent.seq)
    )
    found = list(db.session.execute(query))
    roles = _roles({row.actor_id for row in found if row.actor_id})
    return [
        (
            in_finland(row.at).date(),
            _capital(audit.label(row.event)),
            roles.get(row.actor_id, SYSTEM),
            _purpose(row.event, row.subject),
        )
        for row in found
    ]


def _purpose(event: str, subject: str) -> str:
    told_of = "case" if event.partition(".")[0] in RIGHTS else subject.partition(":")[0]
    return PURPOSES.get(told_of, "")


def _subjects(customer: Customer) -> list[str]:
    """What of the log is of this person: the card under every id it has had, the requests, the letters and scans."""
    own = chapters.subjects(customer)
    letters = db.session.scalars(select(Document.id).where(Document.subject.in_(own)))
    scans = db.session.scalars(select(Scan.id).where(Scan.subject.in_(own)))
    return [*own, *(f"document:{number}" for number in letters), *(f"scan:{number}" for number in scans)]


def _roles(ids: set[int]) -> dict[int | None, str]:
    users = db.session.scalars(select(User).where(User.id.in_(ids)))
    return {user.id: names_of(user.roles) for user in users}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


add_chapter(90, LOG, tell)
