"""Letting go of a person: every room lets go of what nothing holds, in one transaction or not at all.

Used by a decided request, by the periods of retention, and by a restored backup that still knows somebody who was erased.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases.models import Case
from rekisteri.customers import holdings
from rekisteri.customers.holdings import Hold
from rekisteri.customers.models import Datum
from rekisteri.erasure import rules
from rekisteri.erasure.models import Erasure
from rekisteri.erasure.planning import identity
from rekisteri.forgotten import journal
from rekisteri.forgotten import service as forgotten
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, require_transaction

DONE_BEFORE = audit.event("erasure.done_before", "poistopyyntö merkitty toteutetuksi varmuuskopion palautuksessa")


@dataclass(frozen=True)
class Gone:
    """What went: rows by kind, whether that was everything, what still holds the rest, the texts that nothing may hold now."""

    counts: dict[str, int]
    whole: bool
    holds: list[Hold]
    values: list[str]


def let_go(*, customer_id: int, kind: str, forbidden: bool, on: date) -> Gone:
    """Erase or anonymise all of a customer that no hold keeps today, and put it on record outside the database as well.

    :param kind: `erasure` or `anonymisation`.
    :param forbidden: the person has forbidden marketing, which is remembered without remembering who it was.
    """
    require_transaction("an erasure")
    ids = identity(customer_id)
    data = select(Datum.field, Datum.value).where(Datum.customer_id.in_(ids))
    pairs = [(field, value) for field, value in db.session.execute(data)]
    before = _values(ids)
    counts = _release(ids, kind, on)
    forgotten.remember(pairs, forbidden=forbidden, on=on)
    for one in ids:  # a backup may know as two whom a merge has since made one
        journal.append(rules.PAST[kind], one, on)
    whole = not identity(customer_id)
    left = [] if whole else _values(ids)
    return Gone(counts, whole, [] if whole else holdings.holds(ids, on), texts_gone(before, left))


def _release(ids: Sequence[int], kind: str, on: date) -> dict[str, int]:
    counts = {}
    for holding in holdings.all_holdings():
        release = holding.anonymise if kind == "anonymisation" else holding.erase
        counts[holding.key] = release(ids, on)
        db.session.flush()
    db.session.expire_all()
    return {key: count for key, count in counts.items() if count}


def _values(ids: Sequence[int]) -> list[str]:
    every = (value.strip() for holding in holdings.all_holdings() for value in holding.values(ids))
    return list(dict.fromkeys(value for value in every if value))


def texts_gone(before: Iterable[str], left: Sequence[str]) -> list[str]:
    """The texts that went; not those that are part of something which stays."""
    stay = "\n".join(left)
    return [value for value in before if value not in stay]


def again(kind: str, customer_ids: Sequence[int]) -> None:
    """Let go once more of people whom a restored backup brought back; their marks and the journal know them already.

    What the backup knows as an open request was carried out and answered after it: only closing it is left.
    """
    for customer_id in customer_ids:
        ids = identity(customer_id)
        asked = select(Erasure).join(Case).where(Case.customer_id.in_(ids), Erasure.state == "open")
        open_ = list(db.session.scalars(asked).unique())
        _release(ids, kind, today())
        for one in [] if identity(customer_id) else open_:
            one.rounds[:] = [done for done in one.rounds if done.state != "proposed"]
            one.state, one.customer_id = "done", None
            audit.record(DONE_BEFORE, subject=one.case.subject)
