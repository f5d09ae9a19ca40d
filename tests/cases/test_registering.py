"""Registering a request as it came in."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekisteri.cases import service
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import FILLED, again, make_case, only_case
from tests.customers.factories import make_person
from tests.staff.factories import PASSWORD
from tests.support.client import ReadingClient

NEW = "/pyynnot/uusi"


def how_many() -> int:
    """Requests in the register."""
    db.session.rollback()
    return db.session.query(Case).count()


@pytest.mark.promise("oikaisu.kirjallinen")
def test_a_signed_letter_gets_a_diary_number_and_a_deadline(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED)
    assert page.status_code == 200
    assert "Pyyntö 2026/0001" in page.main
    assert "Vastattava viimeistään 16.12.2026" in page.main
    case = only_case()
    assert (case.signature, case.channel, case.state) == ("signed", "letter", "registered")
    assert case.registered_by_id == clerk.id


@pytest.mark.promise("oikaisu.kirjallinen")
def test_an_unsigned_letter_is_registered_with_the_same_deadline(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"signature": "unsigned"})
    assert "Ei allekirjoitusta" in page.main
    assert "Vastattava viimeistään 16.12.2026" in page.main


@pytest.mark.parametrize("channel", ["visit", "email", "phone"])
def test_a_request_made_otherwise_starts_the_same_clock(client: ReadingClient, clerk: Any, channel: str) -> None:
    asked = {"channel": channel, "signature": None, "content": "Pyytää muuttamaan osoitteen."}
    page = client.submit(NEW, FILLED | asked)
    assert "Vastattava viimeistään 16.12.2026" in page.main
    assert "Pyytää muuttamaan osoitteen." in page.main
    assert only_case().signature == "not_applicable"


def test_the_clock_runs_from_receipt_and_not_from_registering(client: ReadingClient, clerk: Any) -> None:
    client.submit(NEW, FILLED | {"received_on": "2.11.2026"})
    case = only_case()
    assert (case.registered_on.isoformat(), case.deadline.isoformat()) == ("2026-11-23", "2026-12-02")


def test_it_is_on_record_who_received_the_request(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"received_by": "Vahtimestari Vuokko Vaara"})
    assert "vastaanottaja Vahtimestari Vuokko Vaara" in page.main


def test_the_receiver_is_the_clerk_unless_somebody_else_is_named(client: ReadingClient, clerk: Any) -> None:
    client.submit(NEW, FILLED | {"received_by": ""})
    assert only_case().received_by == "Kaisa Käsittelijä"


def test_diary_numbers_have_no_gaps_although_a_registration_fails(clerk: Any) -> None:
    first = make_case(by=clerk)
    with pytest.raises(RuleViolation):
        make_case(by=clerk, kinds=["nothing of the kind"])
    second = make_case(by=clerk)
    assert [first.number, second.number] == ["2026/0001", "2026/0002"]


def test_diary_numbers_begin_anew_each_year(clerk: Any) -> None:
    numbers = [make_case(by=clerk).number]
    with_year = make_case(by=clerk, on=make_case(by=clerk).received_on.replace(year=2027))
    assert [*numbers, with_year.number] == ["2026/0001", "2027/0001"]


def test_a_double_click_registers_one_request(client: ReadingClient, clerk: Any) -> None:
    form = client.get(NEW)
    hidden = {field["name"]: field["value"] for field in form.page.select("main input[type=hidden]")}
    first = client.post(NEW, data=hidden | FILLED)
    second = client.post(NEW, data=hidden | FILLED)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert how_many() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received_on": "24.11.2026"}, "Saapumispäivä ei voi olla tulevaisuudessa."),
        ({"received_on": "31.2.2026"}, "Päivää 31.2.2026 ei ole kalenterissa."),
        ({"received_on": "eilen"}, "Kirjoita päivä muodossa 5.3.2026."),
        ({"received_on": ""}, "Kirjoita, milloin pyyntö saapui."),
        ({"received_on": "16.11.1926"}, "Tarkista saapumispäivän vuosi."),
        ({"request_dated_on": "20.11.2026"}, "päivätty saapumispäivän jälkeen"),
        ({"channel": None}, "Valitse, miten pyyntö saapui."),
        ({"channel": "kyyhkynen"}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"kinds": None}, "Valitse, mitä pyyntö koskee."),
        ({"signature": None}, "Valitse, onko pyyntö allekirjoitettu."),
        ({"requester_name": ""}, "Kirjoita pyynnön esittäjän nimi."),
        ({"requester_role": "agent"}, "Valitse, onko valtuutus esitetty."),
        ({"requester_postcode": "0010"}, "Suomalaisessa postinumerossa on viisi numeroa."),
        ({"requester_city": ""}, "Osoite on vajaa."),
        ({"requester_email": "maija at esimerkki"}, "Kirjoita sähköpostiosoite muodossa nimi@yritys.fi."),
        ({"content": "Hetu 131052-308T"}, "Henkilötunnusta ei saa tallentaa"),
        ({"content": "x" * 1_000_000}, "Teksti on liian pitkä"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: ReadingClient, clerk: Any, wrong: dict[str, Any], sentence: str
) -> None:
    page = client.submit(NEW, FILLED | {"content": "Osoite on vanha."} | wrong, strict=False)
    assert page.status_code == 422
    assert sentence in page.main
    assert page.page.title is not None
    assert page.page.title.text.startswith("Virhe:")
    if "requester_name" not in wrong:
        assert page.page.select_one("#requester_name")["value"] == "Maija Virtanen"
    assert how_many() == 0


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{7*7}}", "Šakki Žukov 😀", "a\u202eb", "Äijä\x00nen", "Ö" * 80]
)
def test_whatever_is_typed_is_shown_as_text(client: ReadingClient, clerk: Any, hostile: str) -> None:
    with client.foreign_words():
        page = client.submit(NEW, FILLED | {"content": hostile, "requester_name": hostile})
    assert page.status_code == 200
    assert page.page.find("script", string=True) is None
    assert "49" not in only_case().content
    assert not set("\u202e\x00") & set(only_case().content + only_case().requester_name)


def test_the_person_is_found_by_search_without_scripts(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    page = client.submit(NEW, FILLED | {"query": "virt", "search": "1"}, strict=False)
    assert page.status_code == 200
    assert "Virtanen, Maija" in page.main
    assert page.page.select_one("#requester_street")["value"] == "Mäkitie 4 A 3"
    assert how_many() == 0
    page = client.submit(NEW, FILLED | {"query": "virt", "person": str(maija.id)})
    assert page.status_code == 200
    assert only_case().customer_id == maija.id


def test_a_search_without_words_looks_for_the_requester(client: ReadingClient, clerk: Any) -> None:
    make_person()
    page = client.submit(NEW, FILLED | {"search": "1"}, strict=False)
    assert "Virtanen, Maija" in page.main


def test_the_search_answers_while_one_types(client: ReadingClient, clerk: Any) -> None:
    make_person()
    answer = client.htmx(NEW, target="loydetyt", method="POST", data=_sent(client) | {"query": "virt", "search": "1"})
    assert answer.text.lstrip().startswith('<div id="loydetyt"')
    assert "Virtanen, Maija" in answer.words


def _sent(client: ReadingClient) -> dict[str, str]:
    page = client.get(NEW)
    return {field["name"]: field["value"] for field in page.page.select("main input[type=hidden]")}


def test_a_person_who_is_not_in_the_register_is_recorded_as_such(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"person": "not_found"})
    assert only_case().person_state == "not_found"
    assert "Ei rekisterissä" in page.main


def test_a_customer_that_is_not_there_is_not_chosen(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(NEW, FILLED | {"person": "4711"})
    assert page.status_code == 422
    assert how_many() == 0


def test_the_card_leads_to_a_form_where_the_person_is_chosen(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    page = client.get(f"{NEW}?asiakas={maija.id}")
    assert page.page.select_one(f"input[name=person][value='{maija.id}'][checked]")
    assert page.page.select_one("#requester_name")["value"] == "Maija Virtanen"


def test_an_agent_asks_for_another_person(client: ReadingClient, clerk: Any) -> None:
    asked = {"requester_name": "Asko Asiamies", "requester_role": "agent", "mandate": "missing"}
    page = client.submit(NEW, FILLED | asked)
    assert "Asko Asiamies (asiamies)" in page.main
    assert "Ei esitetty" in page.main


def test_letters_to_an_agent_never_go_to_the_customers_own_address(clerk: Any) -> None:
    agent = service.Requester("Asko Asiamies", role="agent", mandate="shown")
    case = make_case(by=clerk, requester=agent, customer=make_person())
    assert case.addressee == ("Asko Asiamies",)


def test_a_person_who_gave_no_address_is_written_to_at_the_one_in_the_register(clerk: Any) -> None:
    case = make_case(by=clerk, requester=service.Requester("Maija Virtanen"), customer=make_person())
    assert again(case).addressee == ("Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI")


def test_an_address_abroad_ends_with_the_country(clerk: Any) -> None:
    abroad = service.Requester("Åke Öst", "Storgatan 1", "111 22", "Stockholm", "Sverige")
    assert make_case(by=clerk, requester=abroad).addressee == ("Åke Öst", "Storgatan 1", "111 22 STOCKHOLM", "RUOTSI")


def test_nothing_typed_is_lost_when_the_session_has_ended(
    client: ReadingClient, clerk: Any, freeze: Callable[[str], None]
) -> None:
    sent = _sent(client) | FILLED | {"content": "Pitkä selvitys, jota ei kirjoiteta kahdesti."}
    freeze("2026-11-24T09:00:00")
    page = client.post(NEW, data=sent, headers={"Origin": "http://localhost"})
    assert "kirjaudu" in page.main.lower()
    carried = page.page.select_one("input[name=resume]")["value"]
    token = page.page.select_one("main input[name=csrf_token]")["value"]
    answer = {"username": clerk.username, "password": PASSWORD, "resume": carried, "csrf_token": token, "next": "/"}
    back = client.post("/kirjaudu", data=answer)
    assert "Pitkä selvitys, jota ei kirjoiteta kahdesti." in back.main
    form = back.page.select_one("main form")
    again_sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    page = client.post(form["action"], data=again_sent, follow_redirects=True)
    assert "Pitkä selvitys, jota ei kirjoiteta kahdesti." in page.main
    assert only_case().received_on.isoformat() == "2026-11-16"


def test_a_reader_does_not_register(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("lukija")
    assert client.get(NEW).status_code == 403
    assert "Kirjaa pyyntö" not in client.get("/pyynnot/").main


NASTY = st.text(max_size=60) | st.sampled_from(
    ["", "31.2.2026", "99999999999", "-1", "\x00", "٣", "' OR 1=1 --", "%s", "../.."]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*FILLED, "person", "kept", "query", "form_code", "mandate"]), NASTY))
def test_no_answer_whatever_makes_the_form_fail(client: ReadingClient, clerk: Any, wrong: dict[str, str]) -> None:
    with client.foreign_words():
        page = client.submit(NEW, FILLED | wrong, strict=False)
    assert page.status_code in (200, 422)
