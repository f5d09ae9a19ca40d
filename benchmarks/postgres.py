"""The same register on PostgreSQL, beside SQLite: requests in a second for the list, a card and searches."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import scale
from benchmarks.crowd import get
from benchmarks.desk import application, cookie_of, environment, listening, signed_in
from benchmarks.measure import Ratio
from benchmarks.pages import in_turn
from benchmarks.registers import fill, register
from benchmarks.searching import COMMON, RARE, SURNAMES, searches
from tests.support.postgres import PostgresServer


def ratios() -> Iterator[Ratio]:
    """Each page on both, in turn. The server is PostgreSQL as the tests start it, on a socket, with 64 MB of buffers."""
    lite, server = register(*scale.LARGE), PostgresServer()
    try:
        with tempfile.TemporaryDirectory(prefix="rekisteri-pg-") as data:
            server.execute("CREATE DATABASE mittaus")
            Path(data, "database.url").write_text(server.url("mittaus"))
            fill(data, *scale.LARGE)
            with server.connect("mittaus") as connection:
                connection.execute("VACUUM ANALYZE")
            with listening("app:app", environment(lite)) as one, listening("app:app", environment(data)) as other:
                asked = {name: (one, requests) for name, requests in _requests(lite).items()}
                asked |= {f"{name}, pg": (other, requests) for name, requests in _requests(data).items()}
                rates = in_turn(asked)
        for name in _NAMES:
            yield Ratio(
                f"PostgreSQL / SQLite, pyyntöä sekunnissa: {name}", rates[f"{name}, pg"] / rates[name], 0.5, True
            )
    finally:
        server.stop()


_NAMES = ("luettelo", "kortti", "haku, harvinainen", "haku, sukunimi", "haku, yleinen")


def _requests(data: str) -> dict[str, list[bytes]]:
    cookie = cookie_of(signed_in(application(data)))
    pages = [[get("/asiakkaat/", cookie)], [get(f"/asiakkaat/{number}", cookie) for number in range(2, 60)]]
    found = [searches(data, words) for words in (RARE[:30], SURNAMES, COMMON)]
    return dict(zip(_NAMES, pages + found, strict=True))
