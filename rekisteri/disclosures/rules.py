"""When data may leave the company, and what must then be on record (GDPR art. 5(2), 19, 44–49; the notice's own promises)."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rekisteri.customers.countries import country_name, is_inside_eea
from rekisteri.customers.fields import FIELDS, MAIN_FIELDS, base
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

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
SAFEGUARDS = {
    "adequacy": "Komission päätös tietosuojan riittävyydestä (45 artikla)",
    "clauses": "Komission hyväksymät vakiosopimuslausekkeet (46 artiklan 2 kohdan c alakohta)",
    "corporate_rules": "Yritystä koskevat sitovat säännöt (47 artikla)",
    "code": "Hyväksytyt käytännesäännöt tai sertifiointi (46 artiklan 2 kohdan e ja f alakohta)",
    "derogation": "Erityistilannetta koskeva poikkeus (49 artikla)",
}
"""On what data may go outside the EU and EEA (GDPR art. 45–47 and 49)."""
ADEQUATE = frozenset(("AD", "AR", "CA", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "US", "UY"))
"""Countries of which the Commission has decided that they protect data well enough, wholly or in part (GDPR art. 45(3)):
its decisions 2000/518, 2002/2, 2003/490, 2003/821, 2004/411, 2008/393, 2010/146, 2010/625, 2011/61, 2012/484, 2013/65,
2019/419, 2021/1772, 2022/254 and 2023/1795. Of Canada and the United States they cover only some companies."""
_DECISION = re.compile(r"\b(?:19|20)\d\d/\d{1,4}\b")
DECISION = "päätös siirrosta"
RECEIVERS = {
    "own": "Yrityksen oma käyttö",
    "subject": "Rekisteröity itse",
    "recipient": "Vastaanottaja",
    "other": "Muu saaja, esimerkiksi tietolähde",
}
"""Into whose hands data came."""
OWN_GROUND = "own"


@dataclass(frozen=True)
class Exit:
    """One kind of way out: its name, the uses it always counts as, and whether the law itself owes it to somebody.

    `brought` tells that a partner only hears back what came of what it brought: no more than its own uses are asked.
    """

    name: str
    uses: frozenset[str] = frozenset()
    owed: bool = False
    brought: bool = False


EXITS = {
    "recorded": Exit("Kirjattu luovutus"),
    "export": Exit("Vienti tiedostoon", frozenset({"export"})),
    "labels": Exit("Osoitetarrat", frozenset({"listing"})),
    "list": Exit("Tulostettu luettelo", frozenset({"listing"})),
    "letters": Exit("Kirjeet"),
    "print": Exit("Tuloste"),
    "accounting": Exit("Kirjanpidon aineisto"),
    "case_file": Exit("Asian kooste valvontaviranomaiselle", owed=True),
    "form": Exit("Esitäytetty lomake", owed=True),
    "interface": Exit("Tekninen rajapinta", frozenset({"interface"})),
    "order": Exit("Rajapinnan kautta tulleen tilauksen kuittaus", frozenset({"dealing"}), brought=True),
    "hand_over": Exit("Aineisto laskusta, perinnästä tai luottohakemuksesta"),
    "access": Exit("Vastaus tarkastuspyyntöön", owed=True),
    "portability": Exit("Siirtotiedosto", owed=True),
    "notification": Exit("Lakisääteinen ilmoitus", owed=True),
}
"""Every way out of the register. A label or a line of a list is publishing in a list, whatever it is for (the notice)."""
WAYS = {
    "interface": "Tekninen rajapinta",
    "email": "Sähköposti",
    "letter": "Kirje",
    "portal": "Vastaanottajan verkkopalvelu",
    "file": "Tiedosto",
    "print": "Paperituloste",
    "other": "Muu tapa",
}
DATA = {field: name for names in MAIN_FIELDS.values() for field, name in names.items()} | {"name": "Yhteisön nimi"}
"""The data a recipient may be limited to, with their names."""
DETAIL_NAMES = {
    "role": "rooli",
    "purpose": "käyttötarkoitus",
    "contact": "yhteyshenkilö",
    "agreement_on": "sopimuksen päivä",
    "agreement_until": "sopimuksen päättyminen",
    "agreement_scan": "sopimus",
    "transfer_need": "siirron välttämättömyys",
    "transfer_basis": "siirtoperuste",
    "transfer_safeguard": "siirron suojatoimet",
    "fields": "saatavat tiedot",
    "active": "käytössä",
}
"""What the log calls the details of a recipient."""
CONTENTS = {field: name for names in FIELDS.values() for field, name in names.items()} | {
    "letter": "Kirjeen tiedot",
    "order": "Tilauksen numero, päivä ja summa",
    "claim": "Laskujen numerot, päivät ja summat",
    "application": "Luottohakemuksen päivä ja summa",
    "papers": "Asian asiakirjat",
    "copy": "Siirtotiedoston tiedot",
}
"""What can be told to have left, with its names: data of the register, and papers that carry some of them."""
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


def uses_of(kind: str, use: str, receiver: str) -> frozenset[str]:
    """As which uses a way out counts, so that what bars any of them keeps a person in.

    What the law owes to the person or to the authority that looks into the person's matter (GDPR art. 12–22, 31) no
    prohibition or restriction of the person's can be turned against.
    """
    if EXITS[kind].owed:
        return frozenset()
    if EXITS[kind].brought:
        return EXITS[kind].uses
    return EXITS[kind].uses | {use} | ({"disclosure"} if receiver == "recipient" else frozenset())


def check_exit(*, kind: str, receiver: str, ground: str, purpose: str, fields: Collection[str]) -> None:
    """Whatever goes out says what it is, whose hands it comes to, on what ground, what for and which data."""
    if kind not in EXITS or receiver not in RECEIVERS:
        raise ValueError(f"unknown way out: {kind} to {receiver}")
    if receiver == "recipient":
        check_purpose(purpose, ground)
    elif ground != OWN_GROUND:
        raise ValueError(f"a ground for a recipient: {ground}")
    if not purpose.strip():
        raise RuleViolation("Kerro, mihin tarkoitukseen tietoja käytetään.", field="purpose")
    if not fields:
        raise RuleViolation("Valitse, mitä tietoja annetaan.", field="fields")


def check_fields(fields: Collection[str], *, allowed: Collection[str]) -> None:
    """A recipient gets no other data than what it has been agreed to get; without an agreed list, any (GDPR art. 5(1)(c))."""
    beyond = [field for field in dict.fromkeys(map(base, fields)) if allowed and field in DATA and field not in allowed]
    if beyond:
        raise RuleViolation(
            f"Vastaanottajan saamiin tietoihin eivät kuulu: {', '.join(DATA[field].lower() for field in beyond)}.",
            field="fields",
        )


@dataclass(frozen=True)
class Held:
    """A value the register has held: from the day it was entered until the day it was ended."""

    id: int
    field: str
    obtained_on: date
    entered_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Transfer:
    """What is on record of sending data to a country: why it is needed, on what safeguard, and whether it is decided."""

    country: str
    need: str = ""
    basis: str = ""
    safeguard: str = ""
    decided: bool = False

    @property
    def abroad(self) -> bool:
        """Whether the country is outside the EU and EEA, so that chapter V of the GDPR binds."""
        return not is_inside_eea(self.country)

    @property
    def lacking(self) -> list[str]:
        """What is not on record yet, in Finnish; nothing is asked inside the EU and EEA."""
        if not self.abroad:
            return []
        asked = {
            "siirron tekninen välttämättömyys": self.need,
            "siirtoperuste": self.basis,
            "siirron suojatoimet": self.safeguard,
            DECISION: self.decided,
        }
        return [name for name, told in asked.items() if not told]

    @property
    def awaits_decision(self) -> bool:
        """Whether all is on record but somebody's decision."""
        return self.lacking == [DECISION]


def why_nothing_may_go(
    *, active: bool, role: str, agreement_on: date | None, agreement_until: date | None, transfer: Transfer, on: date
) -> str | None:
    """Why nothing may be given to a recipient on a day; None when it may.

    A processor acts under a written contract in force (GDPR art. 28(3)). Outside the EU and EEA the notice allows a
    transfer only for a technical need, and the law only with a safeguard (art. 44–49): both are on record first, and
    somebody named has decided on them.
    """
    if not active:
        return "Vastaanottaja ei ole enää käytössä."
    if role == "processor" and (agreement_on is None or agreement_on > on):
        return (
            "Henkilötietojen käsittelijän kanssa on oltava kirjallinen sopimus, ennen kuin sille annetaan tietoja. "
            "Kirjaa sopimuksen päivä."
        )
    if agreement_until is not None and agreement_until < on:
        return f"Sopimus vastaanottajan kanssa on päättynyt {fi_date(agreement_until)}. Kirjaa uusi sopimus."
    if not transfer.lacking:
        return None
    return (
        f"Vastaanottaja on EU:n ja ETA:n ulkopuolella ({country_name(transfer.country)}). Ensin on kirjattava "
        f"{_listed(transfer.lacking)}."
    )


def _listed(words: Sequence[str]) -> str:
    return " ja ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def check_transfer(transfer: Transfer) -> None:
    """The account of a transfer outside the EU and EEA is whole or absent, and says something.

    A decision of adequacy must be one that the Commission has made; one younger than our list is named by its number.
    """
    if not transfer.abroad or not (transfer.need or transfer.basis or transfer.safeguard):
        return
    for field, text in (("transfer_need", transfer.need), ("transfer_safeguard", transfer.safeguard)):
        if len(text) < SHORTEST_ACCOUNT:
            raise RuleViolation("Kuvaa asia muutamalla sanalla.", field=field)
    if transfer.basis not in SAFEGUARDS:
        raise RuleViolation("Valitse siirtoperuste.", field="transfer_basis")
    if transfer.basis == "adequacy" and transfer.country not in ADEQUATE and not _DECISION.search(transfer.safeguard):
        raise RuleViolation(
            f"Komission päätöstä ei ole tiedossa tästä maasta: {country_name(transfer.country)}. Valitse muu "
            "siirtoperuste, tai kirjaa suojatoimiin päätöksen numero, esimerkiksi (EU) 2023/1795.",
            field="transfer_basis",
        )


def check_agreement(*, agreement_on: date | None, agreement_until: date | None, today: date) -> None:
    """An agreement is recorded when it has been made, and ends after it began."""
    if agreement_on is not None and agreement_on > today:
        raise RuleViolation("Päivä on tulevaisuudessa. Kirjaa sopimus, kun se on tehty.", field="agreement_on")
    if agreement_until is None:
        return
    if agreement_on is None:
        raise RuleViolation("Kirjaa myös päivä, jona sopimus on tehty.", field="agreement_on")
    if agreement_until < agreement_on:
        raise RuleViolation("Sopimus ei voi päättyä ennen kuin se on tehty.", field="agreement_until")


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
