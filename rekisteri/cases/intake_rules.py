"""The rules of the odd turns of a request: the clock that stands still, the fee, the matter that ends before its time.

Plain values in; a `RuleViolation` with a Finnish sentence out.
"""

from collections.abc import Collection
from datetime import date

from rekisteri.cases.codes import FEE_ANSWERS
from rekisteri.cases.grounds import COMMON_GROUNDS, UNFOUNDED, check_reasons
from rekisteri.kernel.errors import RuleViolation

FEWEST_WORDS = 3


def _few(text: str, fewest: int = FEWEST_WORDS) -> bool:
    return len(text.split()) < fewest


def check_pause(
    *, paused: bool, identified: bool, due: date, reason: str, wanted: str, reply_by: date, on: date
) -> None:
    """The clock stands still only for a reasonable doubt of who asks, told at once and before the time is over.

    GDPR art. 12(6). What is asked for may be no more than what takes the doubt away (art. 5(1)(c)).
    """
    if paused:
        raise RuleViolation("Määräaika on jo keskeytetty.")
    if identified:
        raise RuleViolation("Henkilöllisyys on jo varmistettu, joten määräaikaa ei voi keskeyttää.")
    if on > due:
        raise RuleViolation("Määräaika on jo päättynyt, joten sitä ei voi enää keskeyttää. Vastaa pyyntöön heti.")
    if _few(reason):
        raise RuleViolation(
            "Kirjoita, mihin epäily perustuu. Ilman perusteltua epäilyä määräaikaa ei saa keskeyttää.", field="reason"
        )
    if _few(wanted):
        raise RuleViolation(
            "Kirjoita, miten henkilöllisyyden voi vahvistaa. Teksti painetaan kirjeeseen.", field="wanted"
        )
    if reply_by <= on:
        raise RuleViolation("Vastausajan on päätyttävä tulevaisuudessa.", field="reply_by")


def check_resume(*, paused_from: date | None, answered: date, on: date) -> None:
    """The clock goes on from the day on which the answer came."""
    if paused_from is None:
        raise RuleViolation("Määräaikaa ei ole keskeytetty.")
    if answered > on:
        raise RuleViolation("Päivä ei voi olla tulevaisuudessa.", field="answered_on")
    if answered < paused_from:
        raise RuleViolation("Vastaus ei ole voinut tulla ennen keskeytystä.", field="answered_on")


def check_chosen(chosen: Collection[str], open_kinds: Collection[str]) -> None:
    """What is done to matters at the door is done to those that are still undecided."""
    if not chosen:
        raise RuleViolation("Valitse, mitä asiaa tämä koskee.", field="kinds")
    if not set(chosen) <= set(open_kinds):
        raise RuleViolation("Asia on jo ratkaistu tai päättynyt.", field="kinds")


def check_refusal(*, ground: str | None, reasons: str, mandate: str | None, represented: str | None) -> None:
    """A request is refused at the door on one of the grounds all rights share, and the reasons are told.

    The ground must be true of what is on record: no authority only where the mandate was not shown, the dead only where
    the request was made for one.
    """
    if ground not in COMMON_GROUNDS:
        raise RuleViolation("Valitse peruste, jolla pyyntö evätään.", field="ground")
    if ground == "no_authority" and mandate != "missing":
        raise RuleViolation(
            "Kirjauksen mukaan valtuutus on esitetty tai sitä ei tarvita. Korjaa kirjausta ensin.", field="ground"
        )
    if ground == "deceased" and represented != "deceased":
        raise RuleViolation(
            "Kirjauksen mukaan pyyntö ei koske kuollutta henkilöä. Korjaa kirjausta ensin.", field="ground"
        )
    check_reasons(reasons)


def why_no_authority(*, mandate: str | None, represented: str | None) -> str | None:
    """Why nothing may be changed or erased at this request, as a sentence; None when it may.

    A stranger's word changes nobody's data. What is done about the dead rests on nobody's authority but the company's own.
    """
    if mandate != "missing" or represented == "deceased":
        return None
    return "Valtuutusta toimia toisen puolesta ei ole esitetty. Pyydä ensin selvitys tai epää pyyntö."


def check_authority(*, mandate: str | None, represented: str | None, field: str | None = None) -> None:
    """The same, where nothing else is to be told at once."""
    if refusal := why_no_authority(mandate=mandate, represented=represented):
        raise RuleViolation(refusal, field=field)


def check_fee(*, ground: str | None, reasons: str, amount: int | None, costs: str, reply_by: date, on: date) -> None:
    """A fee is asked only for an unfounded or excessive request, rests on real costs, and is told beforehand.

    GDPR art. 12(5)(a): a reasonable fee, of the administrative costs of the answer.
    """
    if ground not in UNFOUNDED:
        raise RuleViolation(
            "Maksun voi periä vain ilmeisen perusteettomasta tai kohtuuttomasta pyynnöstä.", field="ground"
        )
    check_reasons(reasons)
    if amount is None or amount <= 0:
        raise RuleViolation("Kirjoita maksun määrä euroina.", field="amount")
    if _few(costs):
        raise RuleViolation("Kirjoita, mistä kustannuksista maksu koostuu. Teksti painetaan kirjeeseen.", field="costs")
    if reply_by <= on:
        raise RuleViolation("Vastausajan on päätyttävä tulevaisuudessa.", field="reply_by")


def check_fee_answer(*, answer: str | None, given: str | None, answered: date, told: date, on: date) -> None:
    """The requester answers a fee once, after it was told."""
    if given is not None:
        raise RuleViolation("Vastaus maksuun on jo kirjattu.")
    if answer not in FEE_ANSWERS:
        raise RuleViolation("Valitse, hyväksyikö pyynnön esittäjä maksun.", field="answer")
    if not told <= answered <= on:
        raise RuleViolation("Vastaus on tullut maksusta kertomisen ja tämän päivän välillä.", field="answered_on")


def check_not_held(person_state: str) -> None:
    """That nothing is held is told only after the register has been searched."""
    if person_state != "not_found":
        raise RuleViolation("Etsi henkilö ensin rekisteristä ja merkitse, ettei häntä ole siellä.")


def check_mistaken(reason_given: bool, live: int) -> None:
    """A right ticked by mistake is taken off; the last one is not, for then nothing would be left of the request."""
    if live < 2:
        raise RuleViolation("Tämä on pyynnön ainoa asia. Jos koko pyyntö perutaan, peruuta pyyntö.")
    if not reason_given:
        raise RuleViolation("Valitse, miksi asia poistetaan pyynnöstä.", field="reason")


def check_taken(*, taken: date, received: date, ended: date | None, on: date) -> None:
    """Somebody takes a matter to the Ombudsman after it came to us, and it ends there after that; both are past."""
    if not received <= taken <= on:
        raise RuleViolation(
            "Asia on viety valtuutetulle pyynnön saapumisen ja tämän päivän välillä. Tarkista päivä.", field="taken_on"
        )
    if ended is not None and not taken <= ended <= on:
        raise RuleViolation(
            "Asia on päättynyt valtuutetun luona sinne viemisen ja tämän päivän välillä. Tarkista päivä.",
            field="ended_on",
        )
