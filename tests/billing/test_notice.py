"""What the notice does not tell of is not recorded: invoices, collections, applications for credit."""

from datetime import date

import pytest

from rekisteri.billing import collecting, credit, importing, service
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from tests.billing.factories import TODAY, make_application, make_invoice
from tests.customers.factories import make_clerk, make_person
from tests.notice.factories import published

SILENT = "Tallennamme nimen, yhteystiedot ja aikaisemmat tilaukset."
FILE = "Lasku;Asiakas;Laskupäivä;Eräpäivä;Summa\n1;Virtanen Maija;1.9.2026;15.9.2026;120,00\n".encode()


@pytest.fixture
def told() -> None:
    """Here each test says what the notice tells."""


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def enter(customer) -> None:
    with transaction():
        service.create(customer=customer, by=None, number="7", invoiced_on=TODAY, due_on=TODAY, amount=100)


def test_no_invoice_is_entered_before_the_notice_tells_of_invoices(maija) -> None:
    with pytest.raises(RuleViolation, match="Laskuja ei voi kirjata, koska voimassa oleva tietosuojaseloste ei kerro"):
        enter(maija)
    published()
    enter(maija)
    assert service.find_number("7")


def test_no_file_of_invoices_is_taken_before_the_notice_tells_of_invoices(app) -> None:
    with pytest.raises(RuleViolation, match="laskuista"), transaction():
        importing.propose(content=FILE, filename="laskut.csv", by=None)


def test_no_collection_begins_when_the_notice_tells_of_invoices_only(maija) -> None:
    published(content=f"{SILENT} Tallennamme myös laskut.")
    invoice = make_invoice(maija)
    with pytest.raises(RuleViolation, match="ei kerro perinnästä"), transaction():
        collecting.start(customer=maija, invoices=[invoice], on=TODAY, by=make_clerk())


@pytest.mark.parametrize("words", ["laskujen perintä", "maksamattoman laskun periminen", "perimme laskuja"])
def test_a_notice_may_speak_of_collection_in_any_form(app, words) -> None:
    published(content=f"{SILENT} {words}.")
    assert beyond.declares("collections")


def test_no_credit_is_applied_for_before_the_notice_tells_of_it(maija) -> None:
    published(content=SILENT)
    with pytest.raises(RuleViolation, match="luottopäätöksistä"), transaction():
        credit.apply(customer=maija, applied_on=TODAY, amount=100, purpose="Laskutus", by=None)


def test_the_form_says_why_and_keeps_what_was_typed(client, sign_in, maija) -> None:
    sign_in("kasittelija")
    typed = {"number": "L-77", "invoiced_on": "1.11.2026", "due_on": "15.11.2026", "amount": "120,00"}
    answer = client.submit(f"/laskutus/uusi/{maija.id}", typed)
    assert answer.status_code == 422
    assert "Täydennä selosteen kohtaa" in answer.main
    assert 'value="L-77"' in answer.text


def test_a_notice_that_falls_silent_of_what_is_held_is_warned_of(app) -> None:
    make_invoice()
    make_application()
    db.session.rollback()
    assert {group.told_of for group in beyond.undeclared(SILENT)} >= {"laskuista", "luottopäätöksistä"}
