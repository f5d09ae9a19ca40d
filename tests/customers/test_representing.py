"""Edustus: a person's organisations over time, and an organisation's people, now and before."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import representing, service
from rekisteri.customers.links import all_links
from rekisteri.customers.models import Customer, Representation
from rekisteri.customers.representing import Told
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from tests.customers.factories import make_clerk, make_organisation, make_person, whence
from tests.notice.factories import published

TODAY = date(2026, 11, 23)


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija", full_name="Kerttu Käsittelijä")


@pytest.fixture
def told(app):
    """A notice in force that tells of roles, as our own wording does."""
    return published()


def represent(person, organisation="Äijälän Sähkö Oy", **rest):
    clerk = make_clerk()
    with transaction():
        return representing.add(
            person=service.find(person.id),
            told=Told(organisation, **rest),
            source=service.self_source(),
            obtained_on=date(2026, 3, 5),
            by=clerk,
        )


def rows(person):
    return [(row.organisation_name, row.role, row.time) for row in representing.of_person(person)]


def table(answer, panel):
    return [
        [" ".join(cell.text.split()) for cell in row.select("th, td")]
        for row in answer.page.select(f"{panel} tbody tr")
    ]


@pytest.mark.promise("sisalto.kentat")
def test_a_clerk_records_a_role_and_both_cards_show_it(client, clerk, told):
    organisation, maija = make_organisation("Äijälän Sähkö Oy"), make_person()
    typed = whence(organisation="Äijälän Sähkö Oy", role="hallituksen jäsen", started_on="1.1.2020")

    answer = client.submit(f"/asiakkaat/{maija.id}/edustukset/uusi", typed, follow=True)

    assert "Edustus on kirjattu." in answer.text
    assert table(answer, "#edustukset") == [
        [
            "Äijälän Sähkö Oy",
            "hallituksen jäsen",
            "1.1.2020 alkaen",
            "Rekisteröity itse, saatu 5.3.2026",
            "Muuta edustusta Äijälän Sähkö Oy Poista edustus Äijälän Sähkö Oy",
        ]
    ]
    theirs = client.get(f"/asiakkaat/{organisation.id}")
    assert table(theirs, "#edustajat")[0][:2] == ["Virtanen, Maija", "hallituksen jäsen"]


def test_a_role_in_the_main_organisation_becomes_the_represented_one(client, clerk, told):
    organisation, maija = make_organisation("Äijälän Sähkö Oy"), make_person()
    typed = whence(organisation="Äijälän Sähkö Oy", role="toimitusjohtaja", main="y")

    client.submit(f"/asiakkaat/{maija.id}/edustukset/uusi", typed)

    maija = service.find(maija.id)
    assert (maija.represents, maija.organisation_id) == ("Äijälän Sähkö Oy", organisation.id)
    people = representing.people_of(organisation)
    assert [(member.person.id, member.role) for member in people.now] == [(maija.id, "toimitusjohtaja")]


def test_the_main_one_is_offered_when_there_is_none_yet(client, clerk, told):
    free, taken = make_person(), make_person(organisation="Jokin Oy", email="", phone="")

    def main(person):
        return client.get(f"/asiakkaat/{person.id}/edustukset/uusi").page.select_one("#main")

    assert main(free).has_attr("checked")
    assert not main(taken).has_attr("checked")


def test_several_organisations_over_time_are_told_the_present_ones_first(app, told):
    maija = make_person()
    represent(maija, "Vanha Oy", ended_on=date(2015, 12, 31))
    represent(maija, "Toinen Ky", started_on=date(2016, 1, 1), ended_on=date(2020, 6, 30))
    represent(maija, "Nykyinen Oy", started_on=date(2020, 7, 1))

    assert rows(maija) == [
        ("Nykyinen Oy", "", "1.7.2020 alkaen"),
        ("Toinen Ky", "", "1.1.2016–30.6.2020"),
        ("Vanha Oy", "", "31.12.2015 asti"),
    ]


def test_who_has_left_is_among_the_former_people_of_the_organisation(client, clerk, told):
    organisation = make_organisation("Äijälän Sähkö Oy")
    here, gone = make_person(organisation="Äijälän Sähkö Oy"), make_person(first_name="Matti", email="", phone="")
    represent(gone, role="huoltopäällikkö", ended_on=date(2025, 12, 31))

    people = representing.people_of(organisation)

    assert [member.person.id for member in people.now] == [here.id]
    assert [(member.person.id, member.role, member.time) for member in people.former] == [
        (gone.id, "huoltopäällikkö", "31.12.2025 asti")
    ]
    assert "Entiset edustajat" in client.get(f"/asiakkaat/{organisation.id}").main


def test_a_change_of_the_main_organisation_remembers_the_one_before(app, told):
    old, maija = make_organisation("Vanha Oy"), make_person(organisation="Vanha Oy")
    represent(maija, "Vanha Oy", role="ostaja", started_on=date(2020, 1, 1))

    change_main(maija, "Uusi Oy")

    assert rows(maija) == [("Vanha Oy", "ostaja", "1.1.2020–20.11.2026")]
    assert [member.person.id for member in representing.people_of(old).former] == [maija.id]
    assert representing.people_of(old).now == []


def change_main(person, name, reason="Tieto on muuttunut"):
    clerk = make_clerk()
    with transaction():
        service.change(
            customer=service.find(person.id),
            values={"organisation": name},
            source=service.self_source(),
            obtained_on=date(2026, 11, 20),
            by=clerk,
            reason=reason,
        )


def test_an_organisation_left_without_a_recorded_role_is_remembered_too_but_a_mistake_is_not(app):
    maija, matti = make_person(organisation="Vanha Oy"), make_person(organisation="Vahna Oy", email="", phone="")

    change_main(maija, "")
    change_main(matti, "Vanha Oy", reason="Kirjoitusvirhe korjattu")

    assert rows(maija) == [("Vanha Oy", "", "20.11.2026 asti")]
    assert rows(matti) == []


def test_an_organisation_entered_later_is_joined_to_the_roles_that_named_it(app, told):
    maija = make_person()
    represent(maija, "Äijälän Sähkö Oy", role="ostaja")
    assert representing.of_person(maija)[0].organisation_id is None

    organisation = make_organisation("Äijälän Sähkö Oy")

    db.session.expire_all()
    assert representing.of_person(maija)[0].organisation_id == organisation.id


@pytest.mark.promise("sisalto.kentat")
def test_a_role_is_refused_while_the_notice_does_not_tell_of_roles_but_the_organisation_is_not(client, clerk):
    published(content="Tallennamme nimen, edustetun yhteisön ja yhteystiedot.")
    maija = make_person()
    url = f"/asiakkaat/{maija.id}/edustukset/uusi"

    page = client.get(url)
    assert "seloste ei kerro tehtävästä yhteisössä" in page.main
    assert not page.page.select("#role")
    with pytest.raises(RuleViolation, match="Tehtävää yhteisössä ei voi kirjata"):
        represent(maija, "Jokin Oy", role="ostaja")
    client.submit(url, whence(organisation="Jokin Oy"))
    assert rows(maija) == [("Jokin Oy", "", "")]


def test_a_role_once_told_stays_when_the_notice_no_longer_tells_of_roles(client, clerk, told):
    maija = make_person()
    row = represent(maija, role="ostaja")
    published(content="Tallennamme nimen, edustetun yhteisön ja yhteystiedot.", valid_from=TODAY)

    typed = whence(organisation="Äijälän Sähkö Oy", ended_on="31.10.2026")
    client.submit(f"/asiakkaat/{maija.id}/edustukset/{row.id}/muuta", typed)

    assert rows(maija) == [("Äijälän Sähkö Oy", "ostaja", "31.10.2026 asti")]
    assert [group.told_of for group in beyond.undeclared("pelkkä nimi")] == ["tehtävästä yhteisössä"]


def test_the_end_of_a_role_is_marked_and_the_old_row_stays_in_the_history(client, clerk, told):
    maija = make_person()
    row = represent(maija, role="ostaja", started_on=date(2020, 1, 1))
    url = f"/asiakkaat/{maija.id}/edustukset/{row.id}/muuta"
    assert client.get(url).page.select_one("#started_on")["value"] == "1.1.2020"

    answer = client.submit(url, whence(ended_on="31.10.2026"), follow=True)

    assert table(answer, "#edustukset")[0][2] == "1.1.2020–31.10.2026 Päättynyt"
    history = db.session.scalars(select(Representation).order_by(Representation.id)).all()
    assert [(one.ended_on, one.ended_reason, one.replaces_id) for one in history] == [
        (None, "Tieto on muuttunut", None),
        (date(2026, 10, 31), "", row.id),
    ]


def test_a_role_that_somebody_else_changed_meanwhile_leads_back_to_the_card(client, clerk, told):
    maija = make_person()
    row = represent(maija)
    with transaction():
        representing.remove(row=representing.find_representation(row.id), reason="Tarpeeton", by=make_clerk_here())

    answer = client.get(f"/asiakkaat/{maija.id}/edustukset/{row.id}/muuta")

    assert answer.status_code == 303
    assert "muutettu sillä välin" in client.get(answer.location).text


def make_clerk_here():
    from rekisteri.staff.service import find_user

    return find_user("kirjaaja")


def test_a_role_recorded_by_mistake_is_removed_with_the_reason(client, clerk, told):
    maija = make_person()
    row = represent(maija)
    url = f"/asiakkaat/{maija.id}/edustukset/{row.id}/poista"

    assert client.submit(url, {"reason": ""}).status_code == 422
    client.submit(url, {"reason": "mistake"})

    assert rows(maija) == []
    gone = db.session.get(Representation, row.id)
    assert gone.ended_reason == "Kirjattu vahingossa tai väärälle asiakkaalle"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"organisation": ""}, "Anna yhteisön nimi."),
        ({"role": "131052-308T"}, "Henkilötunnusta"),
        ({"role": "a" * 101}, "enintään 100 merkkiä"),
        ({"started_on": "2.1.2026", "ended_on": "1.1.2026"}, "ennen ensimmäistä"),
        ({"started_on": "1.1.1066"}, "Tarkista vuosi."),
        ({"obtained_on": "24.11.2026"}, "tulevaisuudessa"),
        ({"ended_on": "1.1.2026", "main": "y"}, "Päättynyt edustus ei voi olla nykyinen."),
    ],
)
def test_what_is_wrong_with_a_role_is_said_on_its_form(client, clerk, told, typed, sentence):
    maija = make_person()

    answer = client.submit(
        f"/asiakkaat/{maija.id}/edustukset/uusi", whence(organisation="Jokin Oy", role="ostaja") | typed
    )

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert rows(maija) == []


def test_only_a_person_represents_and_nobody_in_the_archive_is_changed(client, clerk, told):
    organisation, maija = make_organisation(), make_person()
    row = represent(maija, "Jokin Oy")
    with transaction():
        service.archive(customer=service.find(maija.id), by=clerk)

    assert client.get(f"/asiakkaat/{organisation.id}/edustukset/uusi").status_code == 404
    with pytest.raises(RuleViolation, match="Vain henkilö"):
        represent(organisation)
    with pytest.raises(RuleViolation, match="arkistossa"):
        represent(maija)
    refused = client.submit(f"/asiakkaat/{maija.id}/edustukset/{row.id}/muuta", whence(organisation="Muu Oy"))
    assert refused.status_code == 422


def test_another_persons_role_is_not_reached_by_this_persons_address(client, clerk, told):
    maija, matti = make_person(), make_person(first_name="Matti", email="", phone="")
    row = represent(maija)

    assert client.get(f"/asiakkaat/{matti.id}/edustukset/{row.id}/muuta").status_code == 404
    assert client.get(f"/asiakkaat/{maija.id}/edustukset/4711/poista").status_code == 404


def test_a_change_that_changes_nothing_is_told(client, clerk, told):
    maija = make_person()
    row = represent(maija)

    answer = client.submit(f"/asiakkaat/{maija.id}/edustukset/{row.id}/muuta", whence())

    assert (answer.status_code, "Mikään tieto ei muuttunut." in answer.text) == (422, True)


def test_roles_follow_in_a_merging_and_go_in_an_erasure_of_the_person_but_not_of_the_organisation(app, told):
    organisation, maija = make_organisation("Äijälän Sähkö Oy"), make_person()
    represent(maija)
    assert {Representation.person_id, Representation.organisation_id} <= {link.column for link in all_links()}

    with transaction():
        db.session.execute(Customer.__table__.delete().where(Customer.id == organisation.id))
    db.session.expire_all()
    assert [(row.organisation_name, row.organisation_id) for row in representing.of_person(maija)] == [
        ("Äijälän Sähkö Oy", None)
    ]
    with transaction():
        db.session.execute(Customer.__table__.delete().where(Customer.id == maija.id))
    assert db.session.scalars(select(Representation)).all() == []


def test_the_log_tells_of_each_role_without_its_words(client, clerk, told):
    maija = make_person()
    row = represent(maija, role="ostaja")
    client.submit(f"/asiakkaat/{maija.id}/edustukset/{row.id}/muuta", whence(role="päällikkö"))

    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event.like("representation.%"))).all()

    assert [event.event for event in events] == ["representation.added", "representation.changed"]
    assert "päällikkö" not in str([event.facts for event in events])
