"""Recording what a person consents to, and ending it at once by the person's word, whichever way the word comes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.consents import events, journaling, rules
from rekisteri.consents.models import Consent
from rekisteri.customers import uses as barring
from rekisteri.customers.listing import SEEN
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.documents.models import Scan
from rekisteri.documents.upload_rules import Examined
from rekisteri.forgotten import bars
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond

GROUP = "consents"
PAGE_SIZE = 50


@dataclass(frozen=True)
class Given:
    """What was consented to at once, in the same words, and has the same end: the rows of one act."""

    rows: Sequence[Consent]

    @property
    def first(self) -> Consent:
        """The row that knows what all of them share."""
        return self.rows[0]

    @property
    def told(self) -> str:
        """To what and by which means."""
        return rules.told({one.use for one in self.rows}, {one.means for one in self.rows})


@dataclass(frozen=True)
class Page:
    """Some consents, the latest first; `after` continues from the last one, None at the end."""

    rows: list[Consent]
    after: int | None


def in_force(use: str, means: str) -> ColumnElement[bool]:
    """Whether a customer has consented to this and not taken it back; what is forbidden is asked of `customers.uses`."""
    return exists().where(
        Consent.customer_id == Customer.id,
        Consent.use == use,
        Consent.means == means,
        Consent.withdrawn_on.is_(None),
    )


def of_customer(customer_id: int) -> list[Consent]:
    """Every consent of a customer, what stands first, then what has ended; those given at once side by side."""
    query = select(Consent).filter_by(customer_id=customer_id)
    return list(db.session.scalars(query.order_by(Consent.withdrawn_on.is_not(None), Consent.given_on, Consent.id)))


def standing(customer_id: int) -> list[Consent]:
    """The consents that a customer has not taken back."""
    return [one for one in of_customer(customer_id) if one.stands]


def given(consents: Iterable[Consent]) -> list[Given]:
    """Row by row as they were given: what shares its means, day, way, words and end is told as one."""

    def act(one: Consent) -> tuple[Any, ...]:
        end = (one.withdrawn_on is not None, one.withdrawn_on or one.given_on, one.withdrawn_channel or "")
        return (*end, one.given_on, one.channel, one.wording, one.means)

    return [Given(list(rows)) for _, rows in groupby(sorted(consents, key=act), key=act)]


def papers(consents: Iterable[Consent]) -> dict[int, list[Scan]]:
    """The papers on which consent was given, by consent."""
    by_subject = {one.subject: one.id for one in consents}
    found: dict[int, list[Scan]] = {number: [] for number in by_subject.values()}
    for scan in db.session.scalars(select(Scan).where(Scan.subject.in_(by_subject)).order_by(Scan.id)):
        found[by_subject[scan.subject]].append(scan)
    return found


def record(
    *,
    customer: Customer,
    uses: Collection[str],
    means: Collection[str],
    given_on: date,
    channel: str | None,
    wording: str,
    by: Any,
    on: date,
    paper: Examined | None = None,
) -> list[Consent]:
    """Put on record what a person has consented to; what stands already keeps its earlier day and words.

    :param paper: the signed form, or what else the consent is seen from.
    :returns: the consents that are new.
    :raises RuleViolation: how, when or to what is not known, or the person has forbidden it.
    """
    wanted = rules.chosen(uses, rules.USES, field="uses", nothing="Valitse, mihin asiakas suostuu.")
    ways = rules.chosen(means, rules.MEANS, field="means", nothing="Valitse, millä tavalla mainontaa saa lähettää.")
    rules.check_told(channel=channel, told_on=given_on, on=on, field="given_on")
    words = rules.check_wording(wording)
    if customer.kind != "person":
        raise RuleViolation("Suostumus kirjataan henkilölle. Yhteisölle saa markkinoida, kunnes se kieltää sen.")
    beyond.check_declared(GROUP)
    _check_not_forbidden(customer, wanted)
    known = {(one.use, one.means): one for one in reversed(of_customer(customer.id))}
    made = []
    for use, way in ((use, way) for use in wanted for way in ways):
        earlier = known.get((use, way))
        if earlier is not None and earlier.stands:
            continue
        rules.check_given(given_on=given_on, withdrawn_on=_last_withdrawn(customer.id, use, way))
        told = {"use": use, "means": way, "given_on": given_on, "channel": channel, "wording": words}
        made.append(Consent(customer_id=customer.id, recorded_by_id=by.id if by else None, key=bars.new_key(), **told))
    db.session.add_all(made)
    db.session.flush()
    if made:
        _log(events.RECORDED, made, by, channel=channel, since=given_on.isoformat())
    if paper is not None:
        keeper = next(iter(made), None) or next(one for one in standing(customer.id) if one.use in wanted)
        documents.store_scan(file=paper, by=by, subject=keeper.subject)
    return made


def _check_not_forbidden(customer: Customer, uses: Iterable[str]) -> None:
    reasons = dict.fromkeys(reason for use in uses for reason in barring.why_not(customer.id, use))
    if reasons:
        advice = "Jos asiakas on muuttanut mielensä, kirjaa ensin, että hän sallii käytön."
        raise RuleViolation(" ".join([*reasons, advice]), field="uses")


def _last_withdrawn(customer_id: int, use: str, means: str) -> date | None:
    query = select(func.max(Consent.withdrawn_on)).filter_by(customer_id=customer_id, use=use, means=means)
    return db.session.scalar(query)


def withdraw(
    *, customer: Customer, ids: Collection[int], told_on: date, channel: str | None, by: Any, on: date
) -> list[Consent]:
    """The person takes consents back: no reasons, and from this moment nothing rests on them (GDPR art. 7(3)).

    A merged customer may have consented to the same twice; the word is about the use, so it ends both.
    """
    stands = standing(customer.id)
    named = {(one.use, one.means) for one in stands if one.id in ids}
    if not named:
        raise RuleViolation("Valitse, minkä suostumuksen asiakas peruu.", field="ids")
    rules.check_told(channel=channel, told_on=told_on, on=on)
    ending = [one for one in stands if (one.use, one.means) in named]
    rules.check_withdrawal(given_on=max(one.given_on for one in ending), told_on=told_on)
    return _end(ending, told_on=told_on, channel=channel, by=by)


def end(*, customer_id: int, uses: Collection[str], told_on: date, channel: str, by: Any) -> list[Consent]:
    """Whatever else the person has said against these uses ends the consents to them too, by every means."""
    return _end([one for one in standing(customer_id) if one.use in uses], told_on=told_on, channel=channel, by=by)


def _end(ending: list[Consent], *, told_on: date, channel: str | None, by: Any) -> list[Consent]:
    if not ending:
        return []
    for one in ending:
        one.withdrawn_on, one.withdrawn_channel = max(told_on, one.given_on), channel
        one.withdrawn_by_id = by.id if by else None
    bars.note(journaling.NAME, [one.key for one in ending])
    _log(events.WITHDRAWN, ending, by, channel=channel, on=told_on.isoformat())
    return ending


def _log(event: str, consents: Sequence[Consent], by: Any, **told: Any) -> None:
    uses = [use for use in rules.USES if any(one.use == use for one in consents)]
    means = [one for one in rules.MEANS if any(consent.means == one for consent in consents)]
    audit.record(event, subject=f"customer:{consents[0].customer_id}", by=by, uses=uses, means=means, **told)


def last_wording() -> str:
    """The words of the consent recorded last: the same form is mostly shown to many."""
    return db.session.scalar(select(Consent.wording).order_by(Consent.id.desc()).limit(1)) or ""


def counts() -> dict[tuple[str, str], int]:
    """How many people have consented to what by which means, of those who are seen in the register."""
    query = (
        select(Consent.use, Consent.means, func.count(Consent.customer_id.distinct()))
        .join(Customer, Customer.id == Consent.customer_id)
        .where(Consent.withdrawn_on.is_(None), Customer.state.in_(SEEN))
        .group_by(Consent.use, Consent.means)
    )
    found = {(row[0], row[1]): row[2] for row in db.session.execute(query)}
    return {(use, way): found.get((use, way), 0) for use in rules.USES for way in rules.MEANS}


def page(*, after: int | None = None, size: int = PAGE_SIZE) -> Page:
    """One page of the consents that stand, the latest first."""
    query = select(Consent).join(Customer).where(Consent.withdrawn_on.is_(None), Customer.state.in_(SEEN))
    if after:
        query = query.where(Consent.id < after)
    query = query.options(joinedload(Consent.customer)).order_by(Consent.id.desc()).limit(size + 1)
    rows = list(db.session.scalars(query))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def any_held() -> bool:
    """Whether the register holds any consent, standing or ended."""
    return db.session.scalar(select(Consent.id).limit(1)) is not None


beyond.add_held(GROUP, any_held)
