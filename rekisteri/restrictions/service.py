"""Restricting the processing of a customer's data, and ending the restriction once the person has been told."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases.models import Case
from rekisteri.customers import holdings
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.documents.models import Document
from rekisteri.forgotten import bars
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import RuleViolation
from rekisteri.restrictions import events, journaling, letters, rules
from rekisteri.restrictions.models import Restriction
from rekisteri.settings import service as settings


def find(restriction_id: int) -> Restriction | None:
    """The restriction with this id."""
    return db.session.get(Restriction, restriction_id)


def in_force(customer_id: int) -> list[Restriction]:
    """The restrictions that now bind on a customer's data, the oldest first."""
    query = select(Restriction).filter_by(customer_id=customer_id, ended_on=None).order_by(Restriction.id)
    return list(db.session.scalars(query))


def of_customer(customer_id: int, limit: int = 10) -> list[Restriction]:
    """A customer's restrictions, those in force first, then the latest."""
    query = select(Restriction).filter_by(customer_id=customer_id)
    query = query.order_by(Restriction.ended_on.isnot(None), Restriction.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def of_case(case: Case) -> list[Restriction]:
    """The restrictions that a request has led to, the oldest first."""
    return list(db.session.scalars(select(Restriction).filter_by(case_id=case.id).order_by(Restriction.id)))


def restrict(
    *,
    customer: Customer,
    ground: str,
    fields: Collection[str] | None = None,
    case: Case | None = None,
    by: Any,
    on: date,
    automatic: bool = False,
) -> Restriction:
    """Let a customer's data only be kept from now on (GDPR art. 18(1)); those who have received them are told (art. 19).

    :param ground: why, a code of `rules.GROUNDS`.
    :param fields: the data it concerns; None means all of them.
    :param case: the request it belongs to.
    :param automatic: whether it begins by itself, because a request contests the data.
    :returns: the restriction; the same one when just this is in force already.
    :raises RuleViolation: the ground or the data are not chosen, or the customer is not in the register any more.
    """
    labels = FIELDS[customer.kind]
    rules.check_restriction(ground, fields, known=labels)
    if customer.state not in ("active", "archived"):
        raise RuleViolation(
            "Asiakas on yhdistetty toiseen. Rajoita sen asiakkaan tietojen käsittelyä, johon hänet on yhdistetty."
        )
    chosen = None if fields is None else [field for field in labels if field in fields]
    if same := _same(customer, ground, chosen, case):
        return same
    restriction = Restriction(
        number=f"RA {on.year}/{next_number('restriction', on.year):04}",
        customer=customer,
        case=case,
        ground=ground,
        fields=chosen,
        automatic=automatic,
        begun_on=on,
        begun_by_id=by.id if by else None,
        key=bars.new_key(),
    )
    db.session.add(restriction)
    bars.note(journaling.NAME, [restriction.key])
    audit.record(
        events.BEGUN, subject=customer.subject, by=by, restriction=restriction.id, ground=ground, fields=chosen or []
    )
    letters.remember_recipients(restriction)
    letters.tell_recipients(restriction=restriction, by=by, on=on)
    return restriction


def _same(customer: Customer, ground: str, fields: list[str] | None, case: Case | None) -> Restriction | None:
    asked = (ground, fields, case.id if case else None)
    return next((one for one in in_force(customer.id) if (one.ground, one.fields, one.case_id) == asked), None)


def contest(*, customer: Customer, case: Case, fields: Sequence[str], by: Any, on: date) -> Restriction | None:
    """Restrict by itself what a request contests, for the time it takes to verify it (GDPR art. 18(1)(a)).

    Called again when the request is itemised anew: the restriction then follows what is contested, and who has received what
    came along is told anew. What has been contested and no longer is stays restricted until the decision, because the person
    is told before anything ends.
    """
    now = next(
        (
            one
            for one in in_force(customer.id)
            if (one.case_id, one.ground, one.automatic) == (case.id, "accuracy", True)
        ),
        None,
    )
    if now is None and fields:
        return restrict(customer=customer, ground="accuracy", fields=fields, case=case, by=by, on=on, automatic=True)
    if now is None or now.fields is None:
        return now
    together = rules.together(now.fields, fields, known=FIELDS[customer.kind])
    if together is not None and together != now.fields:
        more, now.fields = set(together) - set(now.fields), together
        bars.note(journaling.NAME, [now.key])
        audit.record(events.CHANGED, subject=customer.subject, by=by, restriction=now.id, fields=together)
        letters.remember_recipients(now, more=more)
        letters.tell_recipients(restriction=now, by=by, on=on)
    return now


def lift(
    *,
    restriction: Restriction,
    reason: str,
    by: Any,
    on: date,
    ends_on: date | None = None,
    letter: Document | None = None,
) -> Document:
    """Begin to lift a restriction: the person is told first why and when it ends; until then it binds (GDPR art. 18(3)).

    It ends by `end`, once the letter has left and the day has come. Called again it tells anew, with another day or reason.
    Recipients who could not be told of its beginning, because the letterhead was incomplete, are told now.

    :param reason: printed in the letter, so written to the person.
    :param ends_on: the day it ends; a week from today unless told otherwise.
    :param letter: another letter to the person, when that one tells of the end (`rules.lifting_day`).
    :raises RuleViolation: it has ended, the reason is no sentence, the day is not after today, the letterhead is incomplete,
        or an obstacle still keeps what waits to be erased.
    """
    if restriction.ground == "held" and holdings.holds([restriction.customer_id], on):
        raise RuleViolation(rules.HELD_STILL)
    day = ends_on or rules.lifting_day(on)
    rules.check_lifting(ended_on=restriction.ended_on, ends_on=day, on=on, reason=reason, missing=settings.missing())
    letters.tell_recipients(restriction=restriction, by=by, on=on)
    if letter is None:
        letter = letters.issue_end_letter(restriction, reason=reason.strip(), ends_on=day, by=by, on=on)
    restriction.lifting_reason, restriction.ends_on, restriction.letter = reason.strip(), day, letter
    db.session.flush()
    audit.record(
        events.LIFTING,
        subject=restriction.customer.subject,
        by=by,
        restriction=restriction.id,
        until=day.isoformat(),
        document=letter.id,
    )
    return letter


def automatic_of_case(case: Case) -> list[Restriction]:
    """What the question of a request restricts by itself and nobody has yet been told the end of."""
    contested = [one for one in of_case(case) if one.automatic and one.ground == "accuracy"]
    return [one for one in contested if one.in_force and one.letter_id is None]


def lift_of_case(*, case: Case, reason: str, by: Any, on: date, letter: Document | None = None) -> None:
    """Begin to lift what a request's question had restricted by itself, once it is settled.

    While no letter can be written nothing is lifted; the restriction then waits in the work queue.

    :param letter: the answer to the request, when it tells of the end.
    """
    for restriction in automatic_of_case(case) if letter or not settings.missing() else ():
        lift(restriction=restriction, reason=reason, by=by, on=on, letter=letter)


def why_not_end(restriction: Restriction, on: date) -> str | None:
    """What still keeps a restriction in force, as a sentence; None when it may be ended."""
    return rules.why_not_end(
        ended_on=restriction.ended_on, ends_on=restriction.ends_on, letter_left=restriction.letter_left, on=on
    )


def end(*, restriction: Restriction, by: Any, on: date) -> None:
    """End a restriction whose end the person has been told of; those who were told of its beginning are told too.

    :raises RuleViolation: the letter has not left, or the day told in it has not come.
    """
    if refusal := why_not_end(restriction, on):
        raise RuleViolation(refusal)
    restriction.ended_on, restriction.ended_by_id = on, by.id if by else None
    bars.note(journaling.NAME, [restriction.key])
    audit.record(events.ENDED, subject=restriction.customer.subject, by=by, restriction=restriction.id)
    letters.tell_recipients(restriction=restriction, by=by, on=on)
