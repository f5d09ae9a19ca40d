"""The rules of a request: what is recorded of it, when it must be answered, and when it may be closed.

Plain values in; an answer or a `RuleViolation` with a Finnish sentence out. The deadline follows the General Data Protection
Regulation art. 12(3) and Regulation 1182/71 art. 3, which governs time limits of Union law.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rekisteri.cases.codes import (
    EXTENSION_GROUNDS,
    IDENTITY_METHODS,
    MANDATES,
    OWN_INITIATIVE,
    REPRESENTED,
    REQUESTER_ROLES,
    SIGNATURES,
    STATES,
)
from rekisteri.cases.working_days import eve, next_working_day, previous_working_day
from rekisteri.customers.rules import check_value, postal_lines
from rekisteri.kernel.errors import RuleViolation

OPEN_STATES = ("registered", "in_review", "decided")
_NEXT = {
    "registered": {"in_review", "decided"},
    "in_review": {"decided"},
    "decided": {"in_review"},
    "closed": set(),
    "withdrawn": set(),
}

SOON = timedelta(days=7)
OLDEST = date(2018, 5, 25)


def add_months(day: date, months: int) -> date:
    """The same day-number that many months later, or that month's last day (Reg. 1182/71 art. 3(2)(c))."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(received: date, paused: int = 0) -> date:
    """The last day to answer: a month from receipt, moved off weekends and public holidays.

    GDPR art. 12(3); Reg. 1182/71 art. 3(1), 3(2)(c), 3(4). The day of receipt is not counted, so the period ends on the
    day that carries its number. Midsummer Eve and Christmas Eve are no public holidays and move nothing.

    :param paused: days the clock stood still while the requester was asked to prove who they are.
    """
    return next_working_day(add_months(received, 1) + timedelta(paused))


def extended_due_on(received: date, paused: int = 0) -> date:
    """The last day after an extension: three months from receipt, not two from the first deadline (GDPR art. 12(3))."""
    return next_working_day(add_months(received, 3) + timedelta(paused))


@dataclass(frozen=True)
class Deadline:
    """A deadline as it looks on some day."""

    day: date
    on: date

    @property
    def days_left(self) -> int:
        """Days until the deadline; negative when it has passed."""
        return (self.day - self.on).days

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed unanswered."""
        return self.days_left < 0

    @property
    def is_soon(self) -> bool:
        """Whether a week or less is left."""
        return 0 <= self.days_left <= SOON.days

    @property
    def tone(self) -> str:
        """How strongly a page warns of it."""
        return "bad" if self.is_late else "warn" if self.is_soon else "neutral"

    @property
    def words(self) -> str:
        """”5 päivää jäljellä”, ”viimeinen päivä tänään”, ”2 päivää myöhässä”."""
        days = abs(self.days_left)
        if days == 0:
            return "viimeinen päivä tänään"
        counted = "1 päivä" if days == 1 else f"{days} päivää"
        return f"{counted} myöhässä" if self.is_late else f"{counted} jäljellä"

    @property
    def hint(self) -> str | None:
        """A warning that nobody may be at the office on the last day, with the day to answer by."""
        name = eve(self.day)
        if name is None:
            return None
        before = previous_working_day(self.day)
        return f"Viimeinen päivä on {name}. Vastaa viimeistään edellisenä arkipäivänä {before.day}.{before.month}.{before.year}."


def check_received(received: date, *, on: date, dated: date | None = None) -> None:
    """A request is not received tomorrow, nor before it was written, nor before the regulation applied."""
    if received > on:
        raise RuleViolation("Saapumispäivä ei voi olla tulevaisuudessa.", field="received_on")
    if received < OLDEST:
        raise RuleViolation(
            "Tarkista saapumispäivän vuosi. Pyyntö on saapunut aikaisintaan 25.5.2018.", field="received_on"
        )
    if dated is not None and dated > on:
        raise RuleViolation("Pyynnön päiväys ei voi olla tulevaisuudessa.", field="request_dated_on")
    if dated is not None and dated > received:
        raise RuleViolation(
            "Pyyntö ei voi olla päivätty saapumispäivän jälkeen. Tarkista päivät.", field="request_dated_on"
        )


@dataclass(frozen=True)
class Requester:
    """Who asked. The address is where letters go; it may be missing when the request came without one."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    role: str = "self"
    mandate: str | None = None
    represented: str | None = None


def check_requester(requester: Requester) -> Requester:
    """Somebody asks; an agent's or guardian's mandate is recorded as shown or missing, and an address is whole.

    :returns: the requester with postcode, country and e-mail address as the register writes them.
    """
    if not requester.name.strip():
        raise RuleViolation("Kirjoita pyynnön esittäjän nimi.", field="requester_name")
    if requester.role not in REQUESTER_ROLES:
        raise RuleViolation("Valitse, kuka pyynnön esittää.", field="requester_role")
    if requester.role == "self" and requester.mandate:
        raise RuleViolation("Valtuutus kirjataan vain, kun joku esittää pyynnön toisen puolesta.", field="mandate")
    if requester.role != "self" and requester.mandate not in MANDATES:
        raise RuleViolation("Valitse, onko valtuutus esitetty.", field="mandate")
    _check_represented(requester)
    return _with_checked_address(requester)


def _check_represented(requester: Requester) -> None:
    """A child or a ward has a guardian; somebody who has died has none, and speaks through nobody's mandate."""
    if requester.represented is None:
        return
    if requester.role == "self" or requester.represented not in REPRESENTED:
        raise RuleViolation("Edustettu kirjataan vain, kun joku esittää pyynnön toisen puolesta.", field="represented")
    if (requester.represented == "deceased") == (requester.role == "guardian"):
        raise RuleViolation(
            "Huoltaja tai edunvalvoja edustaa lasta tai edunvalvonnassa olevaa. Kuolinpesän osakas tai omainen kirjataan "
            "asiamieheksi.",
            field="represented",
        )


def _with_checked_address(requester: Requester) -> Requester:
    """The address is one the post can deliver to, or there is none; the register's own rules judge its parts."""
    kept = {}
    for field in ("country", "postcode", "email"):
        try:
            kept[field] = check_value("person", field, getattr(requester, field), country=requester.country)
        except RuleViolation as violation:
            raise RuleViolation(violation.sentence, field=f"requester_{field}") from violation
    checked = replace(requester, **kept)
    parts = (checked.street, checked.postcode, checked.city)
    if any(parts) and not postal_lines(*parts, checked.country):
        raise RuleViolation(
            "Osoite on vajaa. Kirjoita katuosoite, postinumero ja postitoimipaikka, tai jätä kaikki tyhjiksi.",
            field="requester_street",
        )
    return checked


def signature_for(channel: str, signature: str | None) -> str:
    """What is recorded of the signature: on paper it is there or not, elsewhere the question does not arise.

    Nothing is ever refused for its lack (GDPR art. 12(2); the Ombudsman's decision 6097/161/21).
    """
    if channel in {"phone", OWN_INITIATIVE}:
        return "not_applicable"
    if signature in SIGNATURES:
        return signature
    if channel == "letter":
        raise RuleViolation("Valitse, onko pyyntö allekirjoitettu.", field="signature")
    return "not_applicable"


def check_open(state: str) -> None:
    """Nothing is done to a case that has ended."""
    if state not in OPEN_STATES:
        raise RuleViolation(f"Pyyntö on {STATES[state].lower()}, joten sitä ei voi enää muuttaa.")


def check_amendable(state: str, *, own_initiative: bool) -> None:
    """What was registered wrong is mended before the decision, which stands on it."""
    check_open(state)
    if own_initiative:
        raise RuleViolation("Omasta aloitteesta tehdyssä oikaisussa ei ole pyyntöä, jonka kirjausta korjata.")
    if state == "decided":
        raise RuleViolation("Pyyntö on jo päätetty, joten kirjausta ei voi enää korjata.")


def check_person_may_change(state: str) -> None:
    """Whom a request concerns is settled before it is decided."""
    check_open(state)
    if state == "decided":
        raise RuleViolation("Pyyntö on jo päätetty, joten henkilöä ei voi enää vaihtaa.")


def check_person_may_be_set(*, state: str, person_state: str) -> None:
    """Who was not known when the request was answered may be known later; who was, is settled with the decision."""
    if person_state == "erased":
        raise RuleViolation("Pyynnön tiedot on poistettu, joten sitä ei voi enää liittää henkilöön.")
    if person_state == "found":
        check_person_may_change(state)


def check_step(state: str, following: str) -> None:
    """The states follow one another as the work does; an ended case stays ended."""
    if following not in _NEXT[state]:
        raise RuleViolation(
            f"Pyyntö on tilassa ”{STATES[state]}”, eikä siitä voi siirtyä tilaan ”{STATES[following]}”."
        )


def check_identity(method: str, *, checked_on: date, received: date, on: date) -> None:
    """The way of identifying is one of those known, and it was used between receipt and today."""
    if method not in IDENTITY_METHODS:
        raise RuleViolation("Valitse, miten henkilöllisyys on varmistettu.", field="method")
    if checked_on > on:
        raise RuleViolation("Tarkistuspäivä ei voi olla tulevaisuudessa.", field="checked_on")
    if checked_on < received:
        raise RuleViolation("Henkilöllisyyttä ei voi varmistaa ennen pyynnön saapumista.", field="checked_on")


def check_extendable(*, received: date, extended: date | None, on: date, paused: int = 0) -> None:
    """The time is extended once, and the person is told within one month of receipt (GDPR art. 12(3))."""
    if extended is not None:
        raise RuleViolation("Määräaikaa on jo jatkettu. Sitä voi jatkaa vain kerran.")
    if on > due_on(received, paused):
        raise RuleViolation(
            "Määräaikaa voi jatkaa vain ensimmäisen kuukauden kuluessa, ja se on jo päättynyt. Vastaa pyyntöön heti."
        )


def check_extension(
    *, received: date, extended: date | None, ground: str | None, reason: str, on: date, paused: int = 0
) -> None:
    """An extension rests on complexity or number of requests, and its reasons are told (GDPR art. 12(3))."""
    check_extendable(received=received, extended=extended, on=on, paused=paused)
    if ground not in EXTENSION_GROUNDS:
        raise RuleViolation(
            "Valitse peruste. Määräaikaa voi jatkaa vain, jos pyyntö on monimutkainen tai pyyntöjä on useita.",
            field="ground",
        )
    if len(reason.split()) < 3:
        raise RuleViolation(
            "Kirjoita jatkamisen syy niin, että pyynnön esittäjä ymmärtää sen. Se painetaan kirjeeseen.", field="reason"
        )


def check_details_wanted(text: str, *, reply_by: date, on: date) -> None:
    """A letter that asks for details says which ones, and by when they are hoped for."""
    if len(text.split()) < 3:
        raise RuleViolation("Kirjoita, mitä tietoja pyynnöstä puuttuu. Teksti painetaan kirjeeseen.", field="wanted")
    if reply_by <= on:
        raise RuleViolation("Vastausajan on päätyttävä tulevaisuudessa.", field="reply_by")


def check_withdrawal(*, state: str, withdrawn: date, received: date, on: date) -> None:
    """A request is withdrawn by the person's own word, before it is decided, after it came and not in the future."""
    if state == "decided":
        raise RuleViolation("Pyyntö on jo päätetty, joten sitä ei voi enää peruuttaa.")
    if withdrawn > on:
        raise RuleViolation("Peruutuspäivä ei voi olla tulevaisuudessa.", field="withdrawn_on")
    if withdrawn < received:
        raise RuleViolation("Pyyntöä ei voi peruuttaa ennen sen saapumista.", field="withdrawn_on")


def check_closing(blockers: Sequence[str]) -> None:
    """A case closes when nothing is left undone; what is left is listed."""
    if blockers:
        raise RuleViolation("Pyyntöä ei voi vielä sulkea. " + " ".join(blockers))


def own_blockers(*, person_state: str, unposted: Sequence[str]) -> list[str]:
    """What in the case itself prevents closing: nobody has looked for the person, or letters lie unposted."""
    found = []
    if person_state == "open":
        found.append("Pyynnön henkilöä ei ole vielä etsitty rekisteristä.")
    found += [f"Kirjettä ”{title}” ei ole merkitty lähetetyksi." for title in unposted]
    return found
