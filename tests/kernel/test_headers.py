"""What every answer carries: nothing foreign is loaded, nothing personal stays in a cache, one cookie."""

from collections.abc import Callable

import pytest
from flask import Flask, Response

from rekisteri.kernel.gate import public
from rekisteri.kernel.web import asset
from tests.support.client import ReadingClient

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
ANSWERS = {
    "a page": ("GET", "/muistio/", 200),
    "data": ("GET", "/muistio/sisalla", 200),
    "a redirect": ("GET", "/muistio/jatka", 303),
    "no such page": ("GET", "/ei/ole", 404),
    "no such method": ("PUT", "/muistio/", 405),
    "not allowed": ("GET", "/muistio/suojattu", 403),
    "no token": ("POST", "/muistio/uusi", 400),
    "a rule": ("GET", "/muistio/vika/saanto", 422),
    "a fault of ours": ("GET", "/muistio/vika/ohjelma", 500),
    "unavailable": ("GET", "/muistio/vika/huolto", 503),
    "no such file": ("GET", "/static/ei-ole.css", 404),
    "options": ("OPTIONS", "/muistio/", 200),
    "head": ("HEAD", "/muistio/", 200),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_every_answer_carries_exactly_these_headers(holding: Callable[..., ReadingClient], what: str) -> None:
    method, path, status = ANSWERS[what]
    answer = holding("nothing").open(path, method=method)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers
    expected = {*ALWAYS, "Cache-Control", "Content-Type", "Content-Length", "Vary", "Set-Cookie", "Allow", "Location"}
    assert set(answer.headers.keys()) <= expected


def test_a_foreign_host_gets_the_headers_too(client: ReadingClient) -> None:
    answer = client.get("/muistio/", headers={"Host": "evil.fi"})
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("path", ["/muistio/", "/ei/ole", "/muistio/vika/ohjelma"])
def test_pages_say_what_they_are_and_vary_by_who_asks_for_a_fragment(client: ReadingClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert {"HX-Request", "Cookie"} <= {part.strip() for part in answer.headers["Vary"].split(",")}


def test_data_says_what_it_is(holding: Callable[..., ReadingClient]) -> None:
    assert holding("x").get("/muistio/sisalla").headers["Content-Type"] == "application/json"


def test_behind_https_browsers_are_told_to_stay_there(client: ReadingClient) -> None:
    answer = client.get("/muistio/", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.promise("evasteet")
def test_there_is_one_cookie_and_scripts_cannot_read_it(client: ReadingClient) -> None:
    for path in ("/muistio/", "/muistio/uusi", "/ei/ole", "/static/css/base.css"):
        for cookie in client.get(path).headers.getlist("Set-Cookie"):
            assert cookie.startswith("rekisteri=")
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert "Path=/" in cookie
            assert "Expires" not in cookie
    assert len(client._cookies) == 1


def test_a_static_file_may_be_kept_for_good_under_its_contents_hash(app: Flask, client: ReadingClient) -> None:
    with app.test_request_context():
        address = asset("css/base.css")
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "Set-Cookie" not in answer.headers
    assert f'href="{address}"' in client.get("/muistio/").text


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789abcdef", "?x=1"])
def test_a_static_file_under_any_other_address_is_asked_for_again(client: ReadingClient, query: str) -> None:
    answer = client.get(f"/static/css/base.css{query}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(f"/static/css/base.css{query}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_hash_of_a_file_that_is_not_there_is_left_out(app: Flask) -> None:
    with app.test_request_context():
        assert asset("ei-ole.css") == "/static/ei-ole.css"


@pytest.mark.parametrize(
    "path", ["/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/css", "/.git/config"]
)
def test_folders_and_what_lies_outside_them_are_not_served(client: ReadingClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_view_may_be_stricter_than_the_rest(make_ground: Callable[..., Flask]) -> None:
    app = make_ground()

    @app.get("/liite")
    @public
    def attachment() -> Response:
        return Response("x", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})

    answer = app.test_client().get("/liite")
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox; default-src 'none'"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
