"""What each room tells of a person: everything of theirs, in plain Finnish, and nobody else's data."""

from datetime import date

import pytest

from rekisteri.access.blueprint import VIEWED
from rekisteri.audit import service as audit
from rekisteri.customers import chapters, notes, representing
from rekisteri.customers import service as customers
from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.links import all_links
from rekisteri.kernel.db import transaction
from tests.access.factories import fill_every_room, make_request
from tests.billing.factories import make_invoice, pay
from tests.cases.factories import png, upload
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.disclosures.factories import make_disclosure, make_recipient_abroad
from tests.notice.factories import published
from tests.orders.factories import make_order


def told(customer, key):
    return chapters.chapters(customers.find(customer.id)).get(key)


def words(chapter):
    return " ".join(cell for row in chapter.rows for cell in row)


@pytest.fixture
def maija(app, freeze):
    freeze("2026-11-23")
    published()
    return make_person()


def test_a_room_that_holds_nothing_is_silent(maija):
    assert set(chapters.chapters(maija)) == {"data", "log"}


def test_chapters_stand_in_the_order_in_which_they_were_meant(maija):
    fill_every_room(maija)
    keys = list(chapters.chapters(maija))
    assert keys[:3] == ["data", "earlier_data", "representations"]
    assert keys[-1] == "log"


def test_what_was_read_to_answer_a_request_is_not_told_to_be_for_anything_else(maija):
    with transaction():
        audit.record(VIEWED, subject=maija.subject, by=make_clerk())
    (row,) = [row for row in told(maija, "log").rows if "luonnos" in row[1]]
    assert row[3] == "Pyyntönne käsittely"


def test_every_row_has_a_cell_for_each_column(maija):
    fill_every_room(maija)
    for chapter in chapters.chapters(maija).values():
        assert {len(row) for row in chapter.rows} == {len(chapter.head)}, chapter.title
        assert all(isinstance(cell, str) for row in chapter.rows for cell in row)


def test_records_have_exactly_the_keys_that_are_documented(maija):
    fill_every_room(maija)
    documented = {one.key: set(one.fields) for one in chapters.all_told()}
    for key, chapter in chapters.chapters(maija).items():
        assert chapter.provided == bool(documented[key]), key
        assert all(set(record) == documented[key] for record in chapter.data), key


def test_every_table_that_points_at_a_customer_is_told_by_some_room(maija):
    """A room that comes to hold something of a person must tell it: this list is looked at whenever it grows."""
    told_by = {
        "representation.person_id": "representations",
        "contact_note.customer_id": "contact_notes",
        "disclosure.customer_id": "disclosures",
        "customer_order.customer_id": "orders",
        "invoice.customer_id": "invoices",
        "collection.customer_id": "collections",
        "credit_application.customer_id": "credit_applications",
        "case.customer_id": "requests",
        "request_form.customer_id": "papers",
    }
    links = {link.key for link in all_links()}
    keys = {one.key for one in chapters.all_told()}
    assert set(told_by) <= links
    assert set(told_by.values()) <= keys


def test_a_chapter_of_a_new_room_is_told_with_the_others(maija):
    def tell(customer):
        return Chapter("Koe", "", ["Tieto"], [[customer.full_name]])

    add_chapter(99, "trial", tell)
    try:
        assert told(maija, "trial").rows == [["Maija Virtanen"]]
    finally:
        chapters._told.pop("trial")


class TestData:
    def test_what_the_company_itself_noticed_is_called_its_own(self, maija):
        clerk = make_clerk()
        with transaction():
            customers.change(
                customer=customers.find(maija.id), values={"city": "Espoo"}, source=customers.own_source(),
                obtained_on=date(2026, 11, 1), by=clerk, reason="muuttunut",
            )  # fmt: skip
        assert ["Postitoimipaikka", "Espoo", "oma havaintomme", "1.11.2026"] in told(maija, "data").rows

    def test_only_what_the_person_gave_is_in_the_records(self, maija):
        clerk, partner = make_clerk(), make_source("Kumppani Oy", "partner")
        with transaction():
            customers.change(
                customer=customers.find(maija.id), values={"email": "uusi@esimerkki.fi"}, source=partner,
                obtained_on=date(2026, 11, 1), by=clerk, reason="muuttunut",
            )  # fmt: skip
        values = {record["value"] for record in told(maija, "data").data}
        assert "uusi@esimerkki.fi" not in values
        assert "maija.virtanen@esimerkki.fi" in values

    def test_a_card_filled_in_at_a_fair_was_given_by_the_person(self, app, freeze):
        freeze("2026-11-23")
        person = make_person(source=make_source())
        assert {record["value"] for record in told(person, "data").data} >= {"Virtanen", "+358415058567"}

    def test_a_replaced_datum_has_its_end_in_the_records(self, maija):
        fill_every_room(maija)
        street = next(record for record in told(maija, "data").data if record["field"] == "street")
        assert street["ended_on"] == "2026-11-23"

    def test_who_represents_an_organisation_is_not_told_to_the_organisation(self, maija):
        company, clerk = make_organisation(), make_clerk()
        with transaction():
            representing.add(
                person=customers.find(maija.id), told=representing.Told(company.display_name, "ostaja"),
                source=customers.self_source(), obtained_on=date(2026, 3, 5), by=clerk,
            )  # fmt: skip
        everything = " ".join(words(chapter) for chapter in chapters.chapters(customers.find(company.id)).values())
        assert "Virtanen" not in everything

    def test_of_a_removed_contact_only_that_it_was_is_told(self, maija):
        fill_every_room(maija)
        note, clerk = notes.latest(customers.find(maija.id), 1)[0], make_clerk()
        with transaction():
            notes.remove_note(note=note, reason="tarpeeton", by=clerk)
        assert "Teksti on poistettu 23.11.2026." in words(told(maija, "contact_notes"))
        assert "Pekka" not in words(told(maija, "contact_notes"))


class TestDealings:
    def test_a_cancelled_order_tells_why(self, maija):
        make_order(maija, state="cancelled", reason="unavailable")
        assert "Ei voitu toimittaa" in words(told(maija, "orders"))

    def test_an_order_is_recorded_line_by_line_in_figures_a_machine_reads(self, maija):
        make_order(maija, state="delivered")
        records = told(maija, "orders").data
        assert [record["quantity"] for record in records] == ["4", "1.5"]
        assert records[0]["unit_price"] == "129.00"
        assert records[0]["delivered_on"] == "2026-11-23"
        assert [record["position"] for record in records] == [1, 2]

    def test_another_customers_orders_are_not_told(self, maija):
        make_order(make_person(last_name="Toinen"))
        assert told(maija, "orders") is None

    def test_invoices_tell_how_they_stand(self, maija):
        pay(make_invoice(maija, number="1"))
        pay(make_invoice(maija, number="2"), paid=20_00)
        states = [row[-1] for row in told(maija, "invoices").rows]
        assert states[0] == "Maksettu 23.11.2026"
        assert states[1].replace("\u00a0", " ") == "Avoin\nMaksettu 20,00 €"

    def test_a_recipient_outside_europe_is_told_with_its_safeguard(self, maija):
        make_disclosure(maija, make_recipient_abroad(name="Cloud Inc.", transfer_safeguard="Vakiosopimuslausekkeet"))
        assert "Cloud Inc., Yhdysvallat\nSuojatoimi: Vakiosopimuslausekkeet" in words(told(maija, "disclosures"))


def test_scans_of_requests_are_listed(app, freeze, sign_in, client):
    freeze("2026-11-23")
    request = make_request(sign_in("vastuuhenkilo"))
    sent = client.submit(
        f"/pyynnot/{request.case.id}/skannaukset", {"files": [upload(png(), "pyyntö.png")]}, strict=False
    )
    assert sent.status_code == 200
    assert "Skannattu asiakirja: pyyntö.png" in words(told(request.customer, "papers"))
