"""A page that would never be finished is ended in time, and the next one is printed as if nothing had been."""

import re
import threading
import time
from collections.abc import Callable

import psutil
import pytest

from rekisteri.kernel.pdf import PdfError, render
from rekisteri.kernel.pdf.limits import WALL_SECONDS
from tests.kernel.pdf.pages import sheets, whole

MILLION_COLUMNS = "<table><tr><td colspan=1000000>x</td></tr></table>"
MANY_PARAGRAPHS = "<p>Kappale, jossa on tekstiä.</p>" * 20_000
BOMBS = {
    "five thousand boxes inside each other": "<div>" * 5_000 + "x",
    "a hundred lists inside each other": "<ul><li>" * 100 + "x",
    "a word of a million letters": "<p>" + "a" * 1_000_000,
}


def end_of(page: str) -> str:
    """How printing a page ended: ”printed”, or the sentence that was given instead."""
    try:
        return "printed" if render(page, title="Koe").startswith(b"%PDF") else "not a PDF"
    except PdfError as error:
        return error.sentence


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_page_of_excess_ends_in_print_or_in_a_sentence(bomb: str) -> None:
    assert re.fullmatch(r"printed|Asiakirja.*\.", end_of(whole(bomb)))
    assert sheets(render(whole("<p>Seuraava</p>"), title="Koe")) == 1


def test_two_bombs_at_once_are_over_in_time_and_the_next_page_prints() -> None:
    ends: list[str] = []
    bombs = [
        threading.Thread(target=lambda page=page: ends.append(end_of(whole(page))))  # type: ignore[misc]
        for page in (MILLION_COLUMNS, MANY_PARAGRAPHS)
    ]
    began = time.monotonic()
    for bomb in bombs:
        bomb.start()
    for bomb in bombs:
        bomb.join(WALL_SECONDS + 10)
    assert time.monotonic() - began <= WALL_SECONDS + 5
    assert any("kesti liian kauan" in end for end in ends)
    assert sheets(render(whole("<p>Seuraava</p>"), title="Koe")) == 1


def test_pages_print_while_a_bomb_ticks(own_renderer: Callable[[], psutil.Process]) -> None:
    render(whole("<p>Lämmin</p>"), title="Koe")
    ends: list[str] = []
    bomb = threading.Thread(target=lambda: ends.append(end_of(whole(MILLION_COLUMNS))))
    bomb.start()
    time.sleep(0.5)
    assert sheets(render(whole("<p>Samaan aikaan</p>"), title="Koe")) == 1
    assert bomb.is_alive()
    for child in own_renderer().children():
        child.kill()
    bomb.join(10)
    assert "kesti liian kauan" in ends[0]


def test_a_page_too_large_to_send_is_refused_at_once() -> None:
    with pytest.raises(PdfError, match="liian suuri"):
        render("x" * (33 * 1024 * 1024), title="Koe")


def test_many_ask_at_once_and_each_gets_their_own_page() -> None:
    answers: dict[int, bytes] = {}

    def ask(number: int) -> None:
        answers[number] = render(whole("<p>Sivu</p>" + "<hr>" * number), title=f"Sivu {number}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(
        answers[number] == render(whole("<p>Sivu</p>" + "<hr>" * number), title=f"Sivu {number}") for number in range(8)
    )
