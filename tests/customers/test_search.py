"""Finding customers: what a clerk types, and what comes up."""

import pytest

from rekisteri.customers import search, service
from rekisteri.kernel.db import transaction
from tests.customers.factories import make_clerk, make_organisation, make_person


def names(text: str) -> list[str]:
    return [customer.display_name for customer in service.search(text)]


@pytest.mark.parametrize("typed", ["äij", "ÄIJ", "Äijälä", "anna äijälä", "äijälä anna", "jäl"])
def test_capitals_and_letters_with_dots_are_found_as_finns_expect(app, typed):
    make_person(last_name="Äijälä", first_name="Anna")
    make_person(last_name="Aijala", first_name="Aino")

    assert names(typed) == ["Äijälä, Anna"]


@pytest.mark.parametrize(
    "typed",
    ["041 505 8567", "0415058567", "041-505 8567", "+358 41 505 8567", "+358 (0)41 5058567", "00358415058567", "5058"],
)
def test_a_phone_number_is_found_in_any_writing(app, typed):
    make_person(phone="+358 41 505 8567")
    make_person(last_name="Muu", phone="09 123 4567")

    assert names(typed) == ["Virtanen, Maija"]


@pytest.mark.parametrize("typed", ["mäkitie", "00100", "maija.virtanen@", "esimerkki.fi", "virtanen helsinki"])
def test_address_and_email_are_searched_as_well(app, typed):
    make_person()
    make_organisation()

    assert names(typed) == ["Virtanen, Maija"]


def test_a_foreign_name_is_found_without_its_accents_but_ä_is_not_a(app):
    make_person(last_name="Žukov", first_name="Šakki")
    make_person(last_name="Hämäläinen")

    assert names("sakki zukov") == ["Žukov, Šakki"]
    assert names("hamalainen") == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "*", '"', "'", "NEAR(", "%%%", "a_b", "--", "\x00"])
def test_signs_that_mean_something_to_a_database_mean_nothing_in_a_search(app, typed):
    make_person()

    assert names(typed) == []


def test_a_percent_sign_in_a_name_is_found_by_a_percent_sign(app):
    make_organisation("Säästä 50 % Oy")
    make_organisation("Säästä 50 Oy")

    assert names("50 %") == ["Säästä 50 % Oy"]


def test_an_empty_search_finds_nobody(app):
    make_person()

    assert names("") == names("   ") == []


def test_ten_thousand_letters_are_searched_by_their_beginning_and_find_nobody(app):
    make_person()

    assert names("ä" * 10_000) == []


def test_the_archived_are_found_last(app):
    gone = make_person(last_name="Aalto")
    with transaction():
        service.archive(customer=gone, by=make_clerk())
    make_person(last_name="Östman")

    assert names("maija") == ["Östman, Maija", "Aalto, Maija"]


IN_FINNISH_ORDER = [
    "Aho",
    "Essen",
    "Virtanen",
    "Virtanen-Aho",
    "Virtaneva",
    "von Essen",
    "Wirtanen",
    "Zidane",
    "Åberg",
    "Äijälä",
    "Öhman",
]


def test_lists_are_in_finnish_order(app):
    for name in reversed(IN_FINNISH_ORDER):
        make_person(last_name=name, first_name="")

    assert [row.display_name for row in search.page().rows] == IN_FINNISH_ORDER


def test_pages_follow_each_other_without_gaps_or_doubles_there_and_back(app):
    for number in range(7):
        make_person(last_name="Aho" if number < 4 else "Öhman", first_name="")

    first = search.page(size=3)
    second = search.page(size=3, after=first.after)
    third = search.page(size=3, after=second.after)
    back = search.page(size=3, before=third.before)

    ids = [row.id for part in (first, second, third) for row in part.rows]
    assert len(ids) == len(set(ids)) == 7
    assert (first.before, third.after) == (None, None)
    assert [row.id for row in back.rows] == [row.id for row in second.rows]
    assert search.page(size=3, before=back.before).before is None


def test_a_page_continued_from_a_customer_who_is_gone_begins_from_the_start(app):
    make_person()

    assert len(search.page(after=4711).rows) == 1
