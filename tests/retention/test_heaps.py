"""Data that go by their age alone, some at a time, and what among them is still needed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from rekisteri.billing.models import Collection, CreditApplication, Invoice
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.importing.models import ImportBatch, ImportPiece
from rekisteri.customers.models import ContactNote, Datum
from rekisteri.documents.models import Document
from rekisteri.kernel.db import Submission, db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.retention import service
from rekisteri.retention.models import Destruction
from tests.billing.factories import make_application, make_collection, make_invoice
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_note, make_person
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.notice.factories import published
from tests.retention.factories import set_length

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-11-24")


def counted(kind):
    found = service.count(kind, TODAY)
    return found.due, found.held


def destroy(kind, seen=None):
    clerk = make_clerk()
    with transaction():
        return service.destroy_some(kind=kind, seen=seen or service.last_day(kind, TODAY), by=clerk, on=TODAY)


def rewrite(model, row_id, **values):
    """As it would stand if it had been entered long ago."""
    with transaction():
        db.session.execute(update(model).where(model.id == row_id).values(**values))


def left(model):
    return list(db.session.scalars(select(model.id).order_by(model.id)))


@pytest.mark.promise("gdpr.sailytysajat")
def test_notes_go_three_years_after_the_contact(app):
    published()
    person = make_person()
    old, newer = make_note(person).id, make_note(person).id
    rewrite(ContactNote, old, happened_on=date(2023, 11, 23))
    rewrite(ContactNote, newer, happened_on=date(2023, 11, 24))

    assert (counted("notes"), service.count("notes", TODAY).oldest) == ((1, 0), date(2023, 11, 23))
    assert destroy("notes") == 1
    assert left(ContactNote) == [newer]


def test_nothing_goes_that_was_not_on_the_confirmed_page(app):
    published()
    note = make_note(make_person()).id
    rewrite(ContactNote, note, happened_on=date(2020, 1, 1))
    seen = service.last_day("notes", TODAY)
    set_length("notes", 2)

    with pytest.raises(RuleViolation, match="Tarkista määrä ja vahvista uudelleen"):
        destroy("notes", seen=seen)

    assert left(ContactNote) == [note]


def test_former_values_go_but_not_those_that_went_to_a_recipient(app):
    person, clerk = make_person(), make_clerk()
    make_disclosure(person, make_recipient(), "phone")
    with transaction():
        customer = customers.find(person.id)
        customers.change(
            customer=customer, values={"email": "uusi@esimerkki.fi", "phone": "040 765 4321"},
            source=customers.self_source(), obtained_on=date(2026, 3, 6), by=clerk, reason="Vaihtunut",
        )  # fmt: skip
    with transaction():
        old = datetime(2023, 11, 20, tzinfo=UTC)
        db.session.execute(update(Datum).where(Datum.ended_at.is_not(None)).values(ended_at=old))

    assert counted("past_data") == (2, 1)
    assert destroy("past_data") == 1

    former = db.session.scalars(select(Datum.field).where(Datum.ended_at.is_not(None))).all()
    assert former == ["phone"]
    assert customers.current(customers.find(person.id))["email"].value == "uusi@esimerkki.fi"


def test_a_day_ends_at_midnight_in_finland(app):
    with transaction():
        last = service.last_day("submissions", TODAY)
        midnight = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(hours=21)  # summer time still
        db.session.add(Submission(key="vanha-lomake", at=midnight - timedelta(minutes=1)))
        db.session.add(Submission(key="uusi-lomake", at=midnight))

    assert counted("submissions") == (1, 0)
    assert service.count("submissions", TODAY).oldest == last
    destroy("submissions")
    assert "uusi-lomake" in db.session.scalars(select(Submission.key)).all()


def test_settled_invoices_go_with_their_ended_collections_when_the_books_need_them_no_more(app):
    person = make_person()
    old, later, unpaid = (make_invoice(person).id for _ in range(3))
    collection = make_collection(db.session.get(Invoice, old)).id
    rewrite(
        Invoice, old, invoiced_on=date(2019, 1, 1), due_on=date(2019, 2, 1), paid=120_00, paid_on=date(2019, 12, 31),
        state="paid", collection_id=None,
    )  # fmt: skip
    rewrite(
        Invoice, later, invoiced_on=date(2019, 12, 1), due_on=date(2019, 12, 9), paid=120_00,
        paid_on=date(2020, 1, 1), state="paid",
    )  # fmt: skip
    rewrite(Invoice, unpaid, invoiced_on=date(2019, 1, 1), due_on=date(2019, 2, 1))
    rewrite(Collection, collection, state="ended", outcome="paid", ended_on=date(2019, 12, 31))

    assert counted("invoices") == (2, 1)
    assert destroy("invoices") == 1

    assert left(Invoice) == [later, unpaid]
    assert left(Collection) == []


def test_decided_applications_for_credit_go_and_open_ones_stay(app):
    person, clerk = make_person(), make_clerk()
    decided, undecided = make_application(person).id, make_application(person).id
    rewrite(
        CreditApplication, decided, applied_on=date(2023, 1, 1), state="refused", ended_on=date(2023, 2, 1),
        decided_by_id=clerk.id,
    )  # fmt: skip
    rewrite(CreditApplication, undecided, applied_on=date(2023, 1, 1))

    assert counted("credit") == (2, 1)
    assert destroy("credit") == 1
    assert left(CreditApplication) == [undecided]


@pytest.mark.promise("gdpr.sailytysajat")
def test_of_an_old_request_only_its_facts_stay(app):
    case = make_case(by=make_clerk(), content="Maija Virtanen pyytää oikaisua.").id
    rewrite(Case, case, state="closed", closed_on=date(2023, 11, 23))

    assert counted("cases") == (1, 0)
    assert destroy("cases") == 1

    kept = cases.find(case)
    assert (kept.requester_name, kept.content, kept.person_state) == ("", "", "erased")
    assert (kept.received_on, kept.closed_on, kept.kinds) == (date(2026, 11, 16), date(2023, 11, 23), ["rectification"])
    assert counted("cases") == (0, 0)


def test_a_request_with_a_letter_still_to_be_posted_stays(app):
    case = make_case(by=make_clerk()).id
    rewrite(Case, case, state="closed", closed_on=date(2023, 11, 23))
    with transaction():
        db.session.add(
            Document(
                kind="answer", number="2026/0001-1", title="Vastaus", subject=f"case:{case}", addressee="Maija Virtanen",
                issued_on=TODAY, sha256="0" * 64,
            )
        )  # fmt: skip

    assert counted("cases") == (1, 1)
    assert destroy("cases") == 0


def test_an_open_request_is_never_too_old(app):
    make_case(by=make_clerk())

    assert counted("cases") == (0, 0)


def test_the_rows_of_an_imported_file_go_in_a_week_and_the_batch_stays(app):
    clerk = make_clerk()
    with transaction():
        source = customers.self_source()
        batch = ImportBatch(
            name="asiakkaat.csv", sha256="0" * 64, file_kind="csv", header=["Nimi"], row_count=1, source=source,
            obtained_on=TODAY, state="done", by_id=clerk.id, changed_at=datetime(2026, 11, 16, 12, tzinfo=UTC),
        )  # fmt: skip
        db.session.add(batch)
        db.session.flush()
        db.session.add(ImportPiece(batch_id=batch.id, number=0, rows=b"Maija Virtanen"))

    assert counted("imports") == (1, 0)
    assert destroy("imports") == 1
    assert db.session.scalars(select(ImportPiece.number)).all() == []
    assert left(ImportBatch) == [1]


def test_a_large_heap_goes_some_at_a_time_and_makes_one_line_in_the_book(app, monkeypatch):
    monkeypatch.setattr(service, "AT_ONCE", 2)
    with transaction():
        for number in range(5):
            db.session.add(Submission(key=f"lomake-{number}", at=datetime(2026, 1, 1, tzinfo=UTC)))

    assert [destroy("submissions") for _ in range(4)] == [2, 2, 1, 0]

    [line] = db.session.scalars(select(Destruction)).all()
    assert (line.kind, line.count) == ("submissions", 5)
