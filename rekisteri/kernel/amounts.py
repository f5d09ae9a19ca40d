"""Sums and quantities as people type them, read into whole cents and whole thousandths; no fractions, no rounding."""

import re

from rekisteri.kernel.formats import fi_decimal, fi_money

CENTS = 2
THOUSANDTHS = 3
LARGEST = 10**12  # more is no sum of money but a finger left on the key

_WHOLE = r"[0-9]+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f.'][0-9]{3})+"
_FINNISH = re.compile(rf"(?P<whole>{_WHOLE})(?:,(?P<part>[0-9]+|[-–]))?")
_POINTED = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f,'][0-9]{3})+)(?:\.(?P<part>[0-9]+))?")
_UNIT = re.compile(r"[ \u00a0\u202f]*(?:€|e|eur|euroa?)$", re.IGNORECASE)


class NotAnAmount(ValueError):
    """The text is no number; or it has more decimals than there may be (`too_fine`)."""

    def __init__(self, *, too_fine: bool = False) -> None:
        super().__init__("decimals" if too_fine else "not a number")
        self.too_fine = too_fine


def read_decimal(text: str, places: int) -> int:
    """”1 234,5” in units of the last decimal (2 places: 123450). A point will do for the comma, a minus may stand in front.

    :raises NotAnAmount: what stands there can be read in no way, or in two: ”12 50” is not 1 250.
    """
    bare = text.strip().replace("\u2212", "-")
    sign, digits = (-1, bare[1:].lstrip()) if bare.startswith("-") else (1, bare)
    found = _pointed(digits) or _FINNISH.fullmatch(digits) or _POINTED.fullmatch(digits)
    if not found:
        raise NotAnAmount
    part = (found["part"] or "").strip("-–")
    if len(part.rstrip("0")) > places:
        raise NotAnAmount(too_fine=True)
    whole = int(re.sub(r"[^0-9]", "", found["whole"])[:20])
    return sign * (whole * 10**places + int(part[:places].ljust(places, "0")))


def _pointed(digits: str) -> re.Match[str] | None:
    """”1.234” is a number with three decimals, never a thousand: nobody here groups thousands by a lone point."""
    return re.fullmatch(r"(?P<whole>[0-9]+)\.(?P<part>[0-9]+)", digits)


def read_money(text: str, *, minimum: int = -LARGEST, maximum: int = LARGEST) -> int:
    """”1 234,50 €” as 123450 cents. Raises ValueError with the sentence to show."""
    try:
        cents = read_decimal(_UNIT.sub("", text.strip()), CENTS)
    except NotAnAmount as error:
        raise ValueError(
            "Euromäärässä voi olla enintään kaksi desimaalia."
            if error.too_fine
            else "Kirjoita euromäärä numeroin, esimerkiksi 1\u00a0234,50."
        ) from error
    if cents < minimum:
        raise ValueError(f"Pienin sallittu summa on {fi_money(minimum)}.")
    if cents > maximum:
        raise ValueError(f"Suurin sallittu summa on {fi_money(maximum)}.")
    return cents


def read_quantity(text: str, *, minimum: int = -LARGEST, maximum: int = LARGEST) -> int:
    """”1,5” as 1500 thousandths. Raises ValueError with the sentence to show."""
    try:
        amount = read_decimal(text, THOUSANDTHS)
    except NotAnAmount as error:
        raise ValueError(
            "Määrässä voi olla enintään kolme desimaalia."
            if error.too_fine
            else "Kirjoita määrä numeroin, esimerkiksi 2 tai 1,5."
        ) from error
    if amount < minimum:
        raise ValueError(f"Pienin sallittu määrä on {fi_decimal(minimum)}.")
    if amount > maximum:
        raise ValueError(f"Suurin sallittu määrä on {fi_decimal(maximum)}.")
    return amount
