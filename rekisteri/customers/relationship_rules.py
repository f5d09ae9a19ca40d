"""What may be written down of the relationship: contacts with a customer, and a person's roles in organisations. Pure."""

from datetime import date

from rekisteri.customers.validity import EARLIEST, LATEST
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.text import check_no_identity_code, clean

CHANNELS = {
    "phone": "Puhelu",
    "email": "Sähköposti",
    "visit": "Käynti",
    "letter": "Kirje",
    "other": "Muu",
}
GROUPS = {"contact_notes": "Yhteydenotot", "representations": "Edustukset"}
"""What a card shows besides the fields of the register, as the log calls it."""
LONGEST_NOTE = 2000
LONGEST_ROLE = 100
LONGEST_NAME = 200


def check_channel(channel: str) -> str:
    """A way of being in touch that the register knows."""
    if channel not in CHANNELS:
        raise RuleViolation("Valitse, miten oltiin yhteydessä.", field="channel")
    return channel


def check_contact_day(day: date, *, today: date) -> date:
    """The day of a contact has come and is within a lifetime."""
    if day > today:
        raise RuleViolation("Päivä on tulevaisuudessa. Anna päivä, jona oltiin yhteydessä.", field="happened_on")
    if day < EARLIEST:
        raise RuleViolation("Päivä on liian kaukana menneisyydessä.", field="happened_on")
    return day


def check_note(text: str) -> str:
    """The text of a note: something, not too long, and no personal identity code (Data Protection Act 29 §)."""
    return _checked(text, "text", LONGEST_NOTE, "Kirjoita lyhyesti, mitä yhteydenotto koski.", lines=True)


def check_organisation_name(text: str) -> str:
    """The name of the organisation that a person represents."""
    return _checked(text, "organisation", LONGEST_NAME, "Anna yhteisön nimi.")


def check_role(text: str) -> str:
    """The title of a role, or nothing."""
    return _checked(text, "role", LONGEST_ROLE, "")


def _checked(text: str, field: str, longest: int, needed: str, *, lines: bool = False) -> str:
    kept = clean(text[: 2 * longest + 1], lines=lines)
    if needed and not any(sign.isalnum() for sign in kept):
        raise RuleViolation(needed, field=field)
    try:
        check_no_identity_code(kept)
    except RuleViolation as violation:
        raise RuleViolation(violation.sentence, field=field) from violation
    if len(kept) > longest:
        raise RuleViolation(f"Teksti on liian pitkä: enintään {fi_number(longest)} merkkiä.", field=field)
    return kept


def check_time(started_on: date | None, ended_on: date | None) -> None:
    """The time of a role: days of our age, in their order."""
    for name, day in (("started_on", started_on), ("ended_on", ended_on)):
        if day and not EARLIEST <= day <= LATEST:
            raise RuleViolation("Tarkista vuosi.", field=name)
    if started_on and ended_on and ended_on < started_on:
        raise RuleViolation("Viimeinen päivä on ennen ensimmäistä.", field="ended_on")
