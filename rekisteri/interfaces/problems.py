"""What the interface says when it cannot do what was asked, in Finnish and English (RFC 9457)."""

from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("fi", "en")


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its status, and in each language its title and what to do."""

    status: int
    fi: tuple[str, str]
    en: tuple[str, str]


KINDS = {
    "malformed": Kind(
        400,
        ("Pyyntöä ei voi lukea", "Pyynnön runko ei ole kelvollista JSONia tai pyyntö on muuten viallinen."),
        ("The request cannot be read", "The body is not valid JSON, or the request is broken in some other way."),
    ),
    "key-in-address": Kind(
        400,
        ("Avain on osoitteessa", "Lähetä avain otsakkeessa Authorization. Osoitteet jäävät lokeihin: vaihda avain."),
        (
            "The key is in the address",
            "Send the key in the Authorization header. Addresses stay in logs: rotate the key.",
        ),
    ),
    "no-key": Kind(
        401,
        ("Avain puuttuu", "Lähetä avain otsakkeessa Authorization: Bearer …"),
        ("The key is missing", "Send the key in the header Authorization: Bearer …"),
    ),
    "bad-key": Kind(
        401,
        ("Avain ei kelpaa", "Avain on tuntematon, vanhentunut, vaihdettu tai suljettu."),
        ("The key is not valid", "The key is unknown, expired, replaced or revoked."),
    ),
    "wrong-network": Kind(
        403,
        ("Väärä verkko", "Avain ei avaa rajapintaa tästä verkosta."),
        ("Wrong network", "The key does not open the interface from this network."),
    ),
    "recipient-closed": Kind(
        403,
        ("Kumppanille ei voi antaa tietoja", "Kumppanin sopimus tai tietojen siirron edellytykset eivät ole kunnossa."),
        (
            "Nothing may go to the partner",
            "The partner's agreement or the conditions of the transfer are not in order.",
        ),
    ),
    "outside-scope": Kind(
        403,
        ("Liittymä ei oikeuta tähän", "Liittymälle ei ole annettu oikeutta tähän toimintoon tai näihin tietoihin."),
        ("Outside the scope", "The connection has not been given a right to this operation or to these fields."),
    ),
    "use-forbidden": Kind(
        403,
        (
            "Käyttö on kielletty",
            "Asiakkaan tietoja ei saa käyttää tähän: asiakas on kieltänyt sen tai käsittelyä on rajoitettu.",
        ),
        (
            "The use is forbidden",
            "The customer's data may not be used so: the customer has forbidden it, or processing is restricted.",
        ),
    ),
    "not-found": Kind(
        404,
        ("Ei löydy", "Osoitteessa ei ole mitään, tai se ei kuulu teille."),
        ("Not found", "There is nothing at this address, or it is not yours."),
    ),
    "wrong-method": Kind(
        405,
        (
            "Toiminto ei ole mahdollinen",
            "Tätä osoitetta ei voi käyttää näin. Sallitut menetelmät ovat otsakkeessa Allow.",
        ),
        ("Method not allowed", "This address cannot be used so. The header Allow lists the methods that can."),
    ),
    "only-json": Kind(
        406,
        ("Vastaus on JSONia", "Rajapinta vastaa vain muodossa application/json."),
        ("The answer is JSON", "The interface answers in application/json only."),
    ),
    "another-content": Kind(
        409,
        ("Sama tunniste, eri sisältö", "Tällä Idempotency-Key-tunnisteella on jo tehty toinen kirjaus."),
        ("Same key, another content", "Another write has already been made under this Idempotency-Key."),
    ),
    "too-large": Kind(
        413,
        ("Pyyntö on liian suuri", "Pyynnön rungossa voi olla enintään 65 536 tavua."),
        ("The request is too large", "The body of a request holds 65,536 bytes at most."),
    ),
    "not-json": Kind(
        415,
        ("Runko ei ole JSONia", "Lähetä runko muodossa application/json."),
        ("The body is not JSON", "Send the body as application/json."),
    ),
    "misshapen": Kind(
        422,
        ("Tiedot eivät kelpaa", "Osa tiedoista ei ole kuvatun muotoisia. Katso kohdasta errors, mitkä."),
        ("The content does not fit", "Some of the content is not as described. See errors."),
    ),
    "rule": Kind(
        422,
        ("Rekisterin sääntö estää tämän", "Rekisterin sääntö estää tämän."),
        ("A rule of the register refuses this", "A rule of the register refuses this; the reason is given in Finnish."),
    ),
    "too-many": Kind(
        429,
        ("Liian monta pyyntöä", "Odota otsakkeessa Retry-After kerrottu aika."),
        ("Too many requests", "Wait for the time that the header Retry-After tells."),
    ),
    "error": Kind(
        500,
        ("Ohjelmassa on virhe", "Toiminto ei onnistunut. Mitään ei tallennettu."),
        ("There is an error in the program", "The operation failed. Nothing was saved."),
    ),
    "away": Kind(
        503,
        ("Rekisteri ei vastaa juuri nyt", "Mitään ei tallennettu. Yritä hetken kuluttua uudelleen."),
        ("The register does not answer just now", "Nothing was saved. Try again in a moment."),
    ),
}
BY_STATUS = {
    400: "malformed",
    401: "no-key",
    403: "wrong-network",
    404: "not-found",
    405: "wrong-method",
    409: "another-content",
    413: "too-large",
    415: "not-json",
    422: "rule",
    503: "away",
}
EXPECTED = {
    "text": ("odotettiin tekstiä", "a text was expected"),
    "length": ("pituuden on oltava {}", "the length must be {}"),
    "pattern": ("tekstissä on merkkejä, jotka eivät kelpaa", "the text has signs that are not accepted"),
    "decimal": ("odotettiin lukua tekstinä, esimerkiksi ”12.50”", "a number as text was expected, such as “12.50”"),
    "day": ("odotettiin päivää muodossa 2026-11-24", "a day such as 2026-11-24 was expected"),
    "whole": ("odotettiin kokonaislukua", "a whole number was expected"),
    "range": ("luvun on oltava {}", "the number must be {}"),
    "truth": ("odotettiin arvoa true tai false", "true or false was expected"),
    "one_of": ("odotettiin jotakin näistä: {}", "one of these was expected: {}"),
    "list": ("odotettiin luetteloa", "a list was expected"),
    "count": ("kohtia on oltava {}", "there must be {} items"),
    "record": ("odotettiin oliota", "an object was expected"),
    "unknown": ("kohtaa ei tunneta", "nothing is known by this name"),
    "missing": ("kohta puuttuu", "this is missing"),
    "value": ("arvo ei kelpaa", "the value is not accepted"),
}
"""What a `shapes.Misshapen` says, by its code."""


@dataclass
class Problem(Exception):
    """What was asked is not done. `sentence` is a rule's own, in Finnish; `errors` are places in the content."""

    code: str
    sentence: str = ""
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.code].status

    def told(self, language: str, root: str) -> dict[str, Any]:
        """The answer's content; its type is an address of the interface's own page, where the kind is explained."""
        kind, place = KINDS[self.code], LANGUAGES.index(language)
        title, detail = (kind.fi, kind.en)[place]
        told: dict[str, Any] = {"type": f"{root}#virhe-{self.code}", "title": title, "status": kind.status}
        told["detail"] = f"{detail} {self.sentence}" if self.sentence and language == "en" else self.sentence or detail
        if self.errors:
            told["errors"] = [
                {"pointer": at, "detail": EXPECTED[code][place].format(limit)} for at, code, limit in self.errors
            ]
        return told
