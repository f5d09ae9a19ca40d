"""The papers of a decision, as they are read by the person who opens the envelope."""

from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.documents import service as documents
from rekisteri.documents.models import Document, DocumentPrint, DocumentSource
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.rectification import decisions, letters
from rekisteri.rectification.rules import Demand
from tests.rectification.factories import PHONE, REASONS, STREET, TODAY, itemise, make_desk
from tests.staff.factories import make_user
from tests.support.paper import words_of


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def decide(desk, *, granted=(), refused=()):
    with transaction():
        for item in granted:
            decisions.grant(item=item, by=desk.owner, on=TODAY)
        for item in refused:
            decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=desk.owner, on=TODAY)


class PowerCut(Exception):
    """Everything stops before the commit."""


def power_cut():
    raise PowerCut


def issue(desk, on=TODAY, then=lambda: None):
    with transaction():
        letters.issue(matter=desk.matter, by=desk.owner, on=on)
        then()


def papers(desk):
    return {document.kind: document for document in documents.for_subject(desk.case.subject)}


def frozen(document):
    from bs4 import BeautifulSoup

    html = db.session.get_one(DocumentSource, document.id).content.decode()
    return " ".join(BeautifulSoup(html, "html.parser").body.get_text(" ").replace("\u00ad", "").split())


@pytest.fixture
def partly(desk):
    """A case where the street was granted and the phone number refused, and the decision given."""
    street, phone = itemise(desk, STREET, PHONE)
    decide(desk, granted=[street], refused=[phone])
    issue(desk)
    return desk


class TestTheRefusalCertificate:
    @pytest.mark.promise("oikaisu.todistus")
    def test_names_the_demand_its_grounds_the_decision_and_the_reasons(self, partly):
        text = words_of(documents.content(papers(partly)["refusal_certificate"]))
        for said in (
            "Kieltäytymistodistus",
            "040 123 4567",
            "050 765 4321",
            PHONE.ground,
            "Vaatimus evätään.",
            REASONS,
        ):
            assert said in text

    @pytest.mark.promise("oikaisu.todistus")
    def test_names_the_controller_the_register_the_requester_and_the_dates(self, partly):
        text = words_of(documents.content(papers(partly)["refusal_certificate"]))
        for said in (
            "Esimerkkitukku Oy",
            "9000009-7",
            "Maija Šakki",
            "saapunut 16.11.2026",
            partly.case.number,
            "23.11.2026",
        ):
            assert said in text

    @pytest.mark.promise("oikaisu.valtuutettu")
    def test_tells_the_way_to_the_ombudsman_and_to_court(self, partly):
        text = words_of(documents.content(papers(partly)["refusal_certificate"]))
        assert "Tietosuojavaltuutetun toimisto" in text
        assert "77 artikla" in text
        assert "1050/2018 21 §" in text
        assert "tuomioistuimeen" in text
        assert "79 artikla" in text

    def test_tells_what_was_granted_and_that_the_person_may_add_a_statement(self, partly):
        text = words_of(documents.content(papers(partly)["refusal_certificate"]))
        for said in (
            "ei hyväksy kaikilta osin oikaisupyyntöänne.",
            "Katuosoite on oikaistu pyyntönne mukaisesti.",
            "saatte erillisen päätöksen",
            "oman kirjallisen selvityksenne",
        ):
            assert said in text

    def test_a_demand_granted_in_part_tells_what_now_stands_there(self, desk):
        (item,) = itemise(desk, STREET)
        with transaction():
            decisions.grant_in_part(
                item=item, granted_value="Mäkitie 4 A", ground="no_evidence", reasons=REASONS, by=desk.owner, on=TODAY
            )
        issue(desk)
        text = words_of(documents.content(papers(desk)["refusal_certificate"]))
        assert "Katuosoite on oikaistu osittain." in text
        assert "oikaistu muotoon ”Mäkitie 4 A”" in text

    def test_does_not_repeat_the_reasons_of_what_was_granted(self, partly):
        text = frozen(papers(partly)["refusal_certificate"])
        assert STREET.ground not in text

    def test_has_a_place_for_the_signature_of_the_person_responsible(self, partly):
        text = frozen(papers(partly)["refusal_certificate"])
        assert "Ilmari Kiviharju" in text

    def test_cites_no_repealed_act(self, partly):
        text = frozen(papers(partly)["refusal_certificate"]).lower()
        assert "henkilötietolaki" not in text
        assert "523/1999" not in text

    def test_has_a_number_of_its_own_series_each_year(self, partly):
        assert papers(partly)["refusal_certificate"].number == "KT 2026/0001"

    @pytest.mark.promise("oikaisu.todistus")
    def test_passes_both_standards_of_lasting_accessible_paper(self, partly, verapdf):
        verapdf(documents.content(papers(partly)["refusal_certificate"]))

    def test_is_the_same_bytes_at_every_look(self, partly):
        document = papers(partly)["refusal_certificate"]
        assert documents.content(document) == documents.content(document)

    def test_stays_as_it_was_when_the_register_and_the_settings_change(self, partly):
        document = papers(partly)["refusal_certificate"]
        before = documents.content(document)
        with transaction():
            partly.matter.items[1].reasons = "Jotain aivan muuta, mitä ei ole sanottu."
        assert documents.content(document) == before

    def test_of_a_wholly_refused_request_says_so(self, desk):
        (item,) = itemise(desk, STREET)
        decide(desk, refused=[item])
        issue(desk)
        told = frozen(papers(desk)["refusal_certificate"])
        assert "ei hyväksy oikaisupyyntöänne." in told
        assert "Mitä on hyväksytty" not in told
        assert "rectification_decision" not in papers(desk)

    def test_is_not_given_when_everything_was_granted(self, desk):
        (item,) = itemise(desk, STREET)
        decide(desk, granted=[item])
        issue(desk)
        assert "refusal_certificate" not in papers(desk)
        with pytest.raises(RuleViolation, match="vain evätystä"), transaction():
            letters.replace_certificate(matter=desk.matter, reasons={}, why="Pyydetty.", by=desk.owner, on=TODAY)


class TestReplacingACertificate:
    def test_gives_a_new_number_that_names_the_old_and_why(self, partly):
        old = papers(partly)["refusal_certificate"].id
        mended = {partly.matter.items[1].id: "Numero on tarkistettu asiakkaan omasta tilauksesta 1.11.2026."}
        with transaction():
            new = letters.replace_certificate(
                matter=partly.matter, reasons=mended, why="Perusteluja on täydennetty.", by=partly.owner, on=TODAY
            )
        text = frozen(new.document)
        assert new.number == "KT 2026/0002"
        assert "korvaa 23.11.2026 annetun kieltäytymistodistuksen KT 2026/0001" in text
        assert "Perusteluja on täydennetty." in text
        assert "omasta tilauksesta" in text
        assert db.session.get(Document, old).number == "KT 2026/0001"

    def test_still_needs_reasons(self, partly):
        with pytest.raises(RuleViolation, match="ymmärtää"), transaction():
            letters.replace_certificate(
                matter=partly.matter,
                reasons={partly.matter.items[1].id: "Ei."},
                why="Virhe.",
                by=partly.owner,
                on=TODAY,
            )


class TestLettersToOthers:
    @pytest.mark.promise("oikaisu.ilmoitus-lahteelle")
    def test_the_source_is_told_what_was_wrong_and_what_is_right(self, partly):
        letter = next(d for d in documents.for_subject(partly.case.subject) if d.addressee_name == "Messupartneri Oy")
        text = frozen(letter)
        for said in ("Olemme saaneet teiltä", "Mäkitie 4", "Mäkitie 14", "Šakki"):
            assert said in text

    @pytest.mark.promise("oikaisu.ilmoitus-saajalle")
    def test_the_recipient_is_asked_to_correct_its_own_register(self, partly):
        sent = [d for d in documents.for_subject(partly.case.subject) if d.kind == "correction_notice"]
        text = frozen(next(d for d in sent if d.addressee_name == "Perintätoimisto Esimerkki Oy"))
        assert "19 artiklan" in text
        assert "omassa rekisterissänne" in text
        assert "Mäkitie 14" in text

    def test_what_was_refused_is_not_told_to_them(self, partly):
        for letter in documents.for_subject(partly.case.subject):
            if letter.kind == "correction_notice":
                assert "765 4321" not in frozen(letter)

    def test_one_letter_tells_an_addressee_of_all_its_data(self, desk):
        items = itemise(desk, STREET, PHONE)
        decide(desk, granted=items)
        issue(desk)
        notices = [d for d in documents.for_subject(desk.case.subject) if d.kind == "correction_notice"]
        assert len(notices) == 2
        assert all("Mäkitie 14" in frozen(letter) and "050 765 4321" in frozen(letter) for letter in notices)

    def test_they_can_be_told_before_the_whole_decision_is_ready_and_are_not_told_twice(self, desk):
        street, phone = itemise(desk, STREET, PHONE)
        decide(desk, granted=[street])
        with transaction():
            assert letters.tell_everybody(matter=desk.matter, by=desk.owner, on=TODAY) == 2
        decide(desk, refused=[phone])
        issue(desk)
        assert sum(d.kind == "correction_notice" for d in documents.for_subject(desk.case.subject)) == 2

    def test_they_pass_both_standards(self, partly, verapdf):
        for letter in documents.for_subject(partly.case.subject):
            verapdf(documents.content(letter))


class TestTheLetterToThePerson:
    def test_tells_what_was_corrected_and_who_is_told(self, partly):
        text = frozen(papers(partly)["rectification_decision"])
        for said in (
            "Hyväksymme pyyntönne osittain",
            "Mäkitie 4",
            "Mäkitie 14",
            "Messupartneri Oy",
            "kieltäytymistodistuksen",
        ):
            assert said in text

    def test_of_a_wholly_granted_request_mentions_no_certificate(self, desk):
        (item,) = itemise(desk, STREET)
        decide(desk, granted=[item])
        issue(desk)
        text = frozen(papers(desk)["rectification_decision"])
        assert "Hyväksymme pyyntönne." in text
        assert "kieltäytymistodistuksen" not in text

    def test_says_a_removed_datum_was_removed(self, desk):
        (item,) = itemise(desk, Demand("phone", "unnecessary", "", "En halua numeroani rekisteriin."))
        decide(desk, granted=[item])
        issue(desk)
        assert "Tieto on poistettu." in frozen(papers(desk)["rectification_decision"])


class TestGivingTheDecision:
    def test_decides_the_case(self, partly):
        assert partly.case.state == "decided"
        assert partly.matter.issued_on == TODAY

    def test_happens_once(self, partly):
        with pytest.raises(RuleViolation, match="jo annettu"):
            issue(partly)

    def test_waits_for_every_demand(self, desk):
        street, _ = itemise(desk, STREET, PHONE)
        decide(desk, granted=[street])
        with pytest.raises(RuleViolation, match="Yksi vaatimus on vielä ratkaisematta"):
            issue(desk)
        assert set(papers(desk)) == {"restriction_notice"}

    def test_is_for_the_person_responsible_alone(self, desk):
        (item,) = itemise(desk, STREET)
        decide(desk, refused=[item])
        clerk = make_user("kasittelija")
        with pytest.raises(NotPermitted), transaction():
            letters.issue(matter=desk.matter, by=clerk, on=TODAY)

    def test_every_paper_waits_for_the_post(self, partly):
        count, waiting = documents.waiting_for_post(10)
        assert count == 5
        assert {document.state for document in waiting} == {"waiting"}

    def test_numbers_of_a_new_year_begin_anew(self, desk, freeze):
        (item,) = itemise(desk, STREET)
        freeze("2027-01-04")
        with transaction():
            decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=desk.owner, on=date(2027, 1, 4))
        issue(desk, on=date(2027, 1, 4))
        assert papers(desk)["refusal_certificate"].number == "KT 2027/0001"

    def test_a_failed_decision_gives_its_number_back(self, desk):
        (item,) = itemise(desk, STREET)
        decide(desk, refused=[item])
        with pytest.raises(PowerCut):
            issue(desk, then=power_cut)
        issue(desk)
        assert papers(desk)["refusal_certificate"].number == "KT 2026/0001"

    def test_a_certificate_not_yet_printed_is_printed_at_the_next_look(self, partly):
        document = papers(partly)["refusal_certificate"]
        assert db.session.get(DocumentPrint, document.id) is None
        assert documents.content(document).startswith(b"%PDF-")
        assert db.session.scalar(select(func.count()).select_from(Document).filter_by(kind="refusal_certificate")) == 1
