"""Customers and sources for tests, as a clerk would have entered them. All names and numbers are invented."""

from datetime import date
from typing import Any

from rekisteri.customers import notes, service, sources
from rekisteri.customers.models import ContactNote, Customer, Source
from rekisteri.kernel.db import transaction
from tests.staff.factories import make_user

OBTAINED = date(2026, 3, 5)
MAIJA = {
    "last_name": "Virtanen",
    "first_name": "Maija",
    "email": "maija.virtanen@esimerkki.fi",
    "phone": "041 505 8567",
    "street": "Mäkitie 4 A 3",
    "postcode": "00100",
    "city": "Helsinki",
}


def make_person(**values: Any) -> Customer:
    """A person who told their data themselves on 5.3.2026; Maija Virtanen of Mäkitie unless told otherwise."""
    return _make("person", MAIJA | values)


def make_organisation(name: str = "Äijälän Sähkö Oy", **values: Any) -> Customer:
    """An organisation with an address in Tampere."""
    address = {"street": "Teollisuuskatu 7", "postcode": "33100", "city": "Tampere"}
    return _make("organisation", {"name": name, **address, **values})


def _make(kind: str, values: dict[str, Any]) -> Customer:
    by = values.pop("by", None) or make_clerk()
    whence = {"source": values.pop("source", None), "obtained_on": values.pop("obtained_on", OBTAINED)}
    with transaction():
        source = whence["source"] or service.self_source()
        return service.create(kind=kind, values=values, source=source, obtained_on=whence["obtained_on"], by=by)


def make_clerk() -> Any:
    """The clerk who entered the test's data; the same one each time."""
    from rekisteri.staff.service import find_user

    return find_user("kirjaaja") or make_user("kasittelija", username="kirjaaja", full_name="Kaisa Kirjaaja")


def make_source(name: str = "Rakentajamessut 2026", kind: str = "fair", **details: str) -> Source:
    """A source with an address for letters."""
    address = {"street": "Messukatu 1", "postcode": "00520", "city": "Helsinki"}
    clerk = make_clerk()
    with transaction():
        return sources.add_source(name=name, kind=kind, details=address | details, by=clerk)


def whence(**changed: str) -> dict[str, str]:
    """What every form on data asks besides the data themselves."""
    return {"source": "self", "obtained_on": "5.3.2026"} | changed


def make_note(customer: Customer, text: str = "Kysyi tarjousta.", **rest: Any) -> ContactNote:
    """A phone call of 5.3.2026, put on record by the test's clerk; the notice in force must tell of contacts."""
    clerk = make_clerk()
    with transaction():
        return notes.add_note(
            customer=service.find(customer.id),
            text=text,
            **{"happened_on": OBTAINED, "channel": "phone", "source": service.self_source(), "by": clerk} | rest,
        )


def fill(count: int, *, state: str = "active", **values: str) -> None:
    """Many persons at once; `{0}` in a value is the number of each: last_name="Aho{0:04}"."""
    from rekisteri.customers.bulk import Row, enter_many

    clerk = make_clerk()
    with transaction():
        whence = {"source_id": service.self_source().id, "obtained_on": OBTAINED, "entered_by_id": clerk.id}
        given = {"last_name": "Virtanen", "first_name": "Maija"} | values
        everyone = ({key: text.format(number) for key, text in given.items()} for number in range(count))
        enter_many(Row(kind="person", values=one, state=state, **whence) for one in everyone)
