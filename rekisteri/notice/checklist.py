"""What a data subject must be told (GDPR art. 13 and 14), and which of it a notice does not tell.

A machine can only see that a thing is mentioned. So these are reminders for the person who publishes, never a bar.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_Covered = Callable[[dict[str, str], str], bool]


@dataclass(frozen=True)
class Part:
    """One section as words: its key (None for one of the company's own), heading and plain text."""

    key: str | None
    heading: str
    words: str


@dataclass(frozen=True)
class Item:
    """One thing to be told: its code, what it is called, where the law asks for it, and what to write."""

    code: str
    name: str
    article: str
    advice: str
    covered: _Covered

    @property
    def law(self) -> str:
        """The place in the law as Finns write it: 13 artiklan 1 kohdan c alakohta."""
        article, paragraph, *letter = re.findall(r"\w+", self.article)
        if letter:
            return f"{article} artiklan {paragraph} kohdan {letter[0]} alakohta"
        return f"{article} artiklan {paragraph} kohta"


def _row(*keys: str) -> _Covered:
    return lambda rows, _all: any(rows.get(key, "").strip() for key in keys)


def _says(pattern: str, *keys: str) -> _Covered:
    mentioned = re.compile(pattern)
    return lambda rows, words: _row(*keys)(rows, words) or bool(mentioned.search(words))


def _transfers(rows: dict[str, str], _all: str) -> bool:
    """Either nothing is transferred, without an exception, or the safeguard is named (art. 13(1)(f))."""
    words = rows.get("transfers", "")
    denied = re.search(r"\b(?:ei|emme) siirr", words) and not re.search(
        r"\bellei|\bpaitsi|\bsaattaa|\bvoidaan siirtää", words
    )
    return bool(denied or re.search(r"riittävyy|vakiolausek|suojatoim|sitova\w* säännö", words))


def _complaint(rows: dict[str, str], words: str) -> bool:
    """The right concerns every processing (art. 77), so what is said only of a refused correction does not count."""
    refused = rows.get("rectification")
    elsewhere = words.replace(refused, " ") if refused else words
    return _says(r"\bvalitu[sk]|oikeus valittaa|kantelu|valvontaviranomai|asian tietosuojavaltuutetun", "complaint")(
        rows, elsewhere
    )


ITEMS = (
    Item(
        "controller",
        "Rekisterinpitäjä ja yhteystiedot",
        "13(1)(a)",
        "Kerro yrityksen nimi ja yhteystiedot.",
        _row("controller"),
    ),
    Item("purposes", "Käsittelyn tarkoitukset", "13(1)(c)", "Kerro, mihin tietoja käytetään.", _row("purpose")),
    Item(
        "legal_basis",
        "Käsittelyn oikeusperuste",
        "13(1)(c)",
        "Kerro jokaisesta tarkoituksesta, mihin 6 artiklan perusteeseen se nojaa.",
        _says(r"oikeusperust|käsittelyperust|\b6 artikla|perustuu (?:sopimuk|suostumuk|laki|oikeutet)", "legal_basis"),
    ),
    Item(
        "legitimate_interest",
        "Oikeutettu etu",
        "13(1)(d)",
        "Jos käsittely perustuu oikeutettuun etuun, kerro mikä se on.",
        _says(r"oikeutet\w+ (?:etu|edu)"),
    ),
    Item(
        "recipients",
        "Tietojen vastaanottajat",
        "13(1)(e)",
        "Nimeä vastaanottajat tai niiden ryhmät.",
        _row("disclosures"),
    ),
    Item(
        "transfers",
        "Siirrot EU:n tai ETA:n ulkopuolelle ja suojatoimet",
        "13(1)(f)",
        "Kerro, ettei tietoja siirretä, tai mainitse suojatoimi (komission päätös tai vakiolausekkeet).",
        _transfers,
    ),
    Item(
        "retention",
        "Säilytysaika",
        "13(2)(a)",
        "Kerro, kuinka kauan tietoja säilytetään tai miten aika määräytyy.",
        _says(r"säilytysai|säilytysaj|säilyt\w+ [^.]*(?:vuo[td]|kuukau|niin kauan|saakka)", "retention"),
    ),
    Item("access", "Oikeus saada pääsy tietoihin", "13(2)(b)", "Kerro, miten tietonsa saa nähdä.", _row("access")),
    Item(
        "rectification",
        "Oikeus tietojen oikaisemiseen",
        "13(2)(b)",
        "Kerro, miten tieto oikaistaan.",
        _row("rectification"),
    ),
    Item(
        "erasure",
        "Oikeus tietojen poistamiseen",
        "13(2)(b)",
        "Kerro, milloin tiedot voi saada poistetuiksi.",
        _says(r"\bpoist\w+|unohdetu|hävitet"),
    ),
    Item(
        "restriction",
        "Oikeus käsittelyn rajoittamiseen",
        "13(2)(b)",
        "Kerro, että käsittelyä voi pyytää rajoitettavaksi.",
        _says(r"rajoit(?:t|et)"),
    ),
    Item(
        "portability",
        "Oikeus siirtää tiedot järjestelmästä toiseen",
        "13(2)(b)",
        "Kerro oikeudesta, jos käsittely perustuu sopimukseen tai suostumukseen.",
        _says(r"järjestelmästä toiseen|koneluettav|siirrettävyy|koneellisesti luettav"),
    ),
    Item(
        "objection_separate",
        "Vastustamisoikeus selvästi erillään",
        "21(4)",
        "Kerro oikeudesta vastustaa suoramarkkinointia omassa kohdassaan.",
        _row("objection"),
    ),
    Item(
        "withdraw_consent",
        "Suostumuksen peruuttaminen",
        "13(2)(c)",
        "Jos käsittely perustuu suostumukseen, kerro, että sen voi peruuttaa.",
        _says(r"peruu\w+ [^.]*suostumu|suostumu\w+ [^.]*peru", "consent"),
    ),
    Item(
        "complaint",
        "Oikeus tehdä valitus valvontaviranomaiselle",
        "13(2)(d)",
        "Kerro, miten asian voi saattaa tietosuojavaltuutetun käsiteltäväksi.",
        _complaint,
    ),
    Item(
        "provision",
        "Onko tiedot pakko antaa",
        "13(2)(e)",
        "Kerro, mitkä tiedot tarvitaan sopimukseen ja mitä seuraa, jos niitä ei anna.",
        _says(r"pakko antaa|velvo\w+ antamaan|antaminen on (?:vapaaehtois|välttämät|pakollis|edellyty)", "provision"),
    ),
    Item(
        "automated",
        "Automaattinen päätöksenteko ja profilointi",
        "13(2)(f)",
        "Kerro, tehdäänkö päätöksiä automaattisesti ja kohdennetaanko markkinointia.",
        _says(r"automaattis\w+ päätö|automatisoi|profiloi", "automated"),
    ),
    Item("categories", "Henkilötietoryhmät", "14(1)(d)", "Kerro, mitä tietoja rekisterissä on.", _row("content")),
    Item("source", "Tietolähteet", "14(2)(f)", "Kerro, mistä tiedot saadaan.", _row("sources")),
)


def lacking(parts: Sequence[Part]) -> list[Item]:
    """What the notice does not tell, in the law's order."""
    rows = {part.key: part.words.casefold() for part in parts if part.key}
    everything = "\n".join(f"{part.heading}\n{part.words}" for part in parts).casefold()
    return [item for item in ITEMS if not item.covered(rows, everything)]
