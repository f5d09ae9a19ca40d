"""Where a prohibition is met: files taken out, disclosures, the web services of partners, statistics and daily work."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from rekisteri.cases.codes import CHANNELS
from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.disclosures import service as disclosures
from rekisteri.disclosures.exporting import service as exporting
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import rules, service
from tests.cases.factories import TODAY
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_recipient
from tests.prohibitions.factories import forbid, make_case

PEKKA = {"first_name": "Pekka", "email": "pekka@posti.example", "phone": "040 7654321"}


@pytest.fixture
def maija(app: Any) -> Customer:
    """One of two customers in the register."""
    make_person(**PEKKA)
    return make_person()


def in_file() -> list[str]:
    """Whose first names a file of all customers has."""
    db.session.rollback()
    columns = exporting.fields()
    return [row[columns.index("first_name")] for row in exporting.rows(columns, exporting.selected("all"))]


@pytest.mark.promise("luettelo.kielto")
@pytest.mark.parametrize("channel", CHANNELS)
def test_who_forbade_lists_however_it_was_told_is_in_no_list_and_no_file(maija: Customer, channel: str) -> None:
    assert sorted(in_file()) == ["Maija", "Pekka"]
    forbid(maija, "listing", channel=channel)
    assert in_file() == ["Pekka"]
    listed = uses.permitted(select(Customer.id), "listing")
    assert maija.id not in set(db.session.scalars(listed))
    assert exporting.left_out() == {"kielto: luettelossa julkaiseminen": 1}


def test_a_file_is_taken_out_of_nobody_when_all_have_forbidden_lists(app: Any) -> None:
    clerk = make_clerk()
    forbid(make_person(), "listing")
    with pytest.raises(RuleViolation, match="ei ole yhtään asiakasta, jonka tietoja saa käyttää"), transaction():
        exporting.record_export(selection="all", file_kind="csv", purpose="Postitus", by=clerk)


def test_the_page_of_exports_tells_how_many_are_left_out_and_why(
    client: Any, sign_in: Callable[..., Any], maija: Customer
) -> None:
    sign_in("vastuuhenkilo")
    forbid(maija, "listing")
    assert "kielto: luettelossa julkaiseminen (1)." in " ".join(client.get("/asiakkaat/vienti").main.split())


def disclose(customer: Customer, recipient: Recipient) -> None:
    """Send Maija's e-mail address to a partner."""
    clerk = make_clerk()
    with transaction():
        disclosures.record_disclosure(
            customer=db.session.get_one(Customer, customer.id), recipient=db.session.merge(recipient), fields=["email"],
            disclosed_on=today(), purpose="Lisäarvopalvelun tarjoaminen asiakkaalle", ground="added_value", by=clerk,
        )  # fmt: skip


def test_who_forbade_disclosures_is_disclosed_to_nobody_from_that_moment(maija: Customer) -> None:
    partner = make_recipient()
    disclose(maija, partner)
    forbid(maija, "disclosure")
    with pytest.raises(RuleViolation, match="kieltänyt tämän käytön: tietojen luovuttaminen muille"):
        disclose(maija, partner)
    assert len(disclosures.for_customer(maija)) == 1, "what was done before stays on record"


def test_who_forbade_disclosures_is_given_to_no_web_service_either(maija: Customer) -> None:
    forbid(maija, "disclosure")
    assert maija.id not in set(db.session.scalars(uses.permitted(select(Customer.id), "interface")))


@pytest.mark.parametrize("use", ["dealing", "editing", "statistics"])
def test_a_customer_who_has_forbidden_everything_still_buys_and_moves_house(maija: Customer, use: str) -> None:
    """A prohibition is no restriction: orders, invoices and corrections go on, and figures tell of nobody."""
    forbid(maija, *rules.KINDS)
    uses.check(maija.id, use)


def test_taking_it_back_opens_what_it_closed_and_nothing_else(maija: Customer) -> None:
    clerk = make_clerk()
    listing, _disclosure = forbid(maija, "listing", "disclosure")
    with transaction():
        service.withdraw(prohibition=listing, told_on=TODAY, channel="letter", by=clerk, on=TODAY)
    assert sorted(in_file()) == ["Maija", "Pekka"]
    assert uses.why_not(maija.id, "disclosure") != []


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def test_the_paper_is_seen_on_the_card_also_when_it_says_what_already_stood(
    client: Any, sign_in: Callable[..., Any], maija: Customer
) -> None:
    sign_in("kasittelija")
    forbid(maija, "listing")
    typed = {"kinds": ["listing"], "channel": "letter", "told_on": "23.11.2026"}
    page = client.submit(
        f"/kiellot/asiakas/{maija.id}", typed | {"files": (io.BytesIO(PNG), "kieltokirje.png")}, follow=True
    )
    assert "Asiakas on jo kieltänyt tämän." in page.text
    assert "kieltokirje.png" in client.get(f"/asiakkaat/{maija.id}").main
    assert len(service.of_customer(maija.id)) == 1


def test_the_card_leads_to_the_request_in_which_it_was_forbidden(client: Any, sign_in: Callable[..., Any]) -> None:
    owner = sign_in("vastuuhenkilo")
    case = make_case(owner)
    client.submit(f"/kiellot/pyynto/{case.id}", {"kinds": ["direct_mail"]})
    db.session.rollback()
    assert f"pyyntö {case.number}" in client.get(f"/asiakkaat/{case.customer_id}").main
