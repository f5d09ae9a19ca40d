"""From draft to the notice people are told to trust: once, for good, and exactly what was seen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.notice import drafting, service
from rekisteri.notice.models import NoticeSection, NoticeVersion, PublishedTextChanged
from tests.notice.factories import COMPLETED, form_of, published, section_of, start, write
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]
Freeze = Callable[[str], None]
PUBLISH = "/tietosuojaseloste/luonnos/julkaise"


def complete() -> NoticeVersion:
    """A draft with nothing left to fill in."""
    fill_settings()
    return start(**COMPLETED)


def test_the_person_responsible_publishes_the_notice(client: ReadingClient, sign_in: SignIn, freeze: Freeze) -> None:
    freeze("2026-11-23")
    complete()
    sign_in("vastuuhenkilo")
    page = client.submit(PUBLISH)
    assert page.status_code == 200
    assert "Versio 1 23.11.2026–" in page.main
    assert "Laatimispäivä 23.11.2026" in client.get("/tietosuojaseloste").main


def test_a_clerk_writes_but_does_not_publish(client: ReadingClient, sign_in: SignIn) -> None:
    complete()
    sign_in("kasittelija")
    page = client.get("/tietosuojaseloste/luonnos")
    assert "Selosteen julkaisee rekisterin vastuuhenkilö." in page.main
    assert page.page.select_one(f"a[href='{PUBLISH}']") is None
    assert client.get(PUBLISH).status_code == 403


def test_the_whole_text_and_its_checks_are_seen_before_publishing(client: ReadingClient, sign_in: SignIn) -> None:
    complete()
    with transaction():
        draft = service.get_draft()
        drafting.remove_section(section_id=section_of(draft, "complaint").id, by=None)
    sign_in("vastuuhenkilo")
    page = client.get(PUBLISH).main
    assert "Verkkosivumme eivät käytä evästeitä." in page
    assert "Oikeus tehdä valitus valvontaviranomaiselle (13 artiklan 2 kohdan d alakohta)" in page


def test_a_notice_with_places_to_complete_is_refused_and_they_are_named(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("vastuuhenkilo")
    refused = client.submit(PUBLISH)
    assert refused.status_code == 422
    assert "Selosteessa on vielä täydennettäviä paikkoja" in refused.main
    assert "[yrityksen nimi]" in refused.main
    assert service.in_force(date(2030, 1, 1)) is None


def test_a_later_version_says_what_changed(client: ReadingClient, sign_in: SignIn) -> None:
    published()
    start()
    sign_in("vastuuhenkilo")
    refused = client.submit(PUBLISH)
    assert refused.status_code == 422
    assert "Kerro lyhyesti, mitä selosteessa muuttui." in refused.main
    page = client.submit(PUBLISH, {"change_note": "Lisätty säilytysajat."})
    assert "Lisätty säilytysajat." in page.main


@pytest.mark.parametrize(
    ("typed", "said"), [("31.2.2026", "ei ole kalenterissa"), ("", "Anna päivä"), ("eilen", "muodossa")]
)
def test_a_day_that_is_none_is_refused(client: ReadingClient, sign_in: SignIn, typed: str, said: str) -> None:
    complete()
    sign_in("vastuuhenkilo")
    refused = client.submit(PUBLISH, {"valid_from": typed})
    assert refused.status_code == 422
    assert said in refused.main


def test_versions_follow_each_other_day_by_day(app: Flask, freeze: Freeze) -> None:
    freeze("2026-01-10")
    published(date(2018, 5, 25))
    freeze("2026-11-23")
    published(date(2026, 12, 1))
    assert [(row.number, row.valid_from, row.valid_until) for row in service.versions()] == [
        (2, date(2026, 12, 1), None),
        (1, date(2018, 5, 25), date(2026, 11, 30)),
    ]
    assert [service.in_force(day).number for day in (date(2026, 11, 30), date(2026, 12, 1))] == [1, 2]
    assert service.in_force(date(2018, 5, 24)) is None


def test_of_two_versions_of_one_day_the_later_holds(app: Flask, freeze: Freeze) -> None:
    freeze("2026-11-23")
    published()
    published()
    assert service.in_force(date(2026, 11, 23)).number == 2


def test_the_day_of_drafting_stays_and_the_day_of_updating_is_told(app: Flask, freeze: Freeze) -> None:
    freeze("2026-01-10")
    published()
    freeze("2026-11-23")
    second = published()
    assert section_of(second, "drafted").body == "<p>10.1.2026, päivitetty 23.11.2026</p>"


def test_what_the_settings_said_that_day_stays_in_the_version(app: Flask) -> None:
    version = published()
    fill_settings(company_name="Uusi Nimi Oy")
    shown = {piece.section.key: piece.part.words for piece in service.shown(version, on=date(2026, 12, 1))}
    assert "Kuusikon Kello Oy" in shown["controller"]


def test_the_next_draft_takes_the_settings_as_they_are_now(app: Flask) -> None:
    published()
    fill_settings(company_name="Uusi Nimi Oy")
    second = published()
    assert "Uusi Nimi Oy" in section_of(second, "controller").body


@pytest.mark.promise("seloste.versiot")
def test_a_published_text_cannot_be_changed_even_by_a_program(app: Flask) -> None:
    version = published()
    with pytest.raises(PublishedTextChanged), transaction():
        section_of(db.session.get_one(NoticeVersion, version.id), "cookies").body = "<p>toinen</p>"
    with pytest.raises(PublishedTextChanged), transaction():
        db.session.get_one(NoticeVersion, version.id).title = "Toinen"
    with pytest.raises(PublishedTextChanged), transaction():
        db.session.get_one(NoticeVersion, version.id).sections.pop()
    with pytest.raises(PublishedTextChanged), transaction():
        db.session.add(NoticeSection(of=version, position=99, heading="Lisä", body=""))
    with pytest.raises(PublishedTextChanged), transaction():
        db.session.delete(db.session.get_one(NoticeVersion, version.id))


def test_a_version_may_still_learn_when_it_ended(app: Flask) -> None:
    version = published()
    with transaction():
        db.session.get_one(NoticeVersion, version.id).valid_until = date(2030, 1, 1)


def test_what_somebody_changed_meanwhile_is_not_published_unseen(client: ReadingClient, sign_in: SignIn) -> None:
    complete()
    sign_in("vastuuhenkilo")
    seen = form_of(client.get(PUBLISH).page, PUBLISH)
    with transaction():
        write(service.get_draft(), {"cookies": "Käytämme seurantaevästeitä."})
    late = client.post(PUBLISH, data=seen)
    assert late.status_code == 409
    assert "Käytämme seurantaevästeitä." in late.main
    assert service.versions() == []
    assert client.post(PUBLISH, data=form_of(late.page, PUBLISH)).status_code == 303


def test_a_double_click_publishes_once(client: ReadingClient, sign_in: SignIn) -> None:
    complete()
    sign_in("vastuuhenkilo")
    sent = form_of(client.get(PUBLISH).page, PUBLISH)
    first, second = (client.post(PUBLISH, data=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 404) or first.location == second.location
    assert len(service.versions()) == 1


def test_two_people_publishing_at_once_publish_one_version(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    complete()
    clients = [client, app.test_client(), app.test_client()]
    forms = []
    for one in clients:
        sign_in("vastuuhenkilo", client=one)
        forms.append(form_of(one.get(PUBLISH).page, PUBLISH))
    db.session.remove()
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda pair: pair[0].post(PUBLISH, data=pair[1]), zip(clients, forms, strict=True)))
    assert min(answer.status_code for answer in answers) == 303
    assert all(answer.status_code in (303, 404, 409, 422) for answer in answers)
    assert len(service.versions()) == 1


def test_a_draft_published_meanwhile_takes_no_more_text(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    complete()
    sign_in("vastuuhenkilo")
    url = f"/tietosuojaseloste/luonnos/kohdat/{section_of(service.get_draft(), 'cookies').id}"
    db.session.rollback()
    typed = form_of(client.get(url).page, url)
    client.submit(PUBLISH)
    late = client.post(url, data=typed | {"text": "Myöhässä."})
    assert late.status_code == 409
    assert "Myöhässä." in late.main
    assert "Myöhässä." not in client.get("/tietosuojaseloste").main


def test_publishing_is_on_record(app: Flask, client: ReadingClient, sign_in: SignIn, freeze: Freeze) -> None:
    freeze("2026-11-23")
    complete()
    user = sign_in("vastuuhenkilo")
    client.submit(PUBLISH)
    db.session.rollback()
    row = db.session.query(AuditEvent).filter_by(event="notice.published").one()
    assert (row.actor_id, row.facts) == (user.id, {"number": 1, "valid_from": "2026-11-23"})
    assert service.versions()[0].published_by_id == user.id
