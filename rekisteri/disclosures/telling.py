"""To whom a customer's data have gone, told to the customer: each recipient by name (GDPR art. 15(1)(c), 15(2), 19)."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.countries import country_name, is_inside_eea
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.disclosures.ledger import field_names
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Outgoing, OutgoingPerson, Recipient
from rekisteri.disclosures.rules import EXITS, GROUNDS
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date


def tell(customer: Customer) -> Chapter | None:
    """Every disclosure on the ledger, with what went and why; outside the EU and EEA with its safeguard."""
    query = select(Disclosure).filter_by(customer_id=customer.id).order_by(Disclosure.disclosed_on, Disclosure.id)
    whole = (
        joinedload(Disclosure.customer),
        joinedload(Disclosure.recipient),
        selectinload(Disclosure.data).joinedload(DisclosedDatum.datum),
    )
    found = list(db.session.scalars(query.options(*whole)))
    if not found:
        return None
    return Chapter(
        title="Kenelle tietojanne on luovutettu",
        lead="Jokainen luovutus on kirjattu. Näette vastaanottajan, luovutetut tiedot ja tarkoituksen.",
        head=["Päivä", "Vastaanottaja", "Mitä tietoja", "Mihin tarkoitukseen"],
        rows=[[fi_date(one.disclosed_on), _recipient(one.recipient), field_names(one), _purpose(one)] for one in found],
    )


def _recipient(recipient: Recipient) -> str:
    if is_inside_eea(recipient.country):
        return recipient.name
    return f"{recipient.name}, {country_name(recipient.country)}\nSuojatoimi: {recipient.transfer_safeguard}"


def _purpose(disclosure: Disclosure) -> str:
    return f"{disclosure.purpose}\nPeruste: {GROUNDS[disclosure.ground].lower()}"


def tell_exits(customer: Customer) -> Chapter | None:
    """The lists, files and prints of the company's own in which the person was (GDPR art. 15(1)(a))."""
    mine = select(OutgoingPerson.outgoing_id).where(OutgoingPerson.customer_id == customer.id)
    query = select(Outgoing).where(Outgoing.id.in_(mine), Outgoing.recipient_id.is_(None)).order_by(Outgoing.id)
    found = list(db.session.scalars(query))
    if not found:
        return None
    labels = FIELDS[customer.kind]
    return Chapter(
        title="Missä luetteloissa, tiedostoissa ja tulosteissa tietonne ovat olleet",
        lead="Nämä olemme tehneet omaan käyttöömme tai teille itsellenne.",
        head=["Päivä", "Mikä", "Mitä tietoja", "Mihin tarkoitukseen"],
        rows=[
            [
                fi_date(one.left_on),
                EXITS[one.kind].name,
                ", ".join(labels[field] for field in one.fields if field in labels),
                one.purpose,
            ]
            for one in found
        ],
    )


add_chapter(40, "disclosures", tell)
add_chapter(41, "outgoing", tell_exits)
