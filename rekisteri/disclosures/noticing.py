"""What the register knows of recipients and the notice must tell: who gets data and what for, where and on what safeguard
(GDPR art. 13(1)(e) and (f))."""

import re
from collections.abc import Iterator, Mapping

from rekisteri.customers.countries import country_name
from rekisteri.disclosures import rules
from rekisteri.disclosures.models import Recipient
from rekisteri.disclosures.recipients import all_recipients
from rekisteri.kernel.formats import fold
from rekisteri.notice.checks import add_asker

DISCLOSURES, TRANSFERS = "disclosures", "transfers"
SAFEGUARDS = {
    "adequacy": r"riittäv",
    "clauses": r"vakiolausek|vakiosopimuslausek|mallilausek",
    "corporate_rules": r"sitov\w+ sään",
    "code": r"käytännesään|sertifi",
    "derogation": r"poikkeu",
}
"""The words by which a notice tells of each safeguard."""
TELLING = 6
"""So long a word of a purpose tells what it is about; of it so much stays the same when it is inflected."""


def untold(words: Mapping[str, str]) -> list[str]:
    """What of the recipients in use the notice's rows of disclosures and of transfers do not tell."""
    found = [one for one in all_recipients() if one.active]
    said = fold(words.get(DISCLOSURES, ""))
    lacking = [
        f"Kerro luovutuksissa myös tästä vastaanottajasta tai sen ryhmästä ja tarkoituksesta: {_named(one)}."
        for one in found
        if not _is_told(one, said)
    ]
    return [*lacking, *_abroad(found, words.get(TRANSFERS, ""))]


def _named(one: Recipient) -> str:
    purpose = one.purpose.rstrip(".")
    return f"{one.name} ({rules.ROLES[one.role].lower()}), {purpose[:1].lower()}{purpose[1:]}"


def _is_told(one: Recipient, said: str) -> bool:
    """A notice may name a recipient, or tell of its group by what the data are for; of an authority by the word itself."""
    if fold(one.name) in said or (one.role == "authority" and "viranomai" in said):
        return True
    return any(_stem(word) in said for word in re.findall(r"\w+", one.purpose) if len(word) >= TELLING)


def _abroad(found: list[Recipient], told: str) -> Iterator[str]:
    said = fold(told)
    for one in found:
        country = country_name(one.country)
        if not one.transfer.abroad:
            continue
        if _stem(country) not in said:
            yield f"Kerro siirroista EU:n ja ETA:n ulkopuolelle myös tämä: {one.name}, {country}."
        elif (words := SAFEGUARDS.get(one.transfer_basis)) and not re.search(words, told, re.IGNORECASE):
            yield f"Kerro siirroista myös suojatoimi: {one.name}, {country}, {rules.SAFEGUARDS[one.transfer_basis].lower()}."


def _stem(name: str) -> str:
    """As much of a word as stays the same when it is inflected: ”yhdysval” of Yhdysvaltoihin."""
    return fold(name)[: max(4, len(name) - 3)]


add_asker(untold)
