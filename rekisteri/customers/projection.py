"""What lists and the search read of a customer, composed from the current values. Pure functions.

Folding is done here, in Python, because databases disagree: SQLite folds ASCII only, so that it would not find ”Äijälä” by
”äij”.
"""

import re
import unicodedata
from collections.abc import Mapping

from rekisteri.customers.likeness import name_key
from rekisteri.customers.rules import shown, slots
from rekisteri.kernel.formats import fold, sort_key
from rekisteri.kernel.text import clean, is_plain

LONGEST_QUERY = 200
LONGEST_PLACE = 200
MOST_TERMS = 8
_SEARCHED = [
    field for main in ("organisation", "business_id", "email", "street", "postcode", "city") for field in slots(main)
]
_TOWNS = list(zip(slots("city"), slots("country"), strict=True))
_PHONE_QUERY = re.compile(r"[\d\s()+./-]+")


def list_name(kind: str, values: Mapping[str, str]) -> str:
    """The name as lists have it: ”Virtanen, Maija”, a single name or an organisation's name as such."""
    if kind == "organisation":
        return values.get("name", "")
    return ", ".join(name for name in (values.get("last_name"), values.get("first_name")) if name)


def columns(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """All that a customer's own row repeats of the data, by column: for one customer as for a hundred thousand."""
    name = list_name(kind, values)
    return {
        "display_name": name,
        "sort_key": order_key(name),
        "name_key": name_key(name),
        "search_text": search_text(kind, values),
        "represents": values.get("organisation", ""),
        "contact": contact_line(values),
        "place": place_line(values),
    }


def order_key(name: str) -> str:
    """By what the lists are sorted; a name in signs that have no place in the alphabet comes last."""
    return sort_key(name) or "~"


def contact_line(values: Mapping[str, str]) -> str:
    """The first phone number and the first e-mail address in one line."""
    parts = (shown("phone", _first("phone", values)), _first("email", values))
    return " · ".join(part for part in parts if part)


def place_line(values: Mapping[str, str]) -> str:
    """The town of the first address that has one, and the country when it is abroad."""
    city, country = next((place for place in _TOWNS if values.get(place[0])), _TOWNS[0])
    return ", ".join(part for part in (values.get(city), values.get(country)) if part)[:LONGEST_PLACE]


def _first(main: str, values: Mapping[str, str]) -> str:
    return next((values[field] for field in slots(main) if values.get(field)), "")


def search_text(kind: str, values: Mapping[str, str]) -> str:
    """Everything a customer is searched by, folded: names both ways round, also without foreign accents; phone digits.

    Every word has a space on both sides, so that the beginnings of words are found by parts of text as well.
    """
    first, last = values.get("first_name", ""), values.get("last_name", "")
    names = [f"{first} {last} {first}".strip()] if kind == "person" else [values.get("name", "")]
    rest = [values[field] for field in _SEARCHED if field in values]
    folded = [fold(part) for part in (*names, *rest) if part]
    numbers = [digits for field in slots("phone") if field in values for digits in phone_digits(values[field])]
    plain = [bare for part in folded if (bare := without_foreign_accents(part)) != part]
    return "\n".join(f" {part} " for part in (*folded, *plain, *numbers))


def without_foreign_accents(text: str) -> str:
    """”žukov” → ”zukov”, while å, ä and ö, which are letters of their own in Finnish, stay."""
    if is_plain(text):
        return text
    return "".join(sign if sign in "åäö" else unicodedata.normalize("NFD", sign)[0] for sign in text)


def phone_digits(number: str) -> list[str]:
    """A stored number as bare digits, with its country code and, when Finnish, as it is dialled at home."""
    digits = number.removeprefix("+")
    return [digits, "0" + digits.removeprefix("358")] if digits.startswith("358") else [digits] if digits else []


def terms(query: str) -> list[str]:
    """The words of a search, folded; each must be found somewhere in the customer's search text."""
    words = (word.strip(",;") for word in fold(clean(query[:LONGEST_QUERY])).split())  # ”Virtanen, Maija”
    return [word for word in words if word][:MOST_TERMS]


def number_term(query: str) -> str | None:
    """The digits of a search that is a phone number in any writing: ”+358 (0)41-505 8567”, ”0041 …”, ”041 505”."""
    text = clean(query[:LONGEST_QUERY])
    if not _PHONE_QUERY.fullmatch(text):
        return None
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if len(digits) > 5:  # a shorter one may be a postcode, whose zeros count
        digits = digits.removeprefix("00")
    return digits if len(digits) >= 3 else None


def like_pattern(term: str) -> str:
    """`term` anywhere in a text, for LIKE with ``\\`` as its escape: nothing typed works as a wildcard."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
