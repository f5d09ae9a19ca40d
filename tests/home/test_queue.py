"""The front page: what waits on the desk, for whom, and what a new register begins with."""

from datetime import date

import pytest
from sqlalchemy import event

from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.rectification import decisions, demands, letters
from tests.rectification.factories import REASONS, STREET, TODAY, itemise, make_desk
from tests.staff.factories import make_user


@pytest.fixture
def today(freeze):
    freeze("2026-11-23")
    return TODAY


def heap(page, id):
    part = page.page.select_one(f"#{id}")
    return " ".join(part.get_text(" ").split()) if part else None


class TestANewRegister:
    def test_says_what_to_do_first(self, client, sign_in):
        sign_in("vastuuhenkilo")
        page = client.get("/")
        for step in (
            "Täydennä yrityksen tiedot",
            "Julkaise tietosuojaseloste",
            "Lisää ensimmäinen asiakas",
            "Kirjaa ensimmäinen pyyntö",
        ):
            assert step in heap(page, "aloitus")

    def test_offers_only_steps_the_person_may_take(self, client, sign_in):
        sign_in("paakayttaja")
        steps = heap(client.get("/"), "aloitus")
        assert "Täydennä yrityksen tiedot" in steps
        assert "asiakas" not in steps

    def test_has_a_sentence_for_every_empty_heap(self, client, sign_in):
        sign_in("vastuuhenkilo")
        page = client.get("/")
        for sentence in (
            "Mikään pyyntö ei ole myöhässä.",
            "Ratkaistavia vaatimuksia ei ole.",
            "Kaikki kirjeet on postitettu.",
        ):
            assert sentence in page.main


class TestTheQueue:
    @pytest.fixture
    def desk(self, app, today, sign_in):
        return make_desk(sign_in("vastuuhenkilo"))

    @pytest.mark.promise("oikaisu.viivytyksetta")
    def test_a_late_request_stands_first(self, client, desk, freeze):
        freeze("2026-12-20")
        desk_page = client.get("/kirjaudu")  # the old session has ended with the weeks between
        assert desk_page.status_code == 200
        client.sign_in(desk.owner.username, "siniset kivet soivat aamulla")
        assert desk.case.number in heap(client.get("/"), "myohassa")
        assert "4 päivää myöhässä" in heap(client.get("/"), "myohassa")

    def test_a_request_due_within_a_week_is_warned_of(self, client, desk, freeze):
        freeze("2026-12-10")
        client.get("/kirjaudu")
        client.sign_in(desk.owner.username, "siniset kivet soivat aamulla")
        assert "6 päivää jäljellä" in heap(client.get("/"), "viikko")

    def test_demands_wait_for_a_decision_then_for_its_giving_then_for_the_post(self, client, desk):
        (item,) = itemise(desk, STREET)
        assert desk.case.number in heap(client.get("/"), "ratkaistavat")
        with transaction():
            decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=desk.owner, on=TODAY)
        assert desk.case.number not in heap(client.get("/"), "ratkaistavat")
        assert desk.case.number in heap(client.get("/"), "annettavat")
        with transaction():
            letters.issue(matter=desk.matter, by=desk.owner, on=TODAY)
        assert desk.case.number not in heap(client.get("/"), "annettavat")
        assert "KT 2026/0001" in heap(client.get("/"), "posti")
        with transaction():
            for letter in documents.for_subject(desk.case.subject):  # the certificate, and the word of the restriction
                documents.mark_posted(document=letter, on=TODAY, way="post", by=desk.owner)
        assert "Kaikki kirjeet on postitettu." in heap(client.get("/"), "posti")

    def test_counts_lead_to_their_heaps(self, client, desk):
        itemise(desk, STREET)
        counts = client.get("/").page.select(".counts a")
        assert "1 Odottaa ratkaisua" in [" ".join(link.get_text(" ").split()) for link in counts]
        assert all(client.get("/").page.select_one(link["href"]) for link in counts)

    def test_a_clerk_does_not_see_what_only_the_person_responsible_does(self, app, client, desk, sign_in):
        clerk = app.test_client()
        sign_in("kasittelija", client=clerk)
        assert heap(clerk.get("/"), "annettavat") is None

    def test_the_page_asks_the_database_as_many_questions_whatever_there_is(self, app, client, desk):
        def questions():
            asked = []

            def hear(*args):
                asked.append(args[2])

            event.listen(db.engine, "before_cursor_execute", hear)
            client.get("/")
            event.remove(db.engine, "before_cursor_execute", hear)
            return len(asked)

        itemise(desk, STREET)
        few = questions()
        for _ in range(3):
            with transaction():
                case = cases.register(
                    received_on=date(2026, 11, 20), channel="letter",
                    requester=cases.Requester("Toinen Henkilö", "Katu 1", "00100", "Helsinki"),
                    kinds=["rectification"], by=desk.owner, on=TODAY, signature="signed",
                )  # fmt: skip
                demands.itemise(matter=demands.of_case(case), demands=[demands.Itemised(STREET)], by=desk.owner)
        assert questions() == few


class TestWithoutACommitment:
    def test_the_front_page_opens_but_shows_nobody_s_data(self, app, client, today, sign_in):
        desk = make_desk(make_user("vastuuhenkilo"))
        itemise(desk, STREET)
        sign_in("kasittelija", committed=False)
        page = client.get("/")
        assert page.status_code == 200
        assert desk.case.requester_name not in page.text
        assert "salassapitositoumus" in page.main
