"""Search as it is served: a rare word against LIKE and Django's admin, and a million customers against ten thousand."""

import re
import statistics
from collections.abc import Iterator

from benchmarks import scale
from benchmarks.crowd import get, middle, post
from benchmarks.desk import application, cookie_of, environment, listening, signed_in
from benchmarks.measure import Ratio
from benchmarks.pages import admin, floor
from benchmarks.registers import register

RARE = [f"toimisto{number}@" for number in range(6, 1200, 6)]  # one organisation each
SURNAMES = ["kiviharju", "hietaranta", "mäntykoski", "aaltola"]
COMMON = ["nen", "tie", "ari"]
ASKED = 60


def ratios() -> Iterator[Ratio]:
    """The middle answer time of one client, in alternating rounds."""
    yield from _against_like()
    yield from _by_size()


def searches(data: str, words: list[str]) -> list[bytes]:
    """Requests of a signed-in person who searches for these words."""
    client = signed_in(application(data))
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/asiakkaat/").text)
    assert token, "the page of customers has no form"
    fields = {"csrf_token": token[1], "state": "active"}
    return [post("/asiakkaat/", fields | {"q": word}, cookie_of(client)) for word in words]


def _against_like() -> Iterator[Ratio]:
    data = register(*scale.LARGE)
    words = RARE[: scale.LARGE[0] // 12][:ASKED]
    client = signed_in(application(data))
    slow: list[list[float]] = [[], [], []]
    with listening("app:app", environment(data)) as ours, floor(data, client) as bare, admin(data) as (django, cookie):
        mine = searches(data, words)
        like = [get(f"/haku?q={word}") for word in words[:8]]
        theirs = [get(f"/admin/django_admin/customer/?q={word}", cookie) for word in words[:8]]
        for _ in range(scale.rounds(3)):
            for kept, port, asked in zip(slow, (ours, bare, django), (mine, like, theirs), strict=True):
                kept.append(middle(port, asked))
    own, scan, admins = (statistics.median(times) for times in slow)
    yield Ratio("Haku, harvinainen sana, 100 000 asiakasta: LIKE-sivu / meidän sivumme", scan / own, 100, True)
    yield Ratio("Haku, harvinainen sana, 100 000 asiakasta: Django admin / meidän sivumme", admins / own, 100, True)


def _by_size() -> Iterator[Ratio]:
    small, huge = register(*scale.SMALL), register(*scale.HUGE)
    with listening("app:app", environment(small)) as few, listening("app:app", environment(huge)) as many:
        kinds = (("harvinainen sana", RARE[:20], 3), ("sukunimi", SURNAMES, 5), ("yleinen osa", COMMON, 2))
        for name, words, limit in kinds:
            asked = (words * ASKED)[:ASKED]
            little, big = searches(small, asked), searches(huge, asked)
            rounds = [(middle(few, little), middle(many, big)) for _ in range(scale.rounds(5) + 1)][-scale.rounds(5) :]
            ratio = statistics.median(large for _, large in rounds) / statistics.median(tiny for tiny, _ in rounds)
            yield Ratio(f"Haku, {name}: 1 000 000 / 10 000 asiakasta, p50", ratio, limit)
