"""What lists and the search read of a customer."""

import pytest

from rekisteri.customers import projection

ANNA = {
    "last_name": "Äijälä-Žukova",
    "first_name": "Anna",
    "organisation": "Äijälän Sähkö Oy",
    "email": "Anna@Esimerkki.fi",
    "phone": "+358415058567",
    "street": "Mäkitie 4 A 3",
    "postcode": "00100",
    "city": "Äänekoski",
    "orders": "2024: vene",
}


@pytest.mark.parametrize(
    ("kind", "values", "name"),
    [
        ("person", ANNA, "Äijälä-Žukova, Anna"),
        ("person", {"last_name": "Šakira"}, "Šakira"),
        ("person", {"first_name": "Šakira"}, "Šakira"),
        ("organisation", {"name": "Öljy & Kaasu Ab"}, "Öljy & Kaasu Ab"),
    ],
)
def test_lists_have_the_surname_first(kind, values, name):
    assert projection.list_name(kind, values) == name


def test_contacts_stand_in_one_line_without_gaps():
    assert projection.contact_line(ANNA) == "041 505 8567 · Anna@Esimerkki.fi"
    assert projection.contact_line({"email": "a@b.fi"}) == "a@b.fi"
    assert projection.contact_line({}) == ""


def test_the_country_is_shown_beside_the_town_only_abroad():
    assert projection.place_line(ANNA) == "Äänekoski"
    assert projection.place_line({"city": "Tukholma", "country": "Ruotsi"}) == "Tukholma, Ruotsi"


@pytest.mark.parametrize(
    "typed",
    [
        "anna äijälä",
        "äijälä-žukova anna",
        "aijala-zukova",
        "sähkö",
        "anna@esimerkki",
        "0415058567",
        "358415058567",
        "mäkitie",
        "00100",
    ],
)
def test_everything_a_customer_is_known_by_is_searched(typed):
    text = projection.search_text("person", ANNA)

    assert (typed in text) == (typed != "aijala-zukova")  # ä is a letter of its own, ž is not


def test_earlier_orders_are_not_searched():
    assert "vene" not in projection.search_text("person", ANNA)


def test_foreign_accents_are_optional_and_finnish_letters_are_not():
    assert projection.without_foreign_accents("žukov nguyễn åäö é") == "zukov nguyen åäö e"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("041 505 8567", "0415058567"),
        ("+358 (0)41 505-8567", "358415058567"),
        ("00358 41 505 8567", "358415058567"),
        ("00100", "00100"),
        ("12", None),
        ("mäkitie 4", None),
        ("", None),
        ("+", None),
    ],
)
def test_a_phone_number_is_recognised_among_searches(typed, digits):
    assert projection.number_term(typed) == digits


def test_a_foreign_number_is_searched_as_it_is_dialled_from_abroad():
    assert projection.phone_digits("+468123456") == ["468123456"]
    assert projection.phone_digits("+35891234567") == ["35891234567", "091234567"]
    assert projection.phone_digits("") == []


def test_a_search_is_cut_into_folded_words_and_bounded():
    assert projection.terms("  ÄIJÄLÄ \u202e Anna ") == ["äijälä", "anna"]
    assert len(projection.terms("a " * 1000)) == projection.MOST_TERMS
    assert len("".join(projection.terms("ä" * 10_000))) == projection.LONGEST_QUERY
    assert projection.terms("\x00\u200b") == []


@pytest.mark.parametrize(
    ("term", "pattern"), [("äij", "%äij%"), ("50%", "%50\\%%"), ("a_b", "%a\\_b%"), ("\\", "%\\\\%")]
)
def test_nothing_typed_works_as_a_wildcard(term, pattern):
    assert projection.like_pattern(term) == pattern


def test_a_name_without_letters_of_any_alphabet_comes_last():
    assert projection.order_key("!!!") > projection.order_key("Öhman")
