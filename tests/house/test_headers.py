"""Every answer carries the same headers, whatever it answers and to whom."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.house.routes import addresses
from tests.support.client import ReadingClient

ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
STRICTER = "sandbox; default-src 'none'"  # what people send in is never run, whatever it holds


def check(response: Any) -> None:
    where = f"{response.request.method} {response.request.path} {response.status_code}"
    for name, value in ALWAYS.items():
        if name == "Content-Security-Policy" and "attachment" in response.headers.get("Content-Disposition", ""):
            assert response.headers[name] in (value, STRICTER), where
        else:
            assert response.headers.get(name) == value, f"{where}: {name}"
    assert "camera=()" in response.headers["Permissions-Policy"], where
    assert "Server-Timing" not in response.headers
    assert "X-Powered-By" not in response.headers
    if not response.request.path.startswith("/static/") or response.status_code != 200:
        assert response.headers["Cache-Control"] == "no-store", where
    if response.mimetype == "text/html":
        assert "HX-Request" in response.headers["Vary"], where
        assert response.headers["Content-Type"] == "text/html; charset=utf-8", where


def test_every_answer_to_a_stranger_has_the_headers(house: Flask, client: ReadingClient) -> None:
    for address in addresses(house):
        check(client.open(address.url, method=address.method))


def test_every_answer_to_a_colleague_has_the_headers(
    house: Flask, client: ReadingClient, sign_in: Callable[..., Any]
) -> None:
    sign_in("vastuuhenkilo", "paakayttaja")
    for address in addresses(house):
        if address.endpoint != "staff.sign_out":
            check(client.open(address.url, method=address.method))


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/ei-ole", 404),
        ("POST", "/terveys", 405),
        ("GET", "/static/ei-ole.css", 404),
        ("GET", "/kayttajat/", 303),
    ],
)
def test_an_error_has_the_headers_too(client: ReadingClient, method: str, url: str, status: int) -> None:
    response = client.open(url, method=method)
    assert response.status_code == status
    check(response)


def test_another_host_name_is_refused_with_the_headers(client: ReadingClient) -> None:
    response = client.get("/terveys", headers={"Host": "muualla.example"})
    assert response.status_code == 400
    assert "REKISTERI_TRUSTED_HOSTS" in response.text
    check(response)


def test_a_static_file_under_its_own_hash_is_kept_by_the_browser(client: ReadingClient) -> None:
    page = client.get("/kirjaudu")
    sheet = page.page.select_one("link[rel=stylesheet]")["href"]
    answer = client.get(sheet)
    check(answer)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(sheet.partition("?")[0]).headers["Cache-Control"] != answer.headers["Cache-Control"]


def test_the_only_cookie_is_the_session_and_scripts_cannot_read_it(client: ReadingClient) -> None:
    cookies = client.get("/kirjaudu").headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert cookies[0].startswith("rekisteri=")
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]


def test_behind_https_the_cookie_is_bound_to_the_host(make_app: Callable[..., Flask]) -> None:
    app = make_app(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-rekisteri")
    answer = app.test_client().get("/kirjaudu", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.headers["Set-Cookie"].startswith("__Host-rekisteri=")
    assert "Secure" in answer.headers["Set-Cookie"]
