"""What goes by default when data leave the company, and how each hand-over is found again by its reason."""

from datetime import date

import pytest

from rekisteri.billing import credit
from rekisteri.billing.handing_over import default_fields, hand_over, hand_overs
from rekisteri.customers import service as customers
from rekisteri.customers.rules import FIELDS
from rekisteri.disclosures import service as disclosures
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.billing.factories import TODAY, advance, make_application, make_collection, make_invoice
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.disclosures.factories import make_recipient


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def hand(cause, recipient, *fields: str, ground: str = "billing"):
    clerk = make_clerk()
    details = {"disclosed_on": TODAY, "purpose": "Laskutus", "ground": ground, "by": clerk}
    with transaction():
        return hand_over(cause, recipient=recipient, fields=fields, **details)


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_by_default_goes_whom_it_concerns_and_where_they_are_reached(kind):
    chosen = default_fields(type("Anybody", (), {"kind": kind})(), FIELDS[kind])

    assert not {"email", "phone", "orders"} & set(chosen)
    assert {"street", "postcode", "city"} <= set(chosen)
    assert set(chosen) <= set(FIELDS[kind])


def test_only_what_the_register_holds_is_offered(maija):
    bare = make_organisation("Osoitteeton Oy", street="", postcode="", city="")

    assert default_fields(bare, customers.held_fields(bare)) == ["name"]
    assert "country" not in default_fields(maija, customers.held_fields(maija))


def test_each_hand_over_is_found_by_its_own_reason(maija):
    recipient = make_recipient()
    first, second = make_invoice(maija), make_invoice(maija)
    application = make_application(maija)
    by_invoice = hand(first, recipient, "last_name")
    by_credit = hand(application, recipient, "street", ground="credit")
    collection = advance(make_collection(second), "agency", agency=recipient)

    assert [row.id for row in hand_overs(first)] == [by_invoice.id]
    assert [row.id for row in hand_overs(application)] == [by_credit.id]
    assert [row.ground for row in hand_overs(collection)] == ["collection"]
    assert hand_overs(second) == []
    assert len(disclosures.for_customer(maija)) == 3


def test_what_was_handed_over_is_told_of_a_wrong_datum(maija):
    agency = make_recipient()
    advance(make_collection(make_invoice(maija)), "agency", agency=agency)

    assert disclosures.recipients_of(customers.current(maija)["street"]) == [agency]
    assert disclosures.recipients_of(customers.current(maija)["phone"]) == []


def test_a_field_that_held_nothing_cannot_have_gone(maija):
    with pytest.raises(RuleViolation, match="ei ollut rekisterissä"):
        hand(make_invoice(maija), make_recipient(), "country")


def test_after_the_decision_no_more_credit_data_are_asked(maija):
    application, provider, clerk = make_application(maija), make_recipient(), make_clerk()
    with transaction():
        credit.withdraw(application=application, on=TODAY, by=clerk)

    with pytest.raises(RuleViolation, match="jo peruutettu"), transaction():
        credit.ask_for_credit_data(
            application=application, by=clerk, recipient=provider, fields=["last_name"], disclosed_on=TODAY
        )
    assert hand_overs(application) == []
