"""When data may leave the company, and what must then be on record (GDPR art. 5(2), 19, 44–49; the notice's own promises)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rekisteri.customers.countries import country_name, is_inside_eea
from rekisteri.kernel.errors import RuleViolation

ROLES = {
    "processor": "Henkilötietojen käsittelijä",
    "controller": "Toinen rekisterinpitäjä",
    "authority": "Viranomainen",
}
GROUNDS = {
    "credit": "Luottohakemus tai luottopäätös",
    "collection": "Perintä",
    "billing": "Laskutus",
    "added_value": "Lisäarvopalvelu",
    "law": "Lain velvoite",
    "technical": "Tekninen siirto",
    "other": "Muu peruste",
}
"""The grounds on which the notice lets data leave the company; ”other” needs a purpose that says more."""
WAYS = {
    "interface": "Tekninen rajapinta",
    "email": "Sähköposti",
    "letter": "Kirje",
    "portal": "Vastaanottajan verkkopalvelu",
    "other": "Muu tapa",
}
SHORTEST_ACCOUNT = 10


def check_ground_fits(ground: str, role: str) -> None:
    """A technical transfer goes to a processor only, who acts for the company and on its instructions (GDPR art. 28).

    To anybody else data are disclosed, and that needs another ground; so the notice's own words on partners' servers.
    """
    if ground == "technical" and role != "processor":
        raise RuleViolation(
            "Tekninen siirto tehdään vain henkilötietojen käsittelijälle. Valitse luovutukselle muu peruste.",
            field="ground",
        )


@dataclass(frozen=True)
class Held:
    """A value the register has held: from the day it was entered until the day it was ended."""

    id: int
    field: str
    obtained_on: date
    entered_on: date
    ended_on: date | None


def why_nothing_may_go(*, active: bool, country: str, need: str, safeguard: str) -> str | None:
    """Why nothing may be disclosed to a recipient; None when it may.

    Outside the EU and EEA the notice allows a transfer only for a technical need, and the law only with a safeguard
    (GDPR art. 44–49): both must be on record first.
    """
    if not active:
        return "Vastaanottaja ei ole enää käytössä."
    if is_inside_eea(country) or (need and safeguard):
        return None
    return (
        f"Vastaanottaja on EU:n ja ETA:n ulkopuolella ({country_name(country)}). Kirjaa ensin, miksi siirto on "
        "välttämätön ja millä suojatoimilla se tehdään."
    )


def check_transfer(*, country: str, need: str, safeguard: str) -> None:
    """The account of a transfer outside the EU and EEA is whole or absent, and says something."""
    if is_inside_eea(country):
        return
    for field, text in (("transfer_need", need), ("transfer_safeguard", safeguard)):
        if (need or safeguard) and len(text) < SHORTEST_ACCOUNT:
            raise RuleViolation("Kuvaa asia muutamalla sanalla.", field=field)


def check_disclosed_on(day: date, *, today: date) -> None:
    """A disclosure is recorded when it has been made."""
    if day > today:
        raise RuleViolation("Päivä on tulevaisuudessa. Kirjaa luovutus, kun se on tehty.", field="disclosed_on")


def check_purpose(purpose: str, ground: str) -> None:
    """Each disclosure says what it was for; on another ground than those of the notice it says so in full."""
    if not purpose:
        raise RuleViolation("Kerro, mihin tarkoitukseen tiedot luovutettiin.", field="purpose")
    if ground not in GROUNDS:
        raise RuleViolation("Valitse luovutuksen peruste.", field="ground")
    if ground == "other" and len(purpose) < 2 * SHORTEST_ACCOUNT:
        raise RuleViolation(
            "Kun peruste on muu kuin tietosuojaselosteessa mainittu, kuvaa tarkoitus kokonaisella lauseella.",
            field="purpose",
        )


def held_on(rows: Iterable[Held], day: date) -> Held | None:
    """Which of a field's values, oldest first, stood in the register on `day`.

    A value changed on the very day counts as what it was in the evening. A datum that had been obtained by then but was
    entered later was in the company's hands all the same.
    """
    known = list(rows)
    stood = [row for row in known if row.entered_on <= day and (row.ended_on is None or row.ended_on > day)]
    if stood:
        return stood[-1]
    later = [row for row in known if row.obtained_on <= day < row.entered_on]
    return later[0] if later else None
