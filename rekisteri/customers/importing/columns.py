"""Reading a row of a file: what its columns hold, and the values as the register keeps them. Pure functions.

The guess is only a proposal: a person confirms it, and what was confirmed for a source is proposed the next time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rekisteri.customers import rules
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fold

NUMBER, KIND, FULL_NAME = "customer_number", "customer_kind", "full_name"
KINDS = {
    "person": "Henkilöitä",
    "organisation": "Yhteisöjä",
    "mixed": "Molempia: laji tunnistetaan riviltä",
}
ORDERS = {"last_first": "Sukunimi ensin: Virtanen Maija", "first_last": "Etunimi ensin: Maija Virtanen"}
_NAMES = {
    NUMBER: "Asiakasnumero",
    KIND: "Laji (henkilö tai yhteisö)",
    FULL_NAME: "Henkilön koko nimi yhdessä",
    "last_name": "Henkilön sukunimi",
    "first_name": "Henkilön etunimi",
    "organisation": "Henkilön edustama yhteisö",
    "name": "Yhteisön nimi",
}
OFFERED: dict[str, str] = {
    **_NAMES,
    **{name: label for labels in rules.FIELDS.values() for name, label in labels.items() if name not in _NAMES},
}
"""What a column may be told to hold: every field of the register, and three that help to read it."""

_SYNONYMS: dict[str, str] = {
    NUMBER: "asiakasnumero, asiakasnro, asiakas nro, as.nro, asnro, customer number, customer id, customer no",
    KIND: "laji, tyyppi, asiakastyyppi, asiakaslaji, type, kind, laji (henkilö tai yhteisö)",
    FULL_NAME: "koko nimi, nimi (sukunimi etunimi), henkilön nimi, full name, contact name, namn",
    "last_name": "sukunimi, last name, lastname, surname, family name, efternamn, henkilön sukunimi",
    "first_name": "etunimi, etunimet, kutsumanimi, first name, firstname, given name, förnamn, henkilön etunimi",
    "organisation": "edustettu yhteisö, edustaa, työnantaja, employer, represents, henkilön edustama yhteisö",
    "name": "yritys, yhteisö, yrityksen nimi, yhteisön nimi, organisaatio, toiminimi, company, company name, organisation, "
    "organization, business name, företag",
    "business_id": "y-tunnus, ytunnus, y tunnus, ly-tunnus, business id, vat, vat number, alv-numero, fo-nummer",
    "email": "sähköposti, sähköpostiosoite, s-posti, email, e-mail, email address, e-mail address, e-post, spostiosoite",
    "phone": "puhelin, puhelinnumero, puh, puh., puhnro, gsm, matkapuhelin, kännykkä, phone, phone number, mobile, telephone, "
    "tel, telefon",
    "street": "katuosoite, osoite, lähiosoite, jakeluosoite, postiosoite, street, address, street address, adress",
    "postcode": "postinumero, postinro, postino, pnro, postcode, postal code, zip, zip code, postnummer",
    "city": "postitoimipaikka, kaupunki, paikkakunta, kunta, toimipaikka, city, town, ort",
    "country": "maa, maakoodi, country, country code, land",
    "orders": "aikaisemmat tilaukset, tilaukset, tilaushistoria, orders, order history",
}
_KNOWN = {name: target for target, names in _SYNONYMS.items() for name in names.split(", ")}
_KNOWN |= {fold(label): target for target, label in OFFERED.items()}
_PERSON_WORDS = ("henkilö", "yksityishenkilö", "person", "private", "kuluttaja", "h")
_ORGANISATION_WORDS = ("yhteisö", "yritys", "organisaatio", "organisation", "organization", "company", "y")
_POSTCODE_WITHOUT_ZEROS = re.compile(r"[1-9][0-9]{2,3}")
_MANY_CELLS = (
    "Rivillä on enemmän soluja kuin otsikkorivillä. Tarkista, onko jossakin solussa erotinmerkki ilman lainausmerkkejä."
)


@dataclass(frozen=True)
class Reading:
    """How the columns of a file are read: a target for each column, empty for one that is left out."""

    columns: tuple[str, ...]
    kind: str
    name_order: str = ""


@dataclass
class Read:
    """A row as it was understood."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    number: int | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)


def guess(header: Sequence[str], remembered: Mapping[str, str] | None = None) -> list[str]:
    """A target for each column by its name: as the source's last file was read, or as such columns are usually called."""
    known = {name: target for name, target in (remembered or {}).items() if target in OFFERED or not target}
    names = [fold(name) for name in header]
    bare = [fold(name.replace("_", " ").rstrip(":* ")) for name in names]  # ”last_name”, ”Sukunimi *”
    targets = [known[name] if name in known else _KNOWN.get(plain, "") for name, plain in zip(names, bare, strict=True)]
    several = {"business_id", "last_name", "first_name"} & set(targets)  # a column called Nimi is then a company's
    found: list[str] = []
    for name, plain, target in zip(names, bare, targets, strict=True):
        if plain in {"nimi", "name"} and name not in known:
            target = "name" if several else FULL_NAME
        found.append(target if target not in found else "")
    return found


def guess_kind(columns: Sequence[str]) -> str:
    """Of what kind the rows are, by the columns they have."""
    people = {"last_name", "first_name", FULL_NAME} & set(columns)
    companies = {"name", "business_id"} & set(columns)
    if KIND in columns or (people and companies):
        return "mixed"
    return "organisation" if companies else "person"


def check_reading(reading: Reading) -> None:
    """A field stands in one column, and there is a column that tells the name.

    :raises RuleViolation: the rows could not be read so.
    """
    chosen = [target for target in reading.columns if target]
    for target in chosen:
        if chosen.count(target) > 1:
            raise RuleViolation(f"Kohta ”{OFFERED[target]}” on valittu kahdelle sarakkeelle. Valitse se vain yhdelle.")
    if reading.kind not in KINDS:
        raise RuleViolation("Valitse, mitä rivit ovat.", field="kind")
    person = {"last_name", "first_name", FULL_NAME} & set(chosen)
    if NUMBER not in chosen and not person and (reading.kind == "person" or "name" not in chosen):
        raise RuleViolation("Valitse, missä sarakkeessa nimi on.")
    if reading.kind == "organisation" and "name" not in chosen and NUMBER not in chosen:
        raise RuleViolation("Valitse, missä sarakkeessa yhteisön nimi on.")
    if FULL_NAME in chosen and reading.name_order not in ORDERS:
        raise RuleViolation("Valitse, kummin päin nimi on.", field="name_order")


def read_row(reading: Reading, cells: Sequence[str]) -> Read:
    """The row's values as the register keeps them, or what is wrong with each, in the order of the columns."""
    given = {target: cell for target, cell in zip(reading.columns, cells, strict=False) if target and cell.strip()}
    row = Read(_kind(reading, given))
    if len(cells) > len(reading.columns):
        row.errors.append(("", _MANY_CELLS))
    _take_number(row, given.pop(NUMBER, ""))
    given.pop(KIND, None)
    try:
        _split_name(row.kind, given, reading.name_order)
        _check_values(row, given)
    except RuleViolation as violation:
        row.errors.append((violation.field or "", violation.sentence))
    return row


def _kind(reading: Reading, given: Mapping[str, str]) -> str:
    if reading.kind != "mixed":
        return reading.kind
    told = fold(given.get(KIND, ""))
    if told in _PERSON_WORDS or told in _ORGANISATION_WORDS:
        return "person" if told in _PERSON_WORDS else "organisation"
    person = any(given.get(name) for name in ("last_name", "first_name", FULL_NAME))
    return "organisation" if given.get("business_id") or (given.get("name") and not person) else "person"


def _take_number(row: Read, text: str) -> None:
    text = text.strip()
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        row.number = int(text)
    elif text:
        row.errors.append((NUMBER, "Asiakasnumerossa on vain numeroita."))


def _split_name(kind: str, given: dict[str, str], order: str) -> None:
    """”Virtanen, Maija” is the surname first whatever was told; otherwise the parts are as was told."""
    whole = given.pop(FULL_NAME, "")
    if not whole:
        return
    if kind == "organisation":
        given.setdefault("name", whole)
        return
    last, comma, first = whole.partition(",")
    if not comma and order == "last_first":
        last, _, first = whole.strip().partition(" ")
    elif not comma:
        first, _, last = whole.strip().rpartition(" ")
    given.setdefault("last_name", last.strip())
    given.setdefault("first_name", first.strip())


def _check_values(row: Read, given: dict[str, str]) -> None:
    """Judge every value, so that all that is wrong with a row is told at once."""
    fields = rules.FIELDS[row.kind]
    if row.kind == "person" and given.get("name") and "organisation" not in given:
        given["organisation"] = given["name"]  # the company in whose column a person stands
    kept = {}
    for name, text in given.items():
        if name not in fields:
            continue
        try:
            kept[name] = _kept(row.kind, name, text, given)
        except RuleViolation as violation:
            row.errors.append((name, violation.sentence))
    row.values = {name: value for name, value in kept.items() if value}
    if not row.errors and row.number is None:
        rules.check_named(row.kind, row.values)


def _kept(kind: str, name: str, text: str, given: Mapping[str, str]) -> str:
    country = ""
    if rules.base(name) == "postcode":
        country = given.get(rules.country_of(name), "")
        if rules.is_finland(country) and _POSTCODE_WITHOUT_ZEROS.fullmatch(text.strip()):
            text = text.strip().zfill(5)  # a spreadsheet took 00100 for a number
    check = _check_repeated if name in _REPEATED else rules.check_value
    return check(kind, name, text, country=country)


_REPEATED = {
    "last_name",
    "first_name",
    "organisation",
    *rules.slots("postcode"),
    *rules.slots("city"),
    *rules.slots("country"),
}
_check_repeated = lru_cache(5000)(rules.check_value)
"""Names and towns stand on many rows; each is judged once."""
