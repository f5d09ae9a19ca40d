"""However customers came into the register, by form or by the thousand, their rows are the same, and stay so."""

import random

import pytest
from sqlalchemy import select

from rekisteri.customers import bulk, fields, projection, reindexing, rules, service
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import OBTAINED, make_clerk

TYPED = {
    "last_name": ["Virtanen", "Äijälä", "von Essen", "O’Brien", "Žukova", "李", "Mäki-Öhman", "Ahlström"],
    "first_name": ["Maija", "Åke", "Zoë", "J. P.", "Nguyễn", "Anna-Liisa"],
    "organisation": ["Äijälän Sähkö Oy", "äijälän sähkö oy", "Malli & Co", "50 % Oy"],
    "name": ["Äijälän Sähkö Oy", "Malli & Co", "!Huuto! Oy", "Ö", "C++ Ab"],
    "business_id": ["0201256-6", "FI90000097"],
    "email": ["Maija@Esimerkki.FI", "a@öljy.fi", "a+b@esimerkki.fi"],
    "phone": ["041 505 8567", "+46 8 123 456", "09 123 4567", "+358 (0)50 765 4321"],
    "street": ["Mäkitie 4 A 3", "PL 12", "Main Street 1", "Käpy_tie 100%"],
    "postcode": ["00100", "33101"],
    "city": ["Helsinki", "Äänekoski", "Å"],
    "country": ["", "Suomi", "Ahvenanmaa"],
    "orders": ["Kirves\nLapio; 2 kpl", "'=1+1"],
}
ALIKE = [column.name for column in Customer.__table__.columns if column.name not in ("id", "organisation_id")]
DATA_ALIKE = [column.name for column in Datum.__table__.columns if column.name not in ("id", "customer_id")]


def anybody(dice: random.Random) -> tuple[str, dict[str, str]]:
    """A customer with some of the fields, each with something a person might type."""
    kind = dice.choice(list(fields.FIELDS))
    needed = {"last_name", "name"}
    chosen = [name for name in fields.FIELDS[kind] if name in needed or dice.random() < 0.4]
    return kind, rules.check_values(kind, {name: dice.choice(TYPED[rules.base(name)]) for name in chosen})


def rows(customer_id: int) -> tuple[dict, list[dict]]:
    """A customer's row and data, without the numbers that tell them apart."""
    own = db.session.get(Customer, customer_id)
    data = db.session.scalars(select(Datum).filter_by(customer_id=customer_id).order_by(Datum.id))
    return {name: getattr(own, name) for name in ALIKE}, [
        {name: getattr(datum, name) for name in DATA_ALIKE} for datum in data
    ]


def enter_both_ways(people) -> list[tuple[int, int]]:
    """Each person by the form and by the thousand; the two ids of each."""
    clerk = make_clerk()
    with transaction():
        source = service.self_source()
        ones = [
            service.create(kind=kind, values=values, source=source, obtained_on=OBTAINED, by=clerk).id
            for kind, values in people
        ]
        many: list[int] = []
        whence = {"source_id": source.id, "obtained_on": OBTAINED, "entered_by_id": clerk.id}
        bulk.enter_many([bulk.Row(kind, values, **whence) for kind, values in people], batch=7, entered=many.extend)
    db.session.expire_all()
    return list(zip(ones, many, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_whoever_comes_by_the_thousand_is_written_as_by_the_form(app, seed):
    dice = random.Random(seed)
    people = [anybody(dice) for _ in range(25)]

    for (one, other), (_kind, values) in zip(enter_both_ways(people), people, strict=True):
        assert rows(other) == rows(one)
        assert {datum["field"]: datum["value"] for datum in rows(one)[1]} == values


def test_making_the_index_anew_changes_nothing_in_a_right_register(app):
    dice = random.Random(7)
    both = enter_both_ways([anybody(dice) for _ in range(25)])
    before = [rows(number) for pair in both for number in pair]

    with transaction():
        assert reindexing.reindex() == 0

    assert [rows(number) for pair in both for number in pair] == before
    assert not reindexing.stale()


@pytest.mark.parametrize("column", ["display_name", "sort_key", "name_key", "search_text", "contact", "place"])
def test_making_the_index_anew_mends_what_says_something_else_and_nobody_elses_row(app, column):
    dice = random.Random(11)
    both = enter_both_ways([anybody(dice) for _ in range(5)])
    before = [rows(number) for pair in both for number in pair]
    with transaction():
        setattr(db.session.get(Customer, both[2][0]), column, "väärin")
    assert reindexing.stale()

    with transaction():
        assert reindexing.reindex() == 1

    mended = [rows(number) for pair in both for number in pair]
    unversioned = [{name: own[name] for name in own if name not in ("version", "changed_at")} for own, _ in mended]
    assert unversioned == [
        {name: own[name] for name in own if name not in ("version", "changed_at")} for own, _ in before
    ]


def test_what_a_row_repeats_is_what_the_data_say_after_every_change(app):
    dice = random.Random(5)
    person = next(iter(enter_both_ways([("person", {"last_name": "Aho"})])))[0]
    for _ in range(8):
        kind, values = anybody(dice)
        if kind == "organisation":
            continue
        with transaction():
            customer = service.find(person)
            every = dict.fromkeys(fields.FIELDS["person"], "") | values
            service.change(
                customer=customer,
                values=every,
                source=service.self_source(),
                obtained_on=OBTAINED,
                by=make_clerk(),
                reason="Tieto on muuttunut",
            )
        customer = service.find(person)
        held = {name: datum.value for name, datum in service.current(customer).items()}
        assert held == values
        assert {name: getattr(customer, name) for name in projection.columns("person", held)} == projection.columns(
            "person", held
        )
