"""What is shown of an import before and after: how many rows of each fate, and the rows page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import or_, select

from rekisteri.audit import service as audit
from rekisteri.customers import projection, rules
from rekisteri.customers.importing import columns, receiving, steps
from rekisteri.customers.importing.models import ImportBatch, ImportRow
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.kernel.sheets import csv_file
from rekisteri.staff.models import User

LOOKED = audit.event("import.previewed", "tuonnin rivejä katsottu", fields={"kind": str, "count": int})
PAGE_SIZE = 50
FATES = {
    "new": "Uusia",
    "changed": "Muuttuvia",
    "doubtful": "Epäselviä",
    "refused": "Hylättyjä",
    "same": "Ennallaan",
}
FATE_TEXTS = {
    "new": "Rekisteriin lisätään uusi asiakas.",
    "changed": "Asiakas on rekisterissä, ja tiedosto tuo uutta tietoa.",
    "doubtful": "Ratkaise itse, mitä riville tehdään.",
    "refused": "Riviä ei tuoda. Korjaa virhe tiedostoon.",
    "same": "Asiakas on rekisterissä, eikä mikään muutu.",
}
STALE = "Asiakkaan tietoja on muutettu esikatselun jälkeen, joten riviä ei tuotu. Tuo rivi uudelleen."


@dataclass(frozen=True)
class Line:
    """One row as the page shows it."""

    number: int
    name: str
    customer: Customer | None
    told: list[str]
    decision: str
    can_be_same: bool


@dataclass(frozen=True)
class Page:
    """Some rows of one fate; the number after which the next page goes on."""

    lines: list[Line]
    after: int | None


def page(batch: ImportBatch, fate: str, after: int = 0) -> Page:
    """Rows of one fate in the order of the file, found by the row before them however far."""
    query = select(ImportRow).filter_by(batch_id=batch.id, fate=fate).where(ImportRow.number > after)
    rows = list(db.session.scalars(query.order_by(ImportRow.number).limit(PAGE_SIZE + 1)))
    ids = [row.customer_id for row in rows if row.customer_id]
    found = db.session.scalars(select(Customer).where(Customer.id.in_(ids), Customer.state != "incoming"))
    customers = {customer.id: customer for customer in found}
    names = receiving.column_names(batch)
    lines = [_line(row, customers.get(row.customer_id or 0), names) for row in rows[:PAGE_SIZE]]
    return Page(lines, lines[-1].number if len(rows) > PAGE_SIZE else None)


def _line(row: ImportRow, customer: Customer | None, names: Mapping[str, str]) -> Line:
    kept: dict[str, Any] = steps.told(row)
    name = kept.get("name") or projection.list_name(row.kind, kept.get("values", {}))
    told = [f"{_column(field, names)}{sentence}" for field, sentence in kept.get("errors", ())]
    told += [reason[:1].upper() + reason[1:] for reason in kept.get("reasons", ())]
    when = "Jos sama asiakas: " if row.fate == "doubtful" else ""
    told += [when + _changed(row.kind, *change) for change in kept.get("changes", ())]
    return Line(row.number, name or "–", customer, told, row.decision, bool(row.customer_id))


def _column(field: str, names: Mapping[str, str]) -> str:
    return f"{names.get(field) or columns.OFFERED[field]}: " if field in columns.OFFERED else ""


def _changed(kind: str, field: str, before: str, after: str) -> str:
    label, was, now = rules.FIELDS[kind][field], rules.shown(field, before), rules.shown(field, after)
    return f"{label}: {was} → {now}" if was else f"{label}: {now} (uusi tieto)"


def record_look(batch: ImportBatch, *, fate: str, count: int, by: User) -> None:
    """Put on record that a user saw rows of a file, and what stands in the register beside them."""
    audit.record(LOOKED, subject=batch.subject, by=by, kind=fate, count=count)


def left_out(batch: ImportBatch) -> BinaryIO:
    """The rows that were not taken, as they came, each with what is wrong: to be corrected and sent again."""
    width = len(batch.header)
    return csv_file([*batch.header, "Virhe"], ([*cells[:width], said] for cells, said in _left_out(batch)))


def _left_out(batch: ImportBatch) -> Iterator[tuple[list[str], str]]:
    names = receiving.column_names(batch)
    wanted = select(ImportRow).filter_by(batch_id=batch.id)
    wanted = wanted.where(or_(ImportRow.fate == "refused", ImportRow.result == "stale"))
    for rows in receiving.pieces(batch):
        here = wanted.where(ImportRow.number.between(rows[0][0], rows[-1][0]))
        found = {row.number: row for row in db.session.scalars(here)}
        for number, *cells in rows:
            if row := found.get(number):
                yield cells, STALE if row.result == "stale" else " ".join(_line(row, None, names).told)
