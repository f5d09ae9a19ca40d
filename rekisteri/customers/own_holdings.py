"""What the customers' own room holds of a customer, and how it goes: data, history, roles, contacts, merges, the row itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from rekisteri.customers import holdings, rules
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.holdings import Holding, add_holding, all_needed, needed
from rekisteri.customers.merge_models import Merge, Pair
from rekisteri.customers.merging import project
from rekisteri.customers.models import ContactNote, Customer, Datum, Representation
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_phone

_FAST = {"synchronize_session": False}
TOLD_ALONE = frozenset({"email", "phone", "business_id", "street", "orders"})
"""Fields whose value may lead to one person without anything beside it; a first name or a town leads to thousands."""


def rows(column: Any, ids: Sequence[int]) -> int:
    """How many rows of a table point at these customers."""
    return db.session.scalar(select(func.count()).select_from(column.class_).where(column.in_(ids))) or 0


def drop(condition: ColumnElement[bool], model: Any) -> int:
    """Delete rows by a condition; how many there were."""
    return int(db.session.execute(delete(model).where(condition), execution_options=_FAST).rowcount)  # type: ignore[attr-defined]


def _erase_data(ids: Sequence[int], on: date) -> int:
    """All that no hold needs goes, and the whole history; of what is needed only today's value stays."""
    kept = set(staying_data(ids, on))
    held = db.session.scalars(select(Datum.id).where(Datum.customer_id.in_(ids)))
    going = [datum_id for datum_id in held if datum_id not in kept]
    for part in in_batches(going, MOST_IN_A_QUERY):
        drop(Datum.id.in_(part), Datum)
    if kept and going:
        db.session.expire_all()
        project(db.session.get_one(Customer, ids[0]))
        db.session.flush()
    return len(going)


def staying_data(ids: Sequence[int], on: date) -> list[int]:
    """The data that some hold keeps: today's values of the fields it needs."""
    query = select(Datum.id, Datum.field, Datum.ended_at).where(Datum.customer_id.in_(ids))
    held, kept, every = db.session.execute(query).all(), needed(ids, on), all_needed(ids, on)
    return [row.id for row in held if every or (row.ended_at is None and rules.base(row.field) in kept)]


def data_values(ids: Sequence[int]) -> Iterator[str]:
    """What leads to these customers and to nobody else in the register."""
    found = db.session.execute(select(Datum.field, Datum.value, Datum.match).where(Datum.customer_id.in_(ids))).all()
    for field, value, match in found:
        main = rules.base(field)
        if main in TOLD_ALONE and not _others_have(main, match, ids):
            yield from value.split("\n")
            if main == "phone":
                yield from (fi_phone(value), value.replace("+358", "0", 1))
    for customer in db.session.scalars(select(Customer).where(Customer.id.in_(ids))):
        if customer.display_name and not _namesakes(customer, ids):
            yield from (customer.display_name, customer.full_name)


def _others_have(field: str, match: str | None, ids: Sequence[int]) -> bool:
    if match is None:
        return False
    others = (Datum.field.in_(rules.slots(field)), Datum.match == match, Datum.customer_id.not_in(ids))
    return db.session.scalar(select(Datum.id).where(*others).limit(1)) is not None


def _namesakes(customer: Customer, ids: Sequence[int]) -> bool:
    same = (Customer.kind == customer.kind, Customer.name_key == customer.name_key, Customer.id.not_in(ids))
    return db.session.scalar(select(Customer.id).where(*same).limit(1)) is not None


def _erase_roles(ids: Sequence[int], on: date) -> int:
    """The person's own roles go; of an organisation that goes, its people keep what they have told of it."""
    if all_needed(ids, on):
        return 0
    links = update(Representation).where(Representation.organisation_id.in_(ids)).values(organisation_id=None)
    db.session.execute(links, execution_options=_FAST)
    return drop(Representation.person_id.in_(ids), Representation)


def _role_values(ids: Sequence[int]) -> Iterable[str]:
    return db.session.scalars(select(Representation.role).where(Representation.person_id.in_(ids)))


def _erase_notes(ids: Sequence[int], on: date) -> int:
    return 0 if all_needed(ids, on) else drop(ContactNote.customer_id.in_(ids), ContactNote)


def _note_values(ids: Sequence[int]) -> Iterator[str]:
    for text in db.session.scalars(select(ContactNote.text).where(ContactNote.customer_id.in_(ids))):
        yield from text.split("\n")


def _pairs(ids: Sequence[int]) -> ColumnElement[bool]:
    return or_(Pair.lower_id.in_(ids), Pair.higher_id.in_(ids))


def _merges(ids: Sequence[int]) -> ColumnElement[bool]:
    return or_(Merge.kept_id.in_(ids), Merge.dropped_id.in_(ids))


def _count_joins(ids: Sequence[int]) -> int:
    queries = (select(func.count()).select_from(Pair).where(_pairs(ids)), _merge_count(ids))
    return sum(db.session.scalar(query) or 0 for query in queries)


def _merge_count(ids: Sequence[int]) -> Any:
    return select(func.count()).select_from(Merge).where(_merges(ids))


def _erase_joins(ids: Sequence[int], on: date) -> int:
    """Whom the customer looked like and what was merged; a merge whose data are gone could not be undone."""
    if all_needed(ids, on):
        return 0
    return drop(_pairs(ids), Pair) + drop(_merges(ids), Merge)


def _erase_row(ids: Sequence[int], on: date) -> int:
    """The customer's own row goes last, when nothing holds anything that points at it."""
    if holdings.holds(ids, on):
        return 0
    db.session.flush()
    people = update(Customer.__table__).where(Customer.organisation_id.in_(ids)).values(organisation_id=None)
    db.session.execute(people)
    signposts = update(Customer.__table__).where(Customer.id.in_(ids)).values(merged_into_id=None, organisation_id=None)
    db.session.execute(signposts)
    gone = drop(Customer.id.in_(ids), Customer)
    db.session.expire_all()
    return gone


def _holding(key: str, title: str, columns: tuple[Any, ...], order: int, erase: Any, **more: Any) -> None:
    count = more.pop("count", None) or (lambda ids: rows(columns[0], ids))
    add_holding(
        Holding(key, title, columns, count=count, erase=erase, anonymise=erase, order=order, **more),
    )


_holding("notes", "Yhteydenotot", (ContactNote.customer_id,), 40, _erase_notes, values=_note_values)
_holding(
    "roles",
    "Edustukset",
    (Representation.person_id, Representation.organisation_id),
    41,
    _erase_roles,
    values=_role_values,
)
_holding(
    "joins",
    "Yhdistämiset ja kaksoiskappale-ehdotukset",
    (Pair.lower_id, Pair.higher_id, Merge.kept_id, Merge.dropped_id),
    42,
    _erase_joins,
    count=_count_joins,
)
_holding(
    "data",
    "Yhteystiedot ja muut tiedot historioineen",
    (Datum.customer_id,),
    50,
    _erase_data,
    values=data_values,
    kept=lambda ids, on: len(staying_data(ids, on)),
)
_holding(
    "customer", "Asiakkaan kortti", (Customer.organisation_id, Customer.merged_into_id), 90, _erase_row,
    count=lambda ids: len(ids), kept=lambda ids, on: len(ids) if holdings.holds(ids, on) else 0,
)  # fmt: skip
