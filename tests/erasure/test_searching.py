"""Searching for texts byte by byte: every spelling, over every border, in one reading."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.erasure import searching
from rekisteri.erasure.reading import Reader
from rekisteri.erasure.searching import LONGEST, SHORTEST, Search, pieces, spellings
from rekisteri.kernel.formats import fold

NAME = "Äijä Örsfelt"


def hits(content: bytes, *texts: str, chunk: int = 1 << 20) -> dict[str, int]:
    search = Search(list(texts))
    search.look("paikka", (content[start : start + chunk] for start in range(0, len(content), chunk)))
    return {text: places["paikka"] for text, places in search.hits.items()}


@pytest.mark.parametrize(
    "written",
    [
        NAME,
        NAME.casefold(),
        NAME.upper(),
        fold(NAME),
        json.dumps(NAME),
        "%C3%84ij%C3%A4%20%C3%96rsfelt",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert hits(b"abc\x00" + written.encode() + b"\xff", NAME) == {NAME: 1}


@pytest.mark.parametrize("name", [NAME, NAME.casefold()])
def test_a_name_in_wide_letters_is_found(name: str) -> None:
    assert hits(b"\x00" + name.encode("utf-16-le"), NAME) == {NAME: 1}


def test_a_mark_escaped_for_a_page_is_found() -> None:
    assert hits(b"<p>Virtanen &amp; Pojat</p>", "Virtanen & Pojat") == {"Virtanen & Pojat": 1}


def test_what_is_not_there_is_not_found() -> None:
    assert hits("Äijä Örsfält, äijä örsfel".encode(), NAME) == {}


@given(st.integers(min_value=1, max_value=40), st.integers(min_value=0, max_value=60))
def test_a_text_over_the_border_of_two_chunks_is_found_once(chunk: int, before: int) -> None:
    assert hits(b"x" * before + NAME.encode() + b"y" * 30, NAME, chunk=chunk) == {NAME: 1}


@given(st.text(min_size=SHORTEST, max_size=LONGEST).filter(lambda text: text.strip() == text))
def test_any_text_is_among_its_own_spellings(text: str) -> None:
    assert pieces(text) == [text]
    encoded = text.encode("utf-8", errors="ignore")
    assert encoded in spellings(text)


def test_a_short_text_is_not_sought_for_it_stands_everywhere() -> None:
    assert pieces("Oulu") == []
    assert hits(b"Oulu Oulu", "Oulu") == {}


def test_of_a_long_text_its_pieces_are_sought_for_a_database_may_cut_it() -> None:
    text = " ".join(f"sana{number}" for number in range(400))
    found = pieces(text)
    assert 5 <= len(found) <= 13
    assert all(piece in text and len(piece) <= LONGEST for piece in found)
    assert hits(text[1000:2500].encode(), text)


def test_two_texts_of_which_one_is_in_the_other_are_both_seen() -> None:
    assert set(hits("Mäkitie 4 A 30".encode(), "Mäkitie 4 A 30", "Mäkitie 4")) == {"Mäkitie 4 A 30", "Mäkitie 4"}


@given(st.binary(max_size=80), st.lists(st.binary(min_size=1, max_size=5), unique=True), st.integers(1, 30))
def test_any_bytes_are_found_wherever_they_stand_however_they_are_cut(
    content: bytes, patterns: list[bytes], chunk: int
) -> None:
    chunks = [content[start : start + chunk] for start in range(0, len(content), chunk)]
    read, found = Reader(patterns).read(chunks)
    assert read == len(content)
    assert found == {
        number: times
        for number, pattern in enumerate(patterns)
        if (times := sum(content.startswith(pattern, at) for at in range(len(content))))
    }


def test_marks_that_mean_something_to_a_searcher_mean_themselves() -> None:
    assert hits(b"Oy A.*+?[x] (ent. ^B$) | \\d{2}", "A.*+?[x] (ent. ^B$) | \\d{2}", "A.*+?[xyz]") == {
        "A.*+?[x] (ent. ^B$) | \\d{2}": 1
    }


def test_nothing_to_seek_reads_without_finding() -> None:
    search = Search([])
    search.look("paikka", [b"abc"])
    assert (search.read, search.patterns, search.hits) == (3, 0, {})


def test_a_file_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    search = Search([NAME])
    (tmp_path / "on").write_text(f"x{NAME}x", encoding="utf-8")
    search.look_at_files([("mennyt", tmp_path / "ei-ole"), ("tiedosto", tmp_path / "on")])
    assert search.hits == {NAME: {"tiedosto": 1}}


def test_a_large_file_is_read_in_parts_and_each_byte_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "STRETCH", 50)
    content = "".join(f"{'x' * number}{NAME}" for number in range(60)).encode()
    (tmp_path / "suuri").write_bytes(content)
    search = Search([NAME])
    search.look_at_files([("suuri", tmp_path / "suuri")])
    assert (search.read, search.hits) == (len(content), {NAME: {"suuri": 60}})
