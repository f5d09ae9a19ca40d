"""The pages of rectification, as a clerk and the person responsible use them without a single script."""

import threading

import pytest

from rekisteri.cases import refusals
from rekisteri.customers import service as customers
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.rectification import decisions, demands
from rekisteri.rectification.rules import Demand
from tests.rectification.factories import PHONE, REASONS, STREET, TODAY, itemise, make_desk

REFUSAL = {"decision": "refused", "refusal_ground": "accurate", "reasons": REASONS}


@pytest.fixture
def desk(app, freeze, sign_in):
    freeze("2026-11-23")
    return make_desk(sign_in("vastuuhenkilo"))


@pytest.fixture
def url(desk):
    return f"/oikaisut/{desk.matter.id}"


def decide_url(url, item):
    return f"{url}/vaatimukset/{item.id}/ratkaisu"


class TestItemising:
    def rows(self, *rows):
        return {f"rows-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}

    def test_an_empty_matter_says_what_to_do_first(self, client, url):
        assert "Kirjaa paperista, mitä tietoja vaaditaan" in client.get(url).main

    def test_the_register_s_present_data_are_offered_word_for_word(self, client, url):
        page = client.get(f"{url}/vaatimukset")
        assert "Katuosoite: Mäkitie 4" in page.main
        assert "Sähköposti" in page.main

    def test_a_demand_is_saved_and_shown(self, client, url):
        row = {"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": "Muutin."}
        page = client.submit(f"{url}/vaatimukset", self.rows(row))
        assert page.status_code == 200
        assert "Mäkitie 14" in page.main
        assert "Ratkaisematta" in page.main

    def test_a_row_is_added_and_taken_away_without_losing_what_was_typed(self, client, url):
        row = {"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": "Muutin."}
        page = client.submit(f"{url}/vaatimukset", self.rows(row) | {"change": "add"})
        assert "Vaatimus 2" in page.main
        assert "Mäkitie 14" in page.main
        page = client.submit(
            f"{url}/vaatimukset", self.rows(row, {"ground": "x"}) | {"change": "remove-1"}, strict=False
        )
        assert "Vaatimus 2" not in page.main
        assert "Mäkitie 14" in page.main

    def test_htmx_gets_only_the_rows(self, client, url):
        page = client.submit(f"{url}/vaatimukset", {"change": "add"}, htmx=True)
        assert "<html" not in page.text
        assert page.page.select_one("#vaatimukset") is not None

    def test_a_fault_is_shown_on_its_row_and_everything_typed_stays(self, client, url):
        good = {"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": "Muutin."}
        bad = {"field": "phone", "kind": "outdated", "requested": "050 765 4321", "ground": ""}
        page = client.submit(f"{url}/vaatimukset", self.rows(good, bad), strict=False)
        assert page.status_code == 422
        assert "Virhe:" in page.page.title.text
        link = page.page.select_one(".error-summary a")
        assert link["href"] == "#rows-1-ground"
        assert "Mäkitie 14" in page.text
        assert "050 765 4321" in page.text

    def test_a_demand_of_a_million_letters_is_refused_and_kept(self, client, url):
        huge = "ä" * 1_000_000
        row = {"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": huge}
        page = client.submit(f"{url}/vaatimukset", self.rows(row))
        assert page.status_code == 422
        assert "liian pitkä" in page.main
        assert huge in page.text

    @pytest.mark.parametrize(
        "hostile", ["<script>alert(1)</script>", "{{7*7}}", "a\x00b", "Šakki Žukov 👩\u200d🌾", "\u202eabc", "k" * 80]
    )
    def test_hostile_text_is_text(self, client, url, hostile):
        row = {"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": hostile}
        with client.foreign_words():
            page = client.submit(f"{url}/vaatimukset", self.rows(row))
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert hostile != "{{7*7}}" or "{{7*7}}" in page.main
        assert "\x00" not in page.text
        assert "\u202e" not in page.text

    def test_somebody_else_s_save_is_not_overwritten_unseen(self, client, url, desk):
        form = client.get(f"{url}/vaatimukset")
        itemise(desk, PHONE)
        row = {"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": "Muutin."}
        answer = client.submit(f"{url}/vaatimukset", self.rows(row), page=form)
        assert answer.status_code == 409
        assert "Mäkitie 14" in answer.text

    def test_a_reader_cannot_itemise(self, app, url, sign_in):
        reader = app.test_client()
        sign_in("lukija", client=reader)
        assert reader.get(url).status_code == 200
        assert reader.get(f"{url}/vaatimukset").status_code == 403


class TestDeciding:
    def test_granting_corrects_the_register_at_once(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        page = client.submit(decide_url(url, item), {"decision": "granted"})
        assert "Hyväksytty" in page.main
        assert customers.current(desk.customer)["street"].value == "Mäkitie 14"

    def test_a_refusal_without_reasons_is_said_no_to_and_nothing_typed_is_lost(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        page = client.submit(decide_url(url, item), REFUSAL | {"reasons": "Ei."})
        assert page.status_code == 422
        assert "Kirjoita epäämisen syyt" in page.main
        assert page.page.select_one("textarea[name=reasons]").text.strip() == "Ei."
        assert page.page.select_one("input[value=refused]").has_attr("checked")

    def test_choosing_nothing_asks_to_choose(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        page = client.submit(decide_url(url, item), {})
        assert page.status_code == 422
        assert "Valitse, miten vaatimus ratkaistaan." in page.main

    def test_two_people_deciding_the_same_item_at_once_leave_one_decision(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        first = client.get(decide_url(url, item))
        second = client.get(decide_url(url, item))
        assert client.submit(decide_url(url, item), {"decision": "granted"}, page=first).status_code == 200
        answer = client.submit(decide_url(url, item), REFUSAL, page=second)
        assert answer.status_code == 409
        assert "jo ratkaistu" in answer.main
        db.session.expire_all()
        assert item.decision == "granted"

    def test_the_same_click_twice_decides_once(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        form = client.get(decide_url(url, item))
        for _ in range(2):
            page = client.submit(decide_url(url, item), {"decision": "granted"}, page=form)
            assert page.status_code == 200
            assert page.request.path == url

    def test_a_datum_changed_meanwhile_stops_the_grant_and_can_be_refreshed(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        with transaction():
            customers.correct(
                customer=desk.customer, field="street", value="Rantatie 1", source=customers.own_source(),
                obtained_on=TODAY, by=desk.owner, reason="toinen oikaisu",
            )  # fmt: skip
        answer = client.submit(decide_url(url, item), {"decision": "granted"})
        assert answer.status_code == 422
        assert "Rantatie 1" in answer.main
        assert "muuttunut kirjaamisen jälkeen" in client.get(url).main
        page = client.submit(url, {}, action=f"{url}/vaatimukset/{item.id}/paivita")
        assert "muuttunut kirjaamisen jälkeen" not in page.main

    @pytest.mark.parametrize("role", ["lukija", "kasittelija", "paakayttaja"])
    def test_only_the_person_responsible_reaches_the_decision(self, app, url, desk, sign_in, role):
        (item,) = itemise(desk, STREET)
        other = app.test_client()
        sign_in(role, client=other)
        assert other.get(decide_url(url, item)).status_code == 403
        assert other.get(f"{url}/anna").status_code == 403

    def test_an_item_of_another_matter_is_not_found_here(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        assert client.get(f"/oikaisut/{desk.matter.id + 1}/vaatimukset/{item.id}/ratkaisu").status_code == 404


class TestIssuing:
    @pytest.fixture
    def decided(self, desk):
        street, phone = itemise(desk, STREET, PHONE)
        with transaction():
            decisions.grant(item=street, by=desk.owner, on=TODAY)
            decisions.refuse(item=phone, ground="accurate", reasons=REASONS, by=desk.owner, on=TODAY)
        return desk

    def test_the_page_shows_what_will_come_of_it_before_it_does(self, client, url, decided):
        page = client.get(f"{url}/anna")
        for said in (
            "Kieltäytymistodistus, jossa on 1 kohta",
            "Messupartneri Oy",
            "Perintätoimisto Esimerkki Oy",
            REASONS,
        ):
            assert said in page.main

    def test_issuing_leads_to_the_matter_with_its_papers(self, client, url, decided):
        page = client.submit(f"{url}/anna", {})
        assert "Päätös on annettu 23.11.2026" in page.main
        assert "KT 2026/0001" in page.main

    def test_a_double_click_issues_one_certificate(self, client, url, decided):
        form = client.get(f"{url}/anna")
        for _ in range(2):
            assert client.submit(f"{url}/anna", {}, page=form).status_code == 200
        kinds = [document.kind for document in documents.for_subject(decided.case.subject)]
        assert kinds.count("refusal_certificate") == 1

    def test_two_windows_issue_one_decision(self, client, url, decided):
        client.submit(f"{url}/anna", {})
        page = client.get(f"{url}/anna")
        assert "Päätös on jo annettu." in page.main
        assert page.page.select_one("main form") is None

    def test_an_undecided_matter_cannot_be_issued(self, client, url, desk):
        itemise(desk, STREET)
        page = client.get(f"{url}/anna")
        assert "Yksi vaatimus on vielä ratkaisematta." in page.main
        assert page.page.select_one("main form") is None

    def test_a_certificate_asked_for_a_granted_item_is_refused_with_a_sentence(self, client, url, desk):
        (item,) = itemise(desk, STREET)
        with transaction():
            decisions.grant(item=item, by=desk.owner, on=TODAY)
        page = client.get(f"{url}/todistus")
        assert page.status_code == 422
        assert "vain evätystä vaatimuksesta" in page.main

    def test_letters_to_others_can_go_before_the_decision(self, client, url, desk):
        street, _ = itemise(desk, STREET, PHONE)
        with transaction():
            decisions.grant(item=street, by=desk.owner, on=TODAY)
        page = client.submit(url, {}, action=f"{url}/ilmoitukset")
        assert "kirje laaditaan päätöksen yhteydessä" not in page.main
        kinds = [document.kind for document in documents.for_subject(desk.case.subject)]
        assert kinds == ["restriction_notice", "correction_notice", "correction_notice"]

    def test_a_certificate_is_replaced_by_a_new_one(self, client, url, decided):
        client.submit(f"{url}/anna", {})
        page = client.submit(
            f"{url}/todistus", {"why": "Perusteluja on täydennetty.", "reasons-0": REASONS + " Tarkistettu kahdesti."}
        )
        assert "KT 2026/0001" in page.main
        assert "KT 2026/0002" in page.main

    def test_replacing_needs_a_reason(self, client, url, decided):
        client.submit(f"{url}/anna", {})
        page = client.submit(f"{url}/todistus", {"why": "", "reasons-0": REASONS})
        assert page.status_code == 422
        assert "Kirjoita, miksi todistus korvataan uudella." in page.main

    def test_an_issued_case_closes_only_when_its_letters_are_posted(self, client, url, decided):
        client.submit(f"{url}/anna", {})
        page = client.submit(f"/pyynnot/{decided.case.id}/sulje", {})
        assert page.status_code == 422
        with transaction():
            for document in documents.for_subject(decided.case.subject):
                documents.mark_posted(document=document, on=TODAY, way="post", by=decided.owner)
        page = client.submit(f"/pyynnot/{decided.case.id}/sulje", {})
        assert page.status_code == 200
        db.session.expire_all()
        assert decided.case.state == "closed"


def test_ten_clicks_at_once_on_issue_make_one_certificate(app, client, url, desk):
    (item,) = itemise(desk, STREET)
    with transaction():
        decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=desk.owner, on=TODAY)
    form = client.get(f"{url}/anna")
    data = {field["name"]: field.get("value", "") for field in form.page.select("main form input[type=hidden]")}
    cookie = client.get_cookie("rekisteri").value
    answers = []

    def click():
        rival = app.test_client()
        rival.reads_pages = False
        rival.set_cookie("rekisteri", cookie)
        answers.append(rival.post(f"{url}/anna", data=data).status_code)

    db.session.rollback()
    threads = [threading.Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 10
    db.session.expire_all()
    certificates = refusals.certificates_of(desk.case)
    assert [document.number for document in certificates] == ["KT 2026/0001"]


def test_own_initiative_takes_the_same_road_without_a_request(client, desk):
    page = client.submit(f"/pyynnot/oma-aloite/{desk.customer.id}", {"reason": "Posti palautti kirjeen."})
    assert page.status_code == 200
    from rekisteri.cases.models import Case

    case = db.session.query(Case).order_by(Case.id.desc()).first()
    matter = demands.of_case(case)
    with transaction():
        demands.itemise(
            matter=matter,
            demands=[demands.Itemised(Demand("street", "outdated", "Rantatie 1", "Posti palautti kirjeen."))],
            by=desk.owner,
        )
    url = f"/oikaisut/{matter.id}"
    (item,) = matter.items
    page = client.submit(decide_url(url, item), REFUSAL, strict=False)
    assert page.status_code == 422
    assert "Valitse jokin annetuista vaihtoehdoista" in page.main
    client.submit(decide_url(url, item), {"decision": "granted"})
    page = client.submit(f"{url}/anna", {})
    assert "Päätös on annettu" in page.main
    assert customers.current(desk.customer)["street"].source.name == "Yrityksen oma havainto"
    letter = documents.for_subject(case.subject)[-1]
    assert letter.title == "Tietojenne oikaisu"
    assert letter.addressee_name == "Maija Šakki"
