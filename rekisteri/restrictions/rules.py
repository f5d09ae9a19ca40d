"""The rules of restriction (GDPR art. 18, 19): why processing is restricted, what may be done meanwhile, how it ends.

Plain values in; an answer or a `RuleViolation` with a Finnish sentence out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rekisteri.cases.grounds import SHORTEST_REASONS, check_reasons
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

_REGULATION = "yleisen tietosuoja-asetuksen"


@dataclass(frozen=True)
class Ground:
    """Why processing is restricted: a short name, a sentence to the person, how long it lasts, the provision.

    `asked` tells whether the person may ask for it; the company alone restricts what it may not yet erase.
    """

    label: str
    sentence: str
    lasts: str
    article: str
    asked: bool = True


GROUNDS = {
    "accuracy": Ground(
        "Tietojen paikkansapitävyys on kiistetty",
        "Olette kiistänyt tietojenne paikkansapitävyyden.",
        "Rajoitus on voimassa, kunnes tietojen paikkansapitävyys on tarkistettu.",
        f"{_REGULATION} 18 artiklan 1 kohdan a alakohta",
    ),
    "unlawful": Ground(
        "Käsittely on lainvastaista, mutta tietoja ei haluta poistettaviksi",
        "Tietojanne on käsitelty lainvastaisesti, ja olette pyytänyt niiden poistamisen sijaan käsittelyn rajoittamista.",
        "Rajoitus on voimassa, kunnes pyydätte tietojen poistamista tai rajoituksen päättämistä.",
        f"{_REGULATION} 18 artiklan 1 kohdan b alakohta",
    ),
    "claim": Ground(
        "Rekisteröity tarvitsee tietoja oikeusvaadetta varten",
        "Emme enää tarvitse tietojanne, mutta te tarvitsette niitä oikeusvaateen laatimiseksi, esittämiseksi tai puolustamiseksi.",
        "Rajoitus on voimassa niin kauan kuin tarvitsette tietoja oikeusvaadetta varten.",
        f"{_REGULATION} 18 artiklan 1 kohdan c alakohta",
    ),
    "objection": Ground(
        "Käsittelyä on vastustettu, ja asia on ratkaisematta",
        "Olette vastustanut tietojenne käsittelyä.",
        "Rajoitus on voimassa, kunnes on ratkaistu, syrjäyttävätkö yrityksen perusteet teidän perusteenne.",
        f"{_REGULATION} 18 artiklan 1 kohdan d alakohta",
    ),
    "held": Ground(
        "Tietoja säilytetään vain, koska niiden poistamiselle on este",
        "Tietojenne poistamiselle on vielä este.",
        "Rajoitus on voimassa, kunnes este päättyy ja tiedot poistetaan.",
        f"{_REGULATION} 5 artiklan 1 kohdan b ja c alakohta sekä 17 artiklan 3 kohta",
        asked=False,
    ),
}
"""Why the processing of somebody's data is restricted."""

EXCEPTION_GROUNDS = {
    "consent": "Rekisteröidyn suostumus",
    "claim": "Oikeusvaateen laatiminen, esittäminen tai puolustaminen",
    "others": "Toisen henkilön oikeuksien suojaaminen",
    "public_interest": "Tärkeä yleinen etu",
}
"""On what grounds restricted data may be used all the same (GDPR art. 18(2))."""

EXCEPTION_USES = {
    "dealing": "Tilausten ja laskujen kirjaaminen",
    "disclosure": "Tietojen luovuttaminen",
    "editing": "Tietojen muuttaminen",
}
"""What an exception may be made for: what is done with one customer at a time. Lists and mailings have none."""

DECISIONS = {
    "granted": "Käsittely rajoitetaan",
    "partly_granted": "Käsittely rajoitetaan osittain",
    "refused": "Pyyntö evätään",
}
REFUSALS = {
    "no_ground": (
        "Rajoittamiselle ei ole perustetta",
        "Yleisen tietosuoja-asetuksen 18 artiklan 1 kohdan edellytykset eivät täyty.",
        f"{_REGULATION} 18 artiklan 1 kohta",
    ),
    "not_contested": (
        "Tietojen paikkansapitävyydestä ei ole erimielisyyttä",
        "Tietojen paikkansapitävyyttä ei ole kiistetty, tai se on jo tarkistettu.",
        f"{_REGULATION} 18 artiklan 1 kohdan a alakohta",
    ),
    "not_held": (
        "Tietoja ei ole rekisterissä",
        "Rekisterissä ei ole tietoja, joiden käsittelyä voitaisiin rajoittaa.",
        f"{_REGULATION} 18 artikla",
    ),
    "identity": (
        "Pyynnön esittäjää ei ole voitu tunnistaa",
        "Pyynnön esittäjän henkilöllisyydestä on perusteltu epäily, jota ei ole saatu poistetuksi.",
        f"{_REGULATION} 11 artikla sekä 12 artiklan 2 ja 6 kohta",
    ),
    "no_authority": (
        "Asiamiehen valtuutta ei ole osoitettu",
        "Toisen puolesta esitetyn pyynnön tueksi ei ole osoitettu valtuutusta.",
        f"{_REGULATION} 12 artikla",
    ),
    "other": (
        "Muu syy",
        "Pyyntöä ei hyväksytä jäljempänä mainituista syistä.",
        f"{_REGULATION} 12 artiklan 4 kohta ja 18 artikla",
    ),
}
"""Why a request is refused: a short name, the sentence of the certificate, the provision."""

FACTS = {"restrictions": "käsittelyn rajoitukset"}
"""What of a customer was looked at, as the processing log says it."""

HELD_STILL = (
    "Este on vielä voimassa, ja tiedot odottavat poistamista. Rajoitus päättyy, kun este on päättynyt ja loputkin tiedot "
    "poistetaan."
)
NOTICE_DAYS = 7
"""Between the letter that tells of the end and the end itself, so that the letter is there first (GDPR art. 18(3))."""
LONGEST_EXCEPTION = 92
"""Days. An exception is for what is to be done now; one that never ends would be no restriction any more."""
RESTRICTED = "Asiakkaan tietojen käsittely on rajoitettu (yleisen tietosuoja-asetuksen 18 artikla)."
HOW_YET = "Jos käyttöön on laillinen peruste, kirjaa se ensin poikkeukseksi asiakkaan kortilta avautuvalla rajoituksen sivulla."


def grounds_by_code() -> dict[str, str]:
    """What the codes of grounds and refusals are called, for the processing log."""
    return {code: ground.label for code, ground in GROUNDS.items()} | {
        code: refusal[0] for code, refusal in REFUSALS.items()
    }


def check_restriction(ground: str | None, fields: Collection[str] | None, *, known: Mapping[str, str]) -> None:
    """A restriction rests on a ground and concerns all of a customer's data or some that are told apart.

    :param known: the data that may be restricted, by field.
    """
    if ground not in GROUNDS:
        raise RuleViolation("Valitse, millä perusteella käsittely rajoitetaan.", field="ground")
    if fields is not None and not fields:
        raise RuleViolation("Valitse, mitä tietoja rajoitus koskee.", field="fields")
    if fields is not None and not set(fields) <= set(known):
        raise RuleViolation("Valitse tiedot luettelosta.", field="fields")


def together(
    one: Collection[str] | None, other: Collection[str] | None, *, known: Mapping[str, str]
) -> list[str] | None:
    """What two restrictions concern between them, in the order of the card; None, which is everything, if either does."""
    return None if one is None or other is None else [field for field in known if field in {*one, *other}]


def check_told(reason: str, *, field: str = "reason") -> None:
    """What is printed in a letter is written so that the person understands it."""
    if len(reason.strip()) < SHORTEST_REASONS:
        raise RuleViolation(
            "Kirjoita syy niin, että rekisteröity ymmärtää sen. Teksti tulostuu kirjeeseen.", field=field
        )


def check_in_force(ended_on: date | None) -> None:
    """Nothing is done to a restriction that has ended."""
    if ended_on is not None:
        raise RuleViolation(f"Rajoitus on päättynyt {fi_date(ended_on)}.")


def check_lifting(*, ended_on: date | None, ends_on: date, on: date, reason: str, missing: Sequence[str]) -> None:
    """The person is told beforehand, with the reason and the day (GDPR art. 18(3))."""
    check_in_force(ended_on)
    check_told(reason)
    if ends_on <= on:
        raise RuleViolation(
            "Rajoitus voi päättyä aikaisintaan huomenna, koska siitä on ilmoitettava ennen päättymistä.",
            field="ends_on",
        )
    check_letterhead(missing)


def check_letterhead(missing: Sequence[str]) -> None:
    """No letter goes out with an incomplete letterhead."""
    if missing:
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing)}.")


def why_not_end(*, ended_on: date | None, ends_on: date | None, letter_left: bool, on: date) -> str | None:
    """What still keeps a restriction in force, as a sentence; None when it may end.

    :param letter_left: whether the letter that tells of the end has been posted or shown impossible to deliver.
    """
    if ended_on is not None:
        return f"Rajoitus on päättynyt {fi_date(ended_on)}."
    if ends_on is None:
        return "Rajoituksen päättymisestä on ensin ilmoitettava rekisteröidylle."
    if not letter_left:
        return "Kirjettä rajoituksen päättymisestä ei ole vielä merkitty lähetetyksi."
    if on < ends_on:
        return (
            f"Rekisteröidylle on kirjoitettu, että rajoitus päättyy {fi_date(ends_on)}. Sitä ennen se pysyy voimassa."
        )
    return None


def lifting_day(on: date) -> date:
    """The day a restriction ends unless another is chosen."""
    return on + timedelta(days=NOTICE_DAYS)


def check_exception(*, ended_on: date | None, use: str, ground: str, why: str, until: date, on: date) -> None:
    """An exception says what is done, on which of the grounds of art. 18(2), why, and until when."""
    check_in_force(ended_on)
    if use not in EXCEPTION_USES:
        raise RuleViolation("Valitse, mihin tietoja käytetään.", field="use")
    if ground not in EXCEPTION_GROUNDS:
        raise RuleViolation("Valitse, millä perusteella tietoja käytetään rajoituksesta huolimatta.", field="ground")
    if len(why.split()) < 3:
        raise RuleViolation(
            "Kirjoita, mitä tehdään ja mistä peruste käy ilmi, esimerkiksi ”suostumus puhelimessa 3.3.2026”.",
            field="why",
        )
    if until < on:
        raise RuleViolation("Poikkeuksen viimeinen päivä ei voi olla menneisyydessä.", field="until")
    if (until - on).days > LONGEST_EXCEPTION:
        raise RuleViolation("Poikkeus voi olla voimassa enintään kolme kuukautta.", field="until")


def check_decision(*, decided: bool, case_open: bool, person_known: bool, decision: str | None) -> None:
    """A request is decided once, while its case is open; nobody's data can be restricted before the person is known."""
    if decided:
        raise RuleViolation("Pyyntö on jo ratkaistu.")
    if not case_open:
        raise RuleViolation("Pyyntö on jo päättynyt, joten sitä ei voi enää ratkaista.")
    if decision not in DECISIONS:
        raise RuleViolation("Valitse, miten pyyntö ratkaistaan.", field="decision")
    if decision != "refused" and not person_known:
        raise RuleViolation(
            "Valitse ensin asiakas, jonka tietoja pyyntö koskee. Muuten pyynnön voi vain evätä.", field="decision"
        )


def check_identified(identity_method: str | None) -> None:
    """The answer tells a person's data and who has got them, so it is given when it is known who asks (GDPR art. 12(6))."""
    if not identity_method:
        raise RuleViolation("Varmista ensin, kuka pyynnön esittää. Vastaus kertoo hänen tietojaan.", field="decision")


def check_asked_ground(ground: str | None) -> None:
    """What a request is granted on is one of the four grounds of art. 18(1)."""
    if ground not in GROUNDS or not GROUNDS[ground].asked:
        raise RuleViolation("Valitse, millä perusteella käsittely rajoitetaan.", field="ground")


def check_refusal(refusal: str | None, reasons: str) -> None:
    """A refusal states its ground and its reasons in plain words (GDPR art. 12(4))."""
    if refusal not in REFUSALS:
        raise RuleViolation("Valitse peruste, jolla pyyntö evätään.", field="refusal_ground")
    check_reasons(reasons)


def blockers(*, decided: bool, untold: int) -> list[str]:
    """What still prevents closing the case, as Finnish sentences.

    :param untold: how many recipients have no letter about the restriction yet (GDPR art. 19).
    """
    found = [] if decided else ["Pyyntöä käsittelyn rajoittamisesta ei ole ratkaistu."]
    if untold:
        found.append("Kaikille tietojen vastaanottajille ei ole laadittu ilmoitusta käsittelyn rajoittamisesta.")
    return found


def what(fields: Sequence[str] | None, labels: Mapping[str, str]) -> str:
    """What a restriction concerns, in words: ”kaikki tiedot” or the names of the data."""
    if fields is None:
        return "kaikki tiedot"
    return ", ".join(_in_a_sentence(labels.get(field, field)) for field in fields)


def _in_a_sentence(label: str) -> str:
    """A name as it stands inside a sentence: ”katuosoite”, but ”Y-tunnus”."""
    return label if label[1:2] == "-" else label[:1].lower() + label[1:]


def begun_large(text: str) -> str:
    """A text that begins a line."""
    return text[:1].upper() + text[1:]
