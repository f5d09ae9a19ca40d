"""The list of invoices, the search by number, the work queue, the card; who sees them."""

import re
from datetime import date

import pytest
from sqlalchemy import event, text

from rekisteri.billing import card, lists
from rekisteri.kernel.db import db
from tests.billing.factories import (
    TODAY,
    credit_invoice,
    make_application,
    make_collection,
    make_invoice,
    pay,
)
from tests.customers.factories import make_person


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


@pytest.fixture
def mixed(maija):
    """One invoice of each kind, by its number."""
    make_invoice(maija, number="OPEN", due_on=date(2026, 12, 1))
    make_invoice(maija, number="LATE")
    make_collection(make_invoice(maija, number="COLLECTED", due_on=date(2026, 9, 10)))
    pay(make_invoice(maija, number="PAID"))
    credit_invoice(make_invoice(maija, number="CREDITED"))


def numbers(answer) -> list[str]:
    return [row.text.strip() for row in answer.page.select("#laskut tbody th")]


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("avoimet", ["COLLECTED", "LATE", "OPEN"]),
        ("eraantyneet", ["COLLECTED", "LATE"]),
        ("perinnassa", ["COLLECTED"]),
        ("maksetut", ["PAID"]),
        ("hyvitetyt", ["CREDITED"]),
        ("kaikki", ["CREDITED", "PAID", "COLLECTED", "LATE", "OPEN"]),
        ("mitä-tahansa", ["CREDITED", "PAID", "COLLECTED", "LATE", "OPEN"]),
    ],
)
def test_invoices_are_listed_by_how_they_stand(client, sign_in, mixed, view, shown):
    sign_in("kasittelija")

    assert numbers(client.get(f"/laskutus/?tila={view}")) == shown


def test_the_list_opens_with_what_is_owed(client, sign_in, mixed):
    sign_in("kasittelija")

    page = client.get("/laskutus/")

    assert numbers(page) == ["COLLECTED", "LATE", "OPEN"]
    assert page.page.select_one("main nav [aria-current]").text == "Avoimet"
    assert [tag.text for tag in page.page.select("#laskut .tag")] == ["Perinnässä", "Erääntynyt", "Avoin"]


@pytest.mark.parametrize("view", ["avoimet", "kaikki"])
def test_pages_follow_each_other_and_lead_back_also_within_one_day(maija, view, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    made = [make_invoice(maija).id for _ in range(5)]
    expected = made if view == "avoimet" else made[::-1]

    first = lists.invoices(view, on=TODAY)
    second = lists.invoices(view, on=TODAY, after=first.after)
    third = lists.invoices(view, on=TODAY, after=second.after)
    back = lists.invoices(view, on=TODAY, before=third.before)
    start = lists.invoices(view, on=TODAY, before=back.before)

    assert [row.id for part in (first, second, third) for row in part.rows] == expected
    assert (first.before, third.after) == (None, None)
    assert [row.id for row in back.rows] == expected[2:4]
    assert [row.id for row in start.rows] == expected[:2]
    assert start.before is None


def test_an_invoice_is_found_by_the_beginning_of_its_number(client, sign_in, maija):
    for number in ("2026-1", "2026-10", "2026-2", "126"):
        make_invoice(maija, number=number)
    sign_in("kasittelija")
    token = client.get("/laskutus/").page.select_one("#haku [name=csrf_token]")["value"]

    whole = client.post("/laskutus/", data={"q": " 2026-1", "csrf_token": token})
    part = client.htmx("/laskutus/", method="POST", data={"q": "2026-1", "csrf_token": token})

    assert numbers(whole) == numbers(part) == ["2026-1", "2026-10"]
    assert part.page.html is None
    for nothing in ("%", "_", "*", '"', "NEAR("):
        assert "Ei osumia" in client.post("/laskutus/", data={"q": nothing, "csrf_token": token}).main
    assert client.post("/laskutus/", data={"q": "1" * 10_000, "csrf_token": token}).status_code == 422


def test_the_search_of_customers_knows_invoice_numbers(app, maija):
    invoice = make_invoice(maija, number="L-77")

    with app.test_request_context():
        (hit,) = card.find_by_number(" l-77 ")
        assert (hit.label, hit.url, hit.customer_id) == ("Lasku L-77", f"/laskutus/{invoice.id}", maija.id)
        assert card.find_by_number("L-7") == card.find_by_number("%") == card.find_by_number("1" * 100) == []


def test_a_customer_who_owes_something_is_not_proposed_for_the_archive(maija):
    other = make_person(last_name="Velaton")
    make_invoice(maija)
    pay(make_invoice(other))
    assert card.going_on([maija.id, other.id]) == {maija.id: "avoin lasku"}

    make_invoice(maija)
    assert card.going_on([maija.id]) == {maija.id: "2 avointa laskua"}


def test_the_work_queue_shows_overdue_invoices_that_nobody_collects(client, sign_in, mixed):
    sign_in("kasittelija")

    part = client.get("/").page.select_one("#saatavat")

    assert part.h2.text == "Erääntyneet laskut ilman perintää (1)"
    assert [row.text for row in part.select("tbody th")] == ["LATE"]


def test_the_work_queue_shows_no_invoices_to_readers(client, sign_in, mixed):
    sign_in("lukija")

    assert client.get("/").page.select_one("#saatavat") is None


def test_the_card_tells_what_is_owed_and_what_is_collected(client, sign_in, mixed, maija):
    sign_in("kasittelija")

    panel = " ".join(client.get(f"/asiakkaat/{maija.id}").page.select_one("#laskut").text.replace("\xa0", " ").split())

    assert "Maksamatta yhteensä 360,00 €." in panel
    assert "Perintä alkoi 1.10.2026: maksumuistutus 1.10.2026." in panel
    assert panel.count("Erääntynyt") == 1


def test_the_card_shows_nothing_of_billing_to_readers(client, sign_in, mixed, maija):
    sign_in("lukija")

    assert client.get(f"/asiakkaat/{maija.id}").page.select_one("#laskut") is None


def statements(act) -> list[str]:
    sent: list[str] = []
    note = lambda *given: sent.append(given[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return sent


@pytest.mark.parametrize("address", ["/laskutus/", "/laskutus/?tila=kaikki", "/asiakkaat/{maija}", "/laskutus/luotot/"])
def test_a_page_costs_as_many_statements_with_ten_rows_as_with_one(client, sign_in, maija, address):
    sign_in("kasittelija")
    page, counts = address.format(maija=maija.id), []
    for _ in range(2):
        make_collection(make_invoice(make_person(last_name="Eri")))
        for _ in range(4):
            make_collection(make_invoice(maija))
            make_application(maija)
        client.get(page)
        counts.append(len(statements(lambda: client.get(page))))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("act", "index"),
    [
        (lambda: lists.overdue_uncollected(TODAY, 8), "ix_invoice_waiting"),
        (lambda: lists.invoices("avoimet", on=TODAY, after=1), "ix_invoice_state_due_on_id"),
        (lambda: lists.invoices("kaikki", on=TODAY, after=1), "ix_invoice_invoiced_on_id"),
        (lambda: lists.invoices("perinnassa", on=TODAY), "ix_invoice_collected_due_on_id"),
        (lambda: lists.by_number("10"), "invoice"),
        (lambda: lists.applications(undecided=True), "ix_credit_application_state_applied_on_id"),
    ],
)
def test_no_list_reads_the_whole_table(maija, act, index):
    make_invoice(maija)
    if db.engine.dialect.name != "sqlite":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "

    def note(connection, cursor, statement, parameters, context, many):
        if re.match(r"SELECT .*FROM (invoice|credit_application)", statement, re.DOTALL):
            plans.append("\n".join(str(row) for row in connection.exec_driver_sql(explain + statement, parameters)))

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    told = "\n".join(plans)

    if db.engine.dialect.name == "sqlite":  # PostgreSQL chooses among indexes by how many rows there are
        assert index in told
    assert not any(word in told for word in ("SCAN invoice\n", "USE TEMP B-TREE", "Seq Scan on"))


PAGES = {
    "/laskutus/": {"kasittelija", "vastuuhenkilo"},
    "/laskutus/luotot/": {"kasittelija", "vastuuhenkilo"},
    "/laskutus/{invoice}": {"kasittelija", "vastuuhenkilo"},
    "/laskutus/{invoice}/maksu": {"kasittelija", "vastuuhenkilo"},
    "/laskutus/perinnat/{collection}": {"kasittelija", "vastuuhenkilo"},
    "/laskutus/luotot/{application}": {"kasittelija", "vastuuhenkilo"},
    "/laskutus/luotot/{application}/ratkaise": {"vastuuhenkilo"},
    "/laskutus/tuo": {"kasittelija", "vastuuhenkilo"},
}


@pytest.mark.parametrize("role", ["lukija", "kasittelija", "vastuuhenkilo", "paakayttaja"])
def test_a_role_reaches_its_pages_and_no_others(client, sign_in, maija, role):
    invoice = make_invoice(maija)
    ids = {"invoice": invoice.id, "collection": make_collection(invoice).id, "application": make_application(maija).id}
    sign_in(role)

    reached = {page: client.get(page.format(**ids)).status_code for page in PAGES}

    assert reached == {page: 200 if role in roles else 403 for page, roles in PAGES.items()}


@pytest.mark.promise("atk.sitoumus")
def test_without_a_commitment_nobody_sees_what_anybody_owes(client, sign_in, mixed):
    sign_in("vastuuhenkilo", committed=False)

    for page in ("/laskutus/", "/laskutus/1", "/laskutus/luotot/", "/laskutus/perinnat/1"):
        answer = client.get(page)
        assert answer.status_code == 403
        assert "Virtanen" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/laskutus/4711",
        "/laskutus/perinnat/4711",
        "/laskutus/luotot/4711",
        "/laskutus/uusi/4711",
        "/laskutus/tuonnit/4711",
    ],
)
def test_what_is_not_there_is_not_found(client, sign_in, address):
    sign_in("vastuuhenkilo")

    assert client.get(address).status_code == 404
