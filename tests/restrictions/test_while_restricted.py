"""What may and may not happen to a customer meanwhile: a file of invoices, the archive, undoing a merge (GDPR art. 18(2))."""

from datetime import date

import pytest
from sqlalchemy import update

from rekisteri.billing import import_reading, importing
from rekisteri.billing.models import Invoice
from rekisteri.customers import archiving
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.billing.factories import make_invoice, tell
from tests.customers.factories import make_person
from tests.customers.merging_help import merged, undo
from tests.restrictions.factories import TODAY, VALUES, allow, make_desk, restrict

RESTRICTED = "Asiakkaan tietojen käsittely on rajoitettu"
HEADER = "Laskun numero;Asiakasnumero;Laskun päivä;Eräpäivä;Summa;Maksettu;Maksupäivä"


@pytest.fixture
def desk(sign_in, freeze):
    freeze("2026-11-23")
    tell()
    return make_desk(sign_in("vastuuhenkilo"))


def proposed(desk, *rows):
    content = "\r\n".join([HEADER, *rows]).encode()
    with transaction():
        return importing.propose(content=content, filename="laskut.csv", by=desk.owner)


def new_invoice(desk, number="2001"):
    return f"{number};{desk.customer.id};1.10.2026;15.10.2026;120,00;;"


def apply(desk, file):
    lines = importing.read(file)
    with transaction():
        importing.apply(proposed=file, lines=lines, by=desk.owner)
    return db.session.query(Invoice).count()


@pytest.mark.promise("gdpr.rajoittaminen")
class TestAFileOfInvoices:
    def test_brings_no_new_invoice_and_says_why(self, desk):
        restrict(desk)
        file = proposed(desk, new_invoice(desk))
        (fate,) = importing.fates(importing.read(file))
        assert fate.kind == "refused"
        assert RESTRICTED in fate.why
        assert apply(desk, file) == 0

    def test_shows_the_reason_on_its_row(self, client, desk):
        restrict(desk)
        page = client.get(f"/laskutus/tuonnit/{proposed(desk, new_invoice(desk)).id}").main
        assert RESTRICTED in page

    def test_seen_before_the_restriction_brings_none_after_it(self, desk):
        file = proposed(desk, new_invoice(desk))
        assert [fate.kind for fate in importing.fates(importing.read(file))] == ["new"]
        restrict(desk)
        assert apply(desk, file) == 0

    def test_brings_the_others_invoices(self, desk):
        restrict(desk)
        other = make_person(last_name="Muu", first_name="Matti")
        row = f"2002;{other.id};1.10.2026;15.10.2026;120,00;;"
        assert apply(desk, proposed(desk, new_invoice(desk), row)) == 1

    def test_takes_the_payment_of_an_old_invoice(self, desk):
        invoice = make_invoice(desk.customer, number="1001", invoiced_on=date(2026, 9, 1), due_on=date(2026, 9, 15))
        restrict(desk)
        paid = f"1001;{desk.customer.id};1.9.2026;15.9.2026;{invoice.amount // 100};{invoice.amount // 100};1.10.2026"
        apply(desk, proposed(desk, paid))
        assert db.session.get_one(Invoice, invoice.id).state == "paid"

    def test_is_let_through_by_an_exception_for_dealing(self, desk):
        allow(desk, restrict(desk), "dealing")
        assert apply(desk, proposed(desk, new_invoice(desk))) == 1

    def test_of_a_disputed_phone_number_is_no_matter(self, desk):
        restrict(desk, "accuracy", fields=["phone"])
        assert apply(desk, proposed(desk, new_invoice(desk))) == 1


class TestTheArchive:
    def test_takes_a_restricted_customer_because_there_data_are_only_kept(self, client, desk):
        restrict(desk)
        page = client.submit(f"/asiakkaat/{desk.customer.id}", {}, action="/arkistoi")
        assert "Asiakas on siirretty arkistoon. Rajoitus on edelleen voimassa" in page.text
        db.session.rollback()
        assert db.session.get_one(Customer, desk.customer.id).state == "archived"

    def test_says_nothing_of_a_restriction_that_is_not_there(self, client, desk):
        page = client.submit(f"/asiakkaat/{desk.customer.id}", {}, action="/arkistoi")
        assert "Rajoitus on edelleen" not in page.text

    @pytest.mark.parametrize(("ground", "busy"), [("claim", True), ("accuracy", True), ("held", False)])
    def test_is_not_proposed_by_the_clock_while_something_is_to_be_settled(self, desk, ground, busy):
        with transaction():
            db.session.execute(update(Customer).values(active_on=date(2010, 1, 1)))
        restrict(desk, ground)
        found = archiving.proposals(years=3, on=TODAY)
        assert [reasons for _customer, reasons in found.kept] == ([["käsittely rajoitettu"]] if busy else [])
        assert len(found.rows) == (0 if busy else 1)


class TestUndoingAMerge:
    def test_waits_until_the_restriction_has_ended(self, desk):
        done = merged(desk.customer, make_person(**VALUES))
        restrict(desk)
        with pytest.raises(RuleViolation, match=f"ei voi nyt perua. {RESTRICTED}"):
            undo(done)

    def test_tells_it_on_its_page(self, client, desk):
        done = merged(desk.customer, make_person(**VALUES))
        restrict(desk)
        page = client.get(f"/asiakkaat/yhdistamiset/{done.id}/peru").main
        assert "Yhdistämistä ei voi nyt perua." in page
        assert "kirjaamalla poistunut asiakas uudelleen" not in page


def test_columns_of_the_test_file_are_guessed():
    assert set(import_reading.guess(HEADER.split(";"))) >= {"number", "customer_id", "invoiced_on", "due_on", "amount"}
