"""What the register holds beyond the basic data, and whether the notice in force says so (GDPR art. 5(1)(a), 13 and 14).

The basic data (name, organisation, addresses, numbers, orders) are in every notice. Anything more may be recorded only
once people have been told of it. A machine sees only that the thing is mentioned in the row of the register's content;
whoever publishes answers for the words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rekisteri.kernel.clock import today
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import service
from rekisteri.notice.models import NoticeVersion
from rekisteri.notice.richtext import from_html, plain


@dataclass(frozen=True)
class Group:
    """A group of data: what is not told (”yhteydenotoista”), what then may not be recorded, the words that tell of it."""

    told_of: str
    recorded: str
    stems: str

    def mentioned_in(self, words: str) -> bool:
        """Whether a text speaks of such data."""
        return bool(re.search(self.stems, words, re.IGNORECASE))


GROUPS = {
    "contact_notes": Group("yhteydenotoista", "Yhteydenottoja", r"yhteydeno|muistiinpan"),
    "roles": Group("tehtävästä yhteisössä", "Tehtävää yhteisössä", r"tehtäv|asema|rooli|toimenkuva|\bnimike|ammatti"),
    "invoices": Group("laskuista", "Laskuja", r"lasku|maksutie"),
    "collections": Group("perinnästä", "Perintää", r"perin(?:tä|nä|tää)|peri[tmiä]"),
    "consents": Group("suostumuksista", "Suostumuksia", r"suostumu|markkinointilu"),
    "credit": Group("luottopäätöksistä", "Luottohakemuksia", r"luotto"),
}
_held: dict[str, Callable[[], bool]] = {}


def add_held(group: str, any_held: Callable[[], bool]) -> None:
    """Let the check of the notice ask whether the register holds such data; told once by the room that keeps them."""
    if group not in GROUPS:
        raise KeyError(group)
    _held[group] = any_held


def declares(group: str) -> bool:
    """Whether the notice in force mentions such data in the row of the register's content."""
    version = service.in_force(today())
    return version is not None and GROUPS[group].mentioned_in(_content_of(version))


def _content_of(version: NoticeVersion) -> str:
    bodies = [section.body for section in version.sections if section.key == "content"]
    return "\n".join(plain(from_html(body)) for body in bodies)


def why_not(group: str) -> str | None:
    """The sentence that tells why such data may not be recorded; None when they may."""
    if declares(group):
        return None
    named = GROUPS[group]
    return (
        f"{named.recorded} ei voi kirjata, koska voimassa oleva tietosuojaseloste ei kerro {named.told_of}. "
        "Täydennä selosteen kohtaa ”Rekisterin tietosisältö” ja julkaise seloste."
    )


def check_declared(group: str, *, field: str | None = None) -> None:
    """Refuse to record what people have not been told of.

    :raises RuleViolation: the notice in force does not mention such data.
    """
    if sentence := why_not(group):
        raise RuleViolation(sentence, field=field)


def undeclared(words: str) -> list[Group]:
    """The groups of which the register holds something and the words of a notice's content row say nothing."""
    silent = [key for key in _held if not GROUPS[key].mentioned_in(words)]
    return [GROUPS[key] for key in silent if _held[key]()]
