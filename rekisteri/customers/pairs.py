"""The work list of likely duplicates: filling it step by step, reading it page by page, telling a pair apart.

A step looks at some customers and stands in a transaction of its own; so the search may be broken off at any moment and
goes on from there, and nobody waits for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import aliased, contains_eager

from rekisteri.audit import service as audit
from rekisteri.customers import duplicates, likeness, rules
from rekisteri.customers.merge_models import Pair, Sweep
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

DISMISSED = audit.event(
    "customer.told_apart", "kaksi asiakasta todettu eri asiakkaiksi", fields={"customer": int, "reason": str}
)
STEP = 500
PAGE_SIZE = 25


@dataclass(frozen=True)
class Progress:
    """Where the search stands: how many customers the step looked at, the share of the register in hundredths."""

    looked_at: int
    percent: int
    finished: bool


@dataclass(frozen=True)
class Page:
    """Some pairs of the work list, the likeliest first; `after` continues from the last one, None at the end."""

    rows: list[Pair]
    after: int | None


def search_on(size: int = STEP) -> Progress:
    """Look at the next customers inside the caller's transaction; after the last one the next search begins anew."""
    place = db.session.get(Sweep, 1) or Sweep(id=1, after_id=0)
    db.session.add(place)
    query = select(Customer.id, Customer.kind, Customer.state).where(Customer.id > place.after_id)
    found = db.session.execute(query.order_by(Customer.id).limit(size)).all()
    kinds = {row.id: row.kind for row in found if row.state in duplicates.LIVE}
    _keep(list(kinds), _likely(kinds))
    if len(found) < size:
        place.after_id, place.finished_at = 0, now()
        return Progress(len(kinds), 100, finished=True)
    place.after_id = found[-1].id
    last = db.session.scalar(select(func.max(Customer.id))) or 1
    return Progress(len(kinds), min(99, 100 * place.after_id // last), finished=False)


def _likely(kinds: dict[int, str]) -> dict[tuple[int, int], duplicates.Alike]:
    """The pairs of these customers with those entered later."""
    values: dict[int, dict[str, str]] = defaultdict(dict)
    query = select(Datum.customer_id, Datum.field, Datum.value)
    for customer_id, field, value in db.session.execute(
        query.where(Datum.customer_id.in_(kinds), Datum.ended_at.is_(None))
    ):
        values[customer_id][field] = value
    found = duplicates.sharing([(kind, values[one]) for one, kind in kinds.items()])
    return {
        (one, other.customer_id): other
        for (one, kind), alike in zip(kinds.items(), found, strict=True)
        for other in alike
        if other.customer_id > one
        and likeness.worth_looking_at(kind, other.reasons, alike=other.names_alike, namesakes=other.namesakes)
    }


def _keep(ids: Sequence[int], likely: dict[tuple[int, int], duplicates.Alike]) -> None:
    """Bring the open pairs that begin with these customers up to date; a pair that a person has judged stays judged."""
    query = select(Pair.id, Pair.lower_id, Pair.higher_id, Pair.state, Pair.reasons).where(Pair.lower_id.in_(ids))
    known = {(row.lower_id, row.higher_id): row for row in db.session.execute(query)}
    gone = [row.id for pair, row in known.items() if row.state == "open" and pair not in likely]
    if gone:
        db.session.execute(delete(Pair).where(Pair.id.in_(gone)))
    new = []
    for pair, alike in likely.items():
        told = {"reasons": " ".join(alike.reasons), "score": alike.score}
        row = known.get(pair)
        if row is None:
            new.append({"lower_id": pair[0], "higher_id": pair[1], "state": "open", **told})
        elif row.state == "open" and row.reasons != told["reasons"]:
            db.session.execute(update(Pair).where(Pair.id == row.id).values(**told))
    if new:
        db.session.execute(insert(Pair), new)


def complete_streets(limit: int = STEP) -> int:
    """Make streets comparable that were entered before streets were compared; how many rows were done."""
    waiting = select(Datum.id, Datum.value).where(Datum.field.in_(rules.slots("street")), Datum.match.is_(None))
    rows = [
        {"id": row.id, "match": rules.match_key("street", row.value)}
        for row in db.session.execute(waiting.limit(limit))
    ]
    if rows:
        db.session.execute(update(Datum), rows)
    return len(rows)


def last_search() -> Sweep | None:
    """Where the search stands; None when it has never been made."""
    return db.session.get(Sweep, 1)


def page(after: int | None = None, size: int = PAGE_SIZE) -> Page:
    """One page of the open pairs, found by its neighbour's id however long the list."""
    lower, higher = aliased(Customer), aliased(Customer)
    query = (
        select(Pair)
        .join(lower, and_(lower.id == Pair.lower_id, lower.state.in_(duplicates.LIVE)))
        .join(higher, and_(higher.id == Pair.higher_id, higher.state.in_(duplicates.LIVE)))
        .options(contains_eager(Pair.lower.of_type(lower)), contains_eager(Pair.higher.of_type(higher)))
        .where(Pair.state == "open")
        .order_by(Pair.score.desc(), Pair.id.desc())
    )
    start = db.session.get(Pair, after) if after else None
    if start:
        query = query.where(tuple_(Pair.score, Pair.id) < tuple_(start.score, start.id))
    rows = list(db.session.scalars(query.limit(size + 1)))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def find_pair(one_id: int, other_id: int) -> Pair | None:
    """The pair of these two, whichever way round."""
    lower, higher = sorted((one_id, other_id))
    return db.session.scalar(select(Pair).filter_by(lower_id=lower, higher_id=higher))


def open_pairs() -> int:
    """How many pairs wait on the work list, as far as the search has come."""
    return db.session.scalar(select(func.count()).select_from(Pair).where(Pair.state == "open")) or 0


def pairs_of(customer_id: int) -> list[Pair]:
    """Every pair a customer is in, whatever its state."""
    return list(
        db.session.scalars(select(Pair).where(or_(Pair.lower_id == customer_id, Pair.higher_id == customer_id)))
    )


def tell_apart(*, one: Customer, other: Customer, because: str, by: User) -> Pair:
    """Put on record that two customers are not the same; the pair does not come back to the work list.

    :raises RuleViolation: it is not told why, or they have been merged already.
    """
    if because not in likeness.APART:
        raise RuleViolation("Valitse, miksi kyse on eri asiakkaista.", field="because")
    lower, higher = sorted((one, other), key=lambda customer: customer.id)
    pair = find_pair(lower.id, higher.id) or Pair(lower_id=lower.id, higher_id=higher.id)
    if pair.state == "merged":
        raise RuleViolation("Asiakkaat on jo yhdistetty.")
    pair.state, pair.dismissed_because = "dismissed", because
    pair.dismissed_by_id, pair.dismissed_at = by.id, now()
    db.session.add(pair)
    audit.record(DISMISSED, subject=lower.subject, by=by, customer=higher.id, reason=because)
    return pair


def merge_pairs(kept_id: int, dropped_id: int, *, by: User) -> dict[str, Any]:
    """The pairs of two customers who become one: their own is done, and whoever was told apart from either stays apart."""
    account: dict[str, Any] = {"own": None, "new": [], "turned": []}
    for pair in pairs_of(dropped_id):
        other = pair.lower_id if pair.higher_id == dropped_id else pair.higher_id
        if other == kept_id:
            account["own"] = [pair.id, pair.state]
            pair.state = "merged"
        elif pair.state == "dismissed":
            same = find_pair(kept_id, other)
            if same is None:
                lower, higher = sorted((kept_id, other))
                same = Pair(lower_id=lower, higher_id=higher)
                account["new"].append(same)
            elif same.state == "open":
                account["turned"].append(same.id)
            else:
                continue
            same.state, same.dismissed_because = "dismissed", pair.dismissed_because
            same.dismissed_by_id, same.dismissed_at = by.id, now()
            db.session.add(same)
    db.session.flush()
    return account | {"new": [pair.id for pair in account["new"]]}


def part_pairs(account: dict[str, Any]) -> None:
    """Undo `merge_pairs`."""
    if account["own"]:
        own = db.session.get_one(Pair, account["own"][0])
        own.state = account["own"][1]
    for pair in db.session.scalars(select(Pair).where(Pair.id.in_(account["turned"]))):
        pair.state, pair.dismissed_because, pair.dismissed_by_id, pair.dismissed_at = "open", "", None, None
    db.session.execute(delete(Pair).where(Pair.id.in_(account["new"])))
