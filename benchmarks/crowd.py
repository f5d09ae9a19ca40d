"""Clients that cost almost nothing: ready requests over kept connections, so that what is measured is the server."""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from benchmarks.measure import percentile


def get(path: str, cookie: str = "") -> bytes:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_cookie(cookie)}\r\n".encode()


def post(path: str, fields: dict[str, Any], cookie: str = "") -> bytes:
    """A form that is sent."""
    body = urlencode(fields, doseq=True)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_cookie(cookie)}Content-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()


def _cookie(cookie: str) -> str:
    return f"Cookie: {cookie}\r\n" if cookie else ""


class Line:
    """One connection to a server, opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port, self.socket = port, socket.create_connection(("127.0.0.1", port), timeout=120)

    def send(self, request: bytes) -> None:
        """Put a request on its way."""
        self.socket.sendall(request)

    def receive(self) -> tuple[int, bytes]:
        """The whole answer: its status, and its head and body as they came."""
        found = bytearray()
        while not _is_whole(found):
            part = self.socket.recv(262_144)
            if not part:
                raise ConnectionError("the server hung up")
            found += part
        return int(found[9:12]), bytes(found)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send and receive; once more on a new connection when the old one had gone stale."""
        try:
            self.send(request)
            return self.receive()
        except ConnectionError:
            self.socket.close()
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=120)
            self.send(request)
            return self.receive()

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


def _is_whole(answer: bytearray) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(answer[:end]).lower()
    place = head.find(b"content-length:")
    if place < 0:
        return answer.endswith(b"0\r\n\r\n") if b"chunked" in head else True
    return len(answer) >= end + 4 + int(head[place + 15 :].split(b"\r\n", 1)[0])


def rate(port: int, requests: Sequence[bytes], *, span: float, lines: int = 4) -> float:
    """Answered requests in a second, while so many clients ask at once; every answer must be 200."""
    waiting = cycle(requests)
    with selectors.DefaultSelector() as ready:
        opened = [Line(port) for _ in range(lines)]
        for line in opened:
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.send(next(waiting))
        start, count = time.perf_counter(), 0
        while (now := time.perf_counter()) < start + span:
            for key, _ in ready.select(1):
                status, _answer = key.data.receive()
                assert status == 200, f"{status} instead of a page"
                count += 1
                key.data.send(next(waiting))
        for line in opened:
            line.receive()
            line.close()
    return count / (now - start)


def times(port: int, requests: Sequence[bytes]) -> Iterator[float]:
    """The seconds of each request, asked one after another by one client."""
    line = Line(port)
    for request in requests:
        start = time.perf_counter()
        status, _answer = line.ask(request)
        yield time.perf_counter() - start
        assert status == 200, f"{status} instead of a page"
    line.close()


def middle(port: int, requests: Sequence[bytes], share: float = 0.5) -> float:
    """The median (or another share) of the seconds of these requests."""
    return percentile(list(times(port, requests)), share)
