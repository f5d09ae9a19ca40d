"""The invented company as a whole: what hangs together in life hangs together here, and the command refuses nonsense."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.billing.models import Collection, CreditApplication, Invoice
from rekisteri.cases.models import Case
from rekisteri.customers import uses
from rekisteri.customers.models import ContactNote, Customer, Datum, Representation
from rekisteri.demo import words
from rekisteri.demo.company import FILLED_IN
from rekisteri.disclosures.models import Disclosure, Recipient
from rekisteri.kernel.db import db
from rekisteri.notice import beyond
from rekisteri.notice import service as notice
from rekisteri.orders.models import Order
from rekisteri.restrictions.models import Restriction
from rekisteri.settings import service as settings
from rekisteri.staff.models import User
from rekisteri.statistics import service as statistics
from tests.customers.factories import make_person

TODAY = date(2026, 11, 23)
PASSWORD = "keksitty salasana kokeeseen"


@pytest.fixture
def filled(app, command, freeze):
    freeze("2026-11-23")
    result = command("demo", "--customers", "60", "--cases", "8", "--password", PASSWORD)
    assert result.exit_code == 0, result.output
    return result


def everything():
    """What the register holds, in words that do not depend on when the rows were written."""
    data = db.session.execute(select(Datum.customer_id, Datum.field, Datum.value).order_by(Datum.id)).all()
    orders = db.session.execute(select(Order.number, Order.state, Order.total).order_by(Order.id)).all()
    invoices = db.session.execute(select(Invoice.number, Invoice.state, Invoice.amount).order_by(Invoice.id)).all()
    return data, orders, invoices


def test_every_customer_is_visible_and_counted_in_the_statistics(filled):
    states = set(db.session.scalars(select(Customer.state)))
    assert states <= {"active", "archived"}
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 60

    figures = statistics.snapshot().figures["customers"]
    counted = uses.permitted(select(Customer.kind, func.count()).group_by(Customer.kind), "statistics")
    kinds = dict(db.session.execute(counted).all())
    assert {kind: figures[kind]["figures"]["count"] for kind in kinds} == kinds
    assert kinds["organisation"] == 10
    assert kinds["person"] == 50 - len(
        set(db.session.scalars(select(Restriction.customer_id).where(Restriction.ended_on.is_(None))))
    )


def test_whatever_happened_happened_to_a_customer_that_can_be_opened(filled):
    for model in (Order, Invoice, Collection, CreditApplication, Disclosure, ContactNote):
        owners = select(model.customer_id).distinct()
        hidden = select(Customer.id).where(Customer.id.in_(owners), Customer.state.in_(("merged", "incoming")))
        assert db.session.scalars(owners).first() is not None
        assert db.session.scalars(hidden).all() == []


def test_nothing_has_happened_tomorrow(filled):
    days = [
        *(order.opened_on for order in db.session.scalars(select(Order))),
        *(invoice.invoiced_on for invoice in db.session.scalars(select(Invoice))),
        *(invoice.paid_on or TODAY for invoice in db.session.scalars(select(Invoice))),
        *(case.received_on for case in db.session.scalars(select(Case))),
        *db.session.scalars(select(Disclosure.disclosed_on)),
        *db.session.scalars(select(Datum.obtained_on)),
    ]
    assert max(days) <= TODAY


def test_orders_and_requests_are_numbered_in_their_own_year(filled):
    for order in db.session.scalars(select(Order)):
        assert order.number.startswith(f"T {order.opened_on.year}/")

    for case in db.session.scalars(select(Case)):
        assert re.search(rf"{case.received_on.year}|{case.received_on.year + 1}", case.number)


def test_an_invoice_is_due_in_two_weeks_settled_as_its_state_says_and_the_only_one_of_its_order(filled):
    for invoice in db.session.scalars(select(Invoice)):
        assert (invoice.due_on - invoice.invoiced_on).days == 14
        assert (invoice.paid_on is not None) == (invoice.state == "paid")
        assert (invoice.credited_on is not None) == (invoice.state == "credited")

    invoices = db.session.scalars(select(Invoice)).all()
    assert len({invoice.order_id for invoice in invoices}) == len(invoices)
    assert len({invoice.number for invoice in invoices}) == len(invoices)


def test_requests_and_roles_are_of_people_and_roles_began_in_the_past(filled):
    known = [case for case in db.session.scalars(select(Case)) if case.customer_id]
    assert known
    for case in known:
        assert db.session.get(Customer, case.customer_id).kind == "person"

    held = db.session.scalars(select(Representation).where(Representation.role != "")).all()
    assert held
    for one in held:
        assert db.session.get(Customer, one.person_id).kind == "person"
        assert one.started_on < one.obtained_on < TODAY


def test_the_notice_tells_of_all_that_is_held_and_has_no_place_to_complete(filled):
    version = notice.in_force(TODAY)
    content = next(section.body for section in version.sections if section.key == "content")
    assert beyond.undeclared(content) == []

    bodies = "".join(section.body for section in notice.in_force(TODAY).sections)
    assert "[" not in bodies
    assert all(told in bodies for told in FILLED_IN.values() if told != "yksi vuosi")


def test_the_settings_lack_nothing_and_the_partners_of_the_notice_are_recipients(filled):
    assert settings.missing() == []
    assert settings.current().verified_on == TODAY
    assert settings.current().company_name == words.COMPANY["company_name"]

    names = set(db.session.scalars(select(Recipient.name)))
    assert names == {name for name, *_rest in words.RECIPIENTS}
    assert FILLED_IN["[luottotietoyhtiön nimi, tai poista kohta]"] in names


def test_its_users_have_the_roles_their_names_promise_and_no_readable_password(filled):
    roles = {user.username: tuple(user.roles) for user in db.session.scalars(select(User)) if user.username}
    for name in ("paakayttaja", "vastuuhenkilo", "kasittelija", "lukija"):
        assert roles[name] == (name,)

    assert all(PASSWORD not in (user.password_hash or "") for user in db.session.scalars(select(User)))


def test_a_customers_page_opens_with_everything_on_it(client, filled):
    client.sign_in("kasittelija", PASSWORD)
    busiest = select(Order.customer_id).group_by(Order.customer_id).order_by(func.count().desc(), Order.customer_id)
    page = client.get(f"/asiakkaat/{db.session.scalars(busiest).first()}")
    assert page.status_code == 200
    assert "Tilaukset" in page.main


def test_a_second_demo_changes_nothing_of_the_first(filled, command):
    before = everything()
    again = command("demo", "--customers", "60")
    assert again.exit_code != 0
    db.session.rollback()
    assert everything() == before


def test_a_register_with_a_customer_but_no_users_is_left_alone(app, command):
    make_person(last_name="Aalto")
    result = command("demo", "--customers", "5")
    assert result.exit_code != 0
    assert "ei ole tyhjä" in result.output
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 1


@pytest.mark.parametrize("option", [("--cases", "-1"), ("--customers", "-1", "--cases", "0")])
def test_a_negative_number_is_refused_before_anything_is_made(app, command, option):
    result = command("demo", *option)
    assert result.exit_code != 0
    assert "ei voi olla negatiivinen" in result.output
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize("option", [("--customers", "monta"), ("--seed", "x"), ("--olematon",)])
def test_an_option_that_cannot_be_read_makes_nothing(app, command, option):
    assert command("demo", *option).exit_code == 2
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


def test_one_customer_is_enough_and_an_organisation_alone_asks_for_nothing(app, command):
    result = command("demo", "--customers", "1", "--cases", "0")
    assert result.exit_code == 0, result.output
    assert "1 keksittyä asiakasta" in result.output
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_its_papers_are_in_a_safe_on_their_way_late_and_to_be_destroyed(filled, client):
    client.sign_in("vastuuhenkilo", PASSWORD)
    page = client.get("/paperiaineisto/").text
    for told in ("Palautus myöhässä", "liian kauan", "Nippu kesken", "Papereita odottaa hävittämistä", "Arvo Arkkula"):
        assert told in page
