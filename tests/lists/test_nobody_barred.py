"""No way of printing lets anybody out whose data may not be used: whatever keeps them in, and whenever it begins."""

from collections.abc import Callable
from typing import Any

import pytest

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_processor
from tests.erasure.factories import erase
from tests.erasure.factories import make_desk as make_erasure
from tests.lists.factories import made
from tests.orders.factories import make_order
from tests.prohibitions.factories import forbid
from tests.restrictions.factories import Desk, restrict
from tests.selections.factories import save
from tests.support.paper import words_of

PATHS: dict[str, dict[str, Any]] = {
    "luettelo": {"title": "Luettelo", "columns": ["address", "phone", "email"]},
    "tarrat": {},
    "kirjeet": {"title": "Kirje", "text": "Hyvä {nimi}", "signer": ""},
    "osoitetiedosto": {"ground": "technical"},
    "sahkoposti": {},
}
LISTED = ("luettelo", "tarrat")
BARS: dict[str, Callable[[Customer], object]] = {
    "Markku Mainos": lambda who: forbid(who, "direct_mail"),
    "Raija Rajoitus": lambda who: restrict(Desk(make_clerk(), who, None)),  # type: ignore[arg-type]
    "Outi Odottaa": lambda who: put(who, "incoming"),
    "Yrjö Yhdistetty": lambda who: put(who, "merged"),
    "Liisa Lista": lambda who: forbid(who, "listing"),
    "Lauri Luovutus": lambda who: forbid(who, "disclosure"),
}


def put(who: Customer, state: str) -> None:
    with transaction():
        db.session.get_one(Customer, who.id).state = state


def barred_from(what: str) -> set[str]:
    """Whoever must not come out of this print."""
    out = set(list(BARS)[:4])
    if what in LISTED:
        out.add("Liisa Lista")
    if what == "osoitetiedosto":
        out.add("Lauri Luovutus")
    return out


def everybody() -> dict[str, Customer]:
    """One free person, and one for each thing that keeps people in."""
    found = {}
    for name in ("Vapaa Vieno", *BARS):
        first, last = name.split()
        email = f"{last}@esimerkki.example".lower()
        found[name] = make_person(first_name=first, last_name=last, email=email, street=f"{last}tie 1")
        make_order(found[name])
    return found


def came_out(client: Any, what: str, address: str) -> str:
    if what in ("osoitetiedosto", "sahkoposti"):
        return client.get(f"{address}/tiedosto").data.decode("utf-8-sig")
    return words_of(client.get(f"{address}.pdf").data)


@pytest.mark.promise("luettelo.kielto")
@pytest.mark.parametrize("late", [False, True], ids=["before", "between-making-and-printing"])
@pytest.mark.parametrize("what", PATHS)
def test_nobody_comes_out_whose_data_may_not_be_used(client, sign_in, company, what: str, late: bool) -> None:
    sign_in("vastuuhenkilo")
    people = everybody()
    told = dict(PATHS[what])
    if what == "osoitetiedosto":
        told["recipient"] = str(make_processor().id)
    selection = save(way="email" if what == "sahkoposti" else "post")
    if not late:
        bar(people)
    address = made(client, selection, what, **told)
    if late:
        bar(people)
    text = came_out(client, what, address)
    assert "Vieno" in text
    for name in barred_from(what):
        assert name.split()[1] not in text, name


def bar(people: dict[str, Customer]) -> None:
    for name, keep_in in BARS.items():
        keep_in(people[name])


def test_who_is_erased_between_making_and_printing_is_not_printed(client, sign_in, company) -> None:
    desk = make_erasure()
    make_person()
    sign_in("vastuuhenkilo")
    address = made(client, save())
    assert "Äijä Örsfelt" in words_of(client.get(f"{address}.pdf").data)
    erase(desk)
    text = words_of(client.get(f"{address}.pdf").data)
    assert "Maija Virtanen" in text
    assert "Örsfelt" not in text
