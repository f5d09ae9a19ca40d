"""The letters of the intake: what they say, that they are issued once, and that they are waited for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rekisteri.cases import letters, service
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import TODAY, again, make_case
from tests.cases.test_case_page import url
from tests.customers.factories import make_person
from tests.support.client import ReadingClient
from tests.support.paper import page_count, words_of

REASON = "Tietojanne on selvitettävä kolmelta tietolähteeltä."
WANTED = "Kertokaa, mitä osoitetietoa pyydätte oikaisemaan.\nKertokaa myös, mistä alkaen uusi osoite on ollut voimassa."


def printed(letter: Document) -> bytes:
    """The letter's PDF."""
    return documents.content(db.session.get_one(Document, letter.id))


def only_letter() -> Document:
    """The one document that has been issued."""
    db.session.rollback()
    return db.session.query(Document).one()


def test_the_acknowledgement_tells_number_and_deadlines(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk, request_dated_on=date(2026, 11, 12))
    page = client.submit(url(case, "vastaanottoilmoitus"), {})
    assert "Kirje 2026/0001-1 on laadittu." in page.main
    words = words_of(printed(only_letter()))
    for told in (
        "Ilmoitus pyynnön vastaanottamisesta",
        "2026/0001-1",
        "Esititte pyynnön kirjallisesti, ja se saapui meille 16.11.2026. Pyyntö on päivätty 12.11.2026.",
        "viimeistään 16.12.2026",
        "12 artiklan 3 kohta",
        "enintään 16.2.2027 asti",
        "Kaisa Käsittelijä, asiakassihteeri",
        "00100 HELSINKI",
        "SHA-256",
    ):
        assert told in words, told


def test_the_letter_that_asks_for_details_prints_what_is_asked(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    client.submit(url(case, "taydennyspyynto"), {"wanted": WANTED, "reply_by": "7.12.2026"})
    words = words_of(printed(only_letter()))
    assert "Kertokaa, mitä osoitetietoa pyydätte oikaisemaan." in words
    assert "Pyydämme vastaustanne viimeistään 7.12.2026." in words
    assert "Älkää lähettäkö henkilötunnustanne" in words
    assert again(case).deadline == date(2026, 12, 16), "asking does not move the deadline"


def test_a_reply_is_hoped_for_in_two_weeks_on_a_working_day(client: ReadingClient, clerk: Any) -> None:
    page = client.get(url(make_case(by=clerk), "taydennyspyynto"))
    assert page.page.select_one("#reply_by")["value"] == "7.12.2026"


@pytest.mark.promise("gdpr.maaraajat")
def test_the_extension_moves_the_deadline_and_tells_the_requester_why(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "jatka"), {"ground": "complexity", "reason": REASON})
    assert "Vastattava viimeistään 16.2.2027" in page.main
    assert "Kuukauden määräaika oli 16.12.2026" in page.main
    assert "Määräaikaa jatkettu: uusi määräaika 16.2.2027" in page.main
    words = words_of(printed(only_letter()))
    for told in ("koska pyyntö on monimutkainen", REASON, "16.12.2026", "16.2.2027", "77 artikla", "1050/2018 21 §"):
        assert told in words, told
    assert again(case).extended_on == TODAY


def _form(client: ReadingClient, address: str) -> dict[str, Any]:
    page = client.get(address).page
    return {field["name"]: field["value"] for field in page.select("main input[type=hidden]")}


@pytest.mark.promise("gdpr.maaraajat")
def test_the_time_is_extended_once(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    second = _form(client, url(case, "jatka"))
    client.submit(url(case, "jatka"), {"ground": "number", "reason": REASON})
    again_typed = second | {"version": str(again(case).version), "ground": "number", "reason": REASON}
    page = client.post(url(case, "jatka"), data=again_typed)
    assert page.status_code == 422
    assert "Sitä voi jatkaa vain kerran." in page.main
    assert len(letters.letters_of(again(case))) == 1


@pytest.mark.promise("gdpr.maaraajat")
def test_the_time_is_not_extended_after_the_first_month(clerk: Any) -> None:
    case = make_case(by=clerk, received_on=date(2026, 10, 23))
    with pytest.raises(RuleViolation, match="ensimmäisen kuukauden kuluessa"), transaction():
        service.extend(case=case, ground="number", reason=REASON, by=clerk, on=date(2026, 11, 24))


def test_a_double_click_writes_one_letter(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.get(url(case, "vastaanottoilmoitus"))
    hidden = {field["name"]: field["value"] for field in page.page.select("main input[type=hidden]")}
    answers = [client.post(url(case, "vastaanottoilmoitus"), data=hidden) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert only_letter().number == "2026/0001-1"


def test_letters_are_numbered_under_the_diary_number(clerk: Any) -> None:
    first, second = make_case(by=clerk), make_case(by=clerk)
    with transaction():
        numbers = [service.next_document_number(case) for case in (first, second, first)]
    assert numbers == ["2026/0001-1", "2026/0002-1", "2026/0001-2"]


def test_a_letter_is_not_written_under_an_incomplete_letterhead(
    client: ReadingClient, sign_in: Callable[..., Any]
) -> None:
    case = make_case(by=sign_in("kasittelija"))
    page = client.submit(url(case, "vastaanottoilmoitus"), {})
    assert page.status_code == 422
    assert "Täydennä ensin asetuksiin:" in page.main


def test_without_an_address_the_letter_carries_the_name_and_the_clerk_is_told(
    client: ReadingClient, clerk: Any
) -> None:
    case = make_case(by=clerk, requester=service.Requester("Maija Virtanen"), channel="email", signature=None)
    assert "postiosoitetta ei tiedetä" in client.get(url(case, "vastaanottoilmoitus")).main
    client.submit(url(case, "vastaanottoilmoitus"), {})
    assert only_letter().addressee_lines == ["Maija Virtanen"]


def test_nobody_acknowledges_what_the_company_began_by_itself(clerk: Any) -> None:
    customer = make_person()
    with transaction():
        case = service.register_own_initiative(customer=customer, reason="Kirje palautui.", by=clerk, on=TODAY)
    with pytest.raises(RuleViolation, match="ei ole pyynnön esittäjää"), transaction():
        service.acknowledge(case=case, by=clerk, on=TODAY)


def test_letters_are_listed_with_what_became_of_them(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    client.submit(url(case, "vastaanottoilmoitus"), {})
    page = client.get(url(case))
    assert "1 kirje odottaa" in page.main
    letter = only_letter()
    with transaction():
        documents.mark_posted(document=letter, on=TODAY, way="post", by=clerk)
    page = client.get(url(case))
    assert "23.11.2026, postitse" in page.main
    assert "Asiakirja lähetetty: 2026/0001-1" in page.main


@pytest.mark.parametrize("kind", ["acknowledgement", "details_request", "extension"])
def test_letters_last_for_decades_and_can_be_read_aloud(clerk: Any, verapdf: Callable[..., None], kind: str) -> None:
    case = make_case(
        by=clerk, requester=service.Requester("Šarūnė Žukauskaitė-Äijälä", "Mäkitie 4", "00100", "Helsinki")
    )
    with transaction():
        letter = _write(kind, case, clerk)
    pdf = printed(letter)
    assert page_count(pdf) == 1
    assert "Šarūnė Žukauskaitė-Äijälä" in words_of(pdf)
    verapdf(pdf)


def _write(kind: str, case: Any, clerk: Any) -> Document:
    if kind == "acknowledgement":
        return service.acknowledge(case=case, by=clerk, on=TODAY)
    if kind == "extension":
        return service.extend(case=case, ground="complexity", reason=REASON, by=clerk, on=TODAY)
    return service.ask_for_details(case=case, wanted=WANTED, reply_by=date(2026, 12, 7), by=clerk, on=TODAY)


def test_a_letter_to_an_agent_speaks_of_the_person_represented(clerk: Any) -> None:
    agent = service.Requester("Asko Asiamies", "Valtakuja 1", "33100", "Tampere", role="agent", mandate="shown")
    case = make_case(by=clerk, requester=agent, customer=make_person())
    with transaction():
        letter = service.acknowledge(case=case, by=clerk, on=TODAY)
    words = words_of(printed(letter))
    assert "joka koskee edustamanne henkilön tietoja rekisterissämme" in words
    assert "Rekisteröity Maija Virtanen" in words
    assert "Mäkitie" not in words


def test_the_page_says_at_once_when_the_time_can_no_longer_be_extended(client: ReadingClient, clerk: Any) -> None:
    page = client.get(url(make_case(by=clerk, received_on=date(2026, 10, 1)), "jatka"))
    assert "ja se on jo päättynyt" in page.main
    assert not page.page.select("main textarea")


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("letter", "Esititte pyynnön kirjallisesti"),
        ("visit", "Esititte pyynnön käydessänne luonamme"),
        ("email", "Esititte pyynnön sähköpostitse"),
        ("phone", "Esititte pyynnön puhelimitse"),
    ],
)
def test_a_letter_tells_how_the_request_was_made(clerk: Any, channel: str, told: str) -> None:
    case = make_case(by=clerk, channel=channel)
    with transaction():
        letter = service.acknowledge(case=case, by=clerk, on=TODAY)
    words = words_of(printed(letter))
    assert told in words
    assert "ja se saapui meille 16.11.2026." in words
    assert "päivätty" not in words, "no date stood on the paper"


def test_an_acknowledgement_after_an_extension_tells_the_new_deadline_only(clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        service.extend(case=case, ground="number", reason=REASON, by=clerk, on=TODAY)
        letter = service.acknowledge(case=case, by=clerk, on=TODAY)
    words = words_of(printed(letter))
    assert "viimeistään 16.2.2027" in words
    assert "16.12.2026" not in words


def test_what_was_printed_stays_although_the_registration_is_mended(clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        letter = service.acknowledge(case=case, by=clerk, on=TODAY)
    before = printed(letter)
    with transaction():
        service.amend(
            case=case,
            received_on=date(2026, 11, 5),
            channel="phone",
            requester=service.Requester("Maija Mäki"),
            by=clerk,
            on=TODAY,
        )
    assert printed(letter) == before
    assert "16.12.2026" in words_of(before)
