"""Who is never in a selection, and what is told of those who stay out."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rekisteri.customers.models import Customer
from rekisteri.erasure.letting_go import let_go
from rekisteri.kernel.db import db, transaction
from rekisteri.selections import conditions, counting, service
from rekisteri.selections.rules import MARKETING, USES, WAYS, Choice
from rekisteri.staff.service import find_user
from tests.customers.factories import fill, make_organisation, make_person, make_source
from tests.customers.merging_help import merged
from tests.orders.factories import make_order
from tests.prohibitions.factories import forbid
from tests.restrictions.factories import Desk, restrict
from tests.selections.factories import chosen
from tests.staff.factories import make_user

TODAY = date(2026, 11, 23)


def left_out(**criteria):
    db.session.rollback()
    return service.left_out(Choice(**criteria))


@pytest.mark.promise("kaytto.kohdentaminen")
class TestWhoHasForbiddenIt:
    @pytest.mark.parametrize("use", [use for use in USES if use != "customer_relation"])
    def test_stays_out_of_that_use_and_is_counted(self, app, use):
        make_person(last_name="Salliva")
        forbid(make_person(last_name="Kieltävä"), use)
        assert chosen(use=use) == {"Salliva, Maija"}
        assert list(left_out(use=use).values()) == [1]

    def test_profiling_is_not_chosen_by_what_was_bought(self, app):
        customer = make_person()
        make_order(customer)
        forbid(customer, "profiling")
        assert chosen(cities=("Helsinki",)) == {"Virtanen, Maija"}
        assert chosen(cities=("Helsinki",), orders_least=1) == set()
        assert left_out(orders_least=1) == {"kielto: profilointi ja kohdennettu sisältö": 1}


def test_a_restricted_person_is_in_no_selection_and_a_buyer_is_told_of_what_was_bought(app):
    customer = make_person()
    make_order(customer)
    forbid(customer, "direct_mail", "profiling")
    assert chosen(use="customer_relation", orders_least=1) == {"Virtanen, Maija"}
    restrict(Desk(make_user("vastuuhenkilo"), customer, None))
    for use in USES:
        assert chosen(use=use) == set()
    assert left_out(use="customer_relation") == {"käsittely rajoitettu": 1}


class TestTheArchiveAndTheClock:
    def test_an_archived_customer_stays_out_unless_asked_for(self, app):
        fill(2, state="archived", street="Mäkitie 1", postcode="00100", city="Helsinki")
        assert chosen() == set()
        assert left_out() == {"arkistossa": 2}
        assert chosen(archived=True) == {"Virtanen, Maija"}

    def test_whoever_should_have_been_erased_by_now_is_used_no_more(self, app):
        customer = make_person()
        with transaction():
            db.session.get_one(Customer, customer.id).active_on = date(2021, 11, 22)
        assert left_out() == {"säilytysaika on päättynyt": 1}
        with transaction():
            db.session.get_one(Customer, customer.id).active_on = date(2021, 11, 23)
        assert left_out() == {}


class TestWhoCannotBeReached:
    def test_stays_out_by_the_way_that_is_chosen(self, app):
        make_person(last_name="Osoitteeton", street="", phone="")
        make_person(last_name="Postiton", email="")
        assert chosen(way="post") == {"Postiton, Maija"}
        assert chosen(way="phone") == {"Postiton, Maija"}
        assert chosen(way="email", use="opinion_research") == {"Osoitteeton, Maija"}
        assert len(chosen(way="none")) == 2
        assert left_out(way="post") == {"ei postiosoitetta": 1}

    def test_a_letter_reaches_a_person_at_the_organisation_they_represent(self, app):
        firm = make_organisation()
        make_person(street="", postcode="", city="", organisation=firm.display_name)
        assert chosen(kind="person") == {"Virtanen, Maija"}


class TestMarketingByEMail:
    def test_needs_a_purchase_and_an_address_told_by_the_person(self, app):
        bought, own = make_person(last_name="Ostanut"), make_person(last_name="Ostamaton")
        fair = make_person(last_name="Messuilta", source=make_source())
        for customer, state in ((bought, "delivered"), (own, "quote"), (fair, "ordered")):
            make_order(customer, state=state)
        make_organisation(email="toimisto@esimerkki.fi")
        assert chosen(way="email") == {"Ostanut, Maija", "Äijälän Sähkö Oy"}
        assert left_out(way="email") == {
            "ei suostumusta eikä asiakassuhdetta, johon sähköinen markkinointi voi perustua": 2
        }

    def test_of_a_survey_nothing_of_the_kind_is_asked(self, app):
        make_person()
        assert chosen(way="email", use="market_research") == {"Virtanen, Maija"}


def test_those_left_out_are_shown_by_name_with_every_reason_page_by_page(app, monkeypatch):
    monkeypatch.setattr(service, "PAGE_SIZE", 2)
    make_person(last_name="Mukana")
    for name in ("Aho", "Bergman", "Čapek"):
        forbid(make_person(last_name=name, street=""), "direct_mail")
    first = service.who_is_left_out(Choice())
    second = service.who_is_left_out(Choice(), after=first.after)
    assert [row.display_name for row, _ in first.rows + second.rows] == ["Aho, Maija", "Bergman, Maija", "Čapek, Maija"]
    assert second.after is None
    assert set(first.rows[0][1]) == {"kielto: suoramainonta", "ei postiosoitetta"}


def test_the_sample_tells_about_the_same_as_everybody(app, monkeypatch):
    fill(3000, city="Helsinki", street="Mäkitie 1", postcode="00100")
    fill(1500, city="Espoo")
    monkeypatch.setattr(counting, "SAMPLE", 900)
    choice = Choice(cities=("Helsinki", "Espoo"))
    db.session.rollback()
    whole, part = service.counted(choice), service.estimated(choice)
    assert (whole.matched, whole.count, whole.left_out) == (4500, 3000, {"ei postiosoitetta": 1500})
    assert not part.exact
    assert part.scale * part.matched == pytest.approx(4500, rel=0.02)
    assert part.scale * part.count == pytest.approx(3000, rel=0.1)
    assert part.about(part.matched) == "noin 4\u00a0500"


fates = st.lists(
    st.sampled_from(
        ["free", "forbids", "objects_to_profiling", "restricted", "merged", "erased", "archived", "incoming"]
    ),
    min_size=1,
    max_size=6,
)
criteria = st.fixed_dictionaries(
    {"use": st.sampled_from([use for use in USES if use != "customer_relation"]), "way": st.sampled_from(list(WAYS))},
    optional={"archived": st.booleans(), "orders_least": st.integers(0, 1), "cities": st.just(("Helsinki",))},
)


@settings(
    max_examples=8, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fates=fates, criteria=criteria)
def test_nobody_who_is_forbidden_restricted_merged_away_or_erased_is_ever_among_the_people(app, fates, criteria):
    owner = find_user("vastuussa") or make_user("vastuuhenkilo", username="vastuussa")
    outside = {_befall(fate, criteria["use"], owner) for fate in fates if fate != "free"}
    db.session.rollback()
    choice = Choice(**criteria)
    people = set(db.session.scalars(service.people(choice)))
    found = service.counted(choice)
    assert not people & outside
    assert len(people) == found.count
    assert found.matched - found.count <= sum(found.left_out.values())
    assert set(found.left_out) <= set(conditions.reasons(choice, TODAY))


def _befall(fate, use, owner):
    """Let something happen to a customer who has bought and can be reached; the id that must be in no selection."""
    if fate == "archived":
        return -1
    if fate == "incoming":
        fill(1, state="incoming", city="Helsinki")
        return db.session.scalar(db.select(db.func.max(Customer.id)))
    customer = make_person()
    number = customer.id
    make_order(customer, state="delivered")
    if fate == "forbids":
        forbid(customer, use)
    elif fate == "objects_to_profiling":
        forbid(customer, "profiling", use)
    elif fate == "restricted":
        restrict(Desk(owner, customer, None))
    elif fate == "merged":
        merged(make_person(), customer)
    elif fate == "erased":
        make_person(last_name="Myöhempi")  # or the next customer would get the erased one's id
        with transaction():
            let_go(customer_id=number, kind="erasure", forbidden=False, on=TODAY)
    return number


def test_marketing_is_what_the_law_on_e_mail_speaks_of():
    assert set(USES) > MARKETING
