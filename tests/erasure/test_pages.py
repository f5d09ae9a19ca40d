"""The pages of erasing, as the clerk and the person responsible use them."""

from typing import Any

import pytest
from sqlalchemy import func, select

from rekisteri.customers.models import Customer
from rekisteri.erasure.models import ErasureRound
from rekisteri.kernel.db import db
from tests.erasure.factories import Desk, again, allow_one_person, close, erase, make_desk, propose
from tests.orders.factories import make_order
from tests.support.client import ReadingClient


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Customer)) or 0


def path(desk: Desk, step: str = "") -> str:
    return f"/poistot/{desk.erasure.id}{step}"


def test_the_plan_shows_what_goes_what_stays_and_whom_it_is_told(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    make_order(db.session.get_one(Customer, desk.customer_id))
    sign_in("kasittelija")
    page = client.get(path(desk))
    for said in (
        "Suunnitelma",
        "Poistuu nyt",
        "Yhteydenotot",
        "Tilaus on kesken",
        "Rakentajamessut 2026",
        "Saatavat Oy",
    ):
        assert said in page.text
    assert "Ehdota poistamista" in page.text


def test_one_proposes_and_another_approves_on_the_pages(client: ReadingClient, sign_in: Any, app: Any) -> None:
    desk = make_desk()
    sign_in("kasittelija")
    page = client.submit(path(desk), {}, action=path(desk, "/ehdotus"), follow=True)
    assert "Poistoa on ehdotettu. Toinen henkilö hyväksyy sen." in page.text
    assert "Poista tiedot" not in page.text
    owner = app.test_client()
    sign_in("vastuuhenkilo", client=owner)
    page = owner.submit(path(desk), {"sure": "y"}, action=path(desk, "/hyvaksynta"), follow=True)
    assert "Yhtään ei löytynyt." in page.text
    assert "Kaikki tiedot" in page.text
    assert people() == 0


def test_without_the_confirmation_nothing_goes(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    propose(desk)
    sign_in("vastuuhenkilo")
    page = client.submit(path(desk), {}, action=path(desk, "/hyvaksynta"))
    assert page.status_code == 422
    assert "Vahvista, että olet tarkistanut suunnitelman." in page.text
    assert people() == 1


def test_whoever_proposed_is_told_that_another_approves(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    sign_in("vastuuhenkilo")
    client.submit(path(desk), {}, action=path(desk, "/ehdotus"), follow=True)
    page = client.get(path(desk))
    assert "Sen hyväksyy toinen henkilö" in page.text
    assert "Poista tiedot" not in page.text


def test_a_firm_of_one_sees_on_the_page_that_one_is_enough(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    allow_one_person(desk.owner)
    sign_in("vastuuhenkilo")
    client.submit(path(desk), {}, action=path(desk, "/ehdotus"), follow=True)
    assert "Kahden henkilön tarkistus ei ole käytössä" in client.get(path(desk)).text
    page = client.submit(path(desk), {"sure": "y"}, action=path(desk, "/hyvaksynta"), follow=True)
    assert "(sama henkilö)" in page.text
    assert people() == 0


def test_the_switch_for_a_firm_of_one_is_in_the_settings(client: ReadingClient, sign_in: Any) -> None:
    make_desk()
    sign_in("vastuuhenkilo")
    assert "Kaksi eri henkilöä" in client.get("/asetukset/").text
    page = client.submit("/asetukset/poistaminen", {"erase_alone": "y"}, follow=True)
    assert "Yksi henkilö riittää" in page.text


def test_a_change_after_the_proposal_is_told_before_anything_goes(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    propose(desk)
    sign_in("vastuuhenkilo")
    form = client.get(path(desk))
    make_order(db.session.get_one(Customer, desk.customer_id))
    assert "Poista tiedot" in form.text
    page = client.get(path(desk))
    assert "muuttuneet ehdotuksen jälkeen" in page.text
    assert "Poista tiedot" not in page.text


def test_two_who_approve_at_once_erase_once(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    propose(desk)
    sign_in("vastuuhenkilo")
    client.submit(path(desk), {"sure": "y"}, action=path(desk, "/hyvaksynta"), follow=True)
    assert db.session.scalar(select(func.count()).select_from(ErasureRound)) == 1
    assert "Hyväksyminen" not in client.get(path(desk)).text


def test_a_refusal_asks_for_ground_and_reasons_and_keeps_what_was_typed(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    sign_in("vastuuhenkilo")
    page = client.submit(path(desk, "/epaaminen"), {"reasons": "Lyhyt."})
    assert page.status_code == 422
    assert "Lyhyt." in page.text and "vapaaehtoinen" not in page.text
    page = client.submit(
        path(desk, "/epaaminen"),
        {"ground": "claim", "reasons": "Olette riitauttanut toimituksen käräjäoikeudessa."},
        follow=True,
    )
    assert "Kieltäytymistodistus on KT" in page.text
    assert people() == 1


def test_the_list_shows_what_waits(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    propose(desk)
    sign_in("lukija")
    page = client.get("/poistot/")
    assert "Odottaa hyväksymistä" in page.text
    assert desk.case.number in page.text


def test_the_work_queue_shows_what_waits(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    propose(desk)
    sign_in("vastuuhenkilo")
    assert path(desk) in client.get("/").text


def test_the_request_leads_to_the_plan_and_shows_how_far_it_is(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    sign_in("kasittelija")
    page = client.get(f"/pyynnot/{desk.case.id}")
    assert "Tarkista suunnitelma ja ehdota poistamista" in page.text
    assert path(desk) in page.text
    erase(desk)
    page = client.get(f"/pyynnot/{desk.case.id}")
    assert "Tiedot poistettu" in page.text
    assert "Äijä" not in page.text.split("Kirjeet ja asiakirjat")[0]


def test_letters_that_have_left_are_destroyed_from_the_page(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    done = erase(desk)
    number = done.certificate_id
    close(desk)
    sign_in("kasittelija")
    if again(desk).latest.state == "answered":  # type: ignore[union-attr]
        client.submit(path(desk), {}, action=path(desk, "/jatko"), follow=True)
    page = client.get(path(desk))
    assert "uudelleen kirjeiden hävittämisen jälkeen" in page.text
    paper = client.get(f"/asiakirjat/{number}")
    assert "Sisältö hävitetty" in paper.text
    assert client.get(f"/asiakirjat/{number}.pdf").status_code == 422


def test_an_old_address_of_the_erased_leads_nowhere(client: ReadingClient, sign_in: Any) -> None:
    desk = make_desk()
    erase(desk)
    sign_in("vastuuhenkilo")
    assert client.get(f"/asiakkaat/{desk.customer_id}").status_code == 404
    assert client.get("/poistot/999").status_code == 404


@pytest.mark.parametrize("step", ["/ehdotus", "/hyvaksynta"])
def test_a_reader_neither_proposes_nor_approves(client: ReadingClient, sign_in: Any, step: str) -> None:
    desk = make_desk()
    propose(desk)
    sign_in("lukija")
    page = client.get(path(desk))
    assert "Poista tiedot" not in page.text
    assert "Ehdota" not in page.text
    assert people() == 1


def test_the_command_of_the_night_finishes_what_may_be_finished(command: Any) -> None:
    desk = make_desk()
    done = erase(desk)
    assert "Kesken on vielä 1." in command("erasure", "finish").output
    close(desk)
    assert "Kaikki poistot ovat valmiit." in command("erasure", "finish").output
    db.session.rollback()
    assert db.session.get_one(ErasureRound, done.id).state == "finished"
