"""What may be printed and written: kinds of prints, the columns of a list, the company's own letter, and where it was told from.

Plain values in; an answer or a `RuleViolation` with a Finnish sentence out.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rekisteri.customers.fields import ADDRESS
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number

NAMES = ("last_name", "first_name", "name")
POSTAL = (*NAMES, *ADDRESS)


@dataclass(frozen=True)
class Kind:
    """One kind of print: its name, what the ledger's door calls it, the data that go, and whether an address is needed."""

    name: str
    exit: str
    fields: tuple[str, ...]
    posted: bool = True
    outside: bool = False
    """It may be given to somebody else, so the right to take data out in a file is needed."""


KINDS = {
    "list": Kind("Luettelo", "list", NAMES, posted=False),
    "labels": Kind("Osoitetarrat", "labels", POSTAL),
    "letters": Kind("Kirjeet", "letters", POSTAL),
    "file": Kind("Osoitetiedosto", "export", POSTAL, outside=True),
    "emails": Kind("Sähköpostilista", "export", (*NAMES, "email"), posted=False, outside=True),
    "messages": Kind("Tekstiviestilista", "export", (*NAMES, "phone"), posted=False, outside=True),
}
SENT_BY = {"emails": "email", "messages": "sms"}
"""Lists for sending messages: only of a selection made for that way of contact."""
NAMES_OF_KINDS = {code: kind.name for code, kind in KINDS.items()}
COLUMNS = {
    "address": ("Postiosoite", ADDRESS),
    "phone": ("Puhelinnumero", ("phone",)),
    "email": ("Sähköpostiosoite", ("email",)),
    "organisation": ("Edustettu yhteisö", ("organisation",)),
    "business_id": ("Y-tunnus", ("business_id",)),
}
"""What a list may show beside the name, with the data of each."""
WIDTHS = {"address": 50, "phone": 26, "email": 40, "organisation": 34, "business_id": 20}
"""How wide the columns are beside each other."""
ORDERS = {"postcode": "Postinumeron mukaan", "name": "Nimen mukaan"}
FORMATS = {"csv": "CSV", "xlsx": "Excel (.xlsx)"}
MARKETING = ("direct_mail", "distance_selling", "direct_marketing")
ORIGIN_NEEDED = (*MARKETING, "market_research", "opinion_research")
"""Where whoever gets the post is told out of what register the address is."""
_FORBID = {
    "market_research": "markkinatutkimuksiin",
    "opinion_research": "mielipidetutkimuksiin",
}
MOST_IN_A_LIST = 20_000
LONGEST_TITLE = 100
LONGEST_TEXT = 3000
MOST_PARAGRAPHS = 20
LONGEST_SIGNER = 100
BLANKS = {"nimi": "vastaanottajan nimi", "etunimi": "vastaanottajan etunimi, yhteisöstä sen nimi"}
NBSP = "\u00a0"
_BLANK = re.compile(r"\{([^{}]*)\}")


def takes_messages(number: str) -> bool:
    """Whether text messages reach a number: a Finnish mobile number, or one abroad, of which nobody can tell."""
    return number.startswith(("+3584", "+35850")) or (bool(number) and not number.startswith("+358"))


def check_columns(columns: Collection[str]) -> list[str]:
    """The columns of a list in the order of the table; the name stands in every list."""
    if not set(columns) <= set(COLUMNS):
        raise RuleViolation("Valitse sarakkeet luettelosta.", field="columns")
    return [column for column in COLUMNS if column in columns]


def fields_of(kind: str, columns: Iterable[str] = ()) -> tuple[str, ...]:
    """Which data go out."""
    return (*KINDS[kind].fields, *(field for column in columns for field in COLUMNS[column][1]))


def check_title(title: str) -> str:
    """A list and a letter say what they are."""
    kept = " ".join(title.split())
    if not kept:
        raise RuleViolation("Anna otsikko.", field="title")
    if len(kept) > LONGEST_TITLE:
        raise RuleViolation(f"Otsikko on liian pitkä: enintään {LONGEST_TITLE} merkkiä.", field="title")
    return kept


def check_text(text: str) -> list[str]:
    """The paragraphs of the company's own letter: plain text, with the blanks that everybody's name can fill."""
    paragraphs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not paragraphs:
        raise RuleViolation("Kirjoita kirjeen teksti.", field="text")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise RuleViolation(f"Kirjoita enintään {MOST_PARAGRAPHS} kappaletta, nyt {len(paragraphs)}.", field="text")
    length = sum(map(len, paragraphs))
    if length > LONGEST_TEXT:
        told = f"enintään {fi_number(LONGEST_TEXT)} merkkiä, nyt {fi_number(length)}"
        raise RuleViolation(f"Teksti on liian pitkä: {told}.", field="text")
    whole = "\n".join(paragraphs)
    if re.search(r"</?[A-Za-z!]|&\w+;", whole):
        raise RuleViolation("Kirjoita pelkkää tekstiä ilman HTML-merkintöjä.", field="text")
    if unknown := [blank for blank in _BLANK.findall(whole) if blank not in BLANKS]:
        raise RuleViolation(
            f"Paikkaa {{{unknown[0]}}} ei tunneta. Käytä paikkoja {{nimi}} ja {{etunimi}}.", field="text"
        )
    if re.search(r"[{}]", _BLANK.sub("", whole)):
        raise RuleViolation("Aaltosulku on auki. Kirjoita paikka muodossa {nimi}.", field="text")
    return paragraphs


def is_personal(paragraph: str) -> bool:
    """Whether a paragraph differs from letter to letter."""
    return _BLANK.search(paragraph) is not None


def filled(paragraph: str, values: Mapping[str, str]) -> str:
    """The paragraph with its blanks filled; what is filled in is never read again, whatever it holds."""
    return _BLANK.sub(lambda blank: values.get(blank[1], ""), paragraph)


def origin(*, register: str, company: str, lines: Iterable[str], phone: str) -> str:
    """Out of what register the address is, whose it is, and where they are found (GDPR art. 14(2)(f) and 14(3)(b)).

    The old Personal Data Act (25 §) asked for it on every addressed advertisement, and the trade still holds to it.
    """
    return "Osoitelähde: " + ", ".join(part for part in (register, company, *lines, phone.replace(" ", NBSP)) if part)


def right_to_forbid(use: str, *, phone: str, email: str) -> str:
    """How to forbid it, told with the first message and apart from everything else (GDPR art. 21(4)); empty otherwise."""
    if use not in ORIGIN_NEEDED:
        return ""
    ways = [f"puhelinnumeroon {phone}" if phone else "", f"osoitteeseen {email}" if email else ""]
    return (
        f"Teillä on oikeus milloin tahansa kieltää tietojenne käyttö {_FORBID.get(use, 'suoramarkkinointiin')}. "
        f"Ilmoittakaa kiellosta {' tai '.join(way for way in ways if way) or 'yritykselle'}."
    )


def check_fresh(made_on: date, today: date) -> None:
    """A print is opened on the day it was made: afterwards addresses have changed and people have forbidden it."""
    if made_on != today:
        raise RuleViolation(
            "Tulosteen voi avata vain sen tekopäivänä. Tee uusi tuloste: tiedot luetaan silloin uudelleen."
        )


def check_room(count: int) -> None:
    """A list on paper is for reading; more than this nobody reads: it is a file."""
    if count > MOST_IN_A_LIST:
        raise RuleViolation(
            f"Luetteloon tulisi {fi_number(count)} riviä, ja siihen mahtuu {fi_number(MOST_IN_A_LIST)}. Rajaa valintaa."
        )
