"""What is counted: the right people on the right days, nobody who is not to be seen, the same on both databases."""

from datetime import UTC, date, datetime

import pytest

from rekisteri.customers import service as customers
from rekisteri.kernel.db import transaction
from rekisteri.restrictions import service as restrictions
from rekisteri.statistics import service
from rekisteri.statistics.requests import outcome
from rekisteri.statistics.rules import SMALLEST
from tests.customers.factories import make_clerk, make_person, make_source
from tests.disclosures.factories import make_recipient
from tests.statistics.factories import make_disclosures, make_orders, make_people, make_requests

MARCH = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def today(app, freeze):
    freeze("2026-11-23")


def counted(subject):
    return service.refresh().figures[subject]


def year(series, key="2026"):
    return series["splits"]["year"][key]


def month(series, key):
    quarter = f"{key[:4]}/{(int(key[5:]) + 2) // 3}"
    return year(series, key[:4])["splits"]["quarter"][quarter]["splits"]["month"][key]["figures"]


def parts(group, split):
    return {key: part["figures"] for key, part in group["splits"][split].items() if part["figures"] != {"count": 0}}


class TestCustomers:
    def test_are_counted_by_the_month_they_came(self):
        make_people(6, on=MARCH)
        make_people(7, on=date(2026, 4, 1))
        found = counted("customers")["person"]
        assert month(found, "2026-03") == {"count": 6}
        assert month(found, "2026-04") == {"count": 7}
        assert year(found)["figures"] == {"count": 13}

    def test_people_and_organisations_are_counted_apart(self):
        make_people(6)
        make_people(8, kind="organisation")
        found = counted("customers")
        assert found["person"]["figures"] == {"count": 6}
        assert found["organisation"]["figures"] == {"count": 8}

    @pytest.mark.parametrize("state", ["merged", "incoming"])
    def test_that_are_seen_nowhere_else_are_not_counted(self, state):
        make_people(6)
        make_people(9, state=state)
        assert counted("customers")["person"]["figures"] == {"count": 6}

    def test_in_the_archive_are_still_in_the_register(self):
        make_people(6)
        make_people(5, state="archived")
        assert counted("customers")["person"]["figures"] == {"count": 11}

    @pytest.mark.parametrize(
        ("moment", "key"),
        [
            (datetime(2026, 3, 31, 20, 59, tzinfo=UTC), "2026-03"),
            (datetime(2026, 3, 31, 21, 1, tzinfo=UTC), "2026-04"),
            (datetime(2026, 10, 31, 21, 30, tzinfo=UTC), "2026-10"),
            (datetime(2026, 10, 31, 22, 1, tzinfo=UTC), "2026-11"),
            (datetime(2025, 12, 31, 22, 30, tzinfo=UTC), "2026-01"),
        ],
    )
    def test_came_in_the_month_that_the_finnish_clock_showed(self, moment, key):
        make_people(5, on=moment)
        assert month(counted("customers")["person"], key) == {"count": 5}

    def test_are_divided_by_the_kind_of_their_source_and_never_by_its_name(self):
        make_people(6)
        make_people(8, source=make_source("Maija Meikäläisen vinkki", "other"))
        found = counted("customers")
        assert parts(found["person"], "source") == {"self": {"count": 6}, "other": {"count": 8}}
        assert "Maija" not in str(found)

    def test_keep_the_source_of_their_first_datum_when_something_changes(self):
        make_people(5)
        person = make_person()
        with transaction():
            customers.change(
                customer=person,
                values={"last_name": "Korhonen"},
                source=customers.own_source(),
                obtained_on=MARCH,
                by=make_clerk(),
                reason="Nimi vaihtui",
            )
        assert parts(counted("customers")["person"], "source") == {"self": {"count": 6}}

    def test_are_divided_by_the_beginning_of_their_postcode(self):
        make_people(6, values={"postcode": "33100", "city": "Tampere"})
        make_people(7, values={"postcode": "33720", "city": "Tampere"})
        make_people(5, values={"postcode": "00100", "city": "Helsinki"})
        assert parts(counted("customers")["person"], "area") == {"33": {"count": 13}, "00": {"count": 5}}

    def test_abroad_are_one_area_and_those_without_a_postcode_another(self):
        make_people(6, values={"postcode": "11122", "city": "Stockholm", "country": "Ruotsi"})
        make_people(7)
        make_people(5, values={"postcode": "11130", "city": "Riihimäki"})
        found = parts(counted("customers")["person"], "area")
        assert found == {"abroad": {"count": 6}, "unknown": {"count": 7}, "11": {"count": 5}}

    def test_put_into_the_archive_are_counted_by_the_day_of_it(self):
        clerk = make_clerk()
        for one in make_people(5, on=date(2025, 1, 7)):
            with transaction():
                customers.archive(customer=customers.find(one), by=clerk)
        assert month(counted("customers")["archived"], "2026-11") == {"count": 5}


class TestOrders:
    def test_are_counted_with_their_value_by_the_day_they_were_ordered(self):
        make_orders(make_people(5), on=MARCH, total=12345)
        assert month(counted("orders")["orders"], "2026-03") == {"count": 5, "cents": 5 * 12345}

    @pytest.mark.parametrize("state", ["quote", "cancelled"])
    def test_that_came_to_nothing_are_no_sales(self, state):
        ids = make_people(5)
        make_orders(ids, on=MARCH)
        make_orders(ids, on=MARCH, state=state)
        assert month(counted("orders")["orders"], "2026-03")["count"] == 5

    def test_of_fewer_than_five_customers_are_hidden_however_many_they_are(self):
        ids = make_people(9)
        for day in range(1, 8):
            make_orders(ids[:3], on=date(2026, 3, day))
        make_orders(ids, on=date(2026, 4, 1))
        found = counted("orders")["orders"]
        assert month(found, "2026-03") is None
        assert year(found)["figures"]["count"] == 30

    def test_are_divided_by_state_year_by_year(self):
        ids = make_people(12)
        make_orders(ids[:5], on=MARCH)
        make_orders(ids[5:], on=MARCH, state="delivered")
        assert parts(year(counted("orders")["orders"]), "state") == {
            "ordered": {"count": 5, "cents": 50000},
            "delivered": {"count": 7, "cents": 70000},
            "confirmed": {},
        }


class TestRequests:
    def test_are_counted_by_the_day_they_came_and_by_channel(self):
        make_requests(make_people(6), on=date(2026, 10, 1))
        make_requests(make_people(5), on=date(2026, 10, 5), channel="email", signature="not_applicable")
        found = counted("requests")["requests"]
        assert month(found, "2026-10") == {"count": 11}
        assert {k: v for k, v in parts(year(found), "channel").items() if v} == {
            "letter": {"count": 6},
            "email": {"count": 5},
        }

    def test_tell_the_median_of_days_to_the_answer(self):
        ids = make_people(5)
        for number, one in enumerate(ids):
            make_requests([one], on=date(2026, 10, 1), closed=date(2026, 10, 4 + 3 * number))
        assert month(counted("requests")["days"], "2026-10") == {"days": 9}

    def test_of_one_person_are_one_persons_however_many(self):
        make_requests(make_people(1) * SMALLEST, on=date(2026, 10, 1))
        assert counted("requests")["requests"]["figures"] is None

    def test_are_divided_by_the_right_they_concern(self):
        make_requests(make_people(5), on=date(2026, 10, 1))
        assert year(counted("requests")["rights"])["splits"]["right"]["rectification"]["figures"] == {"count": 5}

    @pytest.mark.parametrize(
        ("state", "answered", "told"),
        [
            ("closed", date(2026, 11, 16), "in_time"),
            ("closed", date(2026, 11, 17), "after"),
            ("decided", None, "overdue"),
            ("withdrawn", None, "withdrawn"),
        ],
    )
    def test_keep_or_miss_their_deadline(self, state, answered, told):
        assert outcome(state=state, deadline=date(2026, 11, 16), answered=answered, on=date(2026, 11, 23)) == told

    def test_whose_last_day_is_today_are_not_late(self):
        day = date(2026, 11, 23)
        assert outcome(state="in_review", deadline=day, answered=None, on=day) == "open"


class TestDisclosures:
    def test_are_counted_by_the_role_of_the_recipient_and_by_ground_and_never_by_name(self):
        ids = make_people(11)
        make_disclosures(ids[:5], make_recipient(), on=MARCH)
        make_disclosures(ids[5:], make_recipient(name="Poliisi", role="authority"), on=MARCH, ground="law")
        found = counted("disclosures")
        told = year(found["disclosures"])
        assert {k: v for k, v in parts(told, "role").items() if v} == {
            "controller": {"count": 5},
            "authority": {"count": 6},
        }
        assert {k: v for k, v in parts(told, "ground").items() if v} == {
            "collection": {"count": 5},
            "law": {"count": 6},
        }
        assert "Poliisi" not in str(found)

    def test_of_somebody_whose_processing_is_restricted_are_not_counted(self):
        ids = make_people(6)
        make_disclosures(ids, make_recipient(), on=MARCH)
        assert counted("disclosures")["disclosures"]["figures"] == {"count": 6}
        owner = make_clerk()
        with transaction():
            restrictions.restrict(customer=customers.find(ids[0]), ground="claim", by=owner, on=MARCH)
        assert counted("disclosures")["disclosures"]["figures"] == {"count": 5}


def test_an_empty_register_can_be_counted():
    assert all(figures for figures in service.refresh().figures.values())
