"""What the register's own data tell the person they are of: the data, the earlier data, the roles, the contacts."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rekisteri.customers import past_data, rules
from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import ContactNote, Customer, Representation, Source
from rekisteri.customers.past_data import Fact
from rekisteri.customers.relationship_rules import CHANNELS
from rekisteri.customers.validity import in_words
from rekisteri.kernel.clock import in_finland
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date

SOURCES_OF_THEIRS = ("self", "fair")
"""Kinds of source at which the person has given the data: to the company itself, or on a card at its fair."""
OWN_WORDS = {"self": "te itse", "own": "oma havaintomme"}

DATA_FIELDS = {
    "field": "tiedon tunnus: last_name sukunimi, first_name etunimi, organisation edustettu yhteisö, email "
    "sähköpostiosoite, phone puhelinnumero, street katuosoite, postcode postinumero, city postitoimipaikka, country "
    "maa, orders aikaisemmat tilaukset; yhteisöllä name nimi ja business_id Y-tunnus. Toinen samanlainen tieto on "
    "numeroitu: email_2",
    "value": "tieto sellaisena kuin se on rekisterissä; puhelinnumero kansainvälisessä muodossa (+358…)",
    "use": "mihin osoitetta tai numeroa käytetään: work työ, home koti, billing laskutus, delivery toimitus, visit "
    "käynti, other muu; tyhjä, jos sitä ei tiedetä",
    "obtained_on": "päivä, jona tieto saatiin",
    "ended_on": "päivä, jona uusi tieto korvasi tämän tai tämä poistettiin; tyhjä, jos tieto on voimassa",
}
ROLE_FIELDS = {
    "organisation": "yhteisö, jota henkilö edustaa tai on edustanut",
    "role": "tehtävä yhteisössä; tyhjä, jos sitä ei tiedetä",
    "started_on": "edustuksen ensimmäinen päivä; tyhjä, jos sitä ei tiedetä",
    "ended_on": "edustuksen viimeinen päivä; tyhjä, jos se jatkuu tai päivää ei tiedetä",
    "obtained_on": "päivä, jona tieto saatiin",
}


def current(customer: Customer) -> Chapter | None:
    """The data that stand in the register now; as records, all that the person has given and the register still holds."""
    facts = past_data.facts(customer)
    labels = rules.FIELDS[customer.kind]
    origins = _origins()
    order = {field: place for place, field in enumerate(labels)}
    valid = sorted(
        (fact for fact in facts if fact.ended_at is None), key=lambda fact: order.get(fact.field, len(order))
    )
    if not valid:
        return None
    return Chapter(
        title="Tietonne rekisterissä",
        lead="Nämä tiedot ovat rekisterissä nyt. Jokaisesta näette, mistä ja milloin olemme sen saaneet.",
        head=["Tieto", "Rekisterissä", "Mistä saatu", "Saatu"],
        rows=[[*_said(fact, labels), origins[fact.source_id][1], fi_date(fact.obtained_on)] for fact in valid],
        data=[_record(fact) for fact in facts if origins[fact.source_id][0] in SOURCES_OF_THEIRS],
        provided=True,
    )


def earlier(customer: Customer) -> Chapter | None:
    """What the register has held and holds as history: replaced and removed values, each with its end."""
    labels, origins = rules.FIELDS[customer.kind], _origins()
    ended = [fact for fact in past_data.facts(customer) if fact.ended_at is not None]
    if not ended:
        return None
    return Chapter(
        title="Aikaisemmat tietonne",
        lead="Nämä tiedot on korvattu uusilla tai poistettu käytöstä. Säilytämme ne muutoshistoriana.",
        head=["Tieto", "Rekisterissä ollut", "Mistä saatu", "Saatu", "Päättynyt"],
        rows=[
            [
                *_said(fact, labels),
                origins[fact.source_id][1],
                fi_date(fact.obtained_on),
                f"{fi_date(fact.ended_at)}\n{fact.ended_reason}".strip(),
            ]
            for fact in ended
        ],
    )


def _said(fact: Fact, labels: dict[str, str]) -> list[str]:
    more = in_words(fact)
    shown = rules.shown(fact.field, fact.value)
    return [labels.get(fact.field, fact.field), f"{shown}\n{more}" if more else shown]


def _record(fact: Fact) -> dict[str, str | None]:
    return {
        "field": fact.field,
        "value": fact.value,
        "use": fact.use or None,
        "obtained_on": fact.obtained_on.isoformat(),
        "ended_on": in_finland(fact.ended_at).date().isoformat() if fact.ended_at else None,
    }


def _origins() -> dict[int, tuple[str, str]]:
    """Each source's kind, and what it is called when one speaks to the person."""
    rows = db.session.execute(select(Source.id, Source.kind, Source.name))
    return {key: (kind, OWN_WORDS.get(kind, name)) for key, kind, name in rows}


def roles(customer: Customer) -> Chapter | None:
    """The organisations a person represents or has represented. Who represents an organisation is told to them alone."""
    query = select(Representation).filter_by(person_id=customer.id).options(joinedload(Representation.source))
    found = list(db.session.scalars(query.order_by(Representation.id)))
    if not found:
        return None
    return Chapter(
        title="Yhteisöt, joita edustatte tai olette edustanut",
        lead="",
        head=["Yhteisö", "Tehtävä", "Aika", "Mistä saatu", "Saatu"],
        rows=[
            [
                role.organisation_name,
                role.role,
                role.time + (f"\nmerkintä päättynyt {fi_date(role.ended_at)}" if role.ended_at else ""),
                OWN_WORDS.get(role.source.kind, role.source.name),
                fi_date(role.obtained_on),
            ]
            for role in found
        ],
        data=[_role_record(role) for role in found if role.source.kind in SOURCES_OF_THEIRS],
        provided=True,
    )


def _role_record(role: Representation) -> dict[str, str | None]:
    return {
        "organisation": role.organisation_name,
        "role": role.role or None,
        "started_on": role.started_on.isoformat() if role.started_on else None,
        "ended_on": role.ended_on.isoformat() if role.ended_on else None,
        "obtained_on": role.obtained_on.isoformat(),
    }


def notes(customer: Customer) -> Chapter | None:
    """The contacts put on record, in the clerk's own words. The text of a removed one is gone, and that is told."""
    query = select(ContactNote).filter_by(customer_id=customer.id).options(joinedload(ContactNote.source))
    found = list(db.session.scalars(query.order_by(ContactNote.happened_on, ContactNote.id)))
    if not found:
        return None
    return Chapter(
        title="Yhteydenotot",
        lead="Näin olemme kirjanneet yhteydenotot teidän ja meidän välillämme.",
        head=["Päivä", "Tapa", "Mitä kirjattiin", "Mistä saatu"],
        rows=[
            [
                fi_date(note.happened_on),
                CHANNELS[note.channel],
                note.text or f"Teksti on poistettu {fi_date(note.ended_at)}.",
                OWN_WORDS.get(note.source.kind, note.source.name),
            ]
            for note in found
        ],
        free_text=True,
    )


add_chapter(10, "data", current, fields=DATA_FIELDS)
add_chapter(12, "earlier_data", earlier)
add_chapter(14, "representations", roles, fields=ROLE_FIELDS)
add_chapter(16, "contact_notes", notes)
