"""The archive is proposed by the clock and decided by a person."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import archiving, rules, service
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.settings import service as settings
from tests.customers.factories import make_clerk, make_organisation, make_person

TODAY = date(2026, 11, 23)
PAGE = "/asiakkaat/arkistoehdotukset"


@pytest.fixture(autouse=True)
def nothing_going_on(monkeypatch):
    """Only the obstacles that a test tells."""
    monkeypatch.setattr(archiving, "_obstacles", [])


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def silent_since(day, name="Virtanen", state="active"):
    customer = make_person(last_name=name, email="", phone="")
    with transaction():
        row = db.session.get(Customer, customer.id)
        row.active_on, row.state = day, state
    return customer.id


def proposed(after=None, size=50, years=3):
    found = archiving.proposals(years=years, on=TODAY, after=after, size=size)
    return [customer.id for customer in found.rows], found.after


def state(customer_id):
    return db.session.scalar(select(Customer.state).filter_by(id=customer_id))


def ticked(answer):
    return [int(box["value"]) for box in answer.page.select("input[name=chosen]")]


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2026, 11, 23), 3, date(2023, 11, 23)),
        (date(2028, 2, 29), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
    ],
)
def test_years_are_counted_by_the_calendar(day, years, before):
    assert rules.years_before(day, years) == before


@pytest.mark.promise("kaytto.yllapito")
def test_those_silent_for_three_years_are_proposed_the_longest_silent_first(app):
    newer = silent_since(date(2023, 11, 22))
    older = silent_since(date(2019, 1, 1))
    silent_since(date(2023, 11, 23))

    assert proposed() == ([older, newer], None)


@pytest.mark.parametrize("hidden", ["archived", "merged", "incoming"])
def test_only_those_in_the_daily_lists_are_proposed(app, hidden):
    silent_since(date(2019, 1, 1), state=hidden)

    assert proposed() == ([], None)


def test_proposals_are_turned_page_by_page_without_losing_or_repeating_anybody(app):
    expected = [silent_since(date(2020, 1, 1)) for _ in range(7)]

    first, after = proposed(size=3)
    second, after = proposed(after, size=3)
    third, end = proposed(after, size=3)

    assert (first + second + third, end) == (expected, None)


def test_who_has_something_going_on_is_kept_out_and_the_page_tells_why(client, clerk):
    free, busy = silent_since(date(2020, 1, 1)), silent_since(date(2019, 1, 1), "Kiireinen")
    archiving.add_obstacle(lambda ids: {one: "avoin lasku" for one in ids if one == busy})
    archiving.add_obstacle(lambda ids: {one: "avoin tilaus" for one in ids if one == busy})

    answer = client.get(PAGE)

    assert ticked(answer) == [free]
    assert "Jätetty pois, koska jokin on kesken: 1" in answer.text
    assert "avoin lasku, avoin tilaus" in answer.main


def test_a_clerk_archives_those_who_were_ticked(client, clerk):
    kept, gone = silent_since(date(2020, 1, 1)), silent_since(date(2019, 1, 1))

    answer = client.submit(PAGE, {"chosen": str(gone)}, follow=True)

    assert "1 asiakas on arkistoitu." in answer.text
    assert (state(kept), state(gone)) == ("active", "archived")
    logged = db.session.scalars(select(AuditEvent.subject).filter_by(event="customer.archived")).all()
    assert logged == [f"customer:{gone}"]


def test_a_clerk_archives_the_whole_page_at_once(client, clerk):
    customers = [silent_since(date(2020, 1, day)) for day in (1, 2, 3)]

    answer = client.get(PAGE)
    fields = {
        "csrf_token": answer.page.select_one("input[name=csrf_token]")["value"],
        "once": answer.page.select_one("main input[name=once]")["value"],
        "all": [str(one) for one in customers],
        "everybody": "1",
    }
    told = client.post(PAGE, data=fields, follow_redirects=True)

    assert "3 asiakasta on arkistoitu." in told.text
    assert [state(one) for one in customers] == ["archived"] * 3
    assert "Ei ehdotuksia" in told.text


def test_nothing_is_archived_when_nobody_was_ticked(client, clerk):
    customer = silent_since(date(2020, 1, 1))

    answer = client.submit(PAGE, {}, follow=True)

    assert "Valitse ensin ainakin yksi asiakas." in answer.text
    assert state(customer) == "active"


def test_who_has_come_alive_since_the_page_was_opened_is_passed_over(app):
    gone, alive, busy = (silent_since(date(2019, 1, day)) for day in (1, 2, 3))
    clerk = make_clerk()
    with transaction():
        service.touch(alive, date(2026, 11, 20))
    archiving.add_obstacle(lambda ids: dict.fromkeys({busy} & set(ids), "avoin lasku"))

    with transaction():
        count = archiving.archive_proposed(ids=[gone, alive, busy, 4711], years=3, on=TODAY, by=clerk)

    assert (count, state(gone), state(alive), state(busy)) == (1, "archived", "active", "active")


def test_those_passed_over_are_told(client, clerk):
    gone, alive = silent_since(date(2019, 1, 1)), silent_since(date(2019, 1, 2))
    page = client.get(PAGE)
    hidden = {
        field["name"]: field["value"]
        for field in page.page.select("main input[name=once], main input[name=csrf_token]")
    }
    with transaction():
        service.touch(alive, TODAY)

    answer = client.post(PAGE, data=hidden | {"chosen": [str(gone), str(alive)]}, follow_redirects=True)

    assert "1 asiakas on arkistoitu. Ohitettiin 1, koska heidän tilanteensa on muuttunut." in answer.text


def test_the_restored_are_not_proposed_at_once_again(app):
    customer, clerk = silent_since(date(2019, 1, 1), state="archived"), make_clerk()

    with transaction():
        service.restore(customer=service.find(customer), by=clerk)

    assert (state(customer), proposed()) == ("active", ([], None))


def test_the_years_are_set_in_the_settings(client, sign_in, app):
    owner = sign_in("vastuuhenkilo")
    customer = silent_since(date(2024, 11, 1))
    assert ticked(client.get(PAGE)) == []

    refused = client.submit("/asetukset/rekisteri", {"archive_after_years": "nolla"})
    client.submit("/asetukset/rekisteri", {"archive_after_years": "2"})

    assert (refused.status_code, settings.current().archive_after_years) == (422, 2)
    assert ticked(client.get(PAGE)) == [customer]
    assert owner


def test_organisations_are_proposed_as_people_are(client, clerk):
    organisation = make_organisation("Äijälän Sähkö Oy")
    with transaction():
        db.session.get(Customer, organisation.id).active_on = date(2018, 5, 1)

    row = client.get(PAGE).page.select_one("main tbody tr")

    assert "Äijälän Sähkö Oy" in row.text
    assert "1.5.2018" in row.text
