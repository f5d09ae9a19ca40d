"""After a form one is led onward, and never to another site."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.web import safe_next
from tests.support.client import ReadingClient

OURS = "http://localhost"
HOSTILE = [
    "https://evil.fi/",
    "//evil.fi",
    "///evil.fi",
    "////evil.fi",
    "/\\evil.fi",
    "\\/evil.fi",
    "\\\\evil.fi",
    "/\t/evil.fi",
    "/\n/evil.fi",
    "/\r\n/evil.fi",
    "\t//evil.fi",
    " //evil.fi",
    "/\x00/evil.fi",
    "/\x0b/evil.fi",
    "http:evil.fi",
    "http:/evil.fi",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.fi",
    "//localhost@evil.fi",
    "/\\\t/evil.fi",
    "",
    "/x\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_an_address_that_could_lead_elsewhere_leads_home(client: ReadingClient, target: str) -> None:
    answer = client.get("/muistio/jatka", query_string={"next": target})
    assert answer.status_code == 303
    assert urlsplit(urljoin(f"{OURS}/muistio/jatka", answer.location)).netloc == "localhost"
    assert "evil.fi" not in answer.location
    assert "Set-Cookie: a=b" not in str(answer.headers)


@pytest.mark.parametrize("target", ["/", "/asiakkaat/7", "/pyynnot/?tila=avoin", "/ohje/#haku", "/%2F%2Fx", "/ä"])
def test_a_page_of_our_own_is_led_to(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize("target", ["/%09/evil.fi", "/.//evil.fi", "/..//evil.fi", "/;//evil.fi", "/%5cevil.fi"])
def test_what_looks_strange_but_stays_with_us_stays_with_us(client: ReadingClient, target: str) -> None:
    location = client.get("/muistio/jatka", query_string={"next": target}).location
    assert urlsplit(urljoin(OURS, location)).netloc == "localhost"
    assert not location.startswith("//")


@given(st.text(alphabet="/\\\t\r\n .:@evil#?%\x00\x0b\x1f", max_size=12))
def test_no_mixture_of_slashes_and_spaces_leads_elsewhere(target: str) -> None:
    kept = safe_next(target)
    assert kept.startswith("/")
    as_browsers_read = "".join(sign for sign in kept if sign not in "\t\r\n").replace("\\", "/")
    assert not as_browsers_read.startswith("//")


def test_htmx_is_told_to_go_where_a_browser_would(app: Flask, client: ReadingClient) -> None:
    answer = client.htmx("/muistio/jatka?next=/muistio/")
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/muistio/"
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-Boosted": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
        ({"HX-Request": "false"}, True),
    ],
)
def test_a_page_and_its_fragment_come_from_one_address(
    client: ReadingClient, headers: dict[str, str], whole: bool
) -> None:
    answer = client.get("/muistio/", headers=headers)
    assert ("<html" in answer.text) is whole
    assert answer.page.select_one("#muistiinpanot") is not None
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("number", ["0", "1", "2147483647"])
def test_a_number_that_no_row_has_is_no_page(client: ReadingClient, number: str) -> None:
    assert client.get(f"/muistio/{number}").status_code == 404


@pytest.mark.parametrize("number", ["2147483648", "9" * 19, "9" * 5000, "-1", "1.5", "٣", "²", "0x1"])
def test_a_number_that_no_row_can_have_is_no_page_either(client: ReadingClient, number: str) -> None:
    assert client.get(f"/muistio/{number}").status_code == 404
