"""The pages of retention, as the person responsible sees them; and the clock on the command line."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers.models import ContactNote, Customer
from rekisteri.kernel.db import Submission, db, transaction
from rekisteri.retention.models import Destruction, Finding
from rekisteri.settings import periods
from tests.customers.factories import make_note, make_person
from tests.informing.factories import make_fair, make_lead
from tests.notice.factories import published
from tests.orders.factories import make_order
from tests.retention.factories import LONG_AGO, make_silent

INDEX = "/sailytys/"


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-11-24")


@pytest.fixture
def owner(sign_in):
    return sign_in("vastuuhenkilo", full_name="Onni Saari")


def old_note():
    published()
    note = make_note(make_person()).id
    with transaction():
        db.session.get(ContactNote, note).happened_on = date(2020, 5, 1)
    return note


def cells(answer, name):
    row = next(row for row in answer.page.select("main tbody tr") if name in row.text)
    return [" ".join(cell.text.split()) for cell in row.select("td")]


def is_there(customer):
    db.session.rollback()
    return db.session.get(Customer, customer) is not None


@pytest.mark.promise("gdpr.sailytysajat")
def test_every_kind_of_data_has_its_stated_time(client, owner):
    page = client.get(INDEX)

    for code, kind in periods.KINDS.items():
        assert kind.name in page.main
        assert cells(page, kind.name)[0].startswith(kind.length(periods.length(code)))
    assert "Säilytysaikoja ei ole vielä tarkistettu." in page.main


def test_asked_now_the_clock_proposes_and_destroys_nothing(client, owner):
    customer = make_silent()

    page = client.submit(INDEX, action="/sailytys/tarkista")

    assert "Hävitettävissä: 1." in page.text
    assert cells(page, "Asiakkaat, joiden kanssa ei enää asioida")[1:3] == ["1", "0"]
    assert "Tarkistettu viimeksi 24.11.2026." in page.main
    assert is_there(customer)


def test_a_length_is_changed_and_what_was_typed_stays_after_an_error(client, owner):
    url = f"{INDEX}laskut/aika"

    refused = client.submit(url, {"length": "5"})
    assert refused.status_code == 422
    assert "Kirjoita vuodet numeroina, 6–10." in refused.main
    assert refused.page.select_one("input[name=length]")["value"] == "5"
    page = client.submit(url, {"length": "8"})

    assert cells(page, "Laskut ja perintä")[0].startswith("8 vuotta")


def test_two_desks_that_change_the_same_length_see_each_other(client, owner):
    url = f"{INDEX}yhteydenotot/aika"
    opened = client.get(url)
    client.submit(url, {"length": "2"})

    late = client.submit(url, {"length": "4"}, page=opened)

    assert late.status_code == 409
    assert periods.length("notes") == 2


def test_a_person_is_let_go_only_when_ticked_and_confirmed(client, owner):
    kept, gone = make_silent(date(2020, 1, 1)), make_silent()
    url = f"{INDEX}asiakkaat"

    assert client.submit(url, {"confirmed": "y"}, action="/havita").status_code == 422
    assert client.submit(url, {"chosen": str(gone)}, action="/havita").status_code == 422
    assert is_there(gone)
    page = client.submit(url, {"chosen": str(gone), "confirmed": "y"}, action="/havita")

    assert "Hävitetty: 1." in page.text
    assert (is_there(kept), is_there(gone)) == (True, False)


def test_the_whole_page_goes_at_once_but_those_held(client, owner):
    customers = [make_silent(date(2020, 1, day)) for day in (1, 2)]
    held = make_silent()
    make_order(db.session.get(Customer, held), on=date(2020, 1, 1))
    with transaction():
        db.session.get(Customer, held).active_on = LONG_AGO
    url = f"{INDEX}asiakkaat"
    page = client.get(url)
    assert "Tilaus on kesken" in page.page.select_one("#esteet").text

    told = client.submit(url, {"everybody": "1", "confirmed": "y"}, action="/havita", strict=False)

    assert "Hävitetty: 2." in told.text
    assert [is_there(one) for one in (*customers, held)] == [False, False, True]


def test_a_heap_is_counted_confirmed_and_destroyed(client, owner):
    old_note()
    url = f"{INDEX}yhteydenotot"
    page = client.get(url)
    assert "Vanhin on päivältä 1.5.2020" in page.main

    refused = client.submit(url, action="/havita")
    assert refused.status_code == 422
    assert "Vahvista, että tiedot saa hävittää." in refused.main
    done = client.submit(url, {"confirmed": "y"}, action="/havita")

    assert "Hävitetty: 1. Jäljellä: 0." in done.text
    assert "Ei hävitettävää" in done.main
    book = client.get(f"{INDEX}havitetyt")
    *line, sought = cells(book, "Yhteydenotot")
    assert line == ["Yhteydenotot", "1", "3 vuotta", "23.11.2023", "Onni Saari"]
    assert "jäljellä ei yhtään" in sought


def test_a_page_confirmed_after_the_length_was_changed_shows_itself_anew(client, owner):
    note = old_note()
    url = f"{INDEX}yhteydenotot"
    opened = client.get(url)
    client.submit(f"{INDEX}yhteydenotot/aika", {"length": "2"})

    refused = client.submit(url, {"confirmed": "y"}, action="/havita", page=opened)

    assert refused.status_code == 422
    assert "Tarkista määrä ja vahvista uudelleen." in refused.main
    assert db.session.get(ContactNote, note) is not None


@pytest.mark.parametrize("address", ["varmuuskopiot", "olematon", "olematon/aika"])
def test_what_is_only_stated_or_is_not_there_has_no_page_of_destroying(client, owner, address):
    assert client.get(INDEX + address).status_code == 404


def test_the_front_page_tells_what_waits_and_when_nobody_has_looked(client, owner):
    make_silent()
    assert "Säilytysaikoja ei ole tarkistettu yli viikkoon." in client.get("/").main
    client.submit(INDEX, action="/sailytys/tarkista")

    heap = client.get("/").page.select_one("#havitettavat")

    assert "Asiakkaat, joiden kanssa ei enää asioida" in heap.text


@pytest.mark.promise("gdpr.sailytysajat")
def test_the_command_of_the_night_proposes_and_destroys_nothing(command, app):
    customer = make_silent()
    make_lead(make_fair(), date(2026, 11, 2))

    told = command("retention", "run")

    assert told.exit_code == 0
    assert "Asiakkaat, joiden kanssa ei enää asioida: 1. Vanhin 3.5.2019." in told.output
    assert "Uusia informoitavia: 1." in told.output
    assert "Mitään ei ole hävitetty." in told.output
    assert is_there(customer)
    assert db.session.get(Finding, "customers").due == 1
    assert db.session.scalars(select(AuditEvent.facts).filter_by(event="retention.run")).all() == [{"count": 1}]


def test_a_dry_run_leaves_no_proposals(command, app):
    make_silent()

    told = command("retention", "run", "--dry-run")

    assert "Tämä oli koe: ehdotuksia ei jätetty." in told.output
    assert db.session.scalars(select(Finding.kind)).all() == []


def test_with_nothing_old_the_command_says_so_of_each_kind(command, app):
    with transaction():
        db.session.add(Submission(key="tuore-lomake", at=datetime(2026, 11, 23, tzinfo=UTC)))

    told = command("retention", "run")

    assert "Lomakkeiden kertatunnisteet: ei hävitettävää." in told.output
    assert db.session.scalars(select(Destruction.id)).all() == []
