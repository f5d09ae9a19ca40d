"""The rights a request may concern as certificates name them, and the grounds of refusal that every right shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from rekisteri.kernel.errors import RuleViolation

SHORTEST_REASONS = 20
"""Signs. A refusal must give its reasons; a code or a word is not one (GDPR art. 12(4))."""

REGULATION = "yleisen tietosuoja-asetuksen"


@dataclass(frozen=True)
class Right:
    """How a certificate speaks of a request: ”todistus poistopyynnön epäämisestä”, ”emme hyväksy poistopyyntöänne”."""

    of_it: str
    yours: str
    article: str
    refusal: str = "epäämisestä"


RIGHTS = {
    "rectification": Right("oikaisupyynnön", "oikaisupyyntöänne", f"{REGULATION} 16 artikla"),
    "access": Right("tarkastuspyynnön", "tarkastuspyyntöänne", f"{REGULATION} 15 artikla"),
    "portability": Right(
        "tietojen siirtämistä koskevan pyynnön",
        "pyyntöänne siirtää tiedot järjestelmästä toiseen",
        f"{REGULATION} 20 artikla",
    ),
    "erasure": Right("poistopyynnön", "poistopyyntöänne", f"{REGULATION} 17 artikla"),
    "anonymisation": Right(
        "anonymisointipyynnön", "anonymisointipyyntöänne", f"{REGULATION} 17 artikla ja rekisterin tietosuojaseloste"
    ),
    "restriction": Right(
        "käsittelyn rajoittamista koskevan pyynnön",
        "pyyntöänne rajoittaa tietojen käsittelyä",
        f"{REGULATION} 18 artikla",
    ),
    "objection": Right(
        "käsittelyn vastustamista koskevan pyynnön",
        "pyyntöänne lopettaa vastustamanne käsittely",
        f"{REGULATION} 21 artikla",
    ),
    "prohibition": Right("kieltopyynnön", "kieltopyyntöänne", f"{REGULATION} 21 artiklan 2 ja 3 kohta"),
    "consent_withdrawal": Right(
        "suostumuksen peruuttamista koskevan pyynnön",
        "pyyntöänne lopettaa suostumukseen perustuva käsittely",
        f"{REGULATION} 7 artiklan 3 kohta",
    ),
    "complaint": Right("valituksen", "valitustanne", f"{REGULATION} 12 artikla", refusal="hylkäämisestä"),
}
"""By the code of the matter (`matters.MatterKind.code`)."""

_PLAIN = Right("pyynnön", "pyyntöänne", f"{REGULATION} 12 artikla")


def right_called(code: str) -> Right:
    """How a certificate speaks of this right; of one that it has no words for, simply as a request."""
    return RIGHTS.get(code, _PLAIN)


@dataclass(frozen=True)
class Ground:
    """Why a request may be refused: a short name, the sentence printed on the certificate, what it rests on."""

    label: str
    sentence: str
    article: str


UNFOUNDED = {
    "unfounded": Ground(
        "Pyyntö on ilmeisen perusteeton",
        "Pyyntö on ilmeisen perusteeton.",
        f"{REGULATION} 12 artiklan 5 kohta",
    ),
    "excessive": Ground(
        "Pyyntö on kohtuuton",
        "Pyyntö on kohtuuton, erityisesti koska samaa on esitetty toistuvasti.",
        f"{REGULATION} 12 artiklan 5 kohta",
    ),
}
"""The two for which a fee may be asked instead of refusing; the controller bears the proof."""

COMMON_GROUNDS = UNFOUNDED | {
    "identity": Ground(
        "Pyynnön esittäjää ei ole voitu tunnistaa",
        "Pyynnön esittäjän henkilöllisyydestä on perusteltu epäily, jota ei ole saatu poistetuksi.",
        f"{REGULATION} 11 artikla sekä 12 artiklan 2 ja 6 kohta",
    ),
    "no_authority": Ground(
        "Oikeutta toimia toisen puolesta ei ole osoitettu",
        "Toisen puolesta esitetyn pyynnön tueksi ei ole osoitettu valtuutusta, huoltajuutta eikä edunvalvontaa.",
        f"{REGULATION} 12 artikla",
    ),
    "deceased": Ground(
        "Pyyntö koskee kuollutta henkilöä",
        "Oikeus on henkilökohtainen, eikä tietosuoja-asetusta sovelleta kuolleen henkilön tietoihin.",
        f"{REGULATION} johdanto-osan 27 kappale ja 12 artikla",
    ),
    "unspecified": Ground(
        "Pyyntöä ei ole yksilöity",
        "Pyynnöstä ei käy ilmi, mitä siinä vaaditaan, eikä sitä ole täydennetty, vaikka täydennystä on pyydetty.",
        f"{REGULATION} 12 artikla",
    ),
}
"""Grounds that have nothing to do with which right was used; each right has its own besides."""


def check_reasons(reasons: str, field: str = "reasons") -> None:
    """The reasons of a refusal are told in plain words (GDPR art. 12(4))."""
    if len(reasons.strip()) < SHORTEST_REASONS:
        raise RuleViolation(
            "Kirjoita epäämisen syyt niin, että pyynnön esittäjä ymmärtää ne. Pelkkä peruste ei riitä.", field=field
        )


def check_items(items: Sequence[dict[str, str]]) -> None:
    """A certificate tells of each thing refused what was demanded, why it is refused and on what ground."""
    if not items:
        raise RuleViolation("Kieltäytymistodistus annetaan vain evätystä vaatimuksesta.")
    for item in items:
        if not item.get("title") or not item.get("ground"):
            raise RuleViolation("Todistuksen jokaisella kohdalla on oltava otsikko ja peruste.")
        check_reasons(item.get("reasons", ""))
