"""Bringing in the accounting system's file: what it may look like, what becomes of each row, what goes wrong."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import event, func, select

from rekisteri.audit.models import AuditEvent
from rekisteri.billing import import_reading, importing, service
from rekisteri.billing.models import Invoice, InvoiceImport
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.sheets import xlsx_file
from tests.billing.factories import TODAY, credit_invoice, make_collection, make_invoice, pay
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.support.client import chosen_form, filled_in

HEADER = "Laskun numero;Asiakas;Laskupäivä;Eräpäivä;Summa;Maksettu;Maksupäivä"
ROWS = (
    "1001;Virtanen Maija;1.9.2026;15.9.2026;120,00;;",
    "1002;Maija Virtanen;1.10.2026;15.10.2026;1 234,50 €;1 234,50;14.10.2026",
    "1003;Äijälän Sähkö Oy;2.10.2026;16.10.2026;80;0;",
)


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


@pytest.fixture
def maija(app):
    make_organisation(business_id="0112038-9")
    return make_person(obtained_on=date(2026, 1, 1))


def csv(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join((header, *rows)).encode(encoding)


def upload(client, content: bytes, name: str = "laskut.csv"):
    return client.submit("/laskutus/tuo", {"file": (io.BytesIO(content), name)}, strict=False)


def counts(answer) -> dict[str, str]:
    return {row.dt.text.strip(): row.dd.text.strip() for row in answer.page.select("main dl.summary > div")}


def whys(answer) -> list[str]:
    return [row.find_all("td")[-1].text for row in answer.page.select("main tbody tr")]


def bring(content: bytes, name: str = "laskut.csv") -> list[importing.Fate]:
    """Bring a file in without the pages; what became of its rows."""
    clerk = make_clerk()
    with transaction():
        proposed = importing.propose(content=content, filename=name, by=clerk)
    lines = importing.read(proposed)
    found = importing.fates(lines)
    with transaction():
        importing.apply(proposed=proposed, lines=lines, by=clerk)
    return found


def kinds(found) -> list[str]:
    return [fate.kind for fate in found]


def invoices() -> int:
    return db.session.scalar(select(func.count()).select_from(Invoice))


def test_a_file_is_looked_at_before_anything_changes_and_then_brought_in(client, clerk, maija):
    shown = upload(client, csv(*ROWS))

    assert shown.page.h1.text == "Mitä tuonti tekee"
    assert counts(shown) == {
        "Uusi": "3", "Muuttuu": "0", "Ennallaan": "0", "Asiakasta ei löydy": "0", "Ei tuoda": "0",
    }  # fmt: skip
    assert invoices() == 0
    answer = client.submit(shown.request.path, action="vie")

    assert "Laskut on tuotu." in answer.main
    assert invoices() == 3
    second = service.find_number("1002")
    assert (second.customer_id, second.amount, second.state) == (maija.id, 1_234_50, "paid")
    assert (second.paid, second.paid_on) == (1_234_50, date(2026, 10, 14))
    assert service.find_number("1003").customer.display_name == "Äijälän Sähkö Oy"
    done = db.session.scalars(select(AuditEvent).filter_by(event="invoices.imported")).one()
    assert (done.actor_id, done.facts) == (clerk.id, {"created": 3, "changed": 0})


def test_the_same_file_again_changes_nothing(client, clerk, maija):
    bring(csv(*ROWS))
    versions = list(db.session.scalars(select(Invoice.version)))

    shown = upload(client, csv(*ROWS))

    assert counts(shown)["Ennallaan"] == "3"
    assert "Tiedostossa ei ole mitään tuotavaa." in shown.main
    assert kinds(bring(csv(*ROWS))) == ["same"] * 3
    assert list(db.session.scalars(select(Invoice.version))) == versions


def test_what_was_paid_since_is_brought_up_to_date_and_ends_the_collection(maija):
    invoice = make_invoice(maija, number="1001")
    collection = make_collection(invoice)

    found = bring(csv("1001;Virtanen Maija;1.9.2026;15.9.2026;120,00;120,00;20.11.2026"))

    assert kinds(found) == ["changed"]
    assert (invoice.state, invoice.paid_on, invoice.collection_id) == ("paid", date(2026, 11, 20), None)
    assert (collection.state, collection.outcome) == ("ended", "paid")
    assert customers.find(maija.id).active_on == TODAY


def test_an_older_file_takes_no_payment_and_no_credit_back(maija):
    paid, credited = pay(make_invoice(maija, number="1001")), credit_invoice(make_invoice(maija, number="1002"))

    found = bring(csv("1001;Virtanen Maija;1.9.2026;15.9.2026;120;;", "1002;Virtanen Maija;1.9.2026;15.9.2026;120;;"))

    assert kinds(found) == ["same", "same"]
    assert (paid.state, credited.state) == ("paid", "credited")


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ("kyllä;2.11.2026", "paid"),
        ("X;2.11.2026", "paid"),
        (";2.11.2026", "paid"),
        ("ei;", "open"),
        ("–;", "open"),
        ("50;2.11.2026", "open"),
        ("0;", "open"),
        ("120,00;2026-11-02", "paid"),
        ("120;2026-11-02 00:00:00", "paid"),
    ],
)
def test_a_payment_may_be_told_in_many_ways(maija, cells, state):
    bring(csv(f"1;Virtanen Maija;1.9.2026;15.9.2026;120;{cells}"))

    assert service.find_number("1").state == state


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1;Tuntematon Tiina;1.9.2026;15.9.2026;120;;", "Asiakasta ei löydy rekisteristä."),
        (";Virtanen Maija;1.9.2026;15.9.2026;120;;", "Anna laskun numero."),
        ("1;Virtanen Maija;;15.9.2026;120;;", "Laskupäivä tai eräpäivä puuttuu."),
        ("1;Virtanen Maija;31.2.2026;15.9.2026;120;;", "Laskupäivä: Päivää 31.2.2026 ei ole kalenterissa."),
        ("1;Virtanen Maija;eilen;15.9.2026;120;;", "Laskupäivä: Kirjoita päivä muodossa 5.3.2026."),
        ("1;Virtanen Maija;15.9.2026;1.9.2026;120;;", "Eräpäivä ei voi olla ennen laskupäivää."),
        ("1;Virtanen Maija;24.11.2026;24.12.2026;120;;", "Laskupäivä on tulevaisuudessa."),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;paljon;;", "Summa: Kirjoita euromäärä numeroin"),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;;;", "Laskun summan on oltava suurempi kuin nolla."),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;-120;;", "Hyvityslaskua ei tuoda"),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;120;120;", "Maksetulta laskulta puuttuu maksupäivä."),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;120;-1;", "Maksettu summa on pienempi kuin nolla."),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;120;;24.11.2026", "Maksu- tai hyvityspäivä on tulevaisuudessa."),
        ("1;Virtanen Maija;1.9.2026;15.9.2026;120;;;ylimääräinen", "Rivillä on enemmän tietoja"),
        ("=1+1;Virtanen Maija;1.9.2026;15.9.2026;120;;", "Laskun numerossa voi olla"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_the_others_are_brought_in(client, clerk, maija, row, why):
    shown = upload(client, csv(row, ROWS[2]))

    assert why in whys(shown)[0]
    client.submit(shown.request.path, action="vie")
    assert [invoice.number for invoice in db.session.scalars(select(Invoice))] == ["1003"]


def test_a_number_that_comes_twice_is_taken_once(maija):
    found = bring(csv(ROWS[0], ROWS[0]))

    assert kinds(found) == ["new", "refused"]
    assert found[1].why == "Sama laskun numero on jo rivillä 2."


def test_anothers_invoice_is_not_changed_by_its_number(maija):
    make_invoice(maija, number="1003")

    found = bring(csv(ROWS[2]))

    assert [fate.why for fate in found] == ["Samalla numerolla on rekisterissä toisen asiakkaan lasku."]


def test_namesakes_are_told_apart_by_number_or_not_at_all(maija):
    make_person(obtained_on=date(2026, 1, 1))
    header = "Asiakasnumero;" + HEADER

    found = bring(csv("", ROWS[0]))
    sure = bring(csv(f"{maija.id};{ROWS[0]}", f"4711;{ROWS[1]}", f"{maija.id};{ROWS[2]}", header=header))

    assert [fate.why for fate in found] == [
        "Rekisterissä on useita samannimisiä asiakkaita. Lisää tiedostoon asiakasnumero tai Y-tunnus."
    ]
    assert [(fate.kind, fate.why) for fate in sure] == [
        ("new", ""),
        ("missing", "Asiakasta ei löydy rekisteristä."),
        ("missing", "Asiakasnumero ja nimi kuuluvat eri asiakkaille. Tarkista rivi."),
    ]


def test_an_organisation_is_found_by_its_business_id_however_it_is_written(maija):
    header = "Lasku;Y-tunnus;Laskupvm;Eräpvm;Yhteensä"

    found = bring(csv("1;FI01120389;1.9.2026;15.9.2026;10", "2;0112038-9;1.9.2026;15.9.2026;10", header=header))

    assert [(fate.kind, fate.customer) for fate in found] == [("new", "Äijälän Sähkö Oy")] * 2


def test_a_merged_customers_number_leads_to_the_customer_it_was_merged_into(maija):
    gone = make_person(last_name="Vanha")
    with transaction():
        row = db.session.get(Customer, gone.id)
        row.state, row.merged_into_id = "merged", maija.id

    found = bring(
        csv(f"{gone.id};1;1.9.2026;15.9.2026;10", header="Asiakasnumero;Laskun numero;Laskupäivä;Eräpäivä;Summa")
    )

    assert [fate.customer_id for fate in found] == [maija.id]
    assert kinds(bring(csv("9;Vanha Maija;1.9.2026;15.9.2026;10;;"))) == ["missing"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-15"])
@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_a_file_may_have_any_encoding_and_separator_that_offices_have(maija, encoding, separator):
    rows = (HEADER, ROWS[2])
    content = "\r\n".join(row.replace(";", separator) for row in rows).encode(encoding)
    if separator == "|":
        content = csv(ROWS[2], encoding=encoding)

    assert kinds(bring(content)) == ["new"]


def test_an_excel_file_is_read_as_well(maija):
    book = xlsx_file(HEADER.split(";"), [row.split(";") for row in ROWS])

    assert kinds(bring(book.read(), "laskut.xlsx")) == ["new"] * 3


def zip_renamed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("kuva.txt", "ei taulukko")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "tyhja.csv"),
        (csv(), "vain-otsikko.csv"),
        (b"%PDF-1.7\n", "lasku.csv"),
        (zip_renamed(), "laskut.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "laskut.xls"),
        (b"\x00\x01\x02" * 100, "laskut.csv"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_a_sentence(client, clerk, maija, content, name):
    answer = upload(client, content, name)

    assert answer.status_code == 422
    assert answer.page.select_one("#file-error").text.strip().endswith(".")
    assert db.session.scalar(select(func.count()).select_from(InvoiceImport)) == 0


def test_a_form_without_a_file_asks_for_one(client, clerk):
    assert "Valitse tiedosto." in client.submit("/laskutus/tuo").main


def test_two_files_at_once_are_not_taken(client, clerk, maija):
    files = [(io.BytesIO(csv(*ROWS)), name) for name in ("a.csv", "b.csv")]

    answer = client.submit("/laskutus/tuo", {"file": files}, strict=False)

    assert "Valitse yksi tiedosto kerrallaan." in answer.main


def test_a_file_of_too_many_invoices_is_refused(client, clerk, maija):
    rows = [f"{number};Virtanen Maija;1.9.2026;15.9.2026;10;;" for number in range(import_reading.MOST_INVOICES + 1)]

    answer = upload(client, csv(*rows))

    assert "Tiedostossa on yli 20 000 laskua." in answer.main.replace("\xa0", " ")


def test_columns_that_were_not_guessed_are_chosen_by_hand(client, clerk, maija):
    header = "Tunniste;Kuka;Koska;Viimeistään;Paljonko"
    shown = upload(client, csv("1001;Virtanen Maija;1.9.2026;15.9.2026;120", header=header))
    address = shown.request.path
    assert address.endswith("/sarakkeet")
    assert "Valitse, missä sarakkeessa on: Laskun numero, Laskupäivä, Eräpäivä, Summa." in shown.main
    chosen = {"number": "0", "invoiced_on": "2", "due_on": "3", "amount": "4"}

    whose = client.submit(address, chosen)
    twice = client.submit(address, chosen | {"name": "0"})
    right = client.submit(address, chosen | {"name": "1"})

    assert "josta asiakas tunnistetaan" in whose.main
    assert "Sama sarake on valittu kahteen kohtaan." in twice.main
    assert counts(right)["Uusi"] == "1"


def test_a_file_given_up_leaves_nothing_behind(client, clerk, maija):
    address = upload(client, csv(*ROWS)).request.path

    form = filled_in(chosen_form(client.get(address).page, address, "vie"))
    answer = client.post(f"{address}/hylkaa", data=form, follow_redirects=True)

    assert "eikä siitä jäänyt mitään" in answer.main
    assert client.get(address).status_code == 404
    assert invoices() == 0


def test_the_files_content_is_forgotten_once_it_is_brought_in_or_forgotten_about(client, clerk, maija, freeze):
    bring(csv(*ROWS))
    assert db.session.scalars(select(InvoiceImport.content)).all() == [None]

    upload(client, csv(*ROWS))
    freeze("2026-11-25")
    with transaction():
        importing.propose(content=csv(*ROWS), filename="uusi.csv", by=None)
    assert db.session.scalars(select(InvoiceImport.filename).filter_by(state="proposed")).all() == ["uusi.csv"]


def test_a_file_is_brought_in_once(client, clerk, maija):
    address = upload(client, csv(*ROWS)).request.path
    page = client.get(address)

    answers = [client.submit(address, action="vie", page=page) for _ in range(2)]

    assert [answer.page.h1.text for answer in answers] == ["Laskut on tuotu"] * 2
    assert "Uusia laskuja 3" in " ".join(answers[1].main.split())
    assert invoices() == 3


def test_what_was_entered_meanwhile_is_seen_when_the_file_is_brought_in(client, clerk, maija):
    address = upload(client, csv(ROWS[0])).request.path
    page = client.get(address)
    make_invoice(maija, number="1001")

    client.submit(address, action="vie", page=page)

    assert invoices() == 1


def test_a_thousand_rows_are_matched_in_a_few_queries(maija):
    rows = [f"{number};Virtanen Maija;1.9.2026;15.9.2026;10;;" for number in range(1000)]
    lines = list(import_reading.read_lines(import_reading.open_invoices(io.BytesIO(csv(*rows)), "a.csv"),
                                           import_reading.guess(HEADER.split(";")), today=TODAY))  # fmt: skip
    sent: list[str] = []
    note = lambda *given: sent.append(given[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    found = importing.fates(lines)
    event.remove(db.engine, "before_cursor_execute", note)

    assert kinds(found) == ["new"] * 1000
    assert len(sent) < 8


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        (["Laskunro", "Asiakasnro", "Päiväys", "Eräpvm", "Loppusumma (€)"], {"number": 0, "customer_id": 1, "invoiced_on": 2, "due_on": 3}),
        (["LASKUN NUMERO", "Y-TUNNUS", "ERÄPÄIVÄ"], {"number": 0, "business_id": 1, "due_on": 2}),
        (["a", "b"], {}),
        (["Invoice number", "Customer", "Invoice date", "Due date", "Total"], {"number": 0, "name": 1, "invoiced_on": 2, "due_on": 3, "amount": 4}),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_names(header, guessed):
    found = import_reading.guess(header)

    assert guessed.items() <= found.items()
    assert len(set(found.values())) == len(found)
