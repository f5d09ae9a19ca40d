"""Fitting lines into a box: whatever the text, nothing runs over its edges, and the end of an address is never lost."""

from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.pdf.fitting import ELLIPSIS, POINT, Box, fitted, wrapped

LABEL = Box(0, 0, 60, 27)
WORDS = st.text(st.sampled_from("abcÄÖ W"), min_size=1, max_size=210).map(lambda text: text.strip() or "a")


def width(text: str, size: float) -> float:
    """A typeface whose letters are all half as wide as they are high, but for W."""
    return sum(1.0 if sign == "W" else 0.5 for sign in text) * size


def test_an_ordinary_address_is_set_as_it_is_in_the_full_size() -> None:
    found = fitted(("Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI"), LABEL, width)
    assert found.rows == ("Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI")
    assert found.size == LABEL.size
    assert not found.shortened


def test_a_line_a_little_too_long_is_made_smaller_rather_than_broken() -> None:
    found = fitted(("Aleksandra von Schwarzenberg-Lindholm", "00100 HELSINKI"), LABEL, width)
    assert len(found.rows) == 2
    assert 8 <= found.size < LABEL.size


def test_a_much_too_long_line_goes_on_to_the_next_row_at_a_space() -> None:
    found = fitted(("Pitkänimisten Yritysten Palvelukeskus ja Kustannusosakeyhtiö Ab", "00100 HELSINKI"), LABEL, width)
    assert " ".join(found.rows[:-1]) == "Pitkänimisten Yritysten Palvelukeskus ja Kustannusosakeyhtiö Ab"


def test_a_paragraph_is_broken_before_it_is_made_smaller() -> None:
    prose = Box(0, 0, 60, 27, prose=True)
    found = fitted(("Hyvä Aleksandra Katariina von Schwarzenberg",), prose, width)
    assert found.size == prose.size
    assert len(found.rows) == 2


def test_of_a_text_that_fits_in_no_way_street_and_town_are_kept_whole() -> None:
    small = Box(0, 0, 34, 12)
    found = fitted(("W" * 200, "Mäkitie 4 A 3", "00100 HELSINKI"), small, width)
    assert found.shortened
    assert found.rows[-2:] == ("Mäkitie 4 A 3", "00100 HELSINKI")
    assert found.rows[-3].endswith(ELLIPSIS)


def test_a_word_longer_than_a_row_is_cut_and_loses_no_letter() -> None:
    rows = wrapped("W" * 200, 50, width)
    assert "".join(rows) == "W" * 200
    assert max(width(row, 1) for row in rows) <= 50


def test_a_number_with_no_break_spaces_stays_on_one_row() -> None:
    assert wrapped("soita 09\u00a0123\u00a04567", 7, width) == ["soita", "09\u00a0123\u00a04567"]


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from([LABEL, Box(0, 0, 34, 18), Box(0, 0, 95, 60)]))
def test_nothing_ever_runs_over_the_edges_of_its_box(lines: list[str], box: Box) -> None:
    found = fitted(tuple(lines), box, width)
    assert all(width(row, found.size) <= box.width * POINT + 1e-6 for row in found.rows)
    assert len(found.rows) * found.leading <= box.height * POINT + 1e-6
    if not found.shortened:
        assert "".join("".join(found.rows).split()) == "".join("".join(lines).split())
