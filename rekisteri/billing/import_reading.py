"""Reading a file of the accounting system: which column is which, and what stands in a row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from rekisteri.billing import rules
from rekisteri.kernel.amounts import read_money
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.fields import parse_date
from rekisteri.kernel.formats import fi_number, fold
from rekisteri.kernel.sheets import Sheet, open_sheet

MOST_INVOICES = 20_000
COLUMNS = {
    "number": "Laskun numero",
    "customer_id": "Asiakasnumero",
    "business_id": "Y-tunnus",
    "name": "Asiakkaan nimi",
    "invoiced_on": "Laskupäivä",
    "due_on": "Eräpäivä",
    "amount": "Summa",
    "paid": "Maksettu",
    "paid_on": "Maksupäivä",
    "credited_on": "Hyvityspäivä",
}
NEEDED = ("number", "invoiced_on", "due_on", "amount")
WHOSE = ("customer_id", "business_id", "name")
_KNOWN_AS = {
    "number": ("laskunnumero", "laskunumero", "laskunro", "laskunnro", "lasku", "laskuno", "invoicenumber", "invoiceno"),
    "customer_id": ("asiakasnumero", "asiakasnro", "asiakasno", "asiakastunnus", "customernumber", "customerno"),
    "business_id": ("ytunnus", "asiakkaanytunnus", "businessid"),
    "name": ("asiakkaannimi", "asiakas", "nimi", "asiakasnimi", "customer", "customername", "name"),
    "invoiced_on": ("laskupäivä", "laskupvm", "laskunpäivä", "laskunpvm", "päiväys", "päivämäärä", "pvm", "invoicedate"),
    "due_on": ("eräpäivä", "eräpvm", "duedate"),
    "amount": (
        "summa", "loppusumma", "yhteensä", "laskunsumma", "verollinensumma", "summaeur", "summa€", "määrä", "amount", "total",
    ),
    "paid": ("maksettu", "maksettusumma", "suoritettu", "suoritus", "maksettueur", "paid", "paidamount"),
    "paid_on": ("maksupäivä", "maksupvm", "maksettupvm", "suorituspäivä", "suorituspvm", "paymentdate", "paidon"),
    "credited_on": ("hyvityspäivä", "hyvitetty", "hyvityspvm", "creditdate"),
}  # fmt: skip
_YES, _NO = {"kyllä", "k", "x", "yes", "maksettu"}, {"ei", "e", "no", "avoin", "-", "–"}


@dataclass(frozen=True)
class Line:
    """One row of the file as it was read; `refused` says why it cannot be taken."""

    row: int
    number: str = ""
    customer_id: str = ""
    business_id: str = ""
    name: str = ""
    invoiced_on: date = date.min
    due_on: date = date.min
    amount: int = 0
    paid: int = 0
    paid_on: date | None = None
    credited_on: date | None = None
    refused: str = ""


def open_invoices(stream: BinaryIO, filename: str) -> Sheet:
    """The table in the file, with its columns' names.

    :raises RuleViolation: it cannot be read, or is longer than one import may be.
    """
    sheet = open_sheet(stream, filename)
    for count, _cells in enumerate(sheet.rows(), 1):
        if count > MOST_INVOICES:
            sentence = f"Tiedostossa on yli {fi_number(MOST_INVOICES)} laskua. Jaa se pienempiin tiedostoihin."
            raise RuleViolation(sentence, field="file")
    return sheet


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the columns' names; each column is taken once."""
    names = [re.sub(r"[^a-zåäö€]", "", fold(name)) for name in header]
    found: dict[str, int] = {}
    for field, known in _KNOWN_AS.items():
        places = [names.index(name) for name in known if name in names]
        free = [place for place in places if place not in found.values()]
        if free:
            found[field] = free[0]
    return found


def check_columns(columns: Mapping[str, int]) -> None:
    """The file tells of each invoice its number, its days and its sum, and somehow whose it is; no column twice."""
    missing = [COLUMNS[field] for field in NEEDED if field not in columns]
    if missing:
        raise RuleViolation(f"Valitse, missä sarakkeessa on: {', '.join(missing)}.", field=_first_missing(columns))
    if not any(field in columns for field in WHOSE):
        raise RuleViolation(
            "Valitse ainakin yksi sarake, josta asiakas tunnistetaan: asiakasnumero, Y-tunnus tai nimi.",
            field="customer_id",
        )
    for field, place in columns.items():
        if list(columns.values()).count(place) > 1:
            raise RuleViolation("Sama sarake on valittu kahteen kohtaan.", field=field)


def _first_missing(columns: Mapping[str, int]) -> str:
    return next(field for field in NEEDED if field not in columns)


def read_lines(sheet: Sheet, columns: Mapping[str, int], *, today: date) -> Iterator[Line]:
    """The invoices of the file, one by one; a number that comes again is refused where it comes again."""
    seen: dict[str, int] = {}
    for row, cells in sheet.numbered():
        line = read_line(row, {field: cells[place].strip() for field, place in columns.items()}, today=today)
        if len(cells) > len(sheet.header):
            line = replace(line, refused="Rivillä on enemmän tietoja kuin tiedostossa on sarakkeita.")
        elif not line.refused and line.number in seen:
            line = replace(line, refused=f"Sama laskun numero on jo rivillä {seen[line.number]}.")
        else:
            seen.setdefault(line.number, row)
        yield line


def read_line(row: int, cells: Mapping[str, str], *, today: date) -> Line:
    """What one row says of an invoice, or why it cannot be taken."""
    line = Line(row, number=cells.get("number", "")[:60], name=cells.get("name", "")[:200])
    try:
        number = rules.check_number(cells.get("number", ""))
        invoiced_on, due_on = _day("invoiced_on", cells), _day("due_on", cells)
        amount = _sum("amount", cells)
        if invoiced_on is None or due_on is None:
            raise RuleViolation("Laskupäivä tai eräpäivä puuttuu.")
        if amount is not None and amount < 0:
            raise RuleViolation("Hyvityslaskua ei tuoda: merkitse alkuperäinen lasku hyvitetyksi.")
        rules.check_invoice(invoiced_on=invoiced_on, due_on=due_on, amount=amount or 0, today=today)
        paid_on, credited_on = _day("paid_on", cells), _day("credited_on", cells)
        if any(day and day > today for day in (paid_on, credited_on)):
            raise RuleViolation("Maksu- tai hyvityspäivä on tulevaisuudessa.")
        if credited_on and credited_on < invoiced_on:
            raise RuleViolation("Hyvityspäivä on ennen laskupäivää.")
        line = replace(line, number=number, invoiced_on=invoiced_on, due_on=due_on, amount=amount or 0)
        paid = _paid(cells, line.amount, paid_on)
    except RuleViolation as violation:
        return replace(line, refused=violation.sentence)
    return replace(
        line,
        customer_id=cells.get("customer_id", ""),
        business_id=cells.get("business_id", ""),
        paid=paid,
        paid_on=paid_on if paid else None,
        credited_on=credited_on,
    )


def _paid(cells: Mapping[str, str], amount: int, paid_on: date | None) -> int:
    """How much was paid: a sum, a yes or a no; a day of payment alone says that all was."""
    told = fold(cells.get("paid", ""))
    if told in _NO:
        return 0
    if told in _YES or (not told and paid_on):
        return amount
    paid = _sum("paid", cells) or 0
    if paid < 0:
        raise RuleViolation("Maksettu summa on pienempi kuin nolla.")
    return paid


def _day(field: str, cells: Mapping[str, str]) -> date | None:
    text = re.split(r"[T ](?=\d{1,2}[:.]\d\d)", cells.get(field, ""))[0]
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        raise RuleViolation(f"{COLUMNS[field]}: {error}") from error


def _sum(field: str, cells: Mapping[str, str]) -> int | None:
    text = cells.get(field, "")
    if not text:
        return None
    try:
        return read_money(text)
    except ValueError as error:
        raise RuleViolation(f"{COLUMNS[field]}: {error}") from error
