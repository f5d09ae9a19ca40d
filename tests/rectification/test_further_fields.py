"""Demands on a second address or number: itemised, granted and told of as any other datum's."""

from datetime import date

import pytest

from rekisteri.customers import service as customers
from rekisteri.customers.validity import Detail
from rekisteri.disclosures import service as disclosures
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.rectification import decisions, demands
from rekisteri.rectification.rules import Demand
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.rectification.factories import TODAY, VALUES, itemise, make_desk
from tests.staff.factories import make_user

SECOND = Demand("email_2", "wrong", "maija@uusi.example", "Osoite on kirjoitettu väärin.")


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    further = {"email_2": "maija@vanah.example", "postcode_2": "111 22", "country_2": "Ruotsi", "city_2": "Tukholma"}
    return make_desk(make_user("vastuuhenkilo"), values=VALUES | further)


def test_only_the_further_fields_that_hold_something_are_offered(desk):
    offered = demands.offered_labels(desk.matter)

    assert "Sähköpostiosoite 2" in offered.values()
    assert not {"email_3", "phone_2", "street_2"} & set(offered)


def test_a_field_that_a_demand_speaks_of_stays_offered_when_it_has_been_emptied(desk):
    itemise(desk, SECOND)
    with transaction():
        customers.correct(
            customer=customers.find(desk.customer.id),
            field="email_2",
            value=None,
            source=customers.self_source(),
            obtained_on=TODAY,
            by=desk.owner,
            reason="Tarpeeton tieto poistettu",
        )

    assert "email_2" in demands.offered_labels(desk.matter)


def test_a_demand_on_the_second_address_is_granted_and_the_first_stays(desk):
    (item,) = itemise(desk, SECOND)
    assert item.current_value == "maija@vanah.example"

    with transaction():
        decisions.grant(item=item, by=desk.owner, on=TODAY)

    held = customers.current(customers.find(desk.customer.id))
    assert held["email_2"].value == "maija@uusi.example"
    assert "email" not in held or held["email"].value == VALUES.get("email")


def test_a_correction_keeps_the_use_and_the_days_of_what_it_corrects(desk):
    customer = customers.find(desk.customer.id)
    told = Detail("work", date(2026, 1, 1), date(2026, 6, 30))
    with transaction():
        customers.change(
            customer=customers.find(customer.id),
            values={},
            details={"email_2": told},
            source=customers.self_source(),
            obtained_on=TODAY,
            by=desk.owner,
            reason="Tietoa täydennetty",
        )
    (item,) = itemise(desk, SECOND)

    with transaction():
        decisions.grant(item=item, by=desk.owner, on=TODAY)

    assert Detail.of(customers.current(customers.find(customer.id))["email_2"]) == told


def test_a_postcode_is_judged_by_the_country_of_its_own_address(desk):
    assert demands.normalised(desk.matter, "postcode_2", "SW1A 1AA") == "SW1A 1AA"
    with pytest.raises(RuleViolation, match="viisi numeroa"):
        demands.normalised(desk.matter, "postcode", "SW1A 1AA")


def test_who_was_given_the_second_address_is_known(desk):
    customer = customers.find(desk.customer.id)
    recipient = make_recipient()
    made = make_disclosure(customer, recipient, "email_2", disclosed_on=TODAY)

    assert made.customer_id == customer.id
    datum = customers.current(customer)["email_2"]
    assert [one.name for one in disclosures.recipients_of(datum)] == [recipient.name]
