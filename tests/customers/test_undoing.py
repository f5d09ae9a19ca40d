"""Undoing a merge: everything comes back as it was, unless something has happened since."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekisteri.audit import service as audit
from rekisteri.cases import service as cases
from rekisteri.customers import service, sources, undoing
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.customers.merging_help import everything, merged, undo, values_of
from tests.disclosures.factories import make_disclosure, make_recipient

few = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])

STREETS = st.sampled_from(["Mäkitie 4", "Kuusitie 2", ""])
WHO = st.fixed_dictionaries(
    {
        "last_name": st.sampled_from(["Virtanen", "Wirtanen"]),
        "first_name": st.sampled_from(["Maija", "MAIJA", ""]),
        "organisation": st.sampled_from(["Äijälän Sähkö Oy", "Muu Oy", ""]),
        "email": st.sampled_from(["maija@esimerkki.fi", "mv@esimerkki.fi", ""]),
        "email_2": st.sampled_from(["mv@esimerkki.fi", "kolmas@esimerkki.fi", ""]),
        "phone": st.sampled_from(["041 505 8567", "050 765 4321", ""]),
        "street": STREETS,
        "city": st.sampled_from(["Helsinki", ""]),
        "street_3": STREETS,
        "city_3": st.sampled_from(["Turku", ""]),
        "orders": st.sampled_from(["Ruuveja 2019", "Nauloja 2021\nVasara 2022", ""]),
    }
)
CHOICE = st.sampled_from(["kept", "dropped", None])
CODES = ("last_name", "first_name", "organisation", "email", "email_2", "phone", "address", "address_3", "orders")


@few
@given(one=WHO, other=WHO, chosen=st.fixed_dictionaries(dict.fromkeys(CODES, CHOICE)), busy=st.booleans())
def test_merging_and_undoing_leaves_every_row_of_every_table_as_it_was(app, one, other, chosen, busy):
    if not db.session.query(Recipient).count():
        make_organisation()
        make_recipient()
    kept = make_person(postcode="", **one)
    dropped = make_person(postcode="", **other)
    if busy:
        make_disclosure(dropped, db.session.query(Recipient).one(), "last_name")
        make_case(customer=dropped)
    before = everything()

    done = merged(kept, dropped, **{code: choice for code, choice in chosen.items() if choice})
    between = everything()
    undo(done)

    assert between != before
    assert everything() == before
    assert audit.verify() is None


def test_both_customers_can_be_worked_with_after_the_undoing(app):
    kept, dropped = make_person(), make_person(phone="050 765 4321", email="mv@esimerkki.fi")
    undo(merged(kept, dropped))

    with transaction():
        changed = service.change(
            customer=service.find(dropped.id),
            values={"city": "Espoo"},
            source=service.self_source(),
            obtained_on=date(2026, 11, 20),
            by=None,
            reason="Tieto on muuttunut",
        )

    assert changed == ["city"]
    assert values_of(service.find(dropped.id))["phone"] == "+358507654321"
    assert "phone_2" not in values_of(service.find(kept.id))


def test_a_form_that_was_open_over_the_merge_and_its_undoing_is_out_of_date(app):
    kept, dropped = make_person(), make_person()
    opened = service.find(kept.id).version

    undo(merged(kept, dropped))

    assert service.find(kept.id).version > opened


def happened(done: Merge) -> str:
    db.session.rollback()
    return undoing.why_not_undo(db.session.get(Merge, done.id)) or ""


def test_nothing_prevents_the_undoing_while_nothing_has_happened(app):
    assert happened(merged(make_person(), make_person())) == ""


def test_a_change_of_the_data_prevents_the_undoing(app):
    kept, dropped = make_person(), make_person()
    done = merged(kept, dropped)
    with transaction():
        service.correct(
            customer=service.find(kept.id),
            field="city",
            value="Espoo",
            source=sources.own_source(),
            obtained_on=date(2026, 11, 23),
            by=None,
            reason="oikaisu",
        )

    assert "sen jälkeen on muuttunut: asiakkaan tiedot." in happened(done)
    with pytest.raises(RuleViolation, match="ei voi enää perua"):
        undo(done)


def test_a_new_request_prevents_the_undoing_and_is_named(app):
    kept, dropped = make_person(), make_person()
    done = merged(kept, dropped)
    make_case(customer=service.find(kept.id))

    assert "muuttunut: pyynnöt." in happened(done)


def test_a_moved_request_that_has_been_handled_prevents_the_undoing(app):
    kept, dropped = make_person(), make_person()
    case = make_case(customer=dropped)
    done = merged(kept, dropped)
    clerk = make_clerk()
    with transaction():
        cases.advance(case=cases.find(case.id), state="in_review", by=clerk)

    assert "pyynnöt" in happened(done)


def test_a_customer_put_into_the_archive_since_prevents_the_undoing(app):
    kept, dropped = make_person(), make_person()
    done = merged(kept, dropped)
    clerk = make_clerk()
    with transaction():
        service.archive(customer=service.find(kept.id), by=clerk)

    assert "asiakkaan tiedot" in happened(done)


def test_a_merge_is_undone_only_once(app):
    done = merged(make_person(), make_person())
    undo(done)

    with pytest.raises(RuleViolation, match="Yhdistäminen on jo peruttu"):
        undo(done)


def test_of_a_chain_the_later_link_is_undone_first(app):
    first, second, third = make_person(), make_person(), make_person()
    before = everything()
    one = merged(second, first)
    other = merged(third, second)
    assert db.session.get(Customer, first.id).merged_into_id == third.id
    assert f"yhdistetty asiakkaaseen {third.id}" in happened(one)

    undo(other)
    assert db.session.get(Customer, first.id).merged_into_id == second.id
    undo(one)

    assert everything() == before


def test_people_of_an_organisation_may_change_without_preventing_the_undoing(app):
    kept, dropped = make_organisation("Äijälän Sähkö Oy"), make_organisation("Äijälän Sähkö")
    person = make_person(organisation="Äijälän Sähkö")
    done = merged(kept, dropped)
    assert service.find(person.id).organisation_id == kept.id
    with transaction():
        service.change(
            customer=service.find(person.id),
            values={"phone": "050 765 4321"},
            source=make_source_inside(),
            obtained_on=date(2026, 11, 20),
            by=None,
            reason="Tieto on muuttunut",
        )

    undo(done)

    assert service.find(person.id).organisation_id == dropped.id


def make_source_inside():
    return sources.own_source()


def test_the_sources_and_days_come_back_with_the_data(app):
    fair = make_source()
    kept = make_person()
    dropped = make_person(phone="050 765 4321", source=fair, obtained_on=date(2025, 9, 1))
    undo(merged(kept, dropped, phone="dropped"))

    db.session.rollback()
    phone = service.current(service.find(dropped.id))["phone"]
    assert (phone.source.name, phone.obtained_on, phone.ended_at) == (fair.name, date(2025, 9, 1), None)
