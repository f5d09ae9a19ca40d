"""The invented company: its settings, its people, its notice, its sources and partners."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from rekisteri.customers.models import Source
from rekisteri.customers.sources import add_source
from rekisteri.demo import words
from rekisteri.disclosures import recipients
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.db import db
from rekisteri.notice import drafting, publishing
from rekisteri.notice import service as notice
from rekisteri.notice.richtext import from_html, to_markup
from rekisteri.settings import service as settings
from rekisteri.staff import service as staff
from rekisteri.staff.commitments import record_commitment
from rekisteri.staff.models import User

FILLED_IN = {
    "[kumppanien nimet, tai poista kohta]": "Verkkokauppakumppani Oy",
    "[luottotietoyhtiön nimi, tai poista kohta]": "Luottotieto Esimerkki Oy",
    "[palveluntarjoajat tai niiden ryhmät, esimerkiksi järjestelmän ylläpitäjä]": "Laskutuspalvelu Malli Oy ja Kuljetus Esimerkki Ky",
    "[Yrityksen verkkosivujen evästeet ja miten niistä päätetään, tai poista kappale.]": "Verkkosivuillamme ei ole muita evästeitä.",
}


@dataclass(frozen=True)
class Company:
    """Who and what the stories are told with."""

    clerk: User
    owner: User
    sources: list[Source]
    recipients: list[tuple[Recipient, str]]
    dice: random.Random


def found(*, password_hash: str, dice: random.Random, on: date) -> Company:
    """Set the company up: afterwards letters can go out and the notice is in force."""
    people = {
        name: _employ(name, full_name, title, roles, password_hash, on) for name, full_name, title, roles in words.USERS
    }
    owner = people["vastuuhenkilo"]
    settings.change(changes=words.COMPANY | {"verified_on": on}, version=settings.current().version, by=owner, on=on)
    sources = [add_source(name=name, kind=kind, details=address, by=owner) for name, kind, address in words.SOURCES]
    partners = [
        (
            recipients.add_recipient(
                by=owner, name=name, role=role, purpose=purpose, agreement_on=on - timedelta(days=150), **address
            ),
            ground,
        )
        for name, role, purpose, ground, address in words.RECIPIENTS
    ]
    return Company(people["kasittelija"], owner, sources, partners, dice)


def _employ(name: str, full_name: str, title: str, roles: tuple[str, ...], password_hash: str, on: date) -> User:
    user = staff.create_user(username=name, full_name=full_name, title=title, roles=roles, password_hash=password_hash)
    if name != "sitoumaton":
        record_commitment(user=user, signed_on=on - timedelta(days=200), today=on, place="Helsinki", by=None)
    return user


def publish_notice(*, by: User, on: date) -> None:
    """Complete the notice of our own wording with the invented company's words, and publish it."""
    draft = drafting.start_draft(by=by)
    db.session.flush()
    for section in draft.sections:
        text = to_markup(from_html(section.body))
        filled = text
        for place, words_instead in FILLED_IN.items():
            filled = filled.replace(place, words_instead)
        if filled != text:
            drafting.change_section(
                section_id=section.id,
                heading=section.heading,
                text=filled,
                automatic=False,
                hide_if_empty=section.hide_if_empty,
                version=section.version,
                by=by,
            )
    db.session.flush()
    publishing.publish(version=notice.get_draft().version, valid_from=on, change_note="", by=by, on=on)
