"""The second step of the search: slips are forgiven when nobody was found exactly."""

import pytest

from rekisteri.customers import service
from rekisteri.customers.similar import SHOWN, similar
from rekisteri.kernel.db import transaction
from tests.customers.factories import fill, make_clerk, make_organisation, make_person


def names(text: str, **asked) -> list[str]:
    return [customer.display_name for customer in similar(text, **asked)]


@pytest.fixture
def people(app):
    for last, first in (
        ("Äijälä", "Anna"),
        ("Virtanen", "Maija"),
        ("Korhonen", "Eero"),
        ("Niemi", "Aino"),
        ("Aalto", "Väinö"),
        ("Wirkkunen", "Hillevi"),
        ("Åkerlund", "Åke"),
    ):
        email = "maija.0@esimerkki.fi" if first == "Maija" else ""
        make_person(last_name=last, first_name=first, email=email, phone="")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aijala", "Äijälä, Anna"),
        ("ÄIJALA", "Äijälä, Anna"),
        ("virtannen", "Virtanen, Maija"),
        ("virtaen", "Virtanen, Maija"),
        ("cirtanen", "Virtanen, Maija"),
        ("vitranen", "Virtanen, Maija"),
        ("virtanem", "Virtanen, Maija"),
        ("firtannen", "Virtanen, Maija"),
        ("korhnen", "Korhonen, Eero"),
        ("korohnen", "Korhonen, Eero"),
        ("neimi", "Niemi, Aino"),
        ("alato", "Aalto, Väinö"),
        ("virkkunen", "Wirkkunen, Hillevi"),
        ("akerlund", "Åkerlund, Åke"),
        ("ake akerlund", "Åkerlund, Åke"),
        ("maaija virtaneen", "Virtanen, Maija"),
        ("vaino aalto", "Aalto, Väinö"),
        ("Maija.0@esimerki.fi", "Virtanen, Maija"),
    ],
)
def test_a_slip_is_forgiven(people, typed, meant):
    assert service.search(typed) == []
    assert names(typed) == [meant]


@pytest.mark.parametrize("typed", ["041 505 8576", "0415508567", "041505856", "+358 41 505 8667"])
def test_a_digit_typed_wrong_in_a_phone_number_is_forgiven(app, typed):
    make_person(phone="041 505 8567")
    make_person(last_name="Muu", phone="09 123 4567")

    assert names(typed) == ["Virtanen, Maija"]


@pytest.mark.parametrize("typed", ["", "x", "xq", "aho", "qqqqq", "virtanen korhonen", "makelainen", "%%%%", "\x00"])
def test_nobody_is_guessed_who_is_not_like_enough(people, typed):
    assert names(typed) == []


@pytest.mark.parametrize("typed", ["ä" * 10_000, "a b c d e f", "virtanen " * 20, '"""""', "NEAR(virtanen korhonen)"])
def test_what_is_no_name_is_not_compared_with_names(people, typed):
    assert names(typed) == []


def test_the_likest_come_first_and_a_name_before_an_address(app):
    make_person(last_name="Aho", first_name="Pekka", street="Niemitie 2")
    make_person(last_name="Niemi", first_name="Aino")
    make_organisation("Nieminen Oy")

    assert names("neimi") == ["Niemi, Aino", "Nieminen Oy", "Aho, Pekka"]


def test_those_alike_are_of_the_state_asked_for(app):
    gone = make_person(last_name="Virtanen", first_name="Vanha")
    with transaction():
        service.archive(customer=gone, by=make_clerk())
    make_person(last_name="Virtanen", first_name="Uusi")

    assert names("virtannen") == ["Virtanen, Uusi"]
    assert names("virtannen", state="archived") == ["Virtanen, Vanha"]
    assert names("virtannen", state=None) == ["Virtanen, Uusi", "Virtanen, Vanha"]


def test_only_as_many_are_shown_as_one_looks_through(app):
    fill(SHOWN + 5, last_name="Virtanen", first_name="Maija{0}")

    assert len(names("virtannen")) == SHOWN
    assert len(names("virtannen", limit=3)) == 3
