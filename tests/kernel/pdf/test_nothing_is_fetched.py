"""A page is printed from itself alone: nothing it points to is read, from the network or from this machine."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekisteri.kernel.pdf import PdfError, render
from tests.kernel.pdf.pages import whole

SECRET = "aivan-salainen-tieto-4711"
VECTORS = [
    '<img src="{url}" alt="x">',
    '<link rel="stylesheet" href="{url}">',
    "<style>@import url('{url}');</style>",
    "<style>@font-face {{ font-family: x; src: url('{url}') }} p {{ font-family: x }}</style><p>x</p>",
    "<style>p {{ background: url('{url}') }}</style><p>x</p>",
    "<style>li {{ list-style-image: url('{url}') }}</style><ul><li>x</li></ul>",
    "<style>p::before {{ content: url('{url}') }}</style><p>x</p>",
    "<style>p {{ border-image-source: url('{url}') }}</style><p>x</p>",
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="10" height="10"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}#a"/></svg>',
    '<base href="{url}"><img src="x" alt="x">',
    "<style>@namespace x url('{url}'); @page {{ background: url('{url}') }}</style><p>x</p>",
    "<style>@color-profile --x {{ src: url('{url}') }} p {{ color: color(--x 0 0 0) }}</style><p>x</p>",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine that notes whoever knocks."""
    knocks: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            knocks.append(caller.recv(200).decode("latin-1"))
            caller.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/x", knocks
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def printed_or_refused(page: str) -> bytes:
    """The print; empty when the page was refused."""
    try:
        return render(page, title="Koe")
    except PdfError:
        return b""


def test_nobody_on_the_network_hears_of_a_print(listener: tuple[str, list[str]]) -> None:
    url, knocks = listener
    for vector in VECTORS:
        printed_or_refused(whole(vector.format(url=url)))
        printed_or_refused(whole(vector.format(url=url.replace("http://", "ftp://"))))
    assert knocks == []


def test_no_file_of_this_machine_gets_into_a_print(tmp_path: Path) -> None:
    secret = tmp_path / "salaisuus.txt"
    secret.write_text(SECRET)
    for vector in VECTORS:
        printed = printed_or_refused(whole(vector.format(url=secret.as_uri())))
        assert b"EmbeddedFile" not in printed
        assert SECRET.encode() not in printed


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/a.png", "file:///etc/hostname", "data:image/png;base64,AAAA"])
def test_a_page_that_points_outside_is_refused_in_words(address: str) -> None:
    """A paper from which something is missing must not leave the house unseen."""
    with pytest.raises(PdfError) as refused:
        render(whole(f'<img src="{address}" alt="Kuva">'), title="Koe")
    assert "ulkoiseen tiedostoon" in refused.value.sentence


def test_an_ordinary_link_is_printed_and_not_followed(listener: tuple[str, list[str]]) -> None:
    url, knocks = listener
    assert render(whole(f'<p><a href="{url}">Linkki</a></p>'), title="Koe").startswith(b"%PDF-1.7")
    assert knocks == []
