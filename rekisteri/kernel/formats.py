"""How Finns write dates, numbers and names, and how they sort them."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers

from rekisteri.kernel.clock import in_finland

if TYPE_CHECKING:  # rules use these functions, and rules know no web
    from flask import Flask

_NBSP = "\u00a0"
FINLAND = 358
SHORT_ENOUGH = 4
# after z, byte by byte: { stands for å, | for ä, } for ö
_LAST = {"a\u030a": "{", "a\u0308": "|", "o\u0308": "}", "o\u030b": "}", "u\u0308": "y", "u\u030b": "y"}
_MARKED = re.compile("|".join(_LAST))
_NEAREST = str.maketrans(
    {"æ": "|", "ø": "}", "œ": "}", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ŋ": "n", "ŧ": "t", "ǥ": "g"}
)
_PLAIN = re.compile("[ -~åäö]*")
_PLAIN_KEYS = str.maketrans("åäö", "{|}", "!\"#$%&'()*+,./:;<=>?@[\\]^`~")
_COMMON_PHONE = re.compile(r"\+358(4[0-6]|50|9(?=[1-8]))(\d{3})(\d{4})")


def fi_date(day: date | datetime | None) -> str:
    """5.3.2026 (SFS 4175: no leading zeros)."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = in_finland(day).date()
    return f"{day.day}.{day.month}.{day.year}"


def fi_datetime(moment: datetime | None) -> str:
    """5.3.2026 klo 14.05, Finnish time."""
    if moment is None:
        return ""
    local = in_finland(moment)
    return f"{fi_date(local.date())} klo{_NBSP}{local.hour}.{local.minute:02}"


def fi_number(number: int | float) -> str:
    """12 345 with no-break spaces, decimals after a comma."""
    return f"{number:,}".replace(",", _NBSP).replace(".", ",").replace("-", "\u2212")


def fi_money(cents: int | None) -> str:
    """1 234,50 € with no-break spaces; less than nothing with a minus sign."""
    if cents is None:
        return ""
    whole, part = divmod(abs(cents), 100)
    minus = "\u2212" if cents < 0 else ""
    return f"{minus}{fi_number(whole)},{part:02}{_NBSP}€"


def fi_decimal(thousandths: int | None) -> str:
    """1 234,5: a quantity kept in thousandths, with the decimals it needs and no more."""
    if thousandths is None:
        return ""
    whole, part = divmod(abs(thousandths), 1000)
    minus = "\u2212" if thousandths < 0 else ""
    decimals = f",{part:03}".rstrip("0") if part else ""
    return f"{minus}{fi_number(whole)}{decimals}"


def fi_phone(number: str | None) -> str:
    """A number stored as +358415058567 is shown as 041 505 8567; what cannot be read is shown as it was written."""
    if not number:
        return ""
    if common := _COMMON_PHONE.fullmatch(number):  # most numbers, without the library's tables
        return "0{} {} {}".format(*common.groups())
    try:
        parsed = phonenumbers.parse(number, "FI")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    style = phonenumbers.PhoneNumberFormat
    if parsed.country_code != FINLAND:
        return phonenumbers.format_number(parsed, style.INTERNATIONAL)
    area, _, own = phonenumbers.format_number(parsed, style.NATIONAL).partition(" ")
    middle = len(own) // 2
    return (
        f"{area} {own[:middle]} {own[middle:]}"
        if own.isdigit() and len(own) > SHORT_ENOUGH
        else f"{area} {own}".strip()
    )


def fold(text: str) -> str:
    """The text as it is compared in a search: composed, case folded, single spaces. å, ä and ö stay letters."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFC", text).casefold()
    return " ".join(folded.split())


@lru_cache(5000)
def sort_key(text: str) -> str:
    """A key that sorts byte by byte as Finns sort: a–z å ä ö, space before hyphen before letters, case aside."""
    folded = fold(text)
    if _PLAIN.fullmatch(folded):
        return folded.translate(_PLAIN_KEYS)[:200]
    decomposed = unicodedata.normalize("NFD", folded)
    placed = _MARKED.sub(lambda letter: _LAST[letter[0]], decomposed).translate(_NEAREST)
    bare = "".join(sign for sign in placed if not unicodedata.combining(sign))
    return re.sub(r"[^\w {|}-]", "", bare)[:200]


def init_formats(app: "Flask") -> None:
    """Give the templates these formats as filters."""
    for function in (fi_date, fi_datetime, fi_number, fi_money, fi_decimal, fi_phone):
        app.add_template_filter(function)
