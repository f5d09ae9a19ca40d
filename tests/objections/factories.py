"""A person who says no: the request, its matter and somebody who may decide on it. Nobody in them exists."""

from datetime import date
from typing import Any

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db, transaction
from rekisteri.objections import service
from rekisteri.objections.models import Objection
from tests.cases.factories import MAIJA, RECEIVED, TODAY
from tests.customers.factories import make_person
from tests.settings.factories import fill_settings

MEASURES = "Emme enää käytä tietojanne tähän tarkoitukseen."
REASONS = "Tilaustanne T 2026/0001 ei voi toimittaa, ellemme käytä osoitettanne."


def make_matter(owner: Any, kind: str = "objection", *, found: bool = True, **changes: Any) -> Objection:
    """Maija Virtanen's letter, registered today, with nothing written down of the matter yet."""
    fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    told: dict[str, Any] = {
        "received_on": RECEIVED,
        "channel": "letter",
        "signature": "signed",
        "requester": MAIJA,
        "kinds": [kind],
        "customer": make_person() if found else None,
    }
    with transaction():
        case = cases.register(**(told | changes), by=owner, on=TODAY)
    return matter_of(case, kind)


def matter_of(case: Case, kind: str = "objection") -> Objection:
    """The matter of this kind as it now stands in the database."""
    db.session.rollback()
    db.session.expire_all()
    matter = service.of_case(case, kind)
    assert matter is not None
    return matter


def itemise(
    matter: Objection, *uses: str, by: Any, what: str = "Tietojeni käyttö profilointiin", on: date = TODAY
) -> None:
    """Write down what the person says no to."""
    with transaction():
        service.itemise(
            matter=matter, what=what, grounds="Minua on häiritty, ja pelkään sitä.", uses=list(uses), by=by, on=on
        )


def decide(matter: Objection, decision: str, *, by: Any, **told: Any) -> None:
    """Decide as told; what a granted matter needs is filled in."""
    given: dict[str, Any] = {"measures": MEASURES} if decision != "refused" else {}
    with transaction():
        service.decide(matter=matter, decision=decision, **(given | told), by=by, on=TODAY)
