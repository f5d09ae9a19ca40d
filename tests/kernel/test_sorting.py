"""Finnish order: å, ä and ö at the end, foreign letters beside their nearest, space before hyphen before letters."""

import random

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from rekisteri.kernel.db import db, sort_key_type
from rekisteri.kernel.formats import fold, sort_key

IN_ORDER = [
    *("3M", "Aalto", "Aalto Virtanen", "Aalto-Virtanen", "Aaltonen", "Ahola", "Đặng", "Dufva", "Éricson", "Erälä"),
    *(
        "Järvi",
        "Järvinen",
        "Müller",
        "Mynttinen",
        "Sakki",
        "Šakkinen",
        "Sarvi",
        "Vaara",
        "Virtanen",
        "Waara",
        "Wirtanen",
    ),
    *(
        "Übel",
        "Yrjölä",
        "Zetterberg",
        "Žukov",
        "Åberg",
        "Ǻkerlund",
        "Æbler",
        "Ääri",
        "Öhman",
        "Østergaard",
        "Ötvös",
        "Őze",
    ),
]


def test_names_stand_in_the_order_of_a_finnish_directory() -> None:
    mixed = random.Random(11).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Z", "Å"),
        ("Å", "Ä"),
        ("Ä", "Ö"),
        ("Virtanen", "Wirtanen"),
        ("Vx", "Wa"),
        ("Aalto Öman", "Aalto-Aho"),
        ("Aalto-Öman", "Aaltonen"),
        ("Mäki", "Mäki Anna"),
        ("Nygren", "Nühren"),
        ("Nuutinen", "Nühren"),
        ("Sabe", "Šade"),
        ("Šade", "Safe"),
        ("Zorro", "Žukov"),
        ("Ægir", "Äiti"),
        ("Öberg", "Øster"),
        ("3M", "Aalto"),
        ("Ranta 1", "Ranta 2"),
        ("Étienne", "Etla"),
    ],
)
def test_this_name_stands_before_that_one(first: str, second: str) -> None:
    assert sort_key(first) < sort_key(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("müller", "MYLLER"),
        ("Émile", "emile"),
        ("Åberg", "A\u030aberg"),
        ("O'Brien", "OBrien"),
        ("Strauß", "Strauss"),
        ("Łukasz", "Lukasz"),
        ("Đorđe", "Dorde"),
        ("Þór", "Thor"),
        ("Áŋŋel Ŧorra", "Annel Torra"),
        ("  Virtanen  ", "virtanen"),
        ("Ǻse", "Åse"),
    ],
)
def test_these_two_stand_side_by_side(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_the_database_sorts_keys_as_python_does(app: Flask) -> None:
    table = Table("trial_name", MetaData(), Column("id", Integer, primary_key=True), Column("key", sort_key_type()))
    table.create(db.engine)
    keys = sorted(sort_key(name) for name in IN_ORDER)
    shuffled = random.Random(7).sample(keys, len(keys))
    db.session.execute(insert(table), [{"key": key} for key in shuffled])
    assert list(db.session.scalars(select(table.c.key).order_by(table.c.key))) == keys


@given(st.text())
def test_any_text_has_a_key_that_fits_its_column(text: str) -> None:
    assert len(sort_key(text)) <= 200


@given(st.text(), st.text())
def test_what_is_written_alike_sorts_alike(one: str, other: str) -> None:
    if fold(one) == fold(other):
        assert sort_key(one) == sort_key(other)


@given(st.text())
def test_case_and_spaces_do_not_matter_in_a_search(text: str) -> None:
    assert fold(f" {text}  ") == fold(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"), [("ÅKE  Öhman", "åke öhman"), ("A\u0308iti", "äiti"), ("STRASSE", "strasse")]
)
def test_finnish_letters_stay_letters_in_a_search(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold("ä") != fold("a")
