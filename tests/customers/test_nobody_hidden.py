"""Who was merged into another or waits for an import is on no page, in no choice, in no count and in no file."""

import re

import pytest
from sqlalchemy import update

from rekisteri.customers import archiving, duplicates, pairs, search, service, similar
from rekisteri.customers.models import Customer
from rekisteri.disclosures.exporting import service as exporting
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.statistics import customers as figures
from tests.customers.factories import MAIJA, make_organisation, make_person

HIDDEN = {"last_name": "Piiloinen", "email": "piilo@esimerkki.fi", "phone": "050 765 4321", "street": "Piilotie 9"}
NUMBER = "+358507654321"


@pytest.fixture(params=["merged", "incoming"])
def hidden(app, request) -> Customer:
    """One who is not to be seen, beside Maija who is; both belong to one organisation and have been silent for years."""
    firm = make_organisation("Äijälän Sähkö Oy")
    seen = make_person(organisation=firm.display_name)
    one = make_person(organisation=firm.display_name, **HIDDEN)
    with transaction():
        db.session.execute(update(Customer).values(active_on=today().replace(year=2010)))
        one = db.session.get(Customer, one.id)
        one.state, one.merged_into_id = request.param, seen.id if request.param == "merged" else None
    return one


def ids(found) -> set[int]:
    return {one.id for one in found}


LISTS = {
    "the whole list": lambda: ids(search.page().rows),
    "the archive": lambda: ids(search.page(state="archived").rows),
    "the list of both": lambda: ids(search.page(state=None).rows),
    "a search by the beginning of the name": lambda: ids(search.page(text="piiloi").rows),
    "a search in the middle of the name": lambda: ids(search.page(text="loinen").rows),
    "a search by the e-mail address": lambda: ids(search.page(text="piilo@esimerkki.fi").rows),
    "a search by the number": lambda: ids(search.page(text="050 765 4321", state=None).rows),
    "a search by the street": lambda: ids(search.page(text="piilotie", state=None).rows),
    "the choice of a customer": lambda: ids(search.search("piiloinen")),
    "names spelt alike": lambda: ids(similar.similar("piiloinem", state=None)),
    "the people of the organisation": lambda: ids(search.people_of(search.find_organisation("Äijälän Sähkö Oy"))),
    "likely duplicates of a new one": lambda: {
        one.customer.id for one in duplicates.likely_duplicates("person", MAIJA | HIDDEN | {"phone": NUMBER})
    },
    "proposals for the archive": lambda: ids(archiving.proposals(years=5, on=today()).rows),
    "an export of all": lambda: {int(row[0]) for row in exporting.rows(["customer_number"], exporting.selected("all"))},
    "an export of the active": lambda: {
        int(row[0]) for row in exporting.rows(["customer_number"], exporting.selected("active"))
    },
    "an export of the archive": lambda: {
        int(row[0]) for row in exporting.rows(["customer_number"], exporting.selected("archived"))
    },
}


@pytest.mark.parametrize("where", LISTS)
def test_the_hidden_are_in_no_list(hidden, where):
    assert hidden.id not in LISTS[where]()


@pytest.mark.parametrize("where", [name for name in LISTS if "archive" not in name or "proposals" in name])
def test_a_list_would_show_the_same_person_if_they_were_not_hidden(hidden, where):
    with transaction():
        hidden.state, hidden.merged_into_id = "active", None

    assert hidden.id in LISTS[where]()


def test_nobody_hidden_is_archived_with_others_or_paired_with_anybody(hidden):
    twin = make_person(**HIDDEN)
    with transaction():
        assert archiving.archive_proposed(ids=[hidden.id], years=5, on=today(), by=None) == 0
        while not pairs.search_on().finished:
            pass

    assert db.session.get(Customer, hidden.id).state in ("merged", "incoming")
    assert pairs.page().rows == pairs.pairs_of(twin.id) == []
    assert pairs.open_pairs() == 0


def test_the_hidden_are_in_no_figure(hidden):
    before = figures.collect()
    with transaction():
        db.session.delete(hidden)

    assert figures.collect() == before


PAGES = [
    ("/asiakkaat/", None),
    ("/asiakkaat/?tila=kaikki", None),
    ("/asiakkaat/", {"q": "piiloinen"}),
    ("/asiakkaat/", {"q": "piilo@esimerkki.fi"}),
    ("/asiakkaat/", {"q": "050 765 4321"}),
    ("/asiakkaat/arkistoehdotukset", None),
    ("/asiakkaat/kaksoiskappaleet", None),
    ("/tilaukset/", None),
    ("/tilaukset/uusi", {"q": "piiloinen"}),
    ("/laskutus/", None),
    ("/laskutus/uusi", {"q": "piiloinen"}),
    ("/laskutus/luotot/uusi", {"q": "piiloinen"}),
    ("/luovutukset/uusi", {"q": "piiloinen"}),
    ("/pyynnot/", None),
    ("/tilastot/", None),
]


def told(answer) -> str:
    """The page without what the person typed themselves."""
    for field in answer.page.select("input, textarea, title"):
        field.decompose()
    return re.sub(r"[”\"]piiloinen[”\"]", "", answer.page.get_text(" "), flags=re.IGNORECASE)


def opened(client, page, asked):
    answer = client.submit(page, asked, follow=True) if asked else client.get(page, follow_redirects=True)
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(("page", "asked"), PAGES)
def test_the_hidden_are_on_no_page(client, sign_in, hidden, page, asked):
    sign_in("vastuuhenkilo")
    answer = opened(client, page, asked)

    assert "Piiloinen" not in told(answer)
    assert f'/{hidden.id}"' not in answer.text


@pytest.mark.parametrize(
    ("page", "asked"), [one for one in PAGES if one[1] or one[0] == "/asiakkaat/arkistoehdotukset"]
)
def test_a_page_would_show_the_same_person_if_they_were_not_hidden(client, sign_in, hidden, page, asked):
    with transaction():
        hidden.state, hidden.merged_into_id = "active", None
    sign_in("vastuuhenkilo")

    assert "Piiloinen" in told(opened(client, page, asked))


@pytest.mark.parametrize(
    "address",
    [
        "/asiakkaat/{}",
        "/asiakkaat/{}/muokkaa",
        "/asiakkaat/{}/tieto/phone",
        "/asiakkaat/{}/yhteydenotot",
        "/asiakkaat/{}/edustukset/uusi",
        "/asiakkaat/{}/yhdista",
        "/tilaukset/uusi/{}",
        "/laskutus/uusi/{}",
        "/laskutus/luotot/uusi/{}",
        "/luovutukset/uusi/{}",
        "/pyynnot/oma-aloite/{}",
        "/pyynnot/lomake/asiakas/{}",
    ],
)
def test_no_address_opens_a_page_about_the_hidden(client, sign_in, hidden, address):
    sign_in("vastuuhenkilo")
    answer = client.get(address.format(hidden.id))

    if hidden.state == "incoming":
        assert answer.status_code == 404
    else:  # everything is told as of the one into whom they were merged
        led = client.get(answer.location) if answer.location else answer
        assert led.status_code in (200, 404)
        assert "Piiloinen" not in led.text
    assert "Piiloinen" not in answer.text


def test_a_hidden_one_is_found_by_nobody_but_as_whom_they_were_merged_into(hidden):
    found = service.find(hidden.id)
    assert (found and found.id) == hidden.merged_into_id
