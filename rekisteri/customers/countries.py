"""Countries by their Finnish names (CLDR): what an address ends with, and which are inside the EU and EEA."""

from functools import cache

from rekisteri.kernel.formats import fold, sort_key

# fmt: off
EU = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))
EEA = EU | {"IS", "LI", "NO"}
PARTS_OF_THE_EU = {"AX": "FI", "GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR", "MF": "FR", "IC": "ES"}
NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "QO", "TA", "UN", "XA", "XB", "ZZ"))
# fmt: on
EVERYDAY_NAMES = {
    "englanti": "GB",
    "skotlanti": "GB",
    "wales": "GB",
    "uk": "GB",
    "britannia": "GB",
    "hollanti": "NL",
    "usa": "US",
    "etelä-afrikan tasavalta": "ZA",
    "tsekki": "CZ",
}


@cache
def countries() -> dict[str, str]:
    """ISO 3166 code → Finnish name, in Finnish order."""
    from babel import Locale  # its data are large, and few pages need them

    names = Locale("fi").territories
    found = {code: name for code, name in names.items() if len(code) == 2 and code not in NOT_COUNTRIES}
    return dict(sorted(found.items(), key=lambda pair: sort_key(pair[1])))


@cache
def _codes_by_name() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in ("en", "sv", "fi"):
        names = Locale(language).territories
        found |= {fold(name): code for code, name in names.items() if code in countries()}
    return found | {code.casefold(): code for code in countries()} | EVERYDAY_NAMES


def country_name(code: str) -> str:
    """The Finnish name of a country; the code itself when it is none."""
    return countries().get(code, code)


def country_code(text: str) -> str | None:
    """The code of the country that `text` names in Finnish, Swedish or English, or is the code of."""
    return _codes_by_name().get(fold(text))


def is_inside_eea(code: str) -> bool:
    """Whether data may go there as within Finland: the EU, Iceland, Liechtenstein and Norway (EEA decision 154/2018)."""
    return PARTS_OF_THE_EU.get(code, code) in EEA
