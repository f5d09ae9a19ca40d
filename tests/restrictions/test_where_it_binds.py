"""Restricted data are only kept: every way of using them is tried, with and without an exception (GDPR art. 18(2))."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rekisteri.customers import marks, merging, representing, uses
from rekisteri.customers import service as customers
from rekisteri.customers.bulk_changes import Change, Whence, change_many
from rekisteri.customers.models import Customer
from rekisteri.disclosures import service as disclosures
from rekisteri.disclosures.exporting import service as exporting
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import rules as order_rules
from rekisteri.orders import service as orders
from rekisteri.orders.models import Order
from rekisteri.restrictions import exceptions
from rekisteri.restrictions.bars import MARK
from rekisteri.statistics import counting
from rekisteri.statistics import service as statistics
from tests.restrictions.factories import TODAY, allow, end, lift, make_customer, make_desk, post, restrict
from tests.staff.factories import make_user

RESTRICTED = "Asiakkaan tietojen käsittely on rajoitettu"


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def change(desk, **values):
    with transaction():
        return customers.change(
            customer=desk.customer, values=values, source=customers.own_source(), obtained_on=TODAY, by=desk.owner,
            reason="Tieto on muuttunut",
        )  # fmt: skip


def disclose(desk):
    with transaction():
        return disclosures.record_disclosure(
            customer=desk.customer, recipient=desk.recipient, fields=["city"], disclosed_on=TODAY,
            purpose="avoin lasku", ground="collection", by=desk.owner,
        )  # fmt: skip


def order(desk):
    with transaction():
        line = order_rules.Line("Tuoli", 1000, "kpl", 4500)
        return orders.create(customer=desk.customer, state="ordered", lines=[line], on=TODAY, by=desk.owner)


def permitted(use):
    return list(db.session.scalars(uses.permitted(select(Customer.id), use)))


@pytest.mark.promise("gdpr.rajoittaminen")
class TestEveryUse:
    @pytest.mark.parametrize("use", sorted(uses.USES))
    def test_is_barred_for_a_customer_all_of_whose_data_are_restricted(self, desk, use):
        assert permitted(use) == [desk.customer.id]
        restrict(desk)
        assert permitted(use) == []
        with pytest.raises(RuleViolation, match=RESTRICTED):
            uses.check(desk.customer.id, use)

    @pytest.mark.parametrize("use", sorted(uses.USES.keys() - {"dealing", "completing", "editing"}))
    def test_is_barred_also_when_only_some_data_are_disputed(self, desk, use):
        restrict(desk, "accuracy", fields=["phone"])
        assert permitted(use) == []
        assert uses.left_out(select(Customer.id), use) == {"käsittely rajoitettu": 1}

    @pytest.mark.parametrize("use", sorted(uses.USES))
    def test_is_free_again_once_the_restriction_has_ended(self, desk, use):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        assert permitted(use) == []
        end(desk, made)
        assert permitted(use) == [desk.customer.id]
        assert uses.why_not(desk.customer.id, use) == []

    def test_of_others_stays_free(self, desk):
        with transaction():
            other = make_customer(desk.owner, first_name="Aino")
        restrict(desk)
        assert permitted("listing") == [other.id]


@pytest.mark.promise("gdpr.rajoittaminen")
class TestWhoeverUsesTheData:
    def test_an_export_leaves_the_customer_out_and_says_so(self, desk):
        with transaction():
            make_customer(desk.owner, last_name="Öhman")
        restrict(desk)
        names = [
            row[exporting.fields().index("last_name")]
            for row in exporting.rows(exporting.fields(), exporting.selected("all"))
        ]
        assert names == ["Öhman"]
        assert exporting.left_out() == {"käsittely rajoitettu": 1}
        with transaction():
            made, _ = exporting.record_export(selection="all", file_kind="csv", purpose="kirjeet", by=desk.owner)
        assert made.count == 1

    def test_an_export_of_nobody_else_is_refused(self, desk):
        restrict(desk)
        with pytest.raises(RuleViolation, match="ei ole yhtään asiakasta, jonka tietoja saa käyttää"), transaction():
            exporting.record_export(selection="all", file_kind="csv", purpose="kirjeet", by=desk.owner)

    def test_a_disclosure_is_refused_with_the_way_to_go_on(self, desk):
        restrict(desk)
        with pytest.raises(RuleViolation, match="kirjaa se ensin poikkeukseksi"):
            disclose(desk)

    def test_a_new_order_is_refused(self, desk):
        restrict(desk)
        with pytest.raises(RuleViolation, match=RESTRICTED):
            order(desk)

    def test_a_disputed_phone_number_does_not_stop_an_order(self, desk):
        restrict(desk, "accuracy", fields=["phone"])
        assert order(desk).id


@pytest.mark.promise("gdpr.rajoittaminen")
class TestChangingTheData:
    def test_is_refused_and_everything_stands_as_it_stood(self, desk):
        restrict(desk)
        with pytest.raises(RuleViolation, match="Tietoja ei voi muuttaa"):
            change(desk, city="Espoo")
        assert customers.current(desk.customer)["city"].value == "Helsinki"

    def test_saving_without_a_change_offends_nobody(self, desk):
        restrict(desk)
        assert change(desk, city="Helsinki") == []

    def test_points_at_the_datum_that_is_disputed(self, desk):
        restrict(desk, "accuracy", fields=["phone"])
        with pytest.raises(RuleViolation) as refused:
            change(desk, city="Espoo", phone="050 765 4321")
        assert refused.value.field == "phone"

    def test_leaves_the_undisputed_free(self, desk):
        restrict(desk, "accuracy", fields=["phone"])
        assert change(desk, city="Espoo") == ["city"]

    def test_correcting_on_request_settles_the_dispute(self, desk):
        restrict(desk, "accuracy", fields=["city"])
        with transaction():
            customers.correct(
                customer=desk.customer, field="city", value="Espoo", source=customers.self_source(),
                obtained_on=TODAY, by=desk.owner, reason="oikaisu",
            )  # fmt: skip
        assert customers.current(desk.customer)["city"].value == "Espoo"

    def test_by_the_thousand_passes_the_restricted_over(self, desk):
        with transaction():
            other = make_customer(desk.owner, first_name="Aino")
        restrict(desk)
        source = customers.own_source()
        db.session.commit()
        wanted = [Change(one.id, one.version, {"city": "Espoo"}) for one in (desk.customer, other)]
        with transaction():
            made = change_many(wanted, Whence(source.id, TODAY, desk.owner.id, "tuonti"))
        assert made == {other.id}
        assert customers.current(desk.customer)["city"].value == "Helsinki"

    def test_two_rows_of_a_file_cannot_slip_a_change_in(self, desk):
        restrict(desk, "accuracy", fields=["phone"])
        source = customers.own_source()
        db.session.commit()
        version = desk.customer.version
        rows = [Change(desk.customer.id, version, values) for values in ({"phone": "+358501"}, {"city": "Espoo"})]
        with transaction():
            assert change_many(rows, Whence(source.id, TODAY, desk.owner.id, "tuonti")) == set()

    def test_a_merge_waits(self, desk):
        with transaction():
            other = make_customer(desk.owner)
        restrict(desk)
        with pytest.raises(RuleViolation, match=RESTRICTED), transaction():
            merging.merge(kept=other, dropped=desk.customer, choices={}, by=desk.owner)

    def test_a_role_waits(self, desk):
        restrict(desk)
        told = representing.Told("Malli Oy", "", None, None)
        with pytest.raises(RuleViolation, match=RESTRICTED), transaction():
            representing.add(
                person=desk.customer, told=told, source=customers.own_source(), obtained_on=TODAY, by=desk.owner
            )


class TestAnException:
    def test_lets_one_use_through_and_no_other(self, desk):
        made = restrict(desk)
        allow(desk, made, "dealing")
        assert order(desk).id
        with pytest.raises(RuleViolation, match=RESTRICTED):
            disclose(desk)

    def test_for_changing_lets_the_data_be_changed(self, desk):
        allow(desk, restrict(desk), "editing")
        assert change(desk, city="Espoo") == ["city"]

    def test_of_one_restriction_does_not_open_another(self, desk):
        made = restrict(desk)
        restrict(desk, "unlawful")
        allow(desk, made, "disclosure")
        with pytest.raises(RuleViolation, match=RESTRICTED):
            disclose(desk)

    @pytest.mark.parametrize("use", ["direct_mail", "export", "listing", "statistics", "interface"])
    def test_never_leads_into_what_is_done_with_many(self, desk, use):
        made = restrict(desk)
        with pytest.raises(RuleViolation, match="Valitse, mihin tietoja käytetään"):
            allow(desk, made, use)

    def test_ends_by_itself_when_its_day_has_passed(self, desk, freeze):
        allow(desk, restrict(desk), "disclosure", until=TODAY + timedelta(days=2))
        freeze("2026-11-25")
        assert permitted("disclosure") == [desk.customer.id]
        freeze("2026-11-26")
        assert permitted("disclosure") == []

    def test_is_stopped_at_once_when_the_consent_is_withdrawn(self, desk):
        made = restrict(desk)
        allow(desk, made, "disclosure", until=TODAY + timedelta(days=30))
        with transaction():
            exceptions.stop(exception=made.exceptions[0], by=desk.owner, on=TODAY)
        assert permitted("disclosure") == []
        with pytest.raises(RuleViolation, match="ei ole enää voimassa"), transaction():
            exceptions.stop(exception=made.exceptions[0], by=desk.owner, on=TODAY)

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"ground": "curiosity"}, "ground"),
            ({"why": "lupa"}, "why"),
            ({"until": TODAY - timedelta(days=1)}, "until"),
            ({"until": TODAY + timedelta(days=93)}, "until"),
        ],
    )
    def test_says_what_why_and_until_when(self, desk, told, field):
        made = restrict(desk)
        with pytest.raises(RuleViolation) as refused:
            allow(desk, made, "disclosure", **told)
        assert refused.value.field == field
        assert made.exceptions == []


class TestTheMark:
    def test_stands_beside_the_name_while_anything_is_restricted(self, desk):
        with transaction():
            other = make_customer(desk.owner, first_name="Aino")
        restrict(desk, "accuracy", fields=["phone"])
        assert marks.marks([desk.customer, other]) == {desk.customer.id: [MARK], other.id: []}

    def test_goes_with_the_restriction(self, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        assert marks.marks([desk.customer]) == {desk.customer.id: []}

    def test_of_nobody_costs_no_question(self, app):
        assert marks.marks([]) == {}


def test_the_page_of_statistics_tells_how_many_are_left_out_and_why(desk, client, sign_in):
    sign_in("lukija", client=client)
    whole = client.get("/tilastot/").main
    restrict(desk)
    statistics.refresh()
    assert "Kaikki asiakkaat eivät ole mukana" not in whole
    assert "käsittely rajoitettu (1)." in client.get("/tilastot/").main


@pytest.mark.promise("gdpr.rajoittaminen")
def test_the_statistics_count_neither_the_restricted_nor_their_orders(desk):
    order(desk)
    with transaction():
        make_customer(desk.owner, last_name="Öhman")
    everybody = set(db.session.scalars(select(Customer.id).where(counting.counted())))
    restrict(desk)
    rest = set(db.session.scalars(select(Customer.id).where(counting.counted())))
    assert everybody - rest == {desk.customer.id}
    assert list(db.session.scalars(select(Order.id).where(Order.customer_id.not_in(counting.uncounted_ids())))) == []
