"""Several people at once: no payment is counted twice, no debt collected twice, no file brought in twice."""

from datetime import date

from sqlalchemy import func, select

from rekisteri.audit import service as audit
from rekisteri.billing import collecting, credit, importing, service
from rekisteri.billing.models import Collection, CreditApplication, Invoice
from rekisteri.disclosures.models import Disclosure
from rekisteri.disclosures.recipients import find_recipient
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.staff.service import find_user
from tests.billing.factories import TODAY, make_application, make_collection, make_invoice
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_recipient
from tests.kernel.rivals import at_once

PEOPLE = 4


def told(results) -> list[str]:
    """What each was told: nothing, or the rule's sentence."""
    return sorted(result.sentence if isinstance(result, RuleViolation) else str(result) for result in results)


def test_of_rivals_who_record_the_same_payment_one_succeeds(app):
    invoice_id = make_invoice().id

    def pay(_desk: int) -> str:
        with transaction():
            service.pay(invoice=service.find(invoice_id), paid=120_00, paid_on=TODAY, by=None)
        return "done"

    results = told(at_once(app, pay, people=PEOPLE))

    db.session.rollback()
    assert results == ["Lasku on jo maksettu."] * (PEOPLE - 1) + ["done"]
    assert service.find(invoice_id).paid == 120_00
    assert audit.verify() is None


def test_parts_paid_at_the_same_moment_all_count(app):
    invoice_id = make_invoice(amount=100_00).id

    def pay(_desk: int) -> str:
        with transaction():
            service.pay(invoice=service.find(invoice_id), paid=10_00, paid_on=TODAY, by=None)
        return "done"

    assert told(at_once(app, pay, people=PEOPLE)) == ["done"] * PEOPLE
    db.session.rollback()
    assert service.find(invoice_id).unpaid == 60_00


def test_a_debt_that_rivals_begin_to_collect_is_collected_once(app):
    invoice_id = make_invoice().id

    def start(_desk: int) -> str:
        with transaction():
            invoice = service.find(invoice_id)
            collecting.start(customer=invoice.customer, invoices=[invoice], on=TODAY, by=None)
        return "done"

    results = told(at_once(app, start, people=PEOPLE))

    db.session.rollback()
    assert results == ["Lasku on jo perinnässä."] * (PEOPLE - 1) + ["done"]
    assert db.session.scalar(select(func.count()).select_from(Collection)) == 1


def test_a_debt_that_rivals_hand_to_an_agency_is_disclosed_once(app):
    person = make_person(obtained_on=date(2026, 1, 1))
    collection_id, agency_id = make_collection(make_invoice(person)).id, make_recipient().id
    version = collecting.find(collection_id).version

    def hand(_desk: int) -> str:
        try:
            with transaction():
                collection = collecting.find(collection_id)
                check_version(collection, version)
                to = collecting.HandedTo(find_recipient(agency_id), ["last_name"])
                collecting.advance(collection=collection, state="agency", on=TODAY, by=None, to=to)
        except Conflict:
            return "conflict"
        return "done"

    results = told(at_once(app, hand, people=PEOPLE))

    db.session.rollback()
    assert results == ["conflict"] * (PEOPLE - 1) + ["done"]
    assert db.session.scalar(select(func.count()).select_from(Disclosure)) == 1


def test_of_rivals_who_decide_on_credit_one_decision_stands(app):
    application_id, clerk = make_application().id, make_clerk().username

    def decide(desk: int) -> str:
        with transaction():
            credit.decide(
                application=credit.find(application_id),
                decision="granted",
                granted=(desk + 1) * 100,
                reasons="",
                on=TODAY,
                by=find_user(clerk),
            )
        return "done"

    results = told(at_once(app, decide, people=PEOPLE))

    db.session.rollback()
    assert results == ["Hakemus on jo myönnetty."] * (PEOPLE - 1) + ["done"]
    assert db.session.scalar(select(CreditApplication.state)) == "granted"


def test_the_same_file_brought_in_at_two_desks_brings_each_invoice_once(app):
    make_person(obtained_on=date(2026, 1, 1))
    header = "Laskun numero;Asiakas;Laskupäivä;Eräpäivä;Summa"
    rows = [f"{number};Virtanen Maija;1.9.2026;15.9.2026;10" for number in range(200)]
    content = "\n".join((header, *rows)).encode()

    def bring(_desk: int) -> str:
        with transaction():
            import_id = importing.propose(content=content, filename="laskut.csv", by=None).id
        lines = importing.read(importing.find(import_id))
        with transaction():
            importing.apply(proposed=importing.find(import_id), lines=lines, by=None)
        return str(importing.find(import_id).created)

    results = at_once(app, bring, people=2)

    db.session.rollback()
    assert sorted(results) == ["0", "200"]
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 200
    assert audit.verify() is None


def test_a_payment_that_comes_while_a_step_is_taken_ends_the_collection_all_the_same(app):
    invoice = make_invoice()
    collection_id, invoice_id = make_collection(invoice).id, invoice.id

    def act(desk: int) -> str:
        with transaction():
            if desk:
                service.pay(invoice=service.find(invoice_id), paid=120_00, paid_on=TODAY, by=None)
            else:
                collecting.advance(collection=collecting.find(collection_id), state="demand", on=TODAY, by=None)
        return "done"

    results = told(at_once(app, act, people=2))

    db.session.rollback()
    late = "Perintä ei voi edetä tähän vaiheeseen. Valitse jokin annetuista vaiheista."
    assert results in (["done", "done"], [late, "done"])
    assert (collecting.find(collection_id).state, service.find(invoice_id).state) == ("ended", "paid")
