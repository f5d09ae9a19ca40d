"""The letter that tells people whence their data came, and letters to everybody of a fair at once."""

from datetime import date, timedelta

import pytest

from rekisteri.customers import service as customers
from rekisteri.customers.models import Source
from rekisteri.documents import post
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.informing import finding, letters, lists
from rekisteri.informing.models import Duty, Round
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_source
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.informing.factories import duties, make_fair, make_lead
from tests.notice.factories import published
from tests.settings.factories import fill_settings
from tests.support.paper import words_of

TODAY = date(2026, 11, 24)
NOWHERE = {"street": "", "postcode": "", "city": ""}


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-11-24")


@pytest.fixture
def company(app):
    """A company whose notice is in force."""
    published()


def write_to(person):
    clerk = make_clerk()
    finding.find_all()
    with transaction():
        return letters.issue(customer=customers.find(person.id), by=clerk, on=TODAY).id


def begin(source, ids=None):
    clerk = make_clerk()
    finding.find_all()
    with transaction():
        return letters.begin(source=db.session.get(Source, source.id), ids=ids, by=clerk, on=TODAY).id


def finish(begun):
    clerk, steps = make_clerk(), 0
    while db.session.get_one(Round, begun).finished_at is None:
        with transaction():
            letters.step(db.session.get_one(Round, begun), by=clerk, on=TODAY)
        steps += 1
    return steps


def mark_impossible(document_id):
    clerk = make_clerk()
    with transaction():
        documents.mark_impossible(document=documents.find(document_id), reason="Palautui postista.", by=clerk)


@pytest.mark.promise("gdpr.informointi")
def test_the_letter_tells_whence_what_and_all_that_the_law_asks_for(company, verapdf):
    person = make_lead(make_fair())

    document = documents.find(write_to(person))
    pdf = documents.content(document)
    words = words_of(pdf)

    for said in (
        "Rakentajamessut 2026, Messukatu 1, 00520 HELSINKI",
        "2.11.2026",
        "sukunimi, etunimi, sähköpostiosoite, puhelinnumero",
        "Voitte milloin tahansa kieltää tietojenne käytön suoramarkkinointiin.",
        "14 artiklaan",
        "Tietosuojavaltuutetun toimisto",
        "Säilytämme tietoja niin kauan kuin niitä tarvitaan",
        "Käsittelyn oikeusperuste",
    ):
        assert said in words
    assert document.addressee_lines[0] == "Maija Virtanen"
    assert (document.number, document.state) == ("IK 2026/0001", "waiting")
    verapdf(pdf)


def test_one_letter_tells_of_every_source_that_has_not_been_told(company):
    fair, partner, clerk = make_fair(), make_source("Verkkokauppakumppani Oy", "partner"), make_clerk()
    person = make_lead(fair)
    with transaction():
        customers.change(
            customer=customers.find(person.id), values={"phone": "040 765 4321"}, source=db.session.merge(partner),
            obtained_on=date(2026, 11, 20), by=clerk, reason="Uusi numero",
        )  # fmt: skip

    words = words_of(documents.content(documents.find(write_to(person))))

    assert "1. lähde" in words
    assert "Verkkokauppakumppani Oy" in words
    assert {duty.state for duty in duties()} == {"letter"}


def test_a_person_without_a_postal_address_is_written_to_by_email(company):
    person = make_lead(make_fair(), **NOWHERE)

    document = documents.find(write_to(person))

    assert document.addressee_lines == ["Maija Virtanen", "maija.virtanen@esimerkki.fi"]


def test_nobody_can_be_written_to_without_any_address(company):
    person = make_lead(make_fair(), email="", **NOWHERE)

    with pytest.raises(RuleViolation, match="Kerro asia muulla tavalla"):
        write_to(person)


def test_nobody_is_written_to_twice(company):
    person = make_lead(make_fair())
    write_to(person)

    with pytest.raises(RuleViolation, match="on jo kerrottu"):
        write_to(person)


def test_a_letter_that_could_not_be_delivered_leaves_the_person_to_be_told(company):
    person = make_lead(make_fair())
    first = write_to(person)
    assert lists.count_untold() == 0

    mark_impossible(first)

    assert lists.count_untold() == 1
    assert write_to(person) != first
    assert lists.count_untold() == 0


def test_letters_need_a_notice_and_a_letterhead(app):
    person = make_lead(make_fair())

    with pytest.raises(RuleViolation, match="Täydennä ensin asetuksiin"):
        write_to(person)
    fill_settings()
    with pytest.raises(RuleViolation, match="Julkaise ensin tietosuojaseloste"):
        write_to(person)


def test_everybody_of_a_fair_is_written_to_a_few_at_a_time(company, monkeypatch):
    monkeypatch.setattr(letters, "LETTERS_AT_ONCE", 2)
    fair = make_fair()
    for name in ("Aho", "Koivu", "Lahti", "Saari", "Harju"):
        make_lead(fair, last_name=name)

    begun = begin(fair)
    steps = finish(begun)

    done = db.session.get_one(Round, begun)
    assert (steps, done.people, done.issued, done.passed) == (3, 5, 5, 0)
    numbers = db.session.scalars(db.select(Document.number).filter_by(kind=letters.KIND)).all()
    assert sorted(numbers) == [f"IK 2026/000{number}" for number in range(1, 6)]
    assert lists.count_untold() == 0


def test_who_cannot_be_reached_is_passed_over_and_stays_to_be_told(company):
    fair = make_fair()
    make_lead(fair)
    unreachable = make_lead(fair, last_name="Koivu", email="", **NOWHERE)

    done = db.session.get_one(Round, begin(fair))
    finish(done.id)

    assert (done.issued, done.passed) == (1, 1)
    assert [row.duty.customer_id for row in lists.page(fair).rows] == [unreachable.id]


def test_a_round_that_was_left_goes_on_and_writes_to_nobody_twice(company, monkeypatch):
    monkeypatch.setattr(letters, "LETTERS_AT_ONCE", 1)
    fair, clerk = make_fair(), make_clerk()
    for name in ("Aho", "Koivu"):
        make_lead(fair, last_name=name)
    begun = begin(fair)
    with transaction():
        letters.step(db.session.get_one(Round, begun), by=clerk, on=TODAY)
    assert [one.id for one in lists.rounds_under_way()] == [begun]

    finish(begun)

    assert db.session.get_one(Round, begun).issued == 2
    assert lists.rounds_under_way() == []


def test_only_those_chosen_are_written_to(company):
    fair = make_fair()
    make_lead(fair)
    chosen = make_lead(fair, last_name="Koivu")
    [wanted] = duties(customer_id=chosen.id)

    finish(begin(fair, [wanted.id]))

    assert [duty.state for duty in duties()] == ["waiting", "letter"]


def test_a_round_of_nobody_is_not_begun(company):
    with pytest.raises(RuleViolation, match="Valitse ensin ainakin yksi"):
        begin(make_fair())
    assert db.session.scalars(db.select(Duty)).all() == []


def test_an_address_too_long_for_the_window_keeps_nobody_else_waiting(app):
    published()
    fair = make_fair()
    long = {
        "last_name": "von Wright-Hämäläinen-Mannerström-Kallioniemi",
        "first_name": "Maria Alexandra Wilhelmina Elisabeth Charlotta",
        "street": "Pitkänsillanrannan Kartanonpuiston Vanhan Kauppapuutarhan tie 123 B 45 huoneisto 6",
    }
    make_lead(fair, **long)
    make_lead(fair, last_name="Koivu")
    finding.find_all()
    clerk = make_clerk()
    with transaction():
        begun = letters.begin(source=fair, ids=None, by=clerk, on=TODAY)
    with transaction():
        letters.step(begun, by=clerk, on=TODAY)
    assert (begun.issued, begun.passed) == (1, 1)
    assert [duty.state for duty in duties()] == ["waiting", "letter"]


def test_a_letter_that_goes_by_e_mail_is_not_taken_to_the_post(app):
    published()
    make_lead(make_fair(), street="", postcode="", city="", email="maija@esimerkki.example")
    (duty,) = duties()
    clerk = make_clerk()
    with transaction():
        letters.issue(customer=duty.customer, by=clerk, on=TODAY)
    assert (post.waiting().count, post.waiting().without_address) == (0, 1)
    with pytest.raises(RuleViolation), transaction():
        post.gather(two_sided=False, by=clerk, on=TODAY)


def test_data_that_were_disclosed_before_the_month_was_over_make_the_telling_late(app):
    lead = make_lead(make_fair(), obtained_on=TODAY - timedelta(3))
    finding.find_all()
    assert lists.count_untold(TODAY) == 0
    make_disclosure(lead, make_recipient(), "last_name", disclosed_on=TODAY - timedelta(1))
    assert lists.count_untold(TODAY) == 1
    assert [one.late for one in lists.by_source(TODAY)] == [1]
