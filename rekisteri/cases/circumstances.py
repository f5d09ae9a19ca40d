"""What is out of the ordinary in a request, and what the law says to do of it: shown on its page while it is open.

Nothing here refuses anything by itself; a person decides.
"""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from rekisteri.cases import deadlines, similar, unfounded
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.forgotten import service as forgotten
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date, fi_money


@dataclass(frozen=True)
class Circumstance:
    """One odd thing: a sentence, how strongly it is shown, and where it is dealt with."""

    title: str
    text: str
    tone: str = "warn"
    url: str | None = None
    action: str = ""
    permission: str = "cases.edit"
    """What the action needs; the sentence is shown to everybody."""


REPRESENTED = {
    "minor": "Pyynnön esittää lapsen huoltaja. Varmista huoltajuus. Jos lapsi on kyllin kypsä ymmärtämään asian, kuule myös häntä.",
    "ward": "Pyynnön esittää edunvalvoja. Varmista edunvalvontamääräyksestä, että se kattaa tämän asian.",
    "deceased": "Tietosuoja-asetus ei koske kuollutta, eikä hänen oikeutensa siirry omaisille. Poista tarpeettomat tiedot omasta aloitteesta ja anna esittäjälle kieltäytymistodistus.",
}


def circumstances(case: Case, on: date) -> list[Circumstance]:
    """Everything out of the ordinary in an open request, what stops the clock first."""
    if not case.is_open or case.own_initiative:
        return []
    found = [_paused(case, on), _fee(case, on), _represented(case), _mandate(case), _twice(case)]
    if case.state != "decided":
        found += [_forgotten(case), _not_held(case), _unproven(case)]
    return [one for one in found if one is not None]


def _paused(case: Case, on: date) -> Circumstance | None:
    held = deadlines.open_pause(case)
    if held is None:
        return None
    text = f"Henkilöllisyyden vahvistusta on pyydetty {fi_date(held.paused_from)}, ja vastausta odotetaan {fi_date(held.reply_by)} asti."
    if on > held.reply_by:
        text += " Vastausaika on päättynyt. Jatka käsittelyä ja ratkaise pyyntö niillä tiedoilla, jotka ovat."
    url = url_for("cases.resume", id=case.id)
    return Circumstance("Määräajan kuluminen on keskeytetty", text, "warn", url, "Jatka määräajan kulumista")


def _fee(case: Case, on: date) -> Circumstance | None:
    fee = unfounded.unanswered_fee(case)
    if fee is None:
        return None
    text = f"Maksusta {fi_money(fee.amount)} on kerrottu {fi_date(fee.told_on)}. Vastausta odotetaan {fi_date(fee.reply_by)} asti."
    if on > fee.reply_by:
        text += " Vastausaika on päättynyt: maksua ei ole hyväksytty."
    return Circumstance(
        "Maksuun ei ole vastattu",
        text,
        "warn",
        url_for("cases.fee_answer", id=case.id),
        "Kirjaa vastaus",
        unfounded.DECIDE,
    )


def _represented(case: Case) -> Circumstance | None:
    if case.represented is None:
        return None
    return Circumstance("Pyyntö on esitetty toisen puolesta", REPRESENTED[case.represented], "info")


def _mandate(case: Case) -> Circumstance | None:
    if case.mandate != "missing" or case.represented == "deceased":
        return None
    return Circumstance(
        "Valtuutusta ei ole esitetty",
        "Tietoja ei saa antaa eikä muuttaa sivullisen pyynnöstä. Pyydä ensin valtakirja tai muu selvitys.",
        "warn",
        url_for("cases.ask_for_details", id=case.id),
        "Pyydä selvitys",
    )


def _twice(case: Case) -> Circumstance | None:
    twins = similar.same_open(kinds=case.kinds, customer_id=case.customer_id, name=case.requester_name, but=case.id)
    if not twins:
        return None
    numbers = ", ".join(twin.number for twin in twins)
    return Circumstance(
        "Samasta asiasta on toinen avoin pyyntö",
        f"Sama henkilö on pyytänyt samaa: {numbers}. Tarkista, onko kyse samasta pyynnöstä.",
        "info",
        url_for("cases.show", id=twins[0].id),
        f"Avaa {twins[0].number}",
    )


def _forgotten(case: Case) -> Circumstance | None:
    """Somebody erased earlier may ask again; the register knows only that it has forgotten somebody like this."""
    if case.person_state == "found":
        return None
    *first, last = case.requester_name.split() or [""]
    values = {
        "last_name": last,
        "first_name": " ".join(first),
        "street": case.requester_street,
        "postcode": case.requester_postcode,
        "email": case.requester_email,
    }
    try:
        known = forgotten.recognised("person", {field: value for field, value in values.items() if value})
    except RuleViolation as violation:
        return Circumstance("Poistettuja ei voida tunnistaa", violation.sentence)
    if known is None:
        return None
    return Circumstance(
        "Tiedot on voitu poistaa aiemmin",
        "Pyynnön esittäjän tiedot muistuttavat ihmistä, jonka tiedot on poistettu rekisteristä. Rekisteri ei enää tiedä, "
        "kuka hän oli. Jos häntä ei löydy, vastaa, ettei tietoja ole.",
        "info",
    )


def _not_held(case: Case) -> Circumstance | None:
    if case.person_state != "not_found":
        return None
    return Circumstance(
        "Henkilöä ei ole rekisterissä",
        "Vastaa, ettei hänen tietojaan käsitellä. Kirje ratkaisee kaikki pyynnön asiat, ja siinä ovat oikeussuojakeinot.",
        "info",
        url_for("cases.not_held", id=case.id),
        "Vastaa, ettei tietoja ole",
        unfounded.DECIDE,
    )


def _unproven(case: Case) -> Circumstance | None:
    """An e-mail from an address that the register does not know proves nobody; its lack of a signature is no fault."""
    if case.channel != "email" or case.identity_method or case.customer is None:
        return None
    held = {datum.value for field, datum in customers.current(case.customer).items() if field.startswith("email")}
    if case.requester_email and case.requester_email in held:
        return None
    return Circumstance(
        "Sähköpostin lähettäjää ei ole tunnistettu",
        "Allekirjoitusta ei vaadita. Varmista henkilöllisyys esimerkiksi vastaamalla rekisterissä olevaan osoitteeseen "
        "tai soittamalla rekisterissä olevaan numeroon.",
        "info",
        url_for("cases.identity", id=case.id),
        "Varmista henkilöllisyys",
    )
