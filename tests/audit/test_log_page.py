"""The log as a page: readable by a person, for those who answer for the register only, without customers' data."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from rekisteri.audit import service as audit
from rekisteri.audit import words
from rekisteri.audit.views import PAGE
from rekisteri.kernel.db import transaction
from tests.audit.factories import CODED, TRIED, Somebody, write_log
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]


@pytest.fixture
def owner(sign_in: SignIn) -> Any:
    """The person responsible for the register, signed in."""
    return sign_in("vastuuhenkilo", full_name="Helmi Rauta")


def seen(page: Any) -> list[list[str]]:
    """The rows of the page, cell by cell."""
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in page.page.select("main tbody tr")
    ]


def numbers(page: Any) -> list[int]:
    return [int(row[0].replace("\u00a0", "").replace(" ", "")) for row in seen(page)]


def link(page: Any, text: str) -> str | None:
    """Where the pager's link of this name leads."""
    found = page.page.find("a", string=text)
    return str(found["href"]) if found else None


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_the_log_tells_who_did_what_to_whom_and_when(client: ReadingClient, freeze: Any, sign_in: SignIn) -> None:
    freeze("2026-11-23")
    owner = sign_in("vastuuhenkilo", full_name="Helmi Rauta")
    with transaction():
        audit.record(
            CODED, subject="customer:7", by=owner, kind="letter", fields=["email", "phone"], with_scan=True, number=3
        )
    newest = seen(client.get("/loki/"))[0]
    assert newest[1:5] == ["23.11.2026 klo 12.00", "Helmi Rauta", "koodattu", "asiakas 7"]
    assert newest[5] == "tiedot: sähköpostiosoite, puhelinnumero; laji: letter; numero: 3; skannaus mukana: kyllä"


def test_codes_are_said_in_the_words_of_the_room_that_knows_them(client: ReadingClient, owner: Any) -> None:
    words.explain("kind", {"trial_letter": "koekirje"})
    with transaction():
        audit.record(CODED, subject="trial:1", by=owner, kind="trial_letter", fields=[], with_scan=False, number=None)
    assert seen(client.get("/loki/"))[0][5] == "laji: koekirje; skannaus mukana: ei"
    assert words.fact("until", "2027-11-05") == "määräaika: 5.11.2027"


def test_what_the_program_did_and_who_is_unknown_are_told_apart(client: ReadingClient, owner: Any) -> None:
    write_log(1)
    write_log(1, by=Somebody(987))
    rows = seen(client.get("/loki/"))
    assert [rows[0][2], rows[1][2]] == ["käyttäjä 987", "järjestelmä"]


def test_a_long_log_is_read_page_by_page_both_ways(client: ReadingClient, owner: Any) -> None:
    write_log(2 * PAGE + 30)
    last = audit.head().seq
    first = client.get("/loki/")
    assert numbers(first) == list(range(last, last - PAGE, -1))
    assert link(first, "Edelliset") is None
    second = client.get(link(first, "Seuraavat"))
    assert numbers(second) == list(range(last - PAGE, last - 2 * PAGE, -1))
    third = client.get(link(second, "Seuraavat"))
    assert numbers(third)[-1] == 1
    assert link(third, "Seuraavat") is None
    assert numbers(client.get(link(third, "Edelliset"))) == numbers(second)
    assert numbers(client.get(link(second, "Edelliset"))) == numbers(first)


@pytest.mark.parametrize("rows", [PAGE - 1, PAGE, PAGE + 1])
def test_a_page_is_turned_only_when_there_is_another(client: ReadingClient, owner: Any, rows: int) -> None:
    write_log(rows, subject="customer:7")
    page = client.get("/loki/?kohde=customer:7")
    assert len(numbers(page)) == min(rows, PAGE)
    assert (link(page, "Seuraavat") is not None) is (rows > PAGE)


def test_one_subject_is_followed_through_the_log(client: ReadingClient, owner: Any) -> None:
    for number in range(3):
        write_log(2, subject=f"customer:{number}")
    everything = client.get("/loki/")
    page = client.get(everything.page.find("a", string="asiakas 1")["href"])
    assert {row[4] for row in seen(page)} == {"asiakas 1"}
    assert len(seen(page)) == 2
    assert "Näytetään vain kohde asiakas 1." in page.main
    assert numbers(client.get(link(page, "Näytä koko loki"))) == numbers(everything)


def test_a_followed_subject_stays_when_pages_are_turned(client: ReadingClient, owner: Any) -> None:
    write_log(PAGE + 1, subject="customer:7")
    write_log(3, subject="customer:8")
    second = client.get(link(client.get("/loki/?kohde=customer:7"), "Seuraavat"))
    assert {row[4] for row in seen(second)} == {"asiakas 7"}
    assert len(numbers(client.get(link(second, "Edelliset")))) == PAGE


@pytest.mark.parametrize(
    "query", ["ennen=x", "ennen=-1", "ennen=0", "ennen=" + "9" * 30, "kohde=%00", "kohde=<b>", "kohde=" + "x" * 999]
)
def test_a_strange_question_gets_the_first_page(client: ReadingClient, owner: Any, query: str) -> None:
    write_log(2)
    assert numbers(client.get(f"/loki/?{query}")) == numbers(client.get("/loki/"))


def test_a_subject_without_rows_says_so(client: ReadingClient, owner: Any) -> None:
    page = client.get("/loki/?kohde=customer:999")
    assert page.status_code == 200
    assert "Ei rivejä" in page.main


@pytest.mark.parametrize("role", ["lukija", "kasittelija", "paakayttaja"])
def test_the_other_roles_do_not_read_the_log(client: ReadingClient, sign_in: SignIn, role: str) -> None:
    sign_in(role)
    page = client.get("/loki/")
    assert page.status_code == 403
    assert seen(page) == []


def test_nobody_reads_the_log_without_a_commitment(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo", committed=False)
    assert client.get("/loki/").status_code == 403


def test_a_stranger_is_sent_to_sign_in(client: ReadingClient) -> None:
    answer = client.get("/loki/")
    assert answer.status_code in {302, 303}
    assert "/kirjaudu" in answer.location


def test_the_page_holds_nothing_of_a_customer(client: ReadingClient, owner: Any) -> None:
    from rekisteri.customers import service as customers
    from rekisteri.kernel.clock import today

    values = {"last_name": "Kanarialintu", "first_name": "Keijo", "email": "keijo@kanaria.fi", "street": "Salakuja 7"}
    with transaction():
        source = customers.self_source()
        customer = customers.create(kind="person", values=values, source=source, obtained_on=today(), by=owner)
    client.get(f"/asiakkaat/{customer.id}")
    page = client.get(f"/loki/?kohde=customer:{customer.id}")
    assert "asiakas lisätty" in page.main
    assert "asiakkaan tiedot katsottu" in page.main
    for value in values.values():
        assert value not in page.text


def test_every_fact_of_every_event_has_a_name_in_finnish(app: Flask) -> None:
    declared = {fact for name, (_, facts) in audit.EVENTS.items() if not name.startswith("trial.") for fact in facts}
    assert sorted(declared - set(words.FACTS)) == []


def test_every_event_is_called_something_a_person_understands(app: Flask) -> None:
    for name, (label, _) in audit.EVENTS.items():
        assert label != name
        assert label == label.strip()
        assert "_" not in label


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("customer:7", "asiakas 7"),
        ("case:12", "pyyntö 12"),
        ("user:unknown", "käyttäjä tuntematon"),
        ("settings:1", "asetukset"),
        ("register:1", "rekisteri"),
        ("gone:3", "gone 3"),
    ],
)
def test_a_subject_is_said_in_words(code: str, said: str) -> None:
    assert words.subject(code) == said
    assert TRIED in audit.EVENTS
