"""Nobody is missed: whoever is in the register is found by their own name, and by it with one slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import projection
from rekisteri.customers.wanted import AllOf, AnyOf, Wanted, beginnings, resembling, slips_in, wanted

NAMES = [
    "Virtanen",
    "Korhonen",
    "Äijälä",
    "Lahtinen",
    "Hämäläinen",
    "Žukova",
    "Mäki-Öhman",
    "von Essen",
    "Nguyễn",
    "O’Brien",
]
LONG = ["virtanen", "korhonen", "lahtinen", "hämäläinen", "koivisto", "esimerkki", "teollisuuskatu"]
SIGNS = "aeikmnoprstuvyäöx"


def stands(asked: Wanted | None, text: str) -> bool:
    """Whether a search text has in it what is asked for."""
    if isinstance(asked, AllOf):
        return all(stands(part, text) for part in asked.parts)
    if isinstance(asked, AnyOf):
        return any(stands(part, text) for part in asked.parts)
    return asked is not None and asked in text


def person(last: str, first: str = "Maija", **values: str) -> str:
    return projection.search_text("person", {"last_name": last, "first_name": first} | values)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 12), st.booleans(), st.booleans())
def test_the_beginnings_of_both_names_in_either_order_find_a_person(last, first, length, turned, loud):
    words = [last[:length], first[:length]]
    query = " ".join(reversed(words) if turned else words)

    assert stands(wanted(query.upper() if loud else query), person(last, first))


LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)


@given(LETTERS, LETTERS)
def test_whatever_a_person_is_called_the_name_typed_whole_finds_them(last, first):
    for query in (f"{last} {first}", f"{last}, {first}", f"{first} {last}"):
        assert stands(wanted(query), person(last, first))


@pytest.mark.parametrize("word", LONG)
def test_a_letter_left_out_anywhere_is_forgiven(word):
    missed = [at for at in range(len(word)) if not stands(resembling(word[:at] + word[at + 1 :], 1), f" {word} ")]
    assert missed == []


@pytest.mark.parametrize("word", LONG)
def test_a_wrong_letter_anywhere_is_forgiven(word):
    wrong = [word[:at] + sign + word[at + 1 :] for at in range(len(word)) for sign in SIGNS]
    assert [one for one in wrong if not stands(resembling(one, 1), f" {word} ")] == []


@pytest.mark.parametrize("word", LONG)
def test_a_letter_too_many_anywhere_is_forgiven(word):
    longer = [word[:at] + sign + word[at:] for at in range(len(word) + 1) for sign in SIGNS]
    assert [one for one in longer if not stands(resembling(one, 1), f" {word} ")] == []


@pytest.mark.parametrize("word", ["niemi", *LONG])
def test_two_letters_in_the_wrong_order_are_forgiven_without_a_slip(word):
    turned = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    assert [one for one in turned if not stands(resembling(one, 0), f" {word} ")] == []


@given(st.text(max_size=60), st.integers(0, 3))
def test_no_search_forgives_more_slips_than_its_longest_word_allows(query, slips):
    found = resembling(query, slips)
    if found is not None and projection.terms(query):
        assert slips <= max(slips_in(word) for word in [*projection.terms(query), projection.number_term(query) or ""])


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_search_or_nothing(query):
    asked = wanted(query)

    assert (asked is None) == (projection.terms(query) == [])
    assert all(key == key.lower() for key in beginnings(query))


@pytest.mark.parametrize(
    "written", ["041 505 8567", "+358 41 505 8567", "+358 (0)41 5058567", "00358415058567", "0415058567"]
)
@pytest.mark.parametrize("slot", ["phone", "phone_2", "phone_5"])
def test_a_number_is_found_in_every_writing_and_every_slot(written, slot):
    assert stands(wanted(written), person("Aho", **{slot: "+358415058567"}))
    assert not stands(wanted(written), person("Aho", **{slot: "+358415058568"}))


@pytest.mark.parametrize("slot", ["", "_2", "_5"])
def test_each_address_is_searched(slot):
    text = person("Aho", **{f"street{slot}": "Käpytie 7", f"city{slot}": "Äänekoski", f"email{slot}": "A@Öljy.fi"})
    for query in ("käpytie 7 aho", "ÄÄNEKOSKI", "a@öljy.fi"):
        assert stands(wanted(query), text)


# what the lists show


def test_the_list_shows_the_first_number_and_address_wherever_they_stand():
    values = {
        "last_name": "Aho",
        "phone_3": "+358415058567",
        "email_2": "a@b.fi",
        "city_4": "Turku",
        "country": "Ruotsi",
    }
    own = projection.columns("person", values)

    assert own["contact"] == "041 505 8567 · a@b.fi"
    assert own["place"] == "Turku"


def test_a_town_is_never_shown_with_another_address_s_country():
    values = {"city": "Turku", "city_2": "Tukholma", "country_2": "Ruotsi"}
    assert projection.place_line(values) == "Turku"
    assert projection.place_line(values | {"city": ""}) == "Tukholma, Ruotsi"
    assert projection.place_line({"country": "Norja"}) == "Norja"
