"""What a search is for, told from what was typed."""

import pytest

from rekisteri.customers.wanted import (
    AllOf,
    AnyOf,
    addresses,
    beginnings,
    needle,
    resembling,
    slips_in,
    spellings,
    stands_in,
    wanted,
)


def spelled(query: str, slips: int) -> set[str]:
    """The texts by which one mistyped word is looked for, the parts of each joined by …"""
    meant = resembling(query, slips)
    assert isinstance(meant, AllOf)
    [word] = meant.parts
    assert isinstance(word, AnyOf)
    return {part if isinstance(part, str) else "…".join(map(str, part.parts)) for part in word.parts}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Äijälä", AllOf(("äijälä",))),
        ("Virtanen, Maija", AllOf(("virtanen", "maija"))),
        ("mäkitie 4", AllOf(("mäkitie", " 4"))),
        ("00100", AllOf(("00100",))),
        ("040 123", AnyOf((AllOf(("040", "123")), "040123"))),
        ("+358 41 505 8567", "358415058567"),
        ("1234567-1", AnyOf((AllOf(("1234567-1",)), "12345671"))),
        ("", None),
        (" , ; ", None),
        ("\x00\u200b", None),
    ],
)
def test_every_word_is_wanted_and_a_number_also_without_its_spaces(typed, meant):
    assert wanted(typed) == meant


@pytest.mark.parametrize(("word", "looked_for"), [("äij", "äij"), ("äi", " äi"), ("ä", " ä"), ("%", " %")])
def test_a_short_word_is_looked_for_where_words_begin(word, looked_for):
    assert needle(word) == looked_for


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("äijälä", ["|ij|l|"]),
        ("Virtanen Maija", ["virtanen maija", "maija virtanen"]),
        ("von essen axel", ["von essen axel", "axel von essen"]),
        ("müller", ["myller"]),
        ("aho aho", ["aho aho"]),
        ("o'brien", []),
        ("50 %", []),
        ("%", []),
        ("{", []),
        ("å|", []),
        ("", []),
    ],
)
def test_a_name_begins_as_typed_or_with_the_last_word_first(typed, keys):
    assert beginnings(typed) == keys


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Maija@Esimerkki.fi", {"email": ["maija@esimerkki.fi"]}),
        ("maija@esimerkki", {}),
        ("maija@esimerkki.fi muu", {}),
        ("041 505 8567", {"phone": ["+0415058567", "+358415058567"]}),
        ("+46 8 123 456", {"phone": ["+468123456"]}),
        ("00100", {}),
        ("virtanen", {}),
    ],
)
def test_a_whole_address_or_number_is_recognised(typed, known):
    assert addresses(typed) == known


@pytest.mark.parametrize(("word", "slips"), [("aho", 0), ("aalt", 1), ("lahtela", 1), ("virtanen", 2)])
def test_a_longer_word_may_have_more_slips(word, slips):
    assert slips_in(word) == slips


@pytest.mark.parametrize(
    ("typed", "meant"), [("aijala", "äijälä"), ("hamalainen", "hämäläinen"), ("oberg", "öberg"), ("aland", "åland")]
)
def test_dots_left_out_are_put_back(typed, meant):
    assert meant in set(spellings(typed))


def test_dots_put_in_wrongly_are_taken_out_and_the_ways_to_spell_stay_few():
    assert "aho" in set(spellings("äho"))
    assert len(list(spellings("alankomaalaisalamaa"))) < 20


@pytest.mark.parametrize(
    ("typed", "found_by"),
    [
        ("virtannen", "virta…nen"),  # too many
        ("virtaen", "virt…en "),  # too few
        ("virtamen", "virta…en "),  # wrong
        ("neimi", "niemi"),  # in the wrong order
        ("korhonwn", "korhon"),  # wrong at the end
        ("xorhonen", "orhonen"),  # wrong at the beginning
    ],
)
def test_one_slip_leaves_parts_by_which_the_word_is_found(typed, found_by):
    assert found_by in spelled(typed, 1)


def test_two_slips_are_forgiven_in_long_words_only():
    assert "hein…nen" in spelled("heinoxxnen", 2)
    assert resembling("lahtela", 2) is None
    assert resembling("aho", 1) is None
    assert resembling("", 0) is None


def test_no_part_is_so_short_that_everybody_has_it():
    for word in ("aalto", "niemi", "lahtinen", "virtanen", "0415058567"):
        for slips in range(slips_in(word) + 1):
            assert all(len(part) >= 3 for text in spelled(word, slips) for part in text.split("…"))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("äij", " antti äijälä ", True),
        ("ANTTI oulu", " antti äijälä oulu ", True),
        ("antti turku", " antti äijälä oulu ", False),
        ("vi", " maija virtanen ", True),
        ("vi", " maija levi ", False),
        ("040 123 4567", " maija 0401234567 ", True),
        ("50%", " alennus 50% ", True),
        ("_", " maija virtanen ", False),
    ],
)
def test_a_text_is_compared_here_as_the_database_compares_it(query, text, found):
    assert stands_in(text, wanted(query)) is found
