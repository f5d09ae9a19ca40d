"""The plan of an erasure, shown before anything goes: what goes now, what stays, on what ground and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from rekisteri.cases import holding as cases_holding
from rekisteri.cases import intake_rules, matters, strays
from rekisteri.cases.models import Case
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.customers import holdings
from rekisteri.customers.holdings import Hold
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Recipient
from rekisteri.documents import destroying
from rekisteri.erasure import rules
from rekisteri.erasure.models import Erasure
from rekisteri.kernel.db import db
from rekisteri.settings import service as settings

MARKS = "outgoing"
"""The kind of rows that every posted letter leaves behind."""


@dataclass(frozen=True)
class Line:
    """One kind of thing: how much there is of it, how much of that goes now, and where it is when it is on paper."""

    title: str
    count: int
    going: int
    where: tuple[str, ...] = ()
    key: str = ""

    @property
    def staying(self) -> int:
        """What some hold keeps for now."""
        return self.count - self.going


@dataclass(frozen=True)
class Plan:
    """All obstacles and everything held, computed at once for one day."""

    ids: list[int]
    lines: list[Line] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    blockers: list[str] = field(default_factory=list)
    strays: list[Case] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether everything goes."""
        return bool(self.ids) and not self.holds

    @property
    def going(self) -> int:
        """How many rows go now."""
        return sum(line.going for line in self.lines)

    @property
    def freed(self) -> bool:
        """Whether more goes now than the marks that the letters of an earlier round have left."""
        return any(line.going for line in self.lines if line.key != MARKS)

    @property
    def held(self) -> bool:
        """Whether obstacles keep everything for now, other than requests that we only have to answer first."""
        return bool(self.holds) and not self.going and all(hold.ground != "open_matter" for hold in self.holds)

    @property
    def told_holds(self) -> list[dict[str, Any]]:
        """The holds as a round keeps them."""
        return [
            {"ground": hold.ground, "text": hold.text, "until": hold.until.isoformat() if hold.until else None}
            for hold in self.holds
        ]

    @cached_property
    def fingerprint(self) -> str:
        """By which the approver's plan is known to be the proposer's."""
        return rules.fingerprint([(line.title, line.count, line.going) for line in self.lines], self.told_holds)


def identity(customer_id: int | None) -> list[int]:
    """The ids of a customer and of all who have been merged into it; none when there is no such customer any more."""
    return identities([customer_id] if customer_id is not None else [])


def identities(customer_ids: Iterable[int]) -> list[int]:
    """The same of several customers at once."""
    found = list(db.session.scalars(select(Customer.id).where(Customer.id.in_(list(customer_ids)))))
    newest = found
    while newest:
        newest = list(
            db.session.scalars(select(Customer.id).where(Customer.merged_into_id.in_(newest)).order_by(Customer.id))
        )
        found += newest
    return found


def customer_id_of(erasure: Erasure) -> int | None:
    """Whose data it is about: the case's person, who may have been merged meanwhile, or whom the first round remembered."""
    return erasure.case.customer_id if erasure.case.customer_id is not None else erasure.customer_id


def plan(erasure: Erasure, on: date) -> Plan:
    """What would happen today."""
    ids = identity(customer_id_of(erasure))
    if not ids:
        return Plan([], blockers=_case_blockers(erasure))
    holds = holdings.holds(ids, on)
    stray = strays.of_people(ids)
    blockers = [*_case_blockers(erasure), *_request_blockers(erasure, ids, stray), *paper_blockers(ids, on)]
    return Plan(ids, _lines(ids, on), holds, blockers, stray)


def _lines(ids: list[int], on: date) -> list[Line]:
    counted = [(holding, holding.count(ids)) for holding in holdings.all_holdings()]
    return [
        Line(holding.title, count, count - holding.staying(ids, on), tuple(holding.where(ids)), holding.key)
        for holding, count in counted
        if count
    ]


def _case_blockers(erasure: Erasure) -> list[str]:
    """What in the request itself must be done first."""
    case, found = erasure.case, []
    if case.person_state == "open":
        found.append("Etsi ensin pyynnön henkilö rekisteristä.")
    elif case.person_state == "not_found":
        found.append("Henkilöä ei ole rekisterissä, joten poistettavaa ei ole. Vastaa pyyntöön ja sulje se.")
    if stranger := intake_rules.why_no_authority(mandate=case.mandate, represented=case.represented):
        found.append(stranger)
    if not case.identity_method and not erasure.rounds:
        found.append("Varmista ensin, kuka pyynnön esittää.")
    others = [matter.kind for matter in matters.undecided(case) if matter.kind not in cases_holding.ERASING]
    if others and case.is_open:
        found.append(f"Ratkaise ensin saman pyynnön muut asiat: {', '.join(matters.labels(others)).lower()}.")
    if twin := _twin(erasure):
        found.append(twin)
    if missing := settings.missing():
        found.append(f"Täydennä ensin asetuksiin: {', '.join(missing)}.")
    return found


def _twin(erasure: Erasure) -> str | None:
    """One letter may ask for both, but what has been erased cannot be anonymised, nor the other way round."""
    alive = [matter.kind for matter in matters.alive(erasure.case) if matter.kind != erasure.kind]
    other = select(Erasure.state).where(Erasure.case_id == erasure.case_id, Erasure.kind.in_(alive))
    state = db.session.scalar(other.where(Erasure.state.in_(("open", "part", "done"))))
    if state == "open":
        return (
            "Samassa pyynnössä on sekä tietojen poistaminen että anonymisointi, ja vain toinen niistä voidaan tehdä. "
            "Poista toinen pyynnöstä sen asioiden luettelossa."
        )
    return state and (
        "Saman pyynnön toinen asia on jo ratkaistu: tiedot on poistettu tai anonymisoitu, eikä tätä enää tehdä. "
        "Poista tämä asia pyynnöstä sen asioiden luettelossa."
    )


def _request_blockers(erasure: Erasure, ids: list[int], stray: list[Case]) -> list[str]:
    """Requests that would be left behind with the person's data, or would lose the address they are to be answered to."""
    others = select(Case.number).where(
        Case.customer_id.in_(ids),
        Case.state.in_(OPEN_STATES),
        Case.id != erasure.case_id,
        Case.id.in_(cases_holding.erasing()),
    )
    unjoined = [
        f"Pyyntö {case.number} näyttää olevan samalta henkilöltä, mutta sitä ei ole liitetty häneen. Liitä se ensin, "
        "jotta hänen tietonsa poistuvat siitäkin."
        for case in stray
    ]
    return unjoined + [
        f"Henkilöllä on avoinna myös poistopyyntö {number}. Sulje se ensin: lähetä sen kirjeet tai kirjaa se peruutetuksi "
        "tai evätyksi. Muuten se jäisi vastaamatta, koska osoite poistuu."
        for number in db.session.scalars(others.order_by(Case.id))
    ]


def paper_blockers(ids: list[int], on: date) -> list[str]:
    """Letters that would be destroyed before they have left, of the person's requests and to the person otherwise."""
    own = [] if holdings.all_needed(ids, on) else [f"customer:{number}" for number in ids]
    waiting = destroying.waiting([*cases_holding.subjects(cases_holding.going(ids, on)), *own])
    return [
        f"Merkitse ensin kirje {letter.number} lähetetyksi tai kirjaa, ettei sitä voi toimittaa." for letter in waiting
    ]


def sources_of(ids: list[int]) -> list[Source]:
    """Outsiders from whom the data came (the notice promises that they are told)."""
    own = select(Datum.source_id).where(Datum.customer_id.in_(ids)).distinct()
    query = select(Source).where(Source.id.in_(own), Source.kind.not_in(("self", "own")))
    return list(db.session.scalars(query.order_by(Source.sort_key, Source.id)))


def recipients_of(ids: list[int]) -> list[Recipient]:
    """Everybody to whom something went that the register still holds (GDPR art. 19)."""
    theirs = select(Disclosure.recipient_id).join(DisclosedDatum).where(Disclosure.customer_id.in_(ids)).distinct()
    return list(db.session.scalars(select(Recipient).where(Recipient.id.in_(theirs)).order_by(Recipient.sort_key)))


def told(plan: Plan) -> list[tuple[str, str]]:
    """Who will be told of the erasing: name, and whether the data came from there or went there."""
    sources = [(source.name, "Tiedot on saatu täältä") for source in sources_of(plan.ids)]
    return [*sources, *((recipient.name, "Tietoja on luovutettu tänne") for recipient in recipients_of(plan.ids))]
