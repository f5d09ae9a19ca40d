"""Thirty people at work for ten minutes, one in three of them writing, against one person alone.

Each person clicks every two seconds on the average, which is busier than an office is. Readers open the list
and cards, each look at a card a row in the log; writers open a form, change a datum and save it, two of them at the same customer. A save that meets somebody
else's change (409) is tried again from the new form. In the end every accepted save must stand in the history.
"""

import random
import re
import threading
import time
from collections.abc import Iterator
from html import unescape

from benchmarks import scale
from benchmarks.crowd import Line, get, post
from benchmarks.desk import application, cookie_of, environment, listening, signed_in
from benchmarks.driver import sqlite3
from benchmarks.measure import Ratio, percentile
from benchmarks.registers import register
from rekisteri.kernel.clock import today
from rekisteri.kernel.formats import fi_date

MINUTES: float = 10
PEOPLE = 30
PAUSE = (1.0, 3.0)
FIELD = "orders"


class Person:
    """Somebody at a desk, until told to stop."""

    def __init__(self, number: int, port: int, cookie: str, *, writes: bool, pause: float) -> None:
        self.number, self.line, self.cookie, self.writes = number, Line(port), cookie, writes
        self.dice = random.Random(number)
        self.pause, self.began = pause, time.time_ns()
        self.reads: list[float] = []
        self.errors: list[str] = []
        self.saved: list[tuple[int, str]] = []

    def work(self, end: float) -> None:
        """Click, pause, click."""
        over = False
        while not over:
            time.sleep(self.pause * self.dice.uniform(*PAUSE))
            try:
                self.save() if self.writes else self.read()
            except OSError as error:
                self.errors.append(str(error))
            over = time.monotonic() > end

    def read(self) -> None:
        """The list, or a card."""
        card = f"/asiakkaat/{self.dice.randint(100, scale.LARGE[0])}"
        start = time.perf_counter()
        status, _page = self.line.ask(get(self.dice.choice(("/asiakkaat/", card)), self.cookie))
        self.reads.append(time.perf_counter() - start)
        if status != 200:
            self.errors.append(f"{status} instead of a page")

    def save(self) -> None:
        """Change a datum through its form; two writers share each customer."""
        customer = 2 + 6 * (self.number // 2)
        address, text = f"/asiakkaat/{customer}/tieto/{FIELD}", f"Tilaus {self.began:x}-{self.number}-{len(self.saved)}"
        for _ in range(5):
            status, page = self.line.ask(get(address, self.cookie))
            hidden = dict(re.findall(r'name="(once|version|csrf_token)"[^>]* value="([^"]*)"', unescape(page.decode())))
            fields = hidden | {"value": text, "source": "own", "obtained_on": fi_date(today())}
            status, _answer = self.line.ask(post(address, fields, self.cookie))
            if status == 303:
                self.saved.append((customer, text))
            if status != 409:
                break
        if status != 303:
            self.errors.append(f"{status} instead of a saved change")


def ratios() -> Iterator[Ratio]:
    """One person alone for a tenth of the time, clicking ten times as fast to be measured well; then thirty."""
    data = register(*scale.LARGE)
    cookie = cookie_of(signed_in(application(data)))
    with listening("app:app", environment(data)) as port:
        at_work(port, cookie, people=1, minutes=MINUTES / 50, pause=0.1)
        alone = at_work(port, cookie, people=1, minutes=MINUTES / 10, pause=0.1)
        crowd = at_work(port, cookie, people=PEOPLE, minutes=MINUTES)
    errors = [said for person in crowd for said in person.errors]
    for said in errors[:5]:
        print(f"  virhe: {said}")
    saved = [one for person in crowd for one in person.saved]
    one, all_ = ([seconds for person in people for seconds in person.reads] for people in (alone, crowd))
    yield Ratio(f"{PEOPLE} käyttäjää, {MINUTES:g} min, {len(saved)} tallennusta: virheitä", len(errors), 0)
    yield Ratio(f"{PEOPLE} käyttäjää: kadonneita tallennuksia", len(saved) - kept(data, saved), 0)
    yield Ratio(f"{PEOPLE} käyttäjää: luku p95 / yksi käyttäjä", percentile(all_, 0.95) / percentile(one, 0.95), 5)


def at_work(port: int, cookie: str, *, people: int, minutes: float, pause: float = 1) -> list[Person]:
    """So many people for so long; every third of them writes too."""
    end = time.monotonic() + minutes * 60
    desks = [Person(n, port, cookie, writes=n % 3 == 1, pause=pause) for n in range(people)]
    threads = [threading.Thread(target=desk.work, args=(end,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return desks


def kept(data: str, saved: list[tuple[int, str]]) -> int:
    """How many of these saves stand in the history."""
    with sqlite3.connect(f"{data}/rekisteri.sqlite") as own:
        query = "SELECT customer_id, value FROM datum WHERE field = ?"
        return len(set(saved) & {tuple(row) for row in own.execute(query, (FIELD,))})
