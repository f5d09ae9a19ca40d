"""The ledger of disclosures: who sees it, of whom, and page by page."""

from datetime import date

import pytest
from sqlalchemy import event, select

from rekisteri.audit.models import AuditEvent
from rekisteri.disclosures import door, ledger
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.documents.factories import add_paper, make_document


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def rows(answer) -> list[str]:
    return [" ".join(row.text.split()) for row in answer.page.select("main tbody tr")]


@pytest.mark.promise("luovutus.vain-yritys")
def test_the_ledger_tells_the_latest_first(client, sign_in, maija):
    recipient = make_recipient()
    make_disclosure(maija, recipient, disclosed_on=date(2026, 9, 1))
    make_disclosure(maija, recipient, "email", disclosed_on=date(2026, 10, 1), ground="billing", purpose="Verkkolasku")
    sign_in("lukija")

    assert rows(client.get("/luovutukset/")) == [
        "1.10.2026 Virtanen, Maija Saatavat Oy Sähköpostiosoite Laskutus Verkkolasku",
        "1.9.2026 Virtanen, Maija Saatavat Oy Sukunimi, Puhelinnumero Perintä Avoimen laskun perintä",
    ]


def test_the_ledger_can_be_read_of_one_customer_or_one_recipient(client, sign_in, maija):
    eero = make_person(last_name="Korhonen", first_name="Eero", obtained_on=date(2026, 1, 1))
    one, other = make_recipient(), make_recipient(name="Laskut Oy")
    make_disclosure(maija, one)
    make_disclosure(eero, other)
    sign_in("lukija")

    assert ["Maija" in row for row in rows(client.get(f"/luovutukset/?customer={maija.id}"))] == [True]
    assert ["Laskut" in row for row in rows(client.get(f"/luovutukset/?recipient={other.id}"))] == [True]
    assert client.get("/luovutukset/?customer=4711").status_code == 404
    assert client.get("/luovutukset/?recipient=4711").status_code == 404
    assert len(rows(client.get("/luovutukset/?customer=x"))) == 2


def test_reading_one_customers_ledger_is_a_look_on_record(client, sign_in, maija):
    reader = sign_in("lukija")

    client.get(f"/luovutukset/?customer={maija.id}")

    look = db.session.scalars(select(AuditEvent).filter_by(event="customer.viewed")).one()
    assert (look.actor_id, look.facts) == (reader.id, {"fields": ["disclosures"]})


def test_pages_follow_each_other_also_within_one_day(maija):
    recipient = make_recipient()
    made = [make_disclosure(maija, recipient).outgoing_id for _ in range(5)]

    first = ledger.page(size=2)
    second = ledger.page(size=2, after=first.after)
    third = ledger.page(size=2, after=second.after)

    assert [row.went.id for part in (first, second, third) for row in part.rows] == made[::-1]
    assert third.after is None


def test_a_page_of_the_ledger_costs_as_many_statements_as_one_row(client, sign_in, maija):
    recipient = make_recipient()
    make_disclosure(maija, recipient)
    sign_in("lukija")
    counts = []
    for _ in range(2):
        sent: list[str] = []
        note = lambda *given, sent=sent: sent.append(given[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", note)
        client.get("/luovutukset/")
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(sent))
        for _ in range(10):
            make_disclosure(maija, recipient, "email", "phone", "city")

    assert counts[0] == counts[1]


PAGES = {
    "/luovutukset/": ("lukija", "kasittelija", "vastuuhenkilo"),
    "/kumppanit/": ("lukija", "kasittelija", "vastuuhenkilo"),
    "/kumppanit/{recipient}": ("lukija", "kasittelija", "vastuuhenkilo"),
    "/luovutukset/uusi": ("kasittelija", "vastuuhenkilo"),
    "/luovutukset/uusi/{customer}": ("kasittelija", "vastuuhenkilo"),
    "/kumppanit/uusi": ("kasittelija", "vastuuhenkilo"),
    "/kumppanit/{recipient}/muokkaa": ("kasittelija", "vastuuhenkilo"),
}


@pytest.mark.parametrize("role", ["lukija", "kasittelija", "vastuuhenkilo", "paakayttaja"])
def test_a_role_reaches_its_pages_and_no_others(client, sign_in, maija, role):
    ids = {"customer": maija.id, "recipient": make_recipient().id}
    sign_in(role)

    reached = {page: client.get(page.format(**ids)).status_code for page in PAGES}

    assert reached == {page: 200 if role in roles else 403 for page, roles in PAGES.items()}


@pytest.mark.promise("atk.sitoumus")
def test_without_a_commitment_nobody_sees_to_whom_data_went(client, sign_in, maija):
    make_disclosure(maija, make_recipient())
    sign_in("kasittelija", committed=False)

    for page in ("/luovutukset/", f"/luovutukset/?customer={maija.id}", "/kumppanit/1"):
        answer = client.get(page)
        assert answer.status_code == 403
        assert "Virtanen" not in answer.text


def plan_of(**told) -> str:
    """How the database finds a page of the ledger."""
    sent: list[tuple[str, object]] = []
    note = lambda *given: sent.append((given[2], given[3]))  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    ledger.page(**told)
    event.remove(db.engine, "before_cursor_execute", note)
    (statement, given) = next(one for one in sent if "outgoing" in one[0] and "LIMIT" in one[0])
    on_sqlite = db.engine.dialect.name == "sqlite"
    connection = db.session.connection()
    if not on_sqlite:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL enable_sort = off")
    rows = connection.exec_driver_sql(("EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN ") + statement, given)
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("told", "index"),
    [
        ({}, "ix_outgoing_left_on_id"),
        ({"recipient_id": 1}, "ix_outgoing_recipient_id_left_on_id"),
        ({"receiver": "own"}, "ix_outgoing_receiver_left_on_id"),
        ({"customer_id": 1}, "ix_outgoing_person_customer_id_left_on_outgoing_id"),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_a_page_is_found_from_an_index_without_sorting(maija, told, index, later):
    recipient = make_recipient()
    made = [make_disclosure(maija, recipient).outgoing_id for _ in range(3)]

    plan = plan_of(**told, after=made[1] if later else None)

    assert index in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan
    assert "SCAN outgoing_person" not in plan and "Seq Scan on outgoing" not in plan


def test_a_list_of_many_is_one_row_with_its_people_behind_it(client, sign_in, maija):
    clerk = sign_in("kasittelija")
    eero = make_person(last_name="Korhonen", first_name="Eero")
    with transaction():
        passage = door.let_out(
            kind="labels",
            use="direct_mail",
            people=[maija.id, eero.id],
            fields=["last_name", "street"],
            purpose="Joulukirje",
            by=clerk,
        )

    (row,) = rows(client.get("/luovutukset/"))
    assert row.endswith("2 asiakasta Yrityksen oma käyttö Sukunimi, Katuosoite Osoitetarrat Joulukirje")
    page = client.get(f"/luovutukset/{passage.outgoing_id}").main
    assert "Virtanen, Maija" in page and "Korhonen, Eero" in page
    assert "Osoitetarrat Joulukirje" in rows(client.get(f"/luovutukset/?customer={eero.id}"))[0]
    assert rows(client.get("/luovutukset/?saaja=subject")) == []


@pytest.mark.parametrize(
    ("kind", "addressee", "receiver"),
    [
        ("access_letter", "Maija Virtanen", "subject"),
        ("correction_notice", "Saatavat Oy", "recipient"),
        ("correction_notice", "Rakentajamessut 2026", "other"),
    ],
)
def test_a_posted_letter_is_in_the_ledger_of_whom_it_tells(app, maija, kind, addressee, receiver):
    add_paper(app)
    clerk, recipient = make_clerk(), make_recipient()
    letter = make_document(
        kind=kind, addressee=(addressee, "Katu 1", "00100 HELSINKI"), subject=maija.subject, by=clerk
    )
    assert ledger.page(customer_id=maija.id).rows == []

    with transaction():
        documents.mark_posted(document=letter, on=letter.issued_on, way="post", by=clerk)

    (row,) = ledger.page(customer_id=maija.id).rows
    assert (row.went.receiver, row.went.purpose, row.went.by_id) == (receiver, letter.title, clerk.id)
    assert (row.went.recipient_id == recipient.id) is (receiver == "recipient")
    assert (row.data, row.way, row.person.id) == ("Kirjeen tiedot", "Kirje", maija.id)
