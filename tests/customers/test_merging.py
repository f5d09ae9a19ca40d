"""Merging two customers: every row comes along with its source and days, and what others wait for is not lost."""

from datetime import date

import pytest

from rekisteri.cases import service as cases
from rekisteri.customers import merging, overview, service
from rekisteri.customers.links import all_links
from rekisteri.customers.models import Customer, Datum
from rekisteri.disclosures import ledger
from rekisteri.disclosures import service as disclosures
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.rectification import decisions, demands
from rekisteri.rectification.rules import Demand
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.customers.merging_help import merged, values_of
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.rectification.factories import STREET, VALUES, itemise, make_desk

EARLIER = date(2025, 9, 1)
NEEDLESS = Demand("phone", "unnecessary", "", "Numeroa ei tarvita.")  # contests nothing, so that nothing is restricted
OWN_LINKS = {
    "datum.customer_id",
    "likeness.lower_id",
    "likeness.higher_id",
    "customer_merge.kept_id",
    "customer_merge.dropped_id",
    "import_row.customer_id",
}
"""Columns that point at a customer and need not follow: merging's own, and those of an import, which tell what it did."""


def row(customer: Customer) -> Customer:
    """The customer's own row, as it now is."""
    db.session.rollback()
    return db.session.get_one(Customer, customer.id)


def test_every_column_that_points_at_a_customer_is_known_to_merging(app):
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "customer"
    }

    assert pointing == {link.key for link in all_links()} | OWN_LINKS


def test_the_data_come_along_with_their_sources_and_days(app):
    fair = make_source()
    kept = make_person(phone="")
    dropped = make_person(phone="050 765 4321", source=fair, obtained_on=EARLIER)

    merged(kept, dropped)

    phone = service.current(row(kept))["phone"]
    assert (phone.value, phone.source.name, phone.obtained_on) == ("+358507654321", fair.name, EARLIER)
    assert db.session.query(Datum).filter_by(customer_id=dropped.id).count() == 0


def test_the_history_of_the_kept_one_tells_both_stories(app):
    kept = make_person()
    dropped = make_person(last_name="Wirtanen", source=make_source(), obtained_on=EARLIER)
    clerk = make_clerk()

    merged(kept, dropped, last_name="kept")

    history = service.history(row(kept))
    told = [(entry.title, entry.text) for entry in overview.entries(service.find(kept.id), history)]
    assert len(history) == 14
    assert [title for title, _text in told].count("Tiedot kirjattu") == 2
    gone = next(text for title, text in told if title == "Sukunimi poistettu")
    assert gone == f"Oli: Wirtanen. Korvattu, kun asiakkaat yhdistettiin. Poisti {clerk.full_name}."


def test_the_kept_ones_row_follows_the_data_and_the_dropped_one_says_nothing(app):
    kept = make_person(phone="")
    dropped = make_person(last_name="Wirtanen", phone="050 765 4321")

    merged(kept, dropped, last_name="dropped")

    assert row(kept).display_name == "Wirtanen, Maija"
    assert "050 765 4321" in row(kept).contact
    left = row(dropped)
    assert (left.state, left.merged_into_id) == ("merged", kept.id)
    assert {left.display_name, left.search_text, left.contact, left.place} == {""}


def test_the_relationship_began_with_the_first_and_goes_on_with_the_last(app):
    kept, dropped = make_person(), make_person()
    with transaction():
        for customer, day in ((kept, date(2024, 1, 1)), (dropped, date(2026, 5, 5))):
            db.session.get_one(Customer, customer.id).active_on = day
    began = min(row(kept).created_at, row(dropped).created_at)

    merged(kept, dropped)

    assert (row(kept).active_on, row(kept).created_at) == (date(2026, 5, 5), began)


@pytest.mark.parametrize(("first", "second", "after"), [(True, False, "active"), (True, True, "archived")])
def test_the_kept_one_is_in_the_archive_only_when_both_were(app, first, second, after):
    kept, dropped, clerk = make_person(), make_person(), make_clerk()
    with transaction():
        for customer, put_away in ((kept, first), (dropped, second)):
            if put_away:
                service.archive(customer=service.find(customer.id), by=clerk)

    merged(kept, dropped)

    assert row(kept).state == after


def test_disclosures_and_requests_follow(app):
    kept, dropped = make_person(), make_person()
    gone = make_disclosure(dropped, make_recipient())
    case = make_case(customer=dropped)

    done = merged(kept, dropped)

    assert [one.id for one in disclosures.for_customer(row(kept))] == [gone.id]
    assert [one.id for one in cases.newest_of_customer(kept.id)] == [case.id]
    assert [one.went.id for one in ledger.page(customer_id=kept.id).rows] == [gone.outgoing_id]
    assert set(done.moved["rows"]) == {"disclosure.customer_id", "outgoing_person.customer_id", "case.customer_id"}
    assert done.moved["rows"]["disclosure.customer_id"] == [gone.id]
    assert done.moved["rows"]["case.customer_id"] == [case.id]


def test_people_of_a_merged_organisation_represent_the_kept_one(app):
    kept, dropped = make_organisation("Äijälän Sähkö Oy"), make_organisation("Äijälän Sähkö")
    person = make_person(organisation="Äijälän Sähkö")
    assert row(person).organisation_id == dropped.id

    merged(kept, dropped, name="kept")

    assert row(person).organisation_id == kept.id
    assert row(person).represents == "Äijälän Sähkö"


def test_the_organisation_a_person_represents_comes_with_the_datum(app):
    firm = make_organisation()
    kept, dropped = make_person(), make_person(organisation="Äijälän Sähkö Oy")

    merged(kept, dropped)

    assert row(kept).organisation_id == firm.id
    assert row(dropped).organisation_id is None


def test_earlier_orders_of_both_stand_in_one_text_whose_source_is_the_company(app):
    kept, dropped = make_person(orders="Ruuveja 2019"), make_person(orders="Nauloja 2021")

    merged(kept, dropped)

    orders = service.current(row(kept))["orders"]
    assert orders.value == "Ruuveja 2019\nNauloja 2021"
    assert orders.source.key == "own"
    ended = [datum.value for datum in service.history(row(kept)) if datum.field == "orders" and datum.ended_at]
    assert sorted(ended) == ["Nauloja 2021", "Ruuveja 2019"]


def test_in_a_chain_everything_ends_with_the_last_and_the_first_points_there(app):
    first, second, third = make_person(phone="050 765 4321"), make_person(), make_person()
    case = make_case(customer=first)

    merged(second, first)
    merged(third, second)

    assert row(first).merged_into_id == row(second).merged_into_id == third.id
    assert cases.find(case.id).customer_id == third.id
    assert values_of(third)["phone_2"] == "+358507654321"
    assert service.find(first.id).id == third.id


@pytest.mark.parametrize(
    ("kept", "dropped", "said"),
    [
        ("person", "same", "kaksi eri asiakasta"),
        ("person", "organisation", "Henkilöä ja yhteisöä"),
        ("person", "merged", "jo yhdistetty"),
        ("merged", "person", "jo yhdistetty"),
    ],
)
def test_what_cannot_be_one_customer_is_refused(app, kept, dropped, said):
    known = {"person": make_person(), "organisation": make_organisation(), "merged": make_person()}
    known["same"] = known["person"]
    merged(make_person(), known["merged"])

    with pytest.raises(RuleViolation, match=said):
        merging.check_pair(row(known[kept]), row(known[dropped]))


def test_whoever_got_a_value_from_either_card_is_told_when_it_is_corrected(app):
    kept, dropped = make_person(), make_person()
    one, other = make_recipient(), make_recipient(name="Luottotieto Oy")
    make_disclosure(kept, one, "phone")
    make_disclosure(dropped, other, "phone")

    merged(kept, dropped)

    phone = service.current(row(kept))["phone"]
    assert {recipient.name for recipient in disclosures.recipients_of(phone)} == {one.name, other.name}
    city = service.current(row(kept))["city"]
    assert disclosures.recipients_of(city) == []


def test_every_source_of_a_wrong_value_is_told_of_it(app, sign_in):
    desk = make_desk(sign_in("vastuuhenkilo"))
    fair = make_source()
    twin = make_person(**VALUES, source=fair, email="")
    merged(row(desk.customer), twin)
    item = itemise(desk, STREET)[0]

    with transaction():
        decisions.grant(item=item, by=desk.owner, on=date(2026, 11, 23))

    told = {notification.source.name for notification in decisions.notifications(desk.matter) if notification.source}
    assert told == {desk.source.name, fair.name}


def test_an_open_demand_keeps_its_datum_in_its_place(app, sign_in):
    desk = make_desk(sign_in("vastuuhenkilo"))
    itemise(desk, NEEDLESS)
    twin = make_person(**(VALUES | {"phone": "050 111 2222"}), email="")

    with pytest.raises(RuleViolation, match=f"Pyynnössä {desk.case.number} vaaditaan korjattavaksi") as refused:
        merged(row(desk.customer), twin, phone="dropped")
    assert "”Puhelinnumero”" in refused.value.sentence
    assert row(twin).state == "active"

    merged(row(desk.customer), twin, phone="both")
    assert demands.register_now(desk.matter)["phone"].value == "+358401234567"


def test_an_open_demand_follows_when_its_datum_moves_whole(app, sign_in):
    desk = make_desk(sign_in("vastuuhenkilo"))
    items = itemise(desk, NEEDLESS)
    card = make_person(last_name="Šakki", phone="", email="", street="", postcode="", city="")

    merged(card, row(desk.customer))

    db.session.rollback()
    assert desk.case.customer_id == card.id
    with transaction():
        decisions.grant(item=items[0], by=desk.owner, on=date(2026, 11, 23))
    assert "phone" not in values_of(card)


def test_a_demand_for_what_was_missing_is_in_the_way_of_a_value_that_would_come_there(app, sign_in):
    desk = make_desk(sign_in("vastuuhenkilo"))
    itemise(desk, Demand("email", "incomplete", "maija@esimerkki.fi", "Osoite puuttuu."))
    twin = make_person(**VALUES)

    with pytest.raises(RuleViolation, match="”Sähköpostiosoite”"):
        merged(row(desk.customer), twin)


def test_a_decided_demand_is_in_nobodys_way(app, sign_in):
    desk = make_desk(sign_in("vastuuhenkilo"))
    item = itemise(desk, NEEDLESS)[0]
    with transaction():
        decisions.grant(item=item, by=desk.owner, on=date(2026, 11, 23))

    merged(row(desk.customer), make_person(**VALUES), phone="dropped")

    assert values_of(desk.customer)["phone"] == "+358401234567"
