"""What was typed is stored as it is seen: no signs that hide, no two spellings of one name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.text import clean, visible

typed = st.text(max_size=60) | st.text(alphabet="aäÅ \t\n\r\v\x00\u0301\u200b\u200d\u202e\u2028\u00ad👩👧", max_size=30)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\u0308iti", "äiti"),
        ("\u212bngstro\u0308m", "Ångström"),
        ("Mäki\x00nen", "Mäkinen"),
        ("Mäki\u202enen", "Mäkinen"),
        ("\u2066Matti\u2069", "Matti"),
        ("Vir\u200btanen", "Virtanen"),
        ("Vir\u200dtanen", "Virtanen"),
        ("Vir\u00adtanen", "Virtanen"),
        ("\ufeffMaija", "Maija"),
        ("a\u200b\u0308iti", "äiti"),
        ("  Maija \t Anneli\xa0 ", "Maija Anneli"),
        ("Maija\r\nVirtanen", "Maija Virtanen"),
        ("Maija\u2028Virtanen", "Maija Virtanen"),
        ("Maija\x0bVirtanen", "Maija Virtanen"),
        ("x\ue000y\ufffez", "xyz"),
        ("Šakki Žukov", "Šakki Žukov"),
        ("O’Brien-d'Artagnan", "O’Brien-d'Artagnan"),
        ("Юлия Ωμέγα 山田", "Юлия Ωμέγα 山田"),
        ("", ""),
    ],
)
def test_one_line_is_stored_as_it_is_seen(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@pytest.mark.parametrize("picture", ["😀", "👩\u200d👧\u200d👦", "❤\ufe0f\u200d🔥", "\U0001fae8", "👍🏽"])
def test_pictures_stay_whole_also_those_newer_than_the_program(picture: str) -> None:
    assert clean(f"Kiitos {picture}!") == f"Kiitos {picture}!"


def test_a_long_text_keeps_its_lines_but_no_spaces_at_their_ends() -> None:
    assert clean(" Eka \r\nToka\t\r\rNeljäs\u2029Viides \n\n", lines=True) == "Eka\nToka\n\nNeljäs\nViides"


def test_a_long_word_is_not_cut() -> None:
    word = "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas" * 2
    assert clean(word) == word


def test_text_to_be_read_further_keeps_its_white_space_and_soft_hyphens() -> None:
    assert visible("a  b\r\n\tc\u00add\u202e") == "a  b\n\tc\u00add"


@given(typed)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(clean(text, lines=True), lines=True) == clean(text, lines=True)


@given(typed)
def test_what_is_kept_is_composed_and_holds_nothing_hidden(text: str) -> None:
    kept = clean(text, lines=True)
    assert kept == unicodedata.normalize("NFC", kept)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Zl", "Zp"} for sign in kept if sign not in "\n\t")
    assert not set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff") & set(kept)


@given(typed)
def test_one_line_is_one_line(text: str) -> None:
    assert len(clean(text).splitlines()) <= 1


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), max_size=40))
def test_letters_and_figures_of_europe_are_never_lost(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)
