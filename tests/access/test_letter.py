"""The letter of access: everything the register holds of the person, in words a person understands (GDPR art. 15)."""

from datetime import date

import pytest

from rekisteri.access import answering, preparing, rules
from rekisteri.access import draft as drafts
from rekisteri.cases import service as cases
from rekisteri.customers import service as customers
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import Conflict, NotPermitted, RuleViolation
from tests.access.factories import REASONS, TODAY, make_request, many_orders
from tests.customers.factories import make_clerk, make_person
from tests.notice.factories import published
from tests.support.paper import words_of


def fingerprint(request):
    return drafts.make(request.again(), on=TODAY).fingerprint


def release(request, by, read=None):
    read, matter = read or fingerprint(request), request.again()
    with transaction():
        return answering.release(matter=matter, read=read, by=by, on=TODAY)


def letter_of(request, by):
    return words_of(documents.content(release(request, by)))


def leave_out(request, chapter, *cells, by, ground="others", reasons=REASONS):
    """Leave out the rows of a chapter in which one of these stands."""
    matter = request.again()
    draft = drafts.make(matter, on=TODAY)
    rows = draft.part(chapter).lines
    left = [row.key for row in rows if any(cell in text for cell in cells for text in row.cells)]
    with transaction():
        preparing.leave_out(
            matter=matter, draft=draft, chapter=chapter, among=[row.key for row in rows], left=left,
            ground=ground, reasons=reasons, by=by,
        )  # fmt: skip


@pytest.mark.promise("tarkastus.kirjallinen")
def test_the_letter_holds_everything_that_is_held_with_its_source_and_day(asked, owner):
    told = letter_of(asked, owner)
    for expected in (
        "Uusikatu 1 Rakentajamessut 2026 4.5.2026",  # a datum, its source and day
        "Mäkitie 4 A 3 te itse 5.3.2026 23.11.2026",  # what it replaced
        "Äijälän Sähkö Oy ostaja 1.1.2020 alkaen",
        "kysyi toimituksesta",
        "Ruokapöydän tuoli, 4 kpl",
        "77001 1.9.2026 15.9.2026 120,00 €",
        "Maksumuistutus 1.10.2026",
        "2 000,00 € Laskutusasiakkuus",
        "Saatavat Oy Sukunimi, Puhelinnumero",  # the recipient by name, what went, what for
        "Avoimen laskun perintä Peruste: perintä",
        "2026/0001 16.11.2026, kirje tai lomake",
    ):
        assert expected in told.replace("\u00a0", " ")


def test_the_letter_tells_what_the_law_asks_to_be_told_beside_the_data(owner):
    published(retention="Säilytämme tietoja kolme vuotta asiakassuhteen päättymisestä.")
    told = letter_of(make_request(owner, notice=False), owner)
    for heading in (
        "Mihin tietojanne käytetään",
        "Mitä tietoja rekisterissä on",
        "Kenelle tietoja luovutetaan",
        "Siirretäänkö tietoja EU:n tai ETA:n ulkopuolelle",
        "Kuinka kauan tietoja säilytetään",
        "Tehdäänkö teistä automaattisia päätöksiä tai profiileja",
        "Oikeutenne",
        "Oikeus tehdä valitus",
    ):
        assert heading in told
    assert "kolme vuotta asiakassuhteen päättymisestä" in told
    assert "tietosuojavaltuutetun käsiteltäväksi" in told
    assert "tuomioistuimeen" in told


def test_who_looked_is_told_by_the_role_and_never_by_name(asked, owner, client):
    client.get(f"/asiakkaat/{asked.customer.id}")
    told = letter_of(asked, owner)
    assert "Asiakkaan tiedot katsottu Vastuuhenkilö Asiakassuhteen hoitaminen" in told
    assert "Kaisa Kirjaaja" not in told
    assert told.count("Onni Saari") == 1  # the signature


def test_looks_of_one_day_are_counted_together(asked, owner, client):
    for _ in range(3):
        client.get(f"/asiakkaat/{asked.customer.id}")
    assert "Asiakkaan tiedot katsottu (3 kertaa)" in letter_of(asked, owner)


def test_what_does_not_fit_in_the_letter_travels_with_it_as_enclosures(owner, monkeypatch):
    request = make_request(owner)
    many_orders(request.customer, 12)
    monkeypatch.setattr(rules.papers, "__defaults__", (15,))
    letter = letter_of(request, owner)
    papers = documents.for_subject(request.again().case.subject)
    assert [paper.kind for paper in papers] == ["access_letter", "access_enclosure"]
    assert "Liite 1: Tietonne rekisterissämme" in letter
    rest = words_of(documents.content(papers[1]))
    assert "Jatkoa edelliseen." in rest
    assert all((number in letter) != (number in rest) for number in (f"T 2026/{n:04}" for n in range(1, 13)))


def test_an_empty_register_of_orders_is_not_told_at_all(owner):
    assert "Tilauksenne" not in letter_of(make_request(owner), owner)


def test_what_was_held_before_two_were_merged_is_told_as_one(owner):
    from rekisteri.customers.merging import merge

    kept, other = make_person(), make_person(email="toinen@esimerkki.fi", phone="")
    request = make_request(owner, customer=kept)
    clerk = make_clerk()
    with transaction():
        choices = {"email": "both"}
        merge(kept=customers.find(kept.id), dropped=customers.find(other.id), choices=choices, by=clerk)
    told = letter_of(request, owner)
    assert "toinen@esimerkki.fi" in told
    assert "Asiakas yhdistetty toiseen" in told


def test_a_letter_to_an_agent_tells_whose_data_they_are(owner):
    agent = cases.Requester("Aino Asiamies", "Torikatu 1", "33100", "Tampere", role="agent", mandate="shown")
    told = letter_of(make_request(owner, requester=agent), owner)
    assert "henkilöstä Maija Virtanen" in told
    assert "esittäjä: asiamiehenne" in told
    assert told.count("Aino Asiamies") == 1  # the window of the envelope


def test_the_paper_files_are_told_of(asked, owner):
    matter = asked.again()
    with transaction():
        preparing.complete(
            matter=matter, hidden_words="", paper_findings="Messukortti: Maija Virtanen, kiinnostunut tuoleista",
            supplement={}, by=owner, on=TODAY,
        )  # fmt: skip
    assert "kiinnostunut tuoleista" in letter_of(asked, owner)
    assert asked.again().paper_findings == ""  # it now stands in the letter, and nowhere else


def test_words_of_others_are_covered_in_free_text_and_the_persons_own_name_stays(asked, owner):
    matter = asked.again()
    with transaction():
        preparing.complete(
            matter=matter, hidden_words="Pekka Virtanen\nVirtanen\n050 765 4321", paper_findings="", supplement={},
            by=owner, on=TODAY,
        )  # fmt: skip
    told = letter_of(asked, owner)
    assert "Veljensä [peitetty], p. [peitetty], kysyi" in told
    assert "Sukunimi Virtanen" in told
    assert "15 artiklan 4 kohta" in told


class TestLeavingOut:
    def test_a_row_left_out_is_not_in_the_letter_and_the_letter_says_so(self, asked, owner):
        leave_out(asked, "contact_notes", "Pekka", by=owner)
        told = letter_of(asked, owner)
        assert "Pekka" not in told
        assert "Kohtia on jätetty pois 1." in told
        assert "Tästä luvusta on jätetty pois 1 kohta." in told

    def test_the_person_gets_a_certificate_that_tells_why_but_not_what(self, asked, owner):
        leave_out(asked, "contact_notes", "Pekka", by=owner)
        release(asked, owner)
        certificate = words_of(documents.content(asked.again().certificate))
        assert "Yhteydenotot: 1 kohta" in certificate
        assert REASONS in certificate
        assert "15 artiklan 4 kohta" in certificate
        assert "tietosuojavaltuutetun" in certificate
        assert "Pekka" not in certificate

    def test_without_anything_left_out_there_is_no_certificate(self, asked, owner):
        release(asked, owner)
        assert asked.again().certificate is None

    def test_it_is_left_out_on_a_ground_with_reasons(self, asked, owner):
        with pytest.raises(RuleViolation) as refused:
            leave_out(asked, "contact_notes", "Pekka", by=owner, ground=None)
        assert refused.value.field == "ground"

    def test_a_row_that_is_written_anew_is_judged_anew(self, asked, owner):
        leave_out(asked, "data", "Uusikatu 1", by=owner)
        assert drafts.make(asked.again(), on=TODAY).left == 1
        with transaction():
            customers.change(
                customer=customers.find(asked.customer.id), values={"street": "Uusikatu 2"},
                source=customers.self_source(), obtained_on=TODAY, by=owner, reason="muuttunut",
            )  # fmt: skip
        assert drafts.make(asked.again(), on=TODAY).left == 0

    def test_what_was_left_out_can_be_told_after_all(self, asked, owner):
        leave_out(asked, "contact_notes", "Pekka", by=owner)
        leave_out(asked, "contact_notes", by=owner, ground=None, reasons="")
        assert "Pekka" in letter_of(asked, owner)

    def test_a_row_keeps_its_reasons_when_another_one_is_judged(self, asked, owner):
        leave_out(asked, "orders", "T 2026", by=owner, ground="secret")
        leave_out(asked, "contact_notes", "Pekka", by=owner)
        grounds = {one.chapter: one.ground for one in asked.again().left_out}
        assert grounds == {"orders": "secret", "contact_notes": "others"}


class TestReleasing:
    def test_the_case_is_decided_and_the_letter_waits_for_the_post(self, asked, owner):
        letter = release(asked, owner)
        assert letter.state == "waiting"
        assert asked.again().outcome == "told"
        assert asked.again().case.state == "decided"

    def test_a_clerk_may_not_give_the_data(self, asked):
        with pytest.raises(NotPermitted):
            release(asked, make_clerk())
        assert asked.again().outcome is None

    def test_what_has_changed_since_it_was_read_is_read_again(self, asked, owner):
        read = fingerprint(asked)
        with transaction():
            customers.change(
                customer=customers.find(asked.customer.id), values={"city": "Espoo"}, source=customers.self_source(),
                obtained_on=TODAY, by=owner, reason="muuttunut",
            )  # fmt: skip
        with pytest.raises(Conflict, match="Lue luonnos uudelleen"):
            release(asked, owner, read)
        assert documents.for_subject(asked.again().case.subject) == []

    def test_a_look_at_the_card_changes_nothing_that_was_read(self, asked, owner, client):
        read = fingerprint(asked)
        client.get(f"/asiakkaat/{asked.customer.id}")
        assert release(asked, owner, read).number == "2026/0001-1"

    def test_it_is_given_once(self, asked, owner):
        read = fingerprint(asked)
        release(asked, owner, read)
        with pytest.raises(RuleViolation, match="on jo vastattu"):
            release(asked, owner, read)

    def test_nothing_is_given_before_identity_is_made_sure_of(self, owner):
        with pytest.raises(RuleViolation, match="henkilöllisyys"):
            release(make_request(owner, identified=False), owner)

    def test_nothing_is_given_to_an_agent_without_a_mandate(self, owner):
        agent = cases.Requester("Aino Asiamies", "Torikatu 1", "33100", "Tampere", role="agent", mandate="missing")
        with pytest.raises(RuleViolation, match="Valtuutusta ei ole esitetty"):
            release(make_request(owner, requester=agent), owner)

    def test_nothing_is_given_of_a_withdrawn_request(self, asked, owner):
        read = fingerprint(asked)
        case = asked.again().case
        with transaction():
            cases.withdraw(case=case, channel="phone", withdrawn_on=TODAY, by=owner, on=TODAY)
        with pytest.raises(RuleViolation):
            release(asked, owner, read)

    def test_what_the_notice_does_not_tell_is_written_for_the_letter(self, owner):
        published(retention="")
        request = make_request(owner, notice=False)
        with pytest.raises(RuleViolation, match="Kuinka kauan tietoja säilytetään"):
            release(request, owner)
        matter = request.again()
        with transaction():
            preparing.complete(
                matter=matter, hidden_words="", paper_findings="",
                supplement={"retention": "Säilytämme tietonne <viisi> vuotta."}, by=owner, on=TODAY,
            )  # fmt: skip
        assert "Säilytämme tietonne <viisi> vuotta." in letter_of(request, owner)

    def test_the_case_stays_open_until_it_is_answered_and_posted(self, asked, owner):
        case = asked.again().case
        assert "Asiaan ”Tietojen tarkastaminen” ei ole vastattu." in " ".join(cases.blockers(case))
        letter = release(asked, owner)
        with transaction():
            documents.mark_posted(document=letter, on=TODAY, way="post", by=owner)
        with transaction():
            cases.close(case=db.session.merge(asked.again().case), by=owner, on=TODAY)
        assert asked.again().case.state == "closed"


class TestRefusing:
    def test_the_whole_may_be_refused_on_its_merits_with_a_certificate(self, asked, owner):
        matter = asked.again()
        with transaction():
            answering.refuse(
                matter=matter, ground="law", reasons="Tieto vaarantaisi toisen turvallisuuden.", by=owner, on=TODAY
            )
        certificate = words_of(documents.content(asked.again().certificate))
        assert "tarkastuspyyntöänne" in certificate
        assert "34 §" in certificate
        assert asked.again().outcome == "refused"

    def test_a_clerk_may_not_refuse(self, asked):
        matter, clerk = asked.again(), make_clerk()
        with pytest.raises(NotPermitted), transaction():
            answering.refuse(matter=matter, ground="law", reasons=REASONS, by=clerk, on=TODAY)


def test_a_person_who_is_not_in_the_register_is_answered_from_the_requests_page(owner):
    request = make_request(owner)
    case = request.again().case
    with transaction():
        cases.person_not_found(case=case, by=owner)
        letter = cases.answer_not_held(case=case, by=owner, on=date(2026, 11, 23))
    assert "emme käsittele" in words_of(documents.content(letter)).lower()
    matter = request.again()
    with pytest.raises(RuleViolation):
        preparing.check_workable(matter)
