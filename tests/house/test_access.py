"""Role × page × answer: every route of the application, tried by everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.house.access import ANYBODY, AUDIENCES, EVERYBODY_INSIDE, PARTNERS, TABLE
from tests.house.routes import Address, addresses
from tests.support.client import ReadingClient

PEOPLE = ["lukija", "kasittelija", "vastuuhenkilo", "paakayttaja"]
SAYS_NO = 403
ASKS_FOR_A_KEY = 401
ASKS_WHO = {302, 303}


def key(address: Address) -> str:
    return f"{address.method} {address.endpoint}"


def tried(client: ReadingClient, address: Address) -> Any:
    """The answer to an address. A form is sent empty and without its token: the gate stands before both."""
    client.reads_pages = False  # here the status counts; the pages are read by the tests of their rooms
    return client.open(address.url, method=address.method)


@pytest.fixture(scope="module")
def doors(house: Flask) -> list[Address]:
    """Every route that the table knows; `test_every_route_has_its_line_in_the_table` sees to the rest."""
    return [address for address in addresses(house) if key(address) in TABLE]


def test_every_route_has_its_line_in_the_table(house: Flask) -> None:
    there = {key(address) for address in addresses(house) if address.endpoint != "static"}
    assert not sorted(there - TABLE.keys()), "say in tests/house/access.py who may reach these"
    assert not sorted(TABLE.keys() - there), "these lines of tests/house/access.py belong to no route"


def test_every_audience_is_a_known_one() -> None:
    assert set(TABLE.values()) <= {ANYBODY, EVERYBODY_INSIDE, PARTNERS, *AUDIENCES}


def test_a_stranger_reaches_only_what_is_open(doors: list[Address], client: ReadingClient) -> None:
    wrong = {}
    for address in doors:
        status = tried(client, address).status_code
        if TABLE[key(address)] == ANYBODY:
            fits = status not in (SAYS_NO, 401, 500)
        elif TABLE[key(address)] == PARTNERS:
            fits = status == ASKS_FOR_A_KEY
        else:
            fits = status in ASKS_WHO or (address.method == "POST" and status == 401)
        if not fits:
            wrong[key(address)] = status
    assert not wrong


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.promise("atk.nimetyt")
def test_a_role_reaches_exactly_its_own_pages(
    role: str, doors: list[Address], client: ReadingClient, sign_in: Callable[..., Any]
) -> None:
    sign_in(role)
    wrong = {}
    for address in doors:
        audience = TABLE[key(address)]
        if audience == PARTNERS:  # no session opens what is for programs
            continue
        allowed = audience in (ANYBODY, EVERYBODY_INSIDE) or role in AUDIENCES[audience]
        status = tried(client, address).status_code
        if (status != SAYS_NO) != allowed or status >= 500:
            wrong[key(address)] = status
    assert not wrong, f"{role}: 403 exactly where the table says so, never 5xx"


@pytest.mark.promise("atk.sitoumus")
def test_without_a_commitment_no_role_reaches_personal_data(
    doors: list[Address], app: Flask, sign_in: Callable[..., Any]
) -> None:
    from tests.house.access import WITHOUT_PERSONAL_DATA

    client = app.test_client()
    sign_in(*PEOPLE, client=client, committed=False)
    reached = {
        key(address)
        for address in doors
        if TABLE[key(address)] not in (ANYBODY, EVERYBODY_INSIDE, PARTNERS)
        and tried(client, address).status_code != SAYS_NO
    }
    shown = {line for line in reached if TABLE[line] not in WITHOUT_PERSONAL_DATA}
    assert not shown
    assert reached, "what holds no personal data stays open"


def test_without_a_permission_one_changes_only_what_is_ones_own(doors: list[Address]) -> None:
    inside = {key(address) for address in doors if address.method == "POST" and TABLE[key(address)] == EVERYBODY_INSIDE}
    assert inside <= {
        "POST staff.sign_out",
        "POST staff.change_password",
        "POST staff.end_other_sessions",
        "POST home.styleguide",
    }


@pytest.mark.parametrize("role", PEOPLE)
def test_what_is_for_programs_no_session_opens(
    role: str, doors: list[Address], client: ReadingClient, sign_in: Callable[..., Any]
) -> None:
    sign_in(role)
    theirs = [address for address in doors if TABLE[key(address)] == PARTNERS]
    assert {tried(client, address).status_code for address in theirs} == {ASKS_FOR_A_KEY}
