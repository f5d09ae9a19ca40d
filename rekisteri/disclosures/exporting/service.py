"""Taking customers out to a file: put on record first, then written row by row as it is read.

The columns are named so that an import of the same file recognises all of them and finds nothing to change.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select

from rekisteri.audit import service as audit
from rekisteri.customers import rules, uses
from rekisteri.customers.bulk_changes import held_by
from rekisteri.customers.importing.columns import FULL_NAME, KIND, NUMBER, OFFERED
from rekisteri.customers.models import Customer, Datum
from rekisteri.disclosures import door
from rekisteri.disclosures.exporting.models import CustomerExport
from rekisteri.disclosures.rules import DATA
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

EXPORTED = audit.event(
    "customers.exported", "asiakkaita viety tiedostoon", fields={"count": int, "state": str, "format": str}
)
SELECTIONS = {"active": ("active",), "archived": ("archived",), "all": ("active", "archived")}
"""What may be taken out. Those that are not seen in the register are in none of them."""
FORMATS = {"csv": "CSV", "xlsx": "Excel (.xlsx)"}
ROWS_AT_ONCE = 500


def record_export(
    *, selection: str, file_kind: str, purpose: str, by: User | None
) -> tuple[CustomerExport, door.Passage]:
    """Let customers out to a file: put on record how many and what for, and give those who may be written into it.

    :raises RuleViolation: the purpose is not told, or there is nobody to take out.
    """
    if selection not in SELECTIONS or file_kind not in FORMATS:
        raise RuleViolation("Valitse, keitä viedään ja missä muodossa.")
    if not purpose.strip():
        raise RuleViolation("Kerro, mihin tietoja käytetään.", field="purpose")
    made = CustomerExport(purpose=purpose.strip()[:500], selection=selection, file_kind=file_kind, count=0, by=by)
    db.session.add(made)
    db.session.flush()
    passage = door.let_out(
        kind="export",
        use="export",
        people=_chosen(selection),
        fields=[field for field in dict.fromkeys(map(rules.base, fields())) if field in DATA],
        purpose=made.purpose,
        by=by,
        way="file",
        origin=made.subject,
    )
    made.count = passage.count
    audit.record(EXPORTED, subject=made.subject, by=by, count=made.count, state=selection, format=file_kind)
    return made, passage


def _chosen(selection: str) -> Select[int]:
    return select(Customer.id).where(Customer.state.in_(SELECTIONS[selection]))


def selected(selection: str) -> Select[int]:
    """Ids of those who could be taken out now: nobody whose data may not be used for it."""
    return uses.permitted(_chosen(selection), "export")


def left_out(selection: str = "all") -> dict[str, int]:
    """How many are kept out of the file, by what keeps them out (”käsittely rajoitettu”)."""
    return uses.left_out(_chosen(selection), "export")


def latest(limit: int = 20) -> list[CustomerExport]:
    """The last exports, the newest first."""
    return list(db.session.scalars(select(CustomerExport).order_by(CustomerExport.id.desc()).limit(limit)))


def fields() -> list[str]:
    """The columns: the number and the kind, every main field, and the further slots that something stands in."""
    main = [
        field for field in OFFERED if field in rules.MAIN_FIELDS["person"] or field in rules.MAIN_FIELDS["organisation"]
    ]
    slots = [field for field in OFFERED if field not in main and field not in (NUMBER, KIND, FULL_NAME)]
    in_use = [field for field in slots if db.session.scalar(select(Datum.id).filter_by(field=field).limit(1))]
    return [NUMBER, KIND, *main, *in_use]


def header(columns: Sequence[str]) -> list[str]:
    """The names of the columns."""
    return [OFFERED[column] for column in columns]


def rows(columns: Sequence[str], people: Select[int]) -> Iterator[list[str]]:
    """A row for each customer in the order they were entered, some hundreds in memory at a time."""
    query = people.order_by(Customer.id).add_columns(Customer.kind)
    found = db.session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    for part in found.partitions():
        held = held_by([row.id for row in part])
        for number, kind in part:
            values = {field: rules.shown(rules.base(field), datum["value"]) for field, datum in held[number].items()}
            values |= {NUMBER: str(number), KIND: rules.KINDS[kind]}
            yield [values.get(column, "") for column in columns]
