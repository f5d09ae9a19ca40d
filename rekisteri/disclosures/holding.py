"""What the ledger of disclosures holds of a customer, and how it goes."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from rekisteri.customers.holdings import Holding, add_holding, all_needed
from rekisteri.customers.own_holdings import staying_data
from rekisteri.customers.tallies import Happening, tally
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, OutgoingPerson, Recipient
from rekisteri.kernel.db import db

_FAST = {"synchronize_session": False}


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(Disclosure.customer_id.in_(ids))) or 0


def _going(ids: Sequence[int], on: date) -> list[int]:
    """Those that tell of nothing the register still holds; of the rest the recipients are told when it goes in its turn."""
    if all_needed(ids, on):
        return []
    data = select(DisclosedDatum.datum_id).where(DisclosedDatum.disclosure_id == Disclosure.id)
    query = select(Disclosure.id).where(Disclosure.customer_id.in_(ids), ~data.exists())
    return list(db.session.scalars(query))


def _kept(ids: Sequence[int], on: date) -> int:
    """Those that tell of a datum which stays."""
    stay = select(DisclosedDatum.disclosure_id).where(DisclosedDatum.datum_id.in_(staying_data(ids, on)))
    return db.session.scalar(select(func.count()).where(Disclosure.id.in_(stay))) or 0


def _erase(ids: Sequence[int], on: date) -> int:
    going = _going(ids, on)
    db.session.execute(delete(Disclosure).where(Disclosure.id.in_(going)), execution_options=_FAST)
    return len(going)


def _anonymise(ids: Sequence[int], on: date) -> int:
    query = select(Disclosure.disclosed_on, Recipient.role, Disclosure.ground).join(Recipient)
    rows = db.session.execute(query.where(Disclosure.id.in_(_going(ids, on)))).all()
    happened = [Happening(day.isoformat()[:7], (role, ground)) for day, role, ground in rows]
    others = select(Disclosure.customer_id).join(Recipient).where(Disclosure.customer_id.not_in(ids))
    tally("disclosure", happened, others=others, codes=(Recipient.role, Disclosure.ground), day=Disclosure.disclosed_on)
    return _erase(ids, on)


def _count_exits(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(OutgoingPerson.customer_id.in_(ids))) or 0


def _erase_exits(ids: Sequence[int], on: date) -> int:
    """That the person was among many: how many they were stays with the list, who they were does not."""
    if all_needed(ids, on):
        return 0
    gone = _count_exits(ids)
    db.session.execute(delete(OutgoingPerson).where(OutgoingPerson.customer_id.in_(ids)), execution_options=_FAST)
    return gone


add_holding(
    Holding(
        "disclosures", "Luovutusten merkinnät", (Disclosure.customer_id,), count=_count, erase=_erase, anonymise=_anonymise, kept=_kept,
        order=60,
    )
)  # fmt: skip

add_holding(
    Holding(
        "outgoing", "Merkinnät luetteloista ja tiedostoista", (OutgoingPerson.customer_id,), count=_count_exits,
        erase=_erase_exits, anonymise=_erase_exits, order=61,
    )
)  # fmt: skip
