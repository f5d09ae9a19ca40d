"""One request on its page: what is to be done, by when, what has happened, who looked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import service
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import again, make_case
from tests.cases.rights import known_right
from tests.customers.factories import make_person
from tests.support.client import ReadingClient


def url(case: Any, step: str = "") -> str:
    """The address of the case, or of one of its steps."""
    return f"/pyynnot/{case.id}{'/' + step if step else ''}"


@pytest.mark.promise("oikaisu.viivytyksetta")
@pytest.mark.parametrize(
    ("received", "told"),
    [
        (date(2026, 11, 20), "Vastattava viimeistään 21.12.2026 – 28 päivää jäljellä"),
        (date(2026, 10, 26), "Vastattava viimeistään 26.11.2026 – 3 päivää jäljellä"),
        (date(2026, 10, 23), "Vastattava viimeistään 23.11.2026 – viimeinen päivä tänään"),
        (date(2026, 10, 1), "Vastattava viimeistään 2.11.2026 – 21 päivää myöhässä"),
    ],
)
def test_the_page_shows_the_deadline_and_what_is_left_of_it(
    client: ReadingClient, clerk: Any, received: date, told: str
) -> None:
    assert told in client.get(url(make_case(by=clerk, received_on=received))).main


def test_the_page_shows_how_far_the_time_could_be_extended(client: ReadingClient, clerk: Any) -> None:
    page = client.get(url(make_case(by=clerk)))
    assert "Vastattava viimeistään 16.12.2026" in page.main
    assert "enintään 16.2.2027 asti" in page.main


def test_the_clerk_is_warned_when_the_last_day_is_an_eve(
    client: ReadingClient, clerk: Any, freeze: Callable[[str], None], sign_in: Callable[..., Any]
) -> None:
    freeze("2026-11-24")
    sign_in("kasittelija")
    page = client.get(url(make_case(by=clerk, received_on=date(2026, 11, 24), on=date(2026, 11, 24))))
    assert "Viimeinen päivä on jouluaatto. Vastaa viimeistään edellisenä arkipäivänä 23.12.2026." in page.main


def test_the_task_list_follows_the_work(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    titles = [task.get_text(" ", strip=True) for task in client.get(url(case)).page.select(".tasks .name > a")]
    assert titles[:3] == [
        "Etsi henkilö rekisteristä",
        "Varmista henkilöllisyys",
        "Ilmoita pyynnön vastaanottamisesta",
    ]
    assert titles[-1] == "Sulje pyyntö"
    assert "Yksilöi vaatimukset" in titles


def test_each_right_adds_its_own_steps(client: ReadingClient, clerk: Any) -> None:
    with known_right() as right:
        case = make_case(by=clerk, kinds=["rectification", "koeoikeus"])
        page = client.get(url(case))
    assert "Tarkista arkisto" in page.main
    assert "Tiedon oikaiseminen, arkistotiedon tarkastaminen" in page.main
    assert right.opened == [(case.number, clerk.id, "2026-11-23")]


def test_a_case_whose_rights_room_is_gone_is_still_shown(client: ReadingClient, clerk: Any) -> None:
    with known_right():
        case = make_case(by=clerk, kinds=["koeoikeus"])
    assert client.get(url(case)).status_code == 200


def test_the_person_is_found_later(client: ReadingClient, clerk: Any) -> None:
    case, maija = make_case(by=clerk), make_person()
    page = client.get(url(case, "henkilo"))
    assert "Virtanen, Maija" in page.main, "the requester's own name is looked for at once"
    page = client.submit(url(case, "henkilo"), {"person": str(maija.id)})
    assert page.page.select_one(f"#tiedot a[href='/asiakkaat/{maija.id}']")
    assert "Löytynyt" in page.main


def test_the_person_is_searched_for_again_without_scripts(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    make_person(last_name="Toinen", first_name="Tiina")
    page = client.submit(url(case, "henkilo"), {"query": "tiina", "search": "1"}, strict=False)
    assert "Toinen, Tiina" in page.main


def test_that_the_person_is_not_in_the_register_is_recorded(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    client.submit(url(case, "henkilo"), {"person": "not_found"})
    assert again(case).person_state == "not_found"


def test_no_answer_is_not_an_answer(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(url(make_case(by=clerk), "henkilo"), {})
    assert page.status_code == 422
    assert "Valitse henkilö tai merkitse, ettei häntä ole rekisterissä." in page.main


def test_identity_is_recorded_by_its_way_only(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "henkilollisyys"), {"method": "passport", "checked_on": "23.11.2026"})
    assert "Esittänyt passin 23.11.2026, Kaisa Käsittelijä" in page.main
    assert not page.page.select("input[type=text][name*=number]")


def test_identity_form_has_no_room_for_a_documents_number(client: ReadingClient, clerk: Any) -> None:
    page = client.get(url(make_case(by=clerk), "henkilollisyys"))
    written = page.page.select("main input[type=text], main textarea")
    assert [field["name"] for field in written] == ["checked_on"]


def test_identity_is_not_checked_tomorrow(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "henkilollisyys"), {"method": "passport", "checked_on": "24.11.2026"})
    assert page.status_code == 422
    assert again(case).identity_method is None


def test_two_clerks_do_not_overwrite_each_other(
    app: Flask, client: ReadingClient, clerk: Any, sign_in: Callable[..., Any]
) -> None:
    case, maija = make_case(by=clerk), make_person()
    stale = client.get(url(case, "henkilo"))
    hidden = {field["name"]: field["value"] for field in stale.page.select("main input[type=hidden]")}
    other = app.test_client()
    sign_in("kasittelija", client=other)
    other.submit(url(case, "henkilo"), {"person": "not_found"})
    answer = client.post(url(case, "henkilo"), data=hidden | {"person": str(maija.id), "query": ""})
    assert answer.status_code == 409
    assert "Joku muu on tallentanut" in answer.main
    assert again(case).person_state == "not_found"


def test_what_happened_stands_in_order_with_who_did_it(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    client.submit(url(case, "henkilollisyys"), {"method": "call_back", "checked_on": "23.11.2026"})
    client.submit(url(case, "vastaanottoilmoitus"), {})
    events = [entry.get_text(" ", strip=True) for entry in client.get(url(case)).page.select("#tapahtumat .entry")]
    assert events == [
        "Pyyntö kirjattu Kaisa Käsittelijä",
        "Oikaisuasia avattu Kaisa Käsittelijä",
        "Henkilöllisyys varmistettu: soitettu takaisin rekisterissä olevaan numeroon Kaisa Käsittelijä",
        "Vastaanottoilmoitus laadittu Kaisa Käsittelijä",
    ]


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_each_look_at_a_case_is_on_record_without_personal_values(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    client.get(url(case))
    db.session.rollback()
    looks = db.session.query(AuditEvent).filter_by(event="case.viewed").all()
    assert [(look.subject, look.actor_id) for look in looks] == [(f"case:{case.id}", clerk.id)]
    everything = " ".join(str(event.facts) for event in db.session.query(AuditEvent))
    assert "Virtanen" not in everything
    assert "Mäkitie" not in everything


def test_a_reader_sees_the_case_but_no_buttons(
    app: Flask, client: ReadingClient, clerk: Any, sign_in: Callable[..., Any]
) -> None:
    case = make_case(by=clerk)
    reader = app.test_client()
    sign_in("lukija", client=reader)
    page = reader.get(url(case))
    assert "Maija Virtanen" in page.main
    assert not page.page.select("main .actions a")
    for step in ("henkilo", "henkilollisyys", "vastaanottoilmoitus", "jatka", "peruuta", "sulje", "skannaukset"):
        assert reader.get(url(case, step)).status_code == 403


def test_a_case_that_is_not_there_is_not_found(client: ReadingClient, clerk: Any) -> None:
    for step in ("", "henkilo", "sulje"):
        assert client.get(f"/pyynnot/4711{'/' + step if step else ''}").status_code == 404


def test_an_ended_case_offers_nothing_to_do(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        service.withdraw(case=case, channel="phone", withdrawn_on=date(2026, 11, 20), by=clerk, on=date(2026, 11, 23))
    page = client.get(url(case))
    assert "Peruutettu 20.11.2026" in page.main
    assert not page.page.select(".tasks a")
    left = [link.text for link in page.page.select("main .actions a")]
    assert left == ["Asia tietosuojavaltuutetulla"]  # the person may complain of what has ended
    answer = client.submit(url(case, "henkilollisyys"), {"method": "passport", "checked_on": "23.11.2026"})
    assert answer.status_code == 422
    assert "Pyyntö on peruutettu" in answer.main
