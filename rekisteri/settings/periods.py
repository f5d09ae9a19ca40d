"""How long each kind of data is kept: stated here once, shown in the notice, followed by the clock's proposals.

The company may choose within the bounds that the law sets; people are told the lengths that are in use (GDPR art. 5(1)(e),
13(2)(a), 14(2)(a), 25, 30(1)(f)).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.kernel.db import check_version, db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings.models import RetentionPeriod
from rekisteri.settings.service import current

CHANGED = audit.event("period.changed", "säilytysaikaa muutettu", fields={"kind": str, "before": str, "after": str})
YEARS, DAYS = "years", "days"
_NUMBERS = {
    1: "yksi|yhden|",
    2: "kaksi|kahden",
    3: "kolme|kolmen",
    4: "neljä|neljän",
    5: "viisi|viiden",
    6: "kuusi|kuuden",
    7: "seitsemän",
    8: "kahdeksan",
    9: "yhdeksän",
    10: "kymmenen",
}


@dataclass(frozen=True)
class Kind:
    """A kind of data: what it is called, how the notice tells of it, from when its time runs, what lengths will do.

    `why` tells the person who sets the length what speaks for it. What is not `told` concerns nobody outside the company.
    """

    name: str
    told: str
    since: str
    unit: str
    usual: int
    least: int
    most: int
    why: str

    def length(self, amount: int) -> str:
        """A length in words: ”1 vuosi”, ”30 päivää”."""
        one, many = ("vuosi", "vuotta") if self.unit == YEARS else ("päivä", "päivää")
        return f"{amount} {one if amount == 1 else many}"

    def line(self, amount: int) -> str:
        """The row of the notice: what is kept, how long, from when."""
        return f"{self.told}: {self.length(amount)} {self.since}"

    def last_day(self, amount: int, on: date) -> date:
        """The latest day whose data are no longer kept on the day `on`: their time ended before it."""
        if self.unit == DAYS:
            return on - timedelta(amount + 1)
        day_before = on - timedelta(1)
        leap = (day_before.month, day_before.day) == (2, 29)
        year = day_before.year - amount
        return date(year, 2, 28) if leap else day_before.replace(year=year)

    def mentioned(self, amount: int, words: str) -> bool:
        """Whether a text that somebody has written in their own words speaks of this length at all."""
        unit = r"vuo(?:si|tta|den|teen)" if self.unit == YEARS else r"päiv(?:ä|ää|än)"
        numbers = f"{amount}|{_NUMBERS[amount]}" if amount in _NUMBERS else str(amount)
        week = r"|\bviik(?:ko|on)\b" if (self.unit, amount) == (DAYS, 7) else ""
        return bool(re.search(rf"\b(?:{numbers})\s*{unit}\b{week}", words, re.IGNORECASE))


KINDS = {
    "customers": Kind(
        "Asiakkaat, joiden kanssa ei enää asioida",
        "asiakastiedot, tilaukset ja tietojen luovutukset",
        "viimeisestä asioinnista",
        YEARS, 5, 1, 30,
        "Asiakkaan kaikki tiedot hävitetään, ellei sille ole estettä. Tilastoihin jäävät vain luvut.",
    ),
    "leads": Kind(
        "Yhteystiedot, joista ei tullut asiakassuhdetta",
        "messuilla tai kumppanilta saadut yhteystiedot, jos asiakassuhdetta ei synny",
        "siitä, kun tiedot on saatu",
        YEARS, 1, 1, 10,
        "Henkilö on saatu messuilta, kumppanilta tai muusta lähteestä, eikä hänellä ole tilauksia, laskuja, yhteydenottoja "
        "eikä itse antamiaan tietoja.",
    ),
    "notes": Kind(
        "Yhteydenotot",
        "yhteydenotot ja niistä tehdyt muistiinpanot",
        "yhteydenotosta",
        YEARS, 3, 1, 10,
        "Yhteydenotto poistetaan kokonaan, myös asiakkailta, joiden kanssa asioidaan edelleen.",
    ),
    "fair_cards": Kind(
        "Messukortit ja muut kerätyt kortit",
        "messuilla täytetyt paperikortit",
        "siitä, kun ne on kerätty",
        DAYS, 180, 1, 730,
        "Kortit hävitetään kansio tai laatikko kerrallaan paperiaineiston sivulla. Rekisteriin viedyt asiakkaat säilyvät.",
    ),
    "past_data": Kind(
        "Korvatut ja poistetut tiedot",
        "korvatut ja poistetut aiemmat tiedot",
        "siitä, kun tieto korvattiin tai poistettiin",
        YEARS, 3, 1, 10,
        "Asiakkaan historiasta poistetaan arvot, jotka eivät enää ole voimassa.",
    ),
    "invoices": Kind(
        "Laskut ja perintä",
        "laskut ja niiden perintä",
        "sen kalenterivuoden lopusta, jona tilikausi päättyi (kirjanpitolaki 1336/1997)",
        YEARS, 6, 6, 10,
        "Kirjanpitolaki vaatii vähintään kuusi vuotta. Avointa tai perinnässä olevaa laskua ei poisteta.",
    ),
    "credit": Kind(
        "Luottohakemukset",
        "luottohakemukset ja luottopäätökset",
        "hakemuksen ratkaisemisesta",
        YEARS, 3, 1, 10,
        "Ratkaisematonta hakemusta ei poisteta.",
    ),
    "cases": Kind(
        "Pyynnöt ja niiden asiakirjat",
        "oikeuksiasi koskevat pyynnöt ja niihin annetut vastaukset",
        "asian päättymisestä",
        YEARS, 3, 1, 10,
        "Pyynnöstä säilyvät vain numero, päivät, laji ja tulos. Skannaukset, kirjeet ja nimet poistetaan.",
    ),
    "imports": Kind(
        "Tuodut tiedostot",
        "tiedostot, joista asiakastietoja on tuotu rekisteriin",
        "tuonnista",
        DAYS, 7, 1, 90,
        "Tiedoston rivit poistetaan. Rekisteriin viedyt asiakkaat säilyvät.",
    ),
    "submissions": Kind(
        "Lomakkeiden kertatunnisteet",
        "",
        "lomakkeen lähettämisestä",
        DAYS, 30, 2, 365,
        "Tunnisteella estetään saman lomakkeen tallentuminen kahdesti. Siinä ei ole henkilötietoja.",
    ),
    "log": Kind(
        "Käsittelyloki",
        "loki, josta näkee, kuka tietojasi on katsonut ja muuttanut",
        "merkinnän tekemisestä",
        YEARS, 5, 2, 10,
        "Lokilla osoitetaan, kuka tietoja on käsitellyt ja että se on tehty oikein (tietosuoja-asetuksen 5 artiklan 2 kohta ja "
        "32 artikla). Vahingonkorvausta voi yleensä vaatia kolmen vuoden ajan siitä, kun vahingosta on saatu tietää (laki velan "
        "vanhentumisesta 728/2003, 7 §). Rivit hävitetään vanhimmasta alkaen. Kesken oleva tai tietosuojavaltuutetun käsiteltävänä "
        "oleva pyyntö ja voimassa oleva käsittelyn rajoitus pitävät lokin siitä rivistä alkaen, joka koskee niitä.",
    ),
    "backups": Kind(
        "Varmuuskopiot",
        "varmuuskopiot",
        "kopion ottamisesta",
        DAYS, 30, 1, 365,
        "Vanhentuneet kopiot poistuvat kansiosta, kun siihen otetaan uusi. Muualle viedyt kopiot poistatte itse.",
    ),
}  # fmt: skip
"""Every kind of data the register keeps, in the order in which people read of them."""


def lengths() -> dict[str, int]:
    """The lengths in use, by kind: the company's own where it has set one."""
    own = {row.kind: row.length for row in db.session.scalars(select(RetentionPeriod))}
    return {code: own.get(code, kind.usual) for code, kind in KINDS.items()}


def length(kind: str) -> int:
    """The length in use of one kind."""
    row = db.session.get(RetentionPeriod, kind)
    return row.length if row else KINDS[kind].usual


def version(kind: str) -> int:
    """The version that a form on this length is filled from; nought before the first change."""
    row = db.session.get(RetentionPeriod, kind)
    return row.version if row else 0


def last_day(kind: str, on: date) -> date:
    """The latest day whose data of this kind have been kept long enough on the day `on`."""
    return KINDS[kind].last_day(length(kind), on)


def lines() -> list[str]:
    """What the notice tells, row by row."""
    own = lengths()
    return [kind.line(own[code]) for code, kind in KINDS.items() if kind.told]


def untold(words: str, *, exactly: bool) -> list[str]:
    """The rows that a notice's text does not tell.

    :param exactly: the text was made of these rows, so it must have each as it now stands; otherwise the length will do.
    """
    own, said = lengths(), " ".join(words.split())
    told = {code: kind for code, kind in KINDS.items() if kind.told}
    if exactly:
        return [kind.line(own[code]) for code, kind in told.items() if kind.line(own[code]) not in said]
    return [kind.line(own[code]) for code, kind in told.items() if not kind.mentioned(own[code], said)]


def check(kind: str, amount: str | int, *, archived_after: int) -> int:
    """A length within the bounds of its kind; nobody is erased before they would be put into the archive.

    :raises RuleViolation: it is no number, or too short or too long.
    """
    known, text = KINDS[kind], str(amount).strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
    if not known.least <= number <= known.most:
        unit = "vuodet" if known.unit == YEARS else "päivät"
        raise RuleViolation(f"Kirjoita {unit} numeroina, {known.least}–{known.most}.", field="length")
    if kind == "customers" and number < archived_after:
        raise RuleViolation(
            f"Asiakasta ehdotetaan arkistoon {known.length(archived_after)} viimeisen asioinnin jälkeen. "
            "Säilytysaika ei voi olla sitä lyhyempi.",
            field="length",
        )
    return number


def _check_log(kind: str, number: int) -> None:
    """What was done to a request can be shown for as long as the request is kept."""
    if kind == "log" and number < length("cases"):
        kept = KINDS["cases"].length(length("cases"))
        raise RuleViolation(
            f"Pyyntöjä säilytetään {kept}, ja lokista näkee, miten ne on hoidettu. Lokin säilytysaika ei voi olla sitä lyhyempi.",
            field="length",
        )
    if kind == "cases" and number > length("log"):
        kept = KINDS["log"].length(length("log"))
        raise RuleViolation(
            f"Käsittelylokia säilytetään {kept}, ja siitä näkee, miten pyynnöt on hoidettu. Pidennä ensin sen säilytysaikaa.",
            field="length",
        )


def change(*, kind: str, amount: str | int, version: int | None, by: Any) -> int:
    """Set the length of one kind.

    :param version: the version the form was filled from.
    """
    row = db.session.get(RetentionPeriod, kind, with_for_update=True)
    before = row.length if row else KINDS[kind].usual
    check_version(row or RetentionPeriod(version=0), version, theirs={"length": str(before)})
    after = check(kind, amount, archived_after=current().archive_after_years)
    _check_log(kind, after)
    if row is None:
        row = RetentionPeriod(kind=kind, length=after)
        db.session.add(row)
    row.length = after
    if before != after:
        audit.record(CHANGED, subject="settings:1", by=by, kind=kind, before=str(before), after=str(after))
    return after


def named() -> Mapping[str, str]:
    """The kinds by their names, for the log."""
    return {code: kind.name for code, kind in KINDS.items()}
