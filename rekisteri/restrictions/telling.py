"""The restrictions of a customer's data, told to the customer (GDPR art. 15)."""

from sqlalchemy import select

from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from rekisteri.restrictions import rules
from rekisteri.restrictions.models import Restriction


def tell(customer: Customer) -> Chapter | None:
    """Every restriction: what, why, from when until when, and what was done meanwhile on which ground."""
    query = select(Restriction).filter_by(customer_id=customer.id).order_by(Restriction.id)
    found = list(db.session.scalars(query))
    if not found:
        return None
    labels = FIELDS[customer.kind]
    return Chapter(
        title="Tietojenne käsittelyn rajoitukset",
        lead="Rajoituksen aikana tietoja vain säilytetään, jollei kohdassa ”Poikkeukset” muuta kerrota.",
        head=["Alkoi", "Mitä koskee", "Peruste", "Päättyi", "Poikkeukset"],
        rows=[
            [
                fi_date(one.begun_on),
                rules.what(one.fields, labels),
                rules.GROUNDS[one.ground].label,
                fi_date(one.ended_on) or "voimassa",
                _exceptions(one),
            ]
            for one in found
        ],
    )


def _exceptions(restriction: Restriction) -> str:
    return "\n".join(
        f"{rules.EXCEPTION_USES[one.use]} {fi_date(one.made_on)} – {fi_date(one.stopped_on or one.until)}: "
        f"{rules.EXCEPTION_GROUNDS[one.ground].lower()}"
        for one in restriction.exceptions
    )


add_chapter(44, "restrictions", tell)
