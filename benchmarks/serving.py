"""Serving: browsing while others print, the first page of a cold process, and the second start."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from benchmarks.desk import ROOT, application, cookie_of, environment, office, served, signed_in
from benchmarks.measure import Ratio, medians, percentile, seconds

PRINTERS = 4
LOOKS = 400
FIRST_PAGE = "from app import app; assert app.test_client().get('/kirjaudu').status_code == 200"


def ratios() -> Iterator[Ratio]:
    """Printing beside browsing, cold start, second start."""
    with office(customers=1000, cases=14) as data:
        yield _beside_printing(data)
        yield from _cold(data)


def _fetch(address: str, cookie: str) -> bytes:
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return bytes(answer.read())


def _looks(address: str, cookie: str, count: int) -> list[float]:
    return [seconds(lambda: _fetch(f"{address}/asiakkaat/", cookie)) for _ in range(count)]


def _beside_printing(data: str) -> Ratio:
    cookie = cookie_of(signed_in(application(data)))
    with served(data) as address:
        _looks(address, cookie, 60)
        quiet: list[float] = []
        busy: list[float] = []
        for _ in range(3):
            quiet += _looks(address, cookie, LOOKS)
            with Printing(address, cookie):
                busy += _looks(address, cookie, LOOKS)
    return Ratio("Asiakaslista p95, neljä tulostaa / hiljaista", percentile(busy, 0.95) / percentile(quiet, 0.95), 1.5)


PRINT_FOR_EVER = """
import sys, threading, urllib.request
def desk():
    while True:
        request = urllib.request.Request(sys.argv[1], headers={"Cookie": sys.argv[2]})
        assert urllib.request.urlopen(request, timeout=120).read().startswith(b"%PDF-")
for _ in range(int(sys.argv[3])):
    threading.Thread(target=desk).start()
"""


class Printing:
    """Desks that print all the while, in a process of their own: a blank form is drawn anew at each request."""

    def __init__(self, address: str, cookie: str) -> None:
        self._command = [sys.executable, "-c", PRINT_FOR_EVER, f"{address}/pyynnot/lomake.pdf", cookie, str(PRINTERS)]

    def __enter__(self) -> None:
        self._desks = subprocess.Popen(self._command)
        time.sleep(1)

    def __exit__(self, *_error: object) -> None:
        assert self._desks.poll() is None, "the desks stopped printing"
        self._desks.kill()
        self._desks.wait()


def _python(code: str, data: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, env=environment(data), cwd=ROOT)


def _cold(data: str) -> Iterator[Ratio]:
    first, flask = medians(lambda: _python(FIRST_PAGE, data), lambda: _python("import flask", data), rounds=9)
    yield Ratio("Kylmän prosessin ensimmäinen sivu / import flask", first / flask, 2.5)
    start, app = medians(lambda: _second_start(data), lambda: _python("import app", data), rounds=7)
    yield Ratio("scripts/run toisella kerralla vastaamiseen / python -c 'import app'", start / app, 3.0)


def _second_start(data: str) -> None:
    import socket

    from benchmarks.desk import wait_for

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["scripts/run", "--port", str(port)]
    server = subprocess.Popen(command, env=environment(data), cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/terveys", timeout=30).read()
    finally:
        server.terminate()
        server.wait(30)
