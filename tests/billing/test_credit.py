"""Applications for credit, and the decisions that people make of them."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from rekisteri.audit.models import AuditEvent
from rekisteri.billing.models import CreditApplication
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.db import db, transaction
from tests.billing.factories import make_application
from tests.customers.factories import make_person
from tests.disclosures.factories import make_recipient

REASONS = "Aiempia laskuja on maksamatta yli kolme kuukautta."
TYPED = {"applied_on": "20.11.2026", "amount": "2 000", "purpose": "Laskutusasiakkuus"}


@pytest.fixture
def owner(sign_in):
    return sign_in("vastuuhenkilo", full_name="Onni Saari")


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def plain(answer) -> str:
    return " ".join(answer.main.replace("\xa0", " ").split())


def test_an_application_is_entered_from_the_customers_card(client, sign_in, maija):
    sign_in("kasittelija")
    link = next(
        link for link in client.get(f"/asiakkaat/{maija.id}").page.select("main a") if link.text == "Luottohakemus"
    )

    answer = client.submit(link["href"], TYPED)

    assert answer.page.h1.text == "Luottohakemus: Maija Virtanen"
    for shown in ("Luottohakemus on kirjattu.", "Ratkaisematta", "20.11.2026", "2 000,00 €", "Laskutusasiakkuus"):
        assert shown in plain(answer)
    assert "2 000,00 € Ratkaisematta" in " ".join(
        client.get(f"/asiakkaat/{maija.id}").page.select_one("#laskut").text.replace("\xa0", " ").split()
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"applied_on": "24.11.2026"}, "Hakemuspäivä on tulevaisuudessa."),
        ({"amount": "0"}, "Pienin sallittu summa"),
        ({"purpose": ""}, "Kerro, mihin luottoa haetaan."),
        ({"purpose": "hetu 131052-308T"}, "Henkilötunnusta ei saa"),
    ],
)
def test_an_application_that_says_too_little_or_wrong_is_refused(client, owner, maija, typed, sentence):
    answer = client.submit(f"/laskutus/luotot/uusi/{maija.id}", TYPED | typed)

    assert answer.status_code == 422
    assert sentence in answer.main


@pytest.mark.promise("luovutus.luottopaatos", "luovutus.vain-yritys")
def test_asking_for_credit_data_is_a_disclosure_on_record(client, owner, maija):
    provider, application = make_recipient(name="Luottotieto Oy"), make_application(maija)

    answer = client.submit(
        f"/laskutus/luotot/{application.id}/luottotiedot", {"recipient": str(provider.id), "way": "interface"}
    )

    told = " ".join(answer.page.select_one("#luovutukset tbody").text.split())
    assert told.startswith("23.11.2026 Luottotieto Oy Sukunimi, Etunimi, Katuosoite")
    assert told.endswith("Luottotietojen kysyminen luottopäätöstä varten")
    disclosure = db.session.scalars(select(Disclosure)).one()
    assert (disclosure.ground, disclosure.customer_id, disclosure.recipient_id) == ("credit", maija.id, provider.id)
    assert "Luottotieto Oy" in client.get(f"/asiakkaat/{maija.id}").page.select_one("#luovutukset").text


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_credit_is_granted_by_a_person_who_stands_by_the_decision(client, owner, maija):
    application = make_application(maija)

    answer = client.submit(
        f"/laskutus/luotot/{application.id}/ratkaise",
        {"decision": "granted", "granted": "1 500", "reasons": "Hyvä maksaja."},
    )

    assert "Ratkaisu Myönnetty Myönnetty luotto 1 500,00 € Ratkaisupäivä 23.11.2026 Ratkaisija Onni Saari" in plain(
        answer
    )
    decided = db.session.scalars(select(AuditEvent).filter_by(event="credit.decided")).one()
    assert (decided.actor_id, decided.facts) == (owner.id, {"credit": "granted", "on": "2026-11-23"})


def test_a_refusal_of_credit_says_why(client, owner, maija):
    address = f"/laskutus/luotot/{make_application(maija).id}/ratkaise"

    without = client.submit(address, {"decision": "refused"})
    answer = client.submit(address, {"decision": "refused", "reasons": REASONS})

    assert "Kirjoita hylkäämisen syyt" in without.main
    assert "Hylätty" in answer.main and REASONS in answer.main
    assert "Myönnetty luotto –" in plain(answer)


def test_a_decision_is_made_once(client, owner, maija):
    application = make_application(maija)
    client.submit(f"/laskutus/luotot/{application.id}/ratkaise", {"decision": "granted"})

    again = client.submit(f"/laskutus/luotot/{application.id}/ratkaise", {"decision": "refused", "reasons": REASONS})
    withdrawn = client.submit(f"/laskutus/luotot/{application.id}/peruuta")

    assert "Hakemus on jo myönnetty." in again.main
    assert "Hakemus on jo myönnetty." in withdrawn.main
    assert application.state == "granted"


def test_a_clerk_prepares_but_does_not_decide(client, sign_in, maija):
    application = make_application(maija)
    sign_in("kasittelija")

    shown = client.get(f"/laskutus/luotot/{application.id}")

    assert "Kirjaa luottotietojen kysyminen" in shown.main
    assert "Ratkaise hakemus" not in shown.main
    assert client.get(f"/laskutus/luotot/{application.id}/ratkaise").status_code == 403


def test_no_decision_is_kept_without_the_person_who_made_it(maija):
    make_application(maija)

    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(CreditApplication).values(state="granted", granted=1, ended_on=date(2026, 11, 23)))


def test_an_application_can_be_taken_back_by_the_applicant(client, owner, maija):
    application = make_application(maija)

    answer = client.submit(f"/laskutus/luotot/{application.id}/peruuta", {"on": "21.11.2026"})

    assert "Hakija peruutti hakemuksen 21.11.2026." in answer.main
    assert "Luottotietojen kysymistä ei ole kirjattu." in answer.main


def test_the_list_tells_what_waits_for_a_decision_and_what_has_been_decided(client, owner, maija):
    make_application(maija, applied_on=date(2026, 11, 2))
    make_application(make_person(last_name="Korhonen"), applied_on=date(2026, 11, 1))
    done = make_application(make_person(last_name="Ratkaistu"))
    client.submit(f"/laskutus/luotot/{done.id}/ratkaise", {"decision": "granted"})

    def names(address):
        return [row.text.strip() for row in client.get(address).page.select("main tbody th")]

    assert names("/laskutus/luotot/") == ["Korhonen, Maija", "Virtanen, Maija"]
    assert names("/laskutus/luotot/?tila=ratkaistut") == ["Ratkaistu, Maija"]


def test_an_empty_list_of_applications_says_so(client, owner):
    assert "Yhtään hakemusta ei odota ratkaisua." in client.get("/laskutus/luotot/").main


def test_hostile_text_in_an_application_is_only_text(client, owner, maija):
    with client.foreign_words():
        application = make_application(maija, purpose="<script>alert(1)</script>{{7*7}}")

        assert "<script>alert(1)</script>{{7*7}}" in client.get(f"/laskutus/luotot/{application.id}").main
