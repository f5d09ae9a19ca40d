"""Taking a file in: read to its end before anything is kept, so that a bad one leaves nothing behind."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from sqlalchemy import insert, select

from rekisteri.audit import service as audit
from rekisteri.customers import rules
from rekisteri.customers.bulk import in_batches
from rekisteri.customers.importing import columns
from rekisteri.customers.importing.models import ImportBatch, ImportMapping, ImportPiece
from rekisteri.customers.models import Source
from rekisteri.documents.upload_rules import clean_name
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fold
from rekisteri.kernel.sheets import open_sheet
from rekisteri.staff.models import User

RECEIVED = audit.event(
    "import.received", "asiakastiedosto otettu vastaan", fields={"count": int, "sha256": str, "source_id": int}
)
ROWS_IN_A_PIECE = 2000
SAMPLE = 5


@dataclass(frozen=True)
class Received:
    """A file that could be read, packed to be kept."""

    name: str
    sha256: str
    kind: str
    encoding: str
    header: list[str]
    row_count: int
    pieces: list[bytes]


def read_file(stream: BinaryIO, filename: str) -> Received:
    """Read a file to its end; before any transaction, for it takes its time.

    :raises RuleViolation: it cannot be read.
    """
    sheet = open_sheet(stream, filename)
    pieces, count = [], 0
    for part in in_batches(sheet.numbered(), ROWS_IN_A_PIECE):
        count += len(part)
        pieces.append(pack([[number, *cells] for number, cells in part]))
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return Received(clean_name(filename), digest.hexdigest(), sheet.kind, sheet.encoding, sheet.header, count, pieces)


def pack(rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as they are kept in a piece."""
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(piece: bytes) -> list[list[Any]]:
    """What `pack` packed."""
    rows: list[list[Any]] = json.loads(zlib.decompress(piece))
    return rows


def receive(*, file: Received, source: Source, obtained_on: date, by: User | None) -> ImportBatch:
    """Keep a file that was read, with a guess of its columns.

    :raises RuleViolation: the day has not come.
    """
    rules.check_obtained_on(obtained_on, today=today())
    remembered = db.session.get(ImportMapping, source.id)
    guessed = columns.guess(file.header, remembered.columns if remembered else None)
    batch = ImportBatch(
        name=file.name,
        sha256=file.sha256,
        file_kind=file.kind,
        encoding=file.encoding,
        header=file.header,
        row_count=file.row_count,
        source=source,
        obtained_on=obtained_on,
        columns=guessed,
        kind=(remembered and remembered.kind) or columns.guess_kind(guessed),
        name_order=remembered.name_order if remembered else "",
        by=by,
    )
    db.session.add(batch)
    db.session.flush()
    rows = [{"batch_id": batch.id, "number": number, "rows": piece} for number, piece in enumerate(file.pieces)]
    db.session.execute(insert(ImportPiece), rows)
    audit.record(
        RECEIVED, subject=batch.subject, by=by, count=file.row_count, sha256=file.sha256, source_id=batch.source_id
    )
    return batch


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """The last earlier import of the very same file that was not given up."""
    query = select(ImportBatch).where(ImportBatch.sha256 == batch.sha256, ImportBatch.id < batch.id)
    live = ImportBatch.state.not_in(("cancelled", "cancelling"))
    return db.session.scalar(query.where(live).order_by(ImportBatch.id.desc()).limit(1))


def set_reading(*, batch: ImportBatch, reading: columns.Reading) -> None:
    """Take what the columns hold as told, remember it for the source, and begin to judge the rows.

    :raises RuleViolation: the rows cannot be read so, or it is too late to change.
    """
    if batch.state != "mapping":
        raise RuleViolation(
            "Sarakkeet on jo vahvistettu. Peruuta tuonti ja lähetä tiedosto uudelleen, jos ne ovat väärin."
        )
    columns.check_reading(reading)
    batch.columns, batch.kind, batch.name_order = list(reading.columns), reading.kind, reading.name_order
    told = {fold(name): target for name, target in zip(batch.header, reading.columns, strict=True)}
    remembered = db.session.get(ImportMapping, batch.source_id)
    if remembered is None:
        remembered = ImportMapping(source_id=batch.source_id, columns={})
        db.session.add(remembered)
    remembered.columns = {**remembered.columns, **told}
    remembered.kind, remembered.name_order = reading.kind, reading.name_order or remembered.name_order or ""
    batch.state, batch.position, batch.changed_at = "checking", 0, now()


def reading_of(batch: ImportBatch) -> columns.Reading:
    """How the file is read."""
    return columns.Reading(tuple(batch.columns), batch.kind, batch.name_order)


def piece(batch: ImportBatch, number: int) -> list[list[Any]] | None:
    """The rows of one piece; None after the last."""
    query = select(ImportPiece.rows).filter_by(batch_id=batch.id, number=number)
    packed = db.session.scalar(query)
    return None if packed is None else unpack(packed)


def pieces(batch: ImportBatch) -> Iterator[list[list[Any]]]:
    """Every piece, one in memory at a time."""
    number = 0
    while (rows := piece(batch, number)) is not None:
        yield rows
        number += 1


def sample(batch: ImportBatch) -> list[list[str]]:
    """The first rows, cut short, by which a person sees what a column holds."""
    rows = piece(batch, 0) or []
    width = len(batch.header)
    return [[str(cell)[:60] for cell in row[1 : width + 1]] for row in rows[:SAMPLE]]


def column_names(batch: ImportBatch) -> Mapping[str, str]:
    """Field → the name its column has in this file."""
    return {target: name for target, name in zip(batch.columns, batch.header, strict=False) if target}
