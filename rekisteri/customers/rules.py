"""What may be written into the register about a customer, and how it is kept.

The fields (`fields.py`) are the notice's data content and nothing more: a field that is not there cannot be recorded.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

import phonenumbers
from stdnum.exceptions import ValidationError as NotValid
from stdnum.fi import ytunnus

from rekisteri.customers.countries import country_code, country_name
from rekisteri.customers.fields import FIELDS as FIELDS
from rekisteri.customers.fields import MAIN_FIELDS as MAIN_FIELDS
from rekisteri.customers.fields import base as base
from rekisteri.customers.fields import country_of as country_of
from rekisteri.customers.fields import offered as offered
from rekisteri.customers.fields import slots as slots
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_phone, fold
from rekisteri.kernel.text import check_no_identity_code, clean, email_address

KINDS = {"person": "Henkilö", "organisation": "Yhteisö"}
STATES = {"active": "Rekisterissä", "archived": "Arkistoitu"}
SOURCE_KINDS = {
    "self": "Rekisteröity itse",
    "own": "Yrityksen oma havainto",
    "partner": "Yhteistyökumppani",
    "fair": "Messut",
    "other": "Muu lähde",
}
KEPT_SOURCES = {"self": "Rekisteröity itse", "own": "Yrityksen oma havainto"}
"""Sources that every register has; made when first needed."""

MATCHED = ("email", "phone", "business_id", "organisation", "street")
"""Fields whose folded value finds other customers: likely duplicates and an organisation's people."""

REASONS = {
    "changed": "Tieto on muuttunut",
    "mistake": "Kirjoitusvirhe korjattu",
    "completed": "Tietoa täydennetty",
    "unnecessary": "Tarpeeton tieto poistettu",
}
"""Why a clerk ends a value. What a customer demands goes by a request and is told by rectification."""

LONGEST_NAME = 100
LONGEST_LINE = 200
LONGEST_TEXT = 4000
_COMMON_NAME = re.compile("[A-Za-zåäöÅÄÖ]+(?:[ '-][A-Za-zåäöÅÄÖ]+)*")
_COMMON_PHONE = re.compile(r"(\+358|0)((?:[ -]?[0-9]){9})")
_COMMON_PREFIX = re.compile(r"4[0-6]|50|9[1-8]")
_NAME_SIGNS = set(" -'’ʼʻ.·")
OLDEST_DATE = date(1900, 1, 1)


def check_value(kind: str, field: str, value: str, *, country: str = "") -> str:
    """The value as the register keeps it.

    :param country: the country of the same address, by which a postcode is judged; empty is Finland.
    :raises RuleViolation: the register does not keep such a value, or has no such field.
    """
    if field not in FIELDS.get(kind, {}):
        raise RuleViolation("Rekisterissä ei ole tällaista tietokenttää.", field=field)
    try:
        if len(value) > 2 * LONGEST_TEXT:
            raise RuleViolation(f"Teksti on liian pitkä: enintään {_longest(kind, field)} merkkiä.")
        main = base(field)
        text = clean(value, lines=main == "orders")
        check_no_identity_code(text)
        if not text:
            return ""
        kept = _check_postcode(text, country) if main == "postcode" else _CHECKS[main](text)
        if len(kept) > _longest(kind, field):
            raise RuleViolation(f"Teksti on liian pitkä: enintään {_longest(kind, field)} merkkiä.")
        return kept
    except RuleViolation as violation:
        raise RuleViolation(violation.sentence, field=field) from violation


def check_values(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """All values of a customer as the register keeps them, the empty ones left out.

    :raises RuleViolation: a value is not kept as it is, or the customer would have no name.
    """
    kept = {
        field: check_value(kind, field, value or "", country=_country(kind, field, values))
        for field, value in values.items()
    }
    check_named(kind, kept)
    return {field: value for field, value in kept.items() if value}


def _country(kind: str, field: str, values: Mapping[str, str]) -> str:
    """The country of the address that a postcode belongs to."""
    if base(field) != "postcode":
        return ""
    return check_value(kind, country_of(field), values.get(country_of(field)) or "")


def check_named(kind: str, values: Mapping[str, str]) -> None:
    """A customer has a name: an organisation its own, a person at least one of the two (many people have only one)."""
    if kind == "organisation" and not values.get("name"):
        raise RuleViolation("Anna yhteisön nimi.", field="name")
    if kind == "person" and not (values.get("last_name") or values.get("first_name")):
        raise RuleViolation("Anna sukunimi tai etunimi.", field="last_name")


def check_obtained_on(day: date, *, today: date) -> date:
    """The day a datum was obtained has come and is within a lifetime."""
    if day > today:
        raise RuleViolation("Päivä on tulevaisuudessa. Anna päivä, jona tieto saatiin.", field="obtained_on")
    if day < OLDEST_DATE:
        raise RuleViolation("Päivä on liian kaukana menneisyydessä.", field="obtained_on")
    return day


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; of a leap day the day before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _longest(kind: str, field: str) -> int:
    if field == "orders":
        return LONGEST_TEXT
    if base(field) in ("last_name", "first_name", "city", "country"):
        return LONGEST_NAME
    return LONGEST_LINE


def _check_name(text: str) -> str:
    """Any language's letters; single names, hyphens, apostrophes and particles are names as good as others."""
    if _COMMON_NAME.fullmatch(text):
        return text
    if not any(sign.isalpha() for sign in text):
        raise RuleViolation("Nimessä on oltava kirjaimia.")
    if strange := [sign for sign in text if not _belongs_to_name(sign)]:
        raise RuleViolation(f"Nimessä ei voi olla merkkiä ”{strange[0]}”.")
    return text


def _belongs_to_name(sign: str) -> bool:
    return sign in _NAME_SIGNS or unicodedata.category(sign)[0] in "LM"


def _check_title(text: str) -> str:
    if not any(sign.isalnum() for sign in text):
        raise RuleViolation("Nimessä on oltava kirjaimia tai numeroita.")
    return text


def _check_phone(text: str) -> str:
    sentence = "Puhelinnumero ei kelpaa. Kirjoita se muodossa 041 505 8567, ulkomainen muodossa +46 8 123 456."
    if common := _COMMON_PHONE.fullmatch(text):
        digits = common[2].replace(" ", "").replace("-", "")
        if _COMMON_PREFIX.match(digits):
            return f"+358{digits}"
    try:
        number = phonenumbers.parse(text[:60], "FI")
    except phonenumbers.NumberParseException as error:
        raise RuleViolation(sentence) from error
    if number.extension:
        raise RuleViolation("Kirjoita puhelinnumero ilman alanumeroa.")
    finnish = number.country_code == 358
    known = phonenumbers.is_valid_number(number) if finnish else phonenumbers.is_possible_number(number)
    if not known or any(sign.isalpha() for sign in text):
        raise RuleViolation(sentence)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _check_business_id(text: str) -> str:
    digits = text.upper().removeprefix("FI").strip()
    if digits.replace("-", "").isdigit():
        digits = digits.replace("-", "")
        digits = digits.zfill(8) if len(digits) == 7 else digits  # an old one of six digits and the check digit
    try:
        return ytunnus.format(ytunnus.validate(digits))
    except NotValid as error:
        raise RuleViolation("Y-tunnus ei kelpaa. Tarkista numerot; muoto on 1234567-1.") from error


def _check_country(text: str) -> str:
    code = country_code(text)
    if code:
        return country_name(code)
    return _check_name(text)


def is_finland(country: str) -> bool:
    """Whether an address is a Finnish one; no country means Finland."""
    return not country or country_code(country) in ("FI", "AX")


def _check_postcode(text: str, country: str) -> str:
    if is_finland(country):
        digits = text.upper().removeprefix("FI-").replace(" ", "")
        if len(digits) != 5 or not (digits.isascii() and digits.isdigit()):
            raise RuleViolation("Suomalaisessa postinumerossa on viisi numeroa.")
        return digits
    if len(text) > 20 or not all(sign.isalnum() or sign in " -" for sign in text):
        raise RuleViolation("Postinumerossa voi olla kirjaimia, numeroita, välejä ja yhdysmerkkejä.")
    return text.upper()


def doubts(values: Mapping[str, str]) -> list[str]:
    """What looks like a mistake but may be right: a post office box whose postcode does not end with 1."""
    boxes = [
        (values.get(street, ""), values.get(code, ""), values.get(country, "")) for street, code, country in _PLACES
    ]
    return [
        f"Tarkista postinumero {code}: postilokero-osoitteen postinumero päättyy tavallisesti numeroon 1."
        for street, code, country in boxes
        if _BOX.match(street) and is_finland(country) and code and not code.endswith("1")
    ]


_BOX = re.compile(r"(?:PL|PB|P\.? ?O\.? ?Box)\s*[0-9]", re.IGNORECASE)
_PLACES = list(zip(slots("street"), slots("postcode"), slots("country"), strict=True))
_CHECKS: dict[str, Callable[[str], str]] = {
    "last_name": _check_name,
    "first_name": _check_name,
    "organisation": _check_title,
    "name": _check_title,
    "business_id": _check_business_id,
    "email": email_address,
    "phone": _check_phone,
    "street": _check_title,
    "city": _check_name,
    "country": _check_country,
    "orders": str,
}


def shown(field: str, value: str) -> str:
    """A value as a page or a letter shows it."""
    return fi_phone(value) if base(field) == "phone" else value


def match_key(field: str, value: str) -> str | None:
    """What a likely duplicate shares; None for a field that many customers have alike."""
    return fold(value)[:300] if base(field) in MATCHED else None


def postal_lines(street: str, postcode: str, city: str, country: str) -> tuple[str, ...]:
    """Street, postcode and town, country: as the post reads them (capitals, no comma); empty when it cannot deliver."""
    finnish = is_finland(country)
    if not street or not city or (finnish and not postcode):
        return ()
    town = f"{postcode} {city.upper()}".strip()
    return (street, town) if finnish else (street, town, country.upper())
