"""Customer files for tests, and an import taken to any of its steps without the pages."""

import io
from datetime import date
from typing import Any

from rekisteri.customers import service
from rekisteri.customers.importing import columns, receiving, steps
from rekisteri.customers.importing.models import ImportBatch, ImportRow
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import OBTAINED, make_clerk

HEADER = "Sukunimi;Etunimi;Sähköposti;Puhelin;Osoite;Postinro;Kaupunki"
AINO = "Aho;Aino;aino.aho@esimerkki.fi;040 555 1234;Ahotie 1;00100;Helsinki"
BERTTA = "Öhman;Bertta;;041 505 8567;;;"


def table(*rows: str, header: str = HEADER) -> bytes:
    """A CSV file as an office saves it."""
    return "\r\n".join([header, *rows, ""]).encode("utf-8-sig")


def received(*rows: str, header: str = HEADER, obtained_on: date = OBTAINED) -> ImportBatch:
    """A file taken in, its columns not told yet; the source is the customer's own word."""
    clerk = make_clerk()
    file = receiving.read_file(io.BytesIO(table(*rows, header=header)), "asiakkaat.csv")
    with transaction():
        source = service.self_source()
        return receiving.receive(file=file, source=source, obtained_on=obtained_on, by=clerk)


def checked(*rows: str, header: str = HEADER, kind: str = "", order: str = "", **rest: Any) -> ImportBatch:
    """A file whose rows have been judged; the columns are what was guessed."""
    batch = received(*rows, header=header, **rest)
    with transaction():
        reading = columns.Reading(tuple(batch.columns), kind or batch.kind, order or batch.name_order)
        receiving.set_reading(batch=batch, reading=reading)
    return run(batch)


def run(batch: ImportBatch) -> ImportBatch:
    """Let the work go on until it is a person's turn."""
    while steps.is_under_way(batch):
        steps.step(batch)
    return batch


def enter(batch: ImportBatch, decision: str = "new") -> ImportBatch:
    """Decide all that is doubtful one way, and enter."""
    with transaction():
        steps.decide(batch=batch, decision=decision)
        steps.accept(batch=batch)
    return run(batch)


def fates(batch: ImportBatch) -> list[str]:
    """Each row's fate, in the order of the file."""
    return [row.fate for row in rows_of(batch)]


def rows_of(batch: ImportBatch) -> list[ImportRow]:
    """The rows as they were judged."""
    query = db.select(ImportRow).filter_by(batch_id=batch.id).order_by(ImportRow.number)
    return list(db.session.scalars(query))


def said(batch: ImportBatch) -> list[str]:
    """All that was found of the rows, as the page and the file of errors say it."""
    from rekisteri.customers.importing import preview

    return [sentence for fate in preview.FATES for line in preview.page(batch, fate).lines for sentence in line.told]
