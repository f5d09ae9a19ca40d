"""Lists on paper, and tables for a printing house or a mailing: the people of a passage row by row."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select

from rekisteri.customers.rules import shown
from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.lists import reading, rules
from rekisteri.lists.households import Addressee

FOOT = "Luottamuksellinen. Säilytä lukitussa tilassa ja hävitä, kun luetteloa ei enää tarvita."
FILE_HEADER = ("Nimi", "Lisärivi", "Lähiosoite", "Postinumero", "Postitoimipaikka", "Maa")
MESSAGE_HEADERS = {"emails": ("Nimi", "Sähköpostiosoite"), "messages": ("Nimi", "Matkapuhelinnumero")}
LEFT, WIDTH, FIRST, STEP, ROWS = 20.0, 178.0, 46.0, 9.0, 25
"""The table of a printed list in millimetres: from the edges of the sheet, and so many rows of that height."""
EDGE, GAP, TYPE = 0.4, 2.0, 9.0
NUMBER, NAME = 10, 38
DOMESTIC = 2


def draw(
    people: Select[int],
    *,
    title: str,
    columns: Sequence[str],
    purpose: str,
    by: str,
    on: date,
    controller: dict[str, Any],
    count: int,
) -> pdf.Drawn:
    """The list on paper: each sheet has the head laid out once, and the rows of thousands are drawn on it.

    :param count: how many went, told in the head.
    :raises PdfError: it cannot be printed now.
    """
    head = header(columns)
    context = {"controller": controller, "purpose": purpose.rstrip(". "), "by": by, "count": count, "foot": FOOT}
    measures = {"head": list(zip(head, *_across(columns), strict=True)), "tops": _tops(), "step": STEP}
    html = composition.page("lists/paper/list.html", title=title, on=on, context=context | measures)
    layout = pdf.Layout(title, _places(columns), background=pdf.render(html, title=title))
    numbered = enumerate(cells(people, columns, on=on), 1)
    return pdf.draw(layout, ([[str(number)], *([cell] for cell in row)] for number, row in numbered))


def _across(columns: Sequence[str]) -> tuple[list[float], list[float]]:
    """Where each column begins and how wide it is, in millimetres: as wide as what stands in it mostly is."""
    parts = [NUMBER, NAME, *(rules.WIDTHS[column] for column in columns)]
    widths = [WIDTH * part / sum(parts) for part in parts]
    return [LEFT + sum(widths[:place]) for place in range(len(widths))], widths


def _tops() -> list[float]:
    return [FIRST + STEP * row for row in range(ROWS)]


def _places(columns: Sequence[str]) -> tuple[tuple[pdf.Box, ...], ...]:
    """The rows of a sheet, each a box for every column."""
    across = list(zip(*_across(columns), strict=True))
    return tuple(
        tuple(
            pdf.Box(left, top + EDGE, width - GAP, STEP - 2 * EDGE, size=TYPE, least=5, middle=True, prose=True)
            for left, width in across
        )
        for top in _tops()
    )


def header(columns: Sequence[str]) -> list[str]:
    """The names of a list's columns; the first is the running number."""
    return ["", "Nimi", *(rules.COLUMNS[column][0] for column in columns)]


def cells(people: Select[int], columns: Sequence[str], *, on: date) -> Iterator[list[str]]:
    """The rows of a list, by name."""
    places: dict[int, str] = {}
    if "address" in columns:
        found = reading.addressees(people, order="name", on=on)
        places = {one.customer_id: ", ".join(one.place) for one in found}
    fields = [rules.COLUMNS[column][1][0] for column in columns if column != "address"]
    for row, own in reading.values(people, fields, on=on):
        told = {column: shown(field := rules.COLUMNS[column][1][0], own.get(field, "")) for column in columns}
        told["address"] = places.get(row.id, "")
        yield [row.display_name, *(told[column] for column in columns)]


def addresses(people: Select[int], *, order: str, on: date) -> Iterator[list[str]]:
    """The rows of an address file: a column for each part of the address, as printing houses ask."""
    for one in reading.addressees(people, order=order, on=on):
        yield address(one)


def address(one: Addressee) -> list[str]:
    """One row: name, organisation, street, postcode, town, country."""
    office, place = (one.place[0], one.place[1:]) if one.at_work else ("", one.place)
    street, town, country = (*place, "")[:3]
    postcode, _, city = town.partition(" ") if len(place) == DOMESTIC else ("", "", town)
    return [one.full_name, office, street, postcode, city, country]


def messages(people: Select[int], kind: str, *, on: date) -> Iterator[list[str]]:
    """Name and e-mail address, or name and mobile number, of those who have one; the same once."""
    seen: set[str] = set()
    field, fits = ("email", bool) if kind == "emails" else ("phone", rules.takes_messages)
    for row, own in reading.values(people, [field], on=on, fits=fits):
        address = own[field]
        if address and address.lower() not in seen:
            seen.add(address.lower())
            name = " ".join(reversed(row.display_name.split(", ", 1))) if row.kind == "person" else row.display_name
            yield [name, address]
