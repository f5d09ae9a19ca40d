"""When two customers look like one: names as they are heard, and what counts how much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import likeness
from rekisteri.customers.likeness import name_key, names_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Virtanen, Maija", "Wirtanen, Maija"),
        ("Virtanen, Maija", "Maija, Virtanen"),
        ("Virtanen, Maija", "VIRTANEN, maija"),
        ("Mäkinen, Sofia", "Makinen, Sophia"),
        ("Heikkinen, Mathias", "Heikinen, Matias"),
        ("Mäki-Äijälä, Anna", "Äijälä Mäki, Anna"),
        ("Šakki, Zoe", "Sakki, Soe"),
        ("Ahlström, Carl", "Ahlstrom, Karl"),
        ("Äijälän Sähkö Oy", "Äijälän Sähkö"),
        ("Malli Oy Ab", "MALLI OYJ"),
    ],
)
def test_names_that_are_heard_alike_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Virtanen, Maija", "Virtanen, Matti"),
        ("Virtanen, Maija", "Mäkinen, Maija"),
        ("Äijälän Sähkö Oy", "Äijälän Putki Oy"),
        ("Aho, Anna", "Aho, Anne"),
    ],
)
def test_different_names_have_different_keys_and_are_not_alike(one, other):
    assert name_key(one) != name_key(other)
    assert not names_alike(name_key(one), name_key(other))


def test_a_company_whose_name_is_only_its_form_keeps_it():
    assert name_key("Oy Ab") == "ab oy"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Virtanen, Maija", "Virtanne, Maija"),
        ("Virtanen, Maija", "Virtanen, M."),
        ("Virtanen, Maija", "Virtanen"),
        ("Virtanen, Maija Liisa", "Virtanen, Maija"),
        ("Äijälän Sähkö Oy", "Äijälän Sähkö ja Kone Oy"),
    ],
)
def test_a_slip_an_initial_or_a_missing_name_leaves_names_alike(one, other):
    assert names_alike(name_key(one), name_key(other))
    assert names_alike(name_key(other), name_key(one))


def test_each_word_of_a_name_is_used_once():
    assert not names_alike(name_key("Maria, Maria"), name_key("Maria, Pekka"))


def test_no_name_is_like_any():
    assert not names_alike("", name_key("Virtanen, Maija"))


def test_the_reasons_are_told_in_finnish_the_strongest_first():
    codes = likeness.in_order({"address", "name", "email"})

    assert likeness.explained(codes) == [
        "sama sähköpostiosoite",
        "sama nimi",
        "sama osoite",
    ]
    assert likeness.explained(["address"]) == ["samankaltainen nimi ja sama osoite"]


def test_every_reason_has_its_weight_and_none_counts_beyond_a_hundred():
    assert set(likeness.WEIGHTS) == set(likeness.REASONS)
    assert likeness.score(["email", "name"]) > likeness.score(["email"]) > likeness.score(["name"])
    assert likeness.score(likeness.REASONS) == 100


@pytest.mark.parametrize(
    ("kind", "codes", "alike", "namesakes", "expected"),
    [
        ("person", ["email", "name"], True, 1, True),
        ("person", ["phone"], False, 0, False),  # a family has one phone
        ("organisation", ["phone"], False, 0, False),  # two firms in one office
        ("organisation", ["business_id"], False, 0, True),
        ("person", ["name"], True, 3, True),
        ("person", ["name"], True, 4, False),  # a common name tells nothing alone
        ("person", ["address"], True, 400, True),
        ("person", [], True, 0, False),
    ],
)
def test_a_pair_is_worth_looking_at_when_more_than_chance_speaks_for_it(kind, codes, alike, namesakes, expected):
    assert likeness.worth_looking_at(kind, codes, alike=alike, namesakes=namesakes) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Virtanen, Maija M.", "Virtanen, Maija Marjatta"),
        ("Virtanen, M. M.", "Virtanen, Maija Marjatta"),
        ("Virtanen, V.", "Virtanen, Veikko"),
        ("Maija M. Virtanen", "Virtanne, Maija"),
    ],
)
def test_an_initial_takes_what_the_whole_names_leave(one, other):
    assert names_alike(name_key(one), name_key(other))
    assert names_alike(name_key(other), name_key(one))


@pytest.mark.parametrize("other", ["Virtanen, Pekka M.", "Virtanen, Maija P.", "Mäkinen, Maija Marjatta"])
def test_an_initial_stands_for_no_other_name(other):
    assert not names_alike(name_key("Virtanen, Maija Marjatta"), name_key(other))


WORDS = st.lists(st.text("aehijklmnorstuvwäöåxzc'", min_size=1, max_size=8), min_size=1, max_size=4)


@given(WORDS, st.randoms(use_true_random=False))
def test_a_name_is_like_itself_in_whatever_order_and_capitals_it_is_written(words, dice):
    shuffled = dice.sample(words, len(words))

    assert name_key(" ".join(words)) == name_key(" ".join(shuffled)) == name_key("-".join(words).upper())
    key = name_key(" ".join(words))
    assert names_alike(key, key) is bool(key)


@given(WORDS)
def test_a_longer_name_is_like_its_own_part(words):
    key = name_key(" ".join(words))
    if key.split():
        assert names_alike(key, " ".join(key.split()[:1]))


@given(st.text(max_size=400))
def test_whatever_stands_for_a_name_its_key_fits_its_column(text):
    assert len(name_key(text)) <= 200
