"""Building a selection: the live count over a million people against that over a hundred thousand, as the browser asks it."""

import re
import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks import scale
from benchmarks.crowd import middle, post
from benchmarks.desk import application, cookie_of, environment, listening, signed_in
from benchmarks.measure import Ratio
from benchmarks.registers import register

ASKED = 36
ROUNDS = 3
FORM = {"use": "direct_mail", "way": "post", "kind": "", "ties": "", "states": ("ordered", "confirmed", "delivered")}
CHOICES: list[dict[str, Any]] = [
    {"postcodes": "00100–00990"},
    {"cities": "Tampere, Turku"},
    {"kind": "person", "orders_least": "1"},
    {"before_months": "12", "postcodes": "3"},
    {"within_months": "24", "orders_least": "2", "ties": "some"},
    {"obtained_from": "1.1.2025", "kind": "organisation"},
    {"way": "email", "orders_least": "1"},
    {"use": "market_research", "way": "phone", "cities": "Helsinki"},
    {"postcodes": "99999"},
]
"""What a clerk looks for: places, orders, kinds, ways; many, few and nobody."""


def ratios() -> Iterator[Ratio]:
    """What nineteen of twenty answers of one client stay under, in alternating rounds; as many orders a person in both."""
    large, huge = register(*scale.BUSY), register(*scale.CROWDED)
    with listening("app:app", environment(large)) as few, listening("app:app", environment(huge)) as many:
        asked = (requests(large), requests(huge))
        rounds = [(middle(few, asked[0], 0.95), middle(many, asked[1], 0.95)) for _ in range(scale.rounds(ROUNDS) + 1)][
            -scale.rounds(ROUNDS) :
        ]
    ratio = statistics.median(big for _, big in rounds) / statistics.median(little for little, _ in rounds)
    yield Ratio("Valinnan luku ehtoja muutettaessa, 1 000 000 / 100 000 asiakasta, p95", ratio, 3)


def requests(data: str) -> list[bytes]:
    """What htmx sends as a signed-in person builds these selections."""
    client = signed_in(application(data))
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/valinnat/uusi").text)
    assert token, "the page of a new selection has no form"
    cookie = f"{cookie_of(client)}\r\nHX-Request: true"
    typed = [FORM | choice | {"csrf_token": token[1]} for choice in CHOICES]
    return [post("/valinnat/uusi", fields, cookie) for fields in (typed * ASKED)[:ASKED]]
