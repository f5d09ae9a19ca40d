"""Checking any file of addresses against what has been forbidden: before a mailing house or a partner uses it.

A row is somebody's when its e-mail address, its phone number, or its name and postcode are theirs; of a household that
shares a phone each is then left out, which is the safe way to be wrong. Those erased are recognised by their marks. A row
that tells nothing by which somebody could be recognised has not been checked, so it may not be used either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers import rules as data
from rekisteri.customers import uses
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.importing import columns
from rekisteri.customers.importing.columns import Read, Reading
from rekisteri.customers.likeness import name_key
from rekisteri.customers.models import Customer, Datum
from rekisteri.forgotten import service as forgotten
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import Sheet

CHECKED = audit.event(
    "prohibition.checked", "tiedosto tarkistettu kieltoja vasten", fields={"use": str, "rows": int, "left": int}
)
COLUMN = "Kielto"
AT_ONCE = 500
ERASED = "poistettu rekisteristä ja kieltänyt markkinoinnin"
UNCHECKED = "ei voi tarkistaa: riviltä puuttuu sähköposti, puhelinnumero tai nimi ja postinumero"
_TELLING = {slot: field for field in ("email", "phone", "postcode") for slot in data.slots(field)}

Key = tuple[str, str]


@dataclass(frozen=True)
class Checked:
    """A row of the file as it came, and why it may not be used; nothing when it may."""

    cells: list[str]
    why: str


def header_of(sheet: Sheet) -> list[str]:
    """The file's own columns and one that tells the prohibition."""
    return [*sheet.header, COLUMN]


def check_file(sheet: Sheet, use: str) -> Iterator[Checked]:
    """Each row of the file, in its order.

    :raises RuleViolation: no column tells a name, an e-mail address or a phone number.
    """
    targets = columns.guess(sheet.header)
    told = {data.base(target) for target in targets if target}
    if not told & {"email", "phone"} and not ("postcode" in told and told & {"last_name", "name", columns.FULL_NAME}):
        raise RuleViolation(
            "Tiedostosta ei löydy saraketta, jossa on sähköposti, puhelinnumero tai nimi ja postinumero. "
            "Tarkista sarakkeiden otsikot."
        )
    reading = Reading(tuple(targets), columns.guess_kind(targets), "last_first")
    for part in in_batches(sheet.rows(), AT_ONCE):
        rows = [columns.read_row(reading, cells) for cells in part]
        reasons = _reasons(rows, use)
        yield from (Checked(cells, why) for cells, why in zip(part, reasons, strict=True))


def _reasons(rows: Sequence[Read], use: str) -> list[str]:
    keys = [_keys(row) for row in rows]
    owners = _owners({key for own in keys for key in own})
    barred = _barred({customer_id for ids in owners.values() for customer_id in ids}, use)
    erased = forgotten.recognised_among([(row.kind, row.values) for row in rows])
    found = []
    for own, recognised in zip(keys, erased, strict=True):
        ids = {customer_id for key in own for customer_id in owners.get(key, ())}
        why = sorted({reason for customer_id in ids for reason in barred.get(customer_id, ())})
        if recognised is not None and recognised.forbidden:
            why.append(ERASED)
        found.append(", ".join(why) if own else UNCHECKED)
    return found


def _keys(row: Read) -> set[Key]:
    """What tells whose row it is: addresses and numbers, and the whole name with each postcode, its parts in any order."""
    values = row.values
    telling = {
        (base, data.match_key(base, values[slot]) or "")
        for slot, base in _TELLING.items()
        if base != "postcode" and values.get(slot)
    }
    name = values.get("name") or f"{values.get('last_name', '')} {values.get('first_name', '')}".strip()
    postcodes = {values[slot] for slot, base in _TELLING.items() if base == "postcode" and values.get(slot)}
    return telling | {("name", f"{name_key(name)}\n{postcode}") for postcode in postcodes if name}


def _owners(keys: Iterable[Key]) -> dict[Key, set[int]]:
    """Whose each key is, of those in the register: also of those in the archive, who have not allowed it either.

    A list is often old: former addresses and numbers tell whose row it is as well as those of today.
    """
    found: dict[Key, set[int]] = defaultdict(set)
    wanted: dict[str, set[str]] = defaultdict(set)
    for base, key in keys:
        wanted[base].add(key)
    for base in ("email", "phone"):
        for part in in_batches(sorted(wanted[base]), MOST_IN_A_QUERY):
            query = select(Datum.match, Datum.customer_id).where(
                Datum.match.in_(part), Datum.field.in_(data.slots(base))
            )
            for match, customer_id in db.session.execute(query):
                found[base, match or ""].add(customer_id)
    for part in in_batches(sorted({key.partition("\n")[0] for key in wanted["name"]}), MOST_IN_A_QUERY):
        named = (
            select(Customer.name_key, Datum.value, Customer.id)
            .join(Datum, Datum.customer_id == Customer.id)
            .where(Customer.name_key.in_(part), Customer.kind.in_(data.KINDS))
            .where(Datum.field.in_(data.slots("postcode")))
        )
        for name, postcode, customer_id in db.session.execute(named):
            found["name", f"{name}\n{postcode}"].add(customer_id)
    return found


def _barred(ids: Iterable[int], use: str) -> dict[int, list[str]]:
    """By customer, what keeps the data from this use: prohibitions, objections, restrictions."""
    found: dict[int, list[str]] = defaultdict(list)
    for part in in_batches(sorted(ids), MOST_IN_A_QUERY):
        for bar in uses.bars(use):
            for customer_id in db.session.scalars(select(Customer.id).where(Customer.id.in_(part), bar.condition())):
                found[customer_id].append(bar.name)
    return found
