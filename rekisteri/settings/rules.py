"""What must be known before letters go out, and when the authority's contact data must be looked up again."""

import re
from collections.abc import Mapping
from datetime import date

import phonenumbers
from stdnum.fi import ytunnus

from rekisteri.kernel.errors import RuleViolation

# As the Ombudsman's office gave them on tietosuoja.fi. The company confirms them and sets the day it did so.
OMBUDSMAN = {
    "name": "Tietosuojavaltuutetun toimisto",
    "street": "PL 800",
    "postcode": "00531",
    "city": "Helsinki",
    "visit": "Lintulahdenkuja 4, 00530 Helsinki",
    "phone": "+358295666700",
    "email": "tietosuoja@om.fi",
    "web": "tietosuoja.fi",
}
OMBUDSMAN_VERIFIED_ON = date(2022, 1, 1)

# What a certificate or the notice cannot do without (GDPR art. 13(1)(a)), with its name in a sentence and its group.
NEEDED = {
    "company_name": ("yrityksen nimi", "company"),
    "business_id": ("Y-tunnus", "company"),
    "street": ("yrityksen osoite", "company"),
    "postcode": ("yrityksen postinumero", "company"),
    "city": ("yrityksen postitoimipaikka", "company"),
    "phone": ("yrityksen puhelinnumero", "company"),
    "email": ("yrityksen sähköpostiosoite", "company"),
    "contact_name": ("yhteyshenkilön nimi", "contact"),
    "owner_name": ("rekisterin vastuuhenkilön nimi", "owner"),
    "owner_title": ("rekisterin vastuuhenkilön asema", "owner"),
    "register_name": ("rekisterin nimi", "register"),
}


def missing(values: Mapping[str, str]) -> list[str]:
    """The Finnish names of what is still to be filled in, in the order of the page."""
    return [name for field, (name, _group) in NEEDED.items() if not values.get(field)]


def missing_in(group: str, values: Mapping[str, str]) -> list[str]:
    """What is still to be filled in on one part of the page."""
    return [name for field, (name, part) in NEEDED.items() if part == group and not values.get(field)]


def check_business_id(text: str) -> str:
    """A Finnish business identity code (Y-tunnus) in the form 1234567-8, its check digit right."""
    digits = re.sub(r"[\s-]", "", text.upper().removeprefix("FI"))
    if len(digits) == 7 and digits.isdigit():
        digits = "0" + digits  # codes of the first companies were written without the leading zero
    if not ytunnus.is_valid(digits):
        raise RuleViolation("Y-tunnus ei ole oikein. Tarkista numerot ja tarkistusnumero.", field="business_id")
    return f"{digits[:7]}-{digits[7]}"


def check_year_end(text: str) -> str:
    """The day on which the financial year ends, without its year: 31.12. or 30.6. (Accounting Act 1336/1997 1:4 §)."""
    typed = re.fullmatch(r"([0-9]{1,2})\. ?([0-9]{1,2})\.?", text.strip())
    day, month = (int(part) for part in typed.groups()) if typed else (0, 0)
    try:
        date(2024, month, day)  # a leap year: some end theirs with February
    except ValueError as error:
        raise RuleViolation(
            "Kirjoita päivä ja kuukausi, esimerkiksi 31.12. tai 30.6.", field="financial_year_end"
        ) from error
    return f"{day}.{month}."


def month_and_day(year_end: str) -> tuple[int, int]:
    """The month and the day of a year's end as it is kept: ”30.6.” is (6, 30)."""
    day, month = year_end.rstrip(".").split(".")
    return int(month), int(day)


def check_years(text: str) -> int:
    """After how many silent years a customer is proposed for the archive: from one to thirty."""
    years = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= years <= 30:
        raise RuleViolation("Kirjoita vuodet numeroina, 1–30.", field="archive_after_years")
    return years


def check_postcode(text: str, *, field: str) -> str:
    """A Finnish postcode: five digits."""
    digits = text.replace(" ", "")
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise RuleViolation("Postinumerossa on viisi numeroa, esimerkiksi 00100.", field=field)
    return digits


def check_phone(text: str, *, field: str) -> str:
    """A phone number as it is stored: +358401234567."""
    sentence = "Puhelinnumeroa ei tunnistettu. Kirjoita se esimerkiksi muodossa 040 1234567."
    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException as error:
        raise RuleViolation(sentence, field=field) from error
    if not phonenumbers.is_possible_number(number):
        raise RuleViolation(sentence, field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_stale(verified_on: date, on: date) -> bool:
    """Whether the authority's contact data were checked more than a year ago: a wrong remedy block misleads people."""
    anniversary = date(verified_on.year + 1, verified_on.month, min(verified_on.day, 28))
    return on > anniversary


def check_verified_on(verified_on: date, on: date) -> None:
    """Nobody can have looked the data up tomorrow."""
    if verified_on > on:
        raise RuleViolation("Tarkistuspäivä ei voi olla tulevaisuudessa.", field="verified_on")
