"""Who may do what with requests: each page, each role, one table."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cases.factories import make_case
from tests.customers.factories import make_person
from tests.support.client import ReadingClient

LOOKING = ["/pyynnot/", "/pyynnot/avaa", "/pyynnot/1", "/pyynnot/lomake.pdf"]
WORKING = [
    "/pyynnot/uusi",
    "/pyynnot/1/kirjaus",
    "/pyynnot/1/henkilo",
    "/pyynnot/1/henkilollisyys",
    "/pyynnot/1/vastaanottoilmoitus",
    "/pyynnot/1/taydennyspyynto",
    "/pyynnot/1/jatka",
    "/pyynnot/1/peruuta",
    "/pyynnot/1/sulje",
    "/pyynnot/1/skannaukset",
    "/pyynnot/oma-aloite/1",
    "/pyynnot/lomake/asiakas/1",
]
MAY: list[tuple[str, dict[str, Any], int, int]] = [
    ("lukija", {}, 200, 403),
    ("kasittelija", {}, 200, 200),
    ("vastuuhenkilo", {}, 200, 200),
    ("paakayttaja", {}, 403, 403),
    ("kasittelija", {"committed": False}, 403, 403),
]


@pytest.mark.promise("atk.sitoumus")
@pytest.mark.parametrize(("role", "person", "looking", "working"), MAY)
def test_each_role_reaches_its_own_pages_and_no_others(
    app: Flask,
    clerk: Any,
    sign_in: Callable[..., Any],
    role: str,
    person: dict[str, Any],
    looking: int,
    working: int,
) -> None:
    make_case(by=clerk, customer=make_person())
    browser = app.test_client()
    assert isinstance(browser, ReadingClient)
    sign_in(role, client=browser, **person)
    found = {address: browser.get(address).status_code for address in [*LOOKING, *WORKING]}
    assert found == dict.fromkeys(LOOKING, looking) | dict.fromkeys(WORKING, working)


@pytest.mark.parametrize("address", [*LOOKING, *WORKING])
def test_nobody_reaches_anything_without_signing_in(client: ReadingClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (302, 303)
    assert "/kirjaudu" in answer.location


@pytest.mark.parametrize(
    "address",
    ["/pyynnot/1", "/pyynnot/1/henkilo", "/pyynnot/1/sulje", "/pyynnot/oma-aloite/1", "/pyynnot/lomake/asiakas/1"],
)
def test_what_is_not_there_is_answered_alike_everywhere(client: ReadingClient, clerk: Any, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/pyynnot/uusi", "/pyynnot/avaa"])
def test_a_form_from_elsewhere_changes_nothing(client: ReadingClient, clerk: Any, address: str) -> None:
    answer = client.post(address, data={"code": "2026/0001"}, headers={"Origin": "https://example.com"})
    assert answer.status_code == 400


def test_no_personal_value_stands_in_any_address(client: ReadingClient, clerk: Any) -> None:
    make_case(by=clerk, customer=make_person())
    for address in [*LOOKING[:3], *WORKING]:
        for link in client.get(address).page.select("a[href], form[action]"):
            target = link.get("href") or link.get("action") or ""
            assert "irtanen" not in target
            assert "aija" not in target
