"""Nothing is reached that does not say who may reach it, and nothing at all from outside the allowed networks."""

from collections.abc import Callable
from ipaddress import ip_network

import pytest
from flask import Flask

from rekisteri.kernel.gate import OUTSIDE, SIGNED_IN, can, permission_of
from tests.kernel.notepad import CANARY
from tests.support.client import ReadingClient

Holding = Callable[..., ReadingClient]
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


@pytest.mark.parametrize("method", METHODS)
def test_a_view_that_says_nothing_is_closed_to_everybody(holding: Holding, method: str) -> None:
    client = holding("notes.view", "notes.edit")
    token = client.get("/muistio/uusi").page.select_one("[name=csrf_token]")["value"]
    answer = client.open("/muistio/unohdettu", method=method, data={"csrf_token": token} if method == "POST" else None)
    assert answer.status_code == 403
    assert CANARY not in answer.text


def test_a_view_that_says_nothing_is_closed_to_strangers_too(client: ReadingClient) -> None:
    assert client.get("/muistio/unohdettu").status_code == 403


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_is_asked_to_sign_in_whatever_the_method(client: ReadingClient, method: str) -> None:
    token = client.get("/muistio/uusi").page.select_one("[name=csrf_token]")["value"]
    answer = client.open("/muistio/suojattu", method=method, data={"csrf_token": token} if method == "POST" else None)
    assert answer.status_code == 303
    assert answer.location == "/kirjaudu"
    assert "seen_by" not in answer.text


@pytest.mark.parametrize("method", METHODS)
def test_the_wrong_permission_is_refused_with_the_reason_whatever_the_method(holding: Holding, method: str) -> None:
    client = holding("notes.edit")
    token = client.get("/muistio/uusi").page.select_one("[name=csrf_token]")["value"]
    answer = client.open("/muistio/suojattu", method=method, data={"csrf_token": token} if method == "POST" else None)
    assert answer.status_code == 403
    if method != "HEAD":
        assert "Sinulla ei ole oikeutta notes.view." in answer.main


def test_the_right_permission_opens_the_view(holding: Holding) -> None:
    assert holding("notes.view").get("/muistio/suojattu").get_json() == {"seen_by": "testaaja"}


def test_a_page_for_all_who_have_signed_in_asks_for_no_role(client: ReadingClient, holding: Holding) -> None:
    assert client.get("/muistio/sisalla").status_code == 303
    assert holding("nothing.special").get("/muistio/sisalla").status_code == 200


def test_a_public_page_is_open_to_strangers(client: ReadingClient) -> None:
    assert client.get("/muistio/").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "GETT"])
def test_methods_that_nobody_asked_for_are_refused(holding: Holding, method: str) -> None:
    answer = holding("notes.view").open("/muistio/suojattu", method=method)
    assert answer.status_code == 405
    assert set(answer.allow) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_options_of_a_view_do_not_run_it(holding: Holding) -> None:
    answer = holding("notes.view").options("/muistio/suojattu")
    assert answer.status_code == 200
    assert answer.data == b""


def test_each_endpoint_tells_what_it_asks_for(app: Flask) -> None:
    asked = {
        name: permission_of(app, name) for name in ("static", "notepad.guarded", "notepad.inside", "notepad.forgotten")
    }
    assert asked == {
        "static": "public",
        "notepad.guarded": "notes.view",
        "notepad.inside": SIGNED_IN,
        "notepad.forgotten": None,
    }
    assert permission_of(app, "no.such.endpoint") is None


@pytest.mark.parametrize(("held", "shown"), [(None, False), ("notes.view", True), ("notes.edit", False)])
def test_a_page_shows_only_what_its_reader_may_open(app: Flask, held: str | None, shown: bool) -> None:
    with app.test_request_context(headers={"X-Holds": held} if held else {}):
        assert can("notes.view") is shown


@pytest.fixture
def of_the_office(make_ground: Callable[..., Flask]) -> ReadingClient:
    """A visitor of a register that only the office's network may use."""
    networks = [ip_network("10.1.0.0/16"), ip_network("fd00:1::/32")]
    client = make_ground(ALLOWED_NETWORKS=networks).test_client()
    assert isinstance(client, ReadingClient)
    return client


@pytest.mark.promise("atk.palomuuri")
@pytest.mark.parametrize(
    "address", ["10.2.0.1", "192.168.1.5", "127.0.0.1", "::1", "fd00:2::1", "::ffff:10.2.0.1", "", "x"]
)
@pytest.mark.parametrize("path", ["/muistio/", "/muistio/suojattu", "/static/css/base.css", "/ei/ole"])
def test_a_request_from_outside_the_office_is_refused(of_the_office: ReadingClient, address: str, path: str) -> None:
    answer = of_the_office.get(path, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 403
    assert OUTSIDE in answer.main


@pytest.mark.promise("atk.palomuuri")
@pytest.mark.parametrize("address", ["10.1.0.1", "10.1.255.254", "fd00:1::7", "::ffff:10.1.2.3"])
def test_a_request_from_the_office_is_served(of_the_office: ReadingClient, address: str) -> None:
    assert of_the_office.get("/muistio/", environ_base={"REMOTE_ADDR": address}).status_code == 200


def test_an_address_that_a_stranger_claims_to_have_is_not_believed(of_the_office: ReadingClient) -> None:
    claim = {"X-Forwarded-For": "10.1.0.1", "X-Real-IP": "10.1.0.1", "Forwarded": "for=10.1.0.1"}
    answer = of_the_office.get("/muistio/", headers=claim, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert answer.status_code == 403


def test_behind_a_trusted_proxy_the_client_is_who_the_proxy_says(make_ground: Callable[..., Flask]) -> None:
    client = make_ground(ALLOWED_NETWORKS=[ip_network("10.1.0.0/16")], PROXIES=1).test_client()
    seen = {
        told: client.get("/muistio/", headers={"X-Forwarded-For": told}).status_code
        for told in ("10.1.0.1", "192.0.2.1", "10.1.0.1, 192.0.2.1", "192.0.2.1, 10.1.0.1")
    }
    assert seen == {"10.1.0.1": 200, "192.0.2.1": 403, "10.1.0.1, 192.0.2.1": 403, "192.0.2.1, 10.1.0.1": 200}


@pytest.mark.parametrize("host", ["evil.fi", "localhost.evil.fi", "127.0.0.1.evil.fi", "a b", "", "localhost@evil.fi"])
@pytest.mark.parametrize("path", ["/muistio/", "/static/css/base.css", "/ei/ole"])
def test_a_host_that_is_not_ours_is_refused(client: ReadingClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "Rekisteri ei vastaa tällä osoitteella." in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.1:8000"])
def test_by_default_only_this_machine_is_answered_to(client: ReadingClient, host: str) -> None:
    assert client.get("/muistio/", headers={"Host": host}).status_code == 200
