"""Who may do what in the register, and from when to when.

The table of roles is the whole truth: the gate asks it, and the page for the inspector is printed from it. The roles hold
down who sees personal data to those whose work needs it (GDPR art. 25(2), 29, 32(4)).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rekisteri.kernel.errors import RuleViolation

READER = {
    "customers.view",
    "orders.view",
    "statistics.view",
    "disclosures.view",
    "cases.view",
    "prohibitions.view",
    "selections.view",
    "documents.view",
    "paper.view",
    "home.view",
    "settings.view",
}
CLERK = READER | {
    "customers.edit",
    "customers.merge",
    "customers.import",
    "orders.edit",
    "billing.view",
    "billing.edit",
    "disclosures.edit",
    "cases.edit",
    "prohibitions.edit",
    "selections.edit",
    "lists.print",
    "informing.edit",
    "documents.post",
    "paper.handle",
    "notice.edit",
}
OWNER = CLERK | {
    "customers.export",
    "billing.decide",
    "rectification.decide",
    "restrictions.decide",
    "objections.decide",
    "access.decide",
    "transfers.decide",
    "interfaces.manage",
    "erasure.decide",
    "retention.decide",
    "paper.destroy",
    "notice.publish",
    "settings.edit",
    "audit.view",
}
ADMIN = {"staff.manage", "settings.view", "settings.edit", "home.view"}

ROLES: dict[str, tuple[str, frozenset[str]]] = {
    "lukija": ("Lukija", frozenset(READER)),
    "kasittelija": ("Käsittelijä", frozenset(CLERK)),
    "vastuuhenkilo": ("Vastuuhenkilö", frozenset(OWNER)),
    "paakayttaja": ("Pääkäyttäjä", frozenset(ADMIN)),
}
ROLE_HINTS = {
    "lukija": "Katsoo asiakkaita, tilauksia, pyyntöjä ja luovutuksia, mutta ei muuta niitä.",
    "kasittelija": "Ylläpitää asiakastietoja, tilauksia ja laskuja, kirjaa pyynnöt ja lähettää kirjeet.",
    "vastuuhenkilo": "Ratkaisee pyynnöt, allekirjoittaa todistukset ja julkaisee tietosuojaselosteen.",
    "paakayttaja": "Hoitaa käyttäjät ja asetukset. Ei näe asiakkaita tällä roolilla.",
}
ADMIN_ROLE = "paakayttaja"

PERMISSIONS = {
    "home.view": "Etusivu ja ohje",
    "customers.view": "Asiakkaiden katsominen",
    "customers.edit": "Asiakastietojen ylläpito",
    "customers.merge": "Kaksoiskappaleiden yhdistäminen",
    "customers.import": "Asiakastietojen tuonti tiedostosta",
    "customers.export": "Asiakastietojen vienti tiedostoon",
    "orders.view": "Tilausten katsominen",
    "orders.edit": "Tilausten kirjaaminen ja käsittely",
    "billing.view": "Laskujen, perinnän ja luottoasioiden katsominen",
    "billing.edit": "Laskujen, perinnän ja luottohakemusten kirjaaminen",
    "billing.decide": "Luottopäätöksen tekeminen",
    "statistics.view": "Tilastojen katsominen",
    "cases.view": "Pyyntöjen katsominen",
    "cases.edit": "Pyyntöjen kirjaaminen ja valmistelu",
    "rectification.decide": "Oikaisupyynnön ratkaiseminen ja todistuksen antaminen",
    "prohibitions.view": "Kieltojen, suostumusten ja rajoitusten katsominen",
    "prohibitions.edit": "Kieltojen ja suostumusten kirjaaminen",
    "selections.view": "Valintojen katsominen",
    "selections.edit": "Valintojen tekeminen ja muuttaminen",
    "lists.print": "Korttien, luetteloiden, osoitetarrojen ja kirjeiden tulostaminen",
    "restrictions.decide": "Käsittelyn rajoittamisesta päättäminen",
    "objections.decide": "Vastustamisen, suostumuksen peruutuksen ja valituksen ratkaiseminen",
    "access.decide": "Tietojen luovuttaminen rekisteröidylle",
    "erasure.decide": "Poistamisesta ja anonymisoinnista päättäminen",
    "informing.edit": "Rekisteröityjen informointi",
    "retention.decide": "Säilytysaikojen ja niiden mukaisten poistojen vahvistaminen",
    "documents.view": "Annettujen asiakirjojen katsominen",
    "documents.post": "Kirjeiden merkitseminen lähetetyiksi",
    "paper.view": "Paperiaineiston luettelon katsominen",
    "paper.handle": "Paperiaineiston kirjaaminen; paperit vain nimetyille käsittelijöille",
    "paper.destroy": "Paperiaineiston hävittäminen, säilytyspaikat ja käsittelijöiden nimeäminen",
    "disclosures.view": "Luovutusten ja kumppanien katsominen",
    "disclosures.edit": "Luovutusten ja kumppanien kirjaaminen",
    "transfers.decide": "Siirrosta EU:n ja ETA:n ulkopuolelle päättäminen",
    "interfaces.manage": "Rajapinnan liittymien ja avainten hoitaminen",
    "notice.edit": "Tietosuojaselosteen muokkaaminen",
    "notice.publish": "Tietosuojaselosteen julkaiseminen",
    "audit.view": "Käsittelylokin katsominen",
    "settings.view": "Asetusten katsominen",
    "settings.edit": "Asetusten muuttaminen",
    "staff.manage": "Käyttäjien ja sitoumusten hoitaminen",
}
WITHOUT_COMMITMENT = frozenset({"home.view", "settings.view", "settings.edit", "staff.manage"})

NOT_ACTIVE = "Käyttäjätunnuksesi ei ole käytössä. Kysy asiasta rekisterin pääkäyttäjältä."
NO_ROLE = "Roolisi ei oikeuta tähän: {needed}. Kysy asiasta rekisterin pääkäyttäjältä."
ROLE_MISSING = "Valitse ainakin yksi rooli."
NO_COMMITMENT = (
    "Henkilötietoja saa nähdä vasta, kun allekirjoitettu salassapitositoumus on kirjattu. Tulosta sitoumus sivulta "
    "”Omat tiedot”, allekirjoita se ja anna se rekisterin pääkäyttäjälle kirjattavaksi."
)


def names_of(roles: Iterable[str]) -> str:
    """Roles as a person reads them in a row: ”Vastuuhenkilö, pääkäyttäjä”."""
    return ", ".join(ROLES[role][0] for role in roles).capitalize()


def why_not(permission: str, *, roles: Iterable[str], active: bool = True, committed: bool = True) -> str | None:
    """Why a person may not do what `permission` stands for, as a sentence to show; None when they may.

    Personal data open only to a person whose confidentiality commitment is in force (GDPR art. 28(3)(b), 32(4)).
    """
    if not active:
        return NOT_ACTIVE
    if not any(permission in ROLES[role][1] for role in roles if role in ROLES):
        return NO_ROLE.format(needed=PERMISSIONS.get(permission, "toiminto").lower())
    if permission not in WITHOUT_COMMITMENT and not committed:
        return NO_COMMITMENT
    return None


@dataclass(frozen=True)
class Signed:
    """When a commitment was signed and, if it was, revoked."""

    signed_on: date
    revoked_on: date | None = None


def in_force(commitment: Signed, on: date) -> bool:
    """Whether a commitment binds on a day: from its signing on, and no more on the day it is revoked."""
    return commitment.signed_on <= on and (commitment.revoked_on is None or on < commitment.revoked_on)


def check_signing(signed_on: date, *, today: date) -> None:
    """A signature is recorded once the paper is signed, so never with a day that is still to come."""
    if signed_on > today:
        raise RuleViolation("Allekirjoituspäivä ei voi olla tulevaisuudessa.", field="signed_on")


def check_agreed(agreed: bool) -> None:
    """Nobody takes the register into use without having signed the commitment themselves."""
    if not agreed:
        raise RuleViolation("Vahvista, että olet allekirjoittanut salassapitositoumuksen.", field="agreed")


def check_revocation(commitment: Signed, revoked_on: date, reason: str) -> None:
    """A revocation has a reason and falls on the day of signing at the earliest; it is made once."""
    if commitment.revoked_on is not None:
        raise RuleViolation("Sitoumus on jo peruttu.")
    if revoked_on < commitment.signed_on:
        raise RuleViolation("Peruminen ei voi olla ennen allekirjoitusta.", field="revoked_on")
    if not reason.strip():
        raise RuleViolation("Kirjoita, miksi sitoumus perutaan.", field="reason")


def check_roles(roles: Iterable[str]) -> list[str]:
    """The roles in the order of the table, each once. A user has at least one."""
    chosen = set(roles)
    if not chosen:
        raise RuleViolation(ROLE_MISSING, field="roles")
    if unknown := sorted(chosen - set(ROLES)):
        known = ", ".join(ROLES)
        raise RuleViolation(f"Roolia {unknown[0]} ei ole. Roolit ovat {known}.", field="roles")
    return [role for role in ROLES if role in chosen]


def check_username(username: str) -> str:
    """The user name as it is stored: folded, so that MAIJA and maija are one person."""
    folded = username.strip().casefold()
    if not re.fullmatch(r"[\w.@+-]{2,60}", folded):
        raise RuleViolation(
            "Käyttäjätunnuksessa on 2–60 merkkiä: kirjaimia, numeroita, pisteitä, viivoja tai @.", field="username"
        )
    return folded


def check_admin_remains(*, other_admins: int) -> None:
    """Somebody must always be able to manage the users, or the register would lock its own people out."""
    if other_admins < 1:
        raise RuleViolation(
            "Ainoaa pääkäyttäjää ei voi poistaa käytöstä eikä hänen rooliaan poistaa. "
            "Anna ensin pääkäyttäjän rooli toiselle.",
            field="roles",
        )
