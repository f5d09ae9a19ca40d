"""The pages of merging: side by side, choosing, two clerks at once, and the way back."""

from datetime import date

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import service as cases
from rekisteri.customers import service
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import make_case
from tests.customers.factories import make_organisation, make_person, make_source
from tests.customers.merging_help import merged, undo, values_of


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija", full_name="Kaisa Kirjaaja")


@pytest.fixture
def two(app, clerk):
    """Maija entered twice: once by herself, once at a fair with another number."""
    first = make_person()
    second = make_person(
        last_name="Wirtanen", phone="050 765 4321", email="", source=make_source(), obtained_on=date(2026, 9, 1)
    )
    return first, second


def address(one: Customer, other: Customer) -> str:
    return f"/asiakkaat/{one.id}/yhdista/{other.id}"


def change(customer: Customer, **values: str) -> None:
    with transaction():
        service.change(
            customer=db.session.get(Customer, customer.id),
            values=values,
            source=service.self_source(),
            obtained_on=date(2026, 11, 20),
            by=None,
            reason="Tieto on muuttunut",
        )


def test_the_two_stand_side_by_side_with_the_source_and_day_of_each_datum(client, two):
    page = client.get(address(*two))

    rows = {row.th.text: [cell.text for cell in row.find_all("td")] for row in page.page.select("#rinnakkain tbody tr")}
    assert rows["Puhelinnumero"] == [
        "041 505 8567 (Rekisteröity itse, 5.3.2026)",
        "050 765 4321 (Rakentajamessut 2026, 1.9.2026)",
        "Valitse alempana",
    ]
    assert rows["Etunimi"][2] == "Sama tieto"
    assert rows["Sähköpostiosoite"][1:] == ["–", "Säilyy"]
    assert rows["Postiosoite"][2] == "Sama tieto"


def test_only_what_differs_is_asked_and_something_sensible_is_chosen(client, two):
    page = client.get(address(*two)).page

    asked = {radio["name"] for radio in page.select("#valinnat input[type=radio]")}
    chosen = {radio["name"]: radio["value"] for radio in page.select("#valinnat input[checked]")}
    assert asked == {"last_name", "phone"}
    assert chosen == {"last_name": "dropped", "phone": "both"}
    assert "Molemmat; poistuvan tieto jää kohtaan Puhelinnumero 2" in page.text


def test_looking_at_two_customers_is_put_on_record_for_both(client, two):
    client.get(address(*two))

    db.session.rollback()
    looks = db.session.query(AuditEvent).filter_by(event="customer.viewed").all()
    assert {look.subject for look in looks} == {two[0].subject, two[1].subject}


def test_merging_leads_to_the_kept_customers_card_with_everything_on_it(client, two):
    kept, dropped = two
    case = make_case(customer=dropped)

    card = client.submit(address(*two), {"last_name": "kept"})

    assert card.request.path == f"/asiakkaat/{kept.id}"
    assert "Asiakkaat on yhdistetty." in card.words
    assert values_of(service.find(kept.id)) == {
        "last_name": "Virtanen",
        "first_name": "Maija",
        "email": "maija.virtanen@esimerkki.fi",
        "phone": "+358415058567",
        "phone_2": "+358507654321",
        "street": "Mäkitie 4 A 3",
        "postcode": "00100",
        "city": "Helsinki",
    }
    assert cases.find(case.id).customer_id == kept.id
    assert f"Asiakas {dropped.id}" in card.page.select_one("#yhdistetyt").text


def test_the_log_tells_of_the_merge_under_both_customers_by_number_only(client, app, two, sign_in):
    kept, dropped = two
    client.submit(address(*two))

    keeper = app.test_client()
    sign_in("vastuuhenkilo", client=keeper)
    of_kept = keeper.get(f"/loki/?kohde=customer:{kept.id}").main
    of_dropped = keeper.get(f"/loki/?kohde=customer:{dropped.id}").main
    assert "asiakkaaseen yhdistetty toinen" in of_kept
    assert f"asiakas: {dropped.id}" in of_kept
    assert "asiakas yhdistetty toiseen" in of_dropped
    assert "Wirtanen" not in of_kept + of_dropped


def test_a_form_sent_twice_merges_once(client, two):
    page = client.get(address(*two))

    first = client.submit(address(*two), page=page)
    second = client.submit(address(*two), page=page)

    assert first.request.path == second.request.path == f"/asiakkaat/{two[0].id}"
    db.session.rollback()
    assert db.session.query(Merge).count() == 1


def test_what_changed_while_the_page_was_open_is_shown_before_merging(client, two):
    kept, dropped = two
    page = client.get(address(*two))
    change(dropped, phone="040 111 2222", city="")

    answer = client.submit(address(*two), {"last_name": "kept"}, page=page)

    assert answer.status_code == 409
    rows = [
        [cell.text for cell in row.find_all(["th", "td"])]
        for row in answer.page.select("main table")[0].select("tbody tr")
    ]
    assert ["Puhelinnumero (poistuva)", "050 765 4321", "040 111 2222"] in rows
    assert ["Postitoimipaikka (poistuva)", "Helsinki", "–"] in rows
    assert answer.page.select_one("input[name=last_name][checked]")["value"] == "kept"
    assert service.find(dropped.id).state == "active"

    card = client.submit(address(*two), page=Reread(answer))
    assert card.request.path == f"/asiakkaat/{kept.id}"
    assert values_of(service.find(kept.id))["phone_2"] == "+358401112222"


class Reread:
    """The page of a conflict, as the browser still shows it."""

    status_code = 200

    def __init__(self, answer):
        self.page = answer.page


def test_an_honest_form_without_its_hidden_memory_is_not_trusted(client, two):
    answer = client.submit(address(*two), {"seen": "1.2.x.99999999999"})

    assert answer.status_code == 409
    assert service.find(two[1].id).state == "active"


def test_a_choice_that_was_not_offered_is_refused(client, two):
    answer = client.submit(address(*two), {"last_name": "both"})

    assert answer.status_code == 422
    assert "Valitse jokin annetuista vaihtoehdoista." in answer.main


def test_a_person_is_not_merged_with_an_organisation(client, clerk):
    answer = client.get(address(make_person(), make_organisation()))

    assert answer.status_code == 422
    assert "Henkilöä ja yhteisöä ei voi yhdistää." in answer.main


def test_nobody_is_merged_with_oneself_or_with_nobody(client, clerk):
    maija = make_person()

    assert client.get(address(maija, maija)).status_code == 422
    assert client.get(f"/asiakkaat/{maija.id}/yhdista/99999").status_code == 404


def test_one_merged_elsewhere_is_not_merged_again(client, clerk):
    first, second, third = make_person(), make_person(), make_person()
    merged(first, second)

    answer = client.get(address(third, second))

    assert answer.status_code == 422
    assert "Asiakas on jo yhdistetty toiseen." in answer.main


def test_the_page_of_a_merge_already_made_leads_to_the_card(client, clerk):
    first, second = make_person(), make_person()
    merged(first, second)

    assert client.get(address(first, second)).location == f"/asiakkaat/{first.id}"


def test_the_other_is_chosen_among_those_alike_or_by_number(client, two):
    first, second = two

    page = client.get(f"/asiakkaat/{first.id}/yhdista")
    assert page.page.select_one("#samankaltaiset a")["href"] == address(first, second)
    assert "sama nimi hieman toisin kirjoitettuna" in page.main

    onward = client.submit(f"/asiakkaat/{first.id}/yhdista", {"number": f" {second.id} "}, follow=False)
    assert onward.location == address(first, second)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Anna asiakasnumero."),
        ("Maija", "Asiakasnumerossa on vain numeroita."),
        ("999999999999", "Asiakasnumerossa on vain numeroita."),
        ("99999", "Tällä numerolla ei ole asiakasta."),
    ],
)
def test_a_number_that_is_nobodys_is_refused_with_the_reason(client, two, typed, said):
    answer = client.submit(f"/asiakkaat/{two[0].id}/yhdista", {"number": typed})

    assert answer.status_code == 422
    assert said in answer.main


def test_the_undoing_is_found_on_the_card_and_brings_both_back(client, two):
    kept, dropped = two
    card = client.submit(address(*two))
    way = card.page.select_one("#yhdistetyt a")["href"]

    after = client.submit(way)

    assert after.request.path == f"/asiakkaat/{dropped.id}"
    assert "Yhdistäminen on peruttu." in after.words
    assert "Wirtanen" in after.main
    assert client.get(f"/asiakkaat/{kept.id}").page.select_one("#yhdistetyt") is None


def test_an_undoing_that_comes_too_late_says_what_has_changed(client, two):
    kept, _dropped = two
    card = client.submit(address(*two))
    way = card.page.select_one("#yhdistetyt a")["href"]
    change(service.find(kept.id), city="Espoo")

    page = client.get(way)

    assert "sen jälkeen on muuttunut: asiakkaan tiedot" in page.main
    assert page.page.select_one("main form") is None


def test_an_undoing_overtaken_by_a_change_is_refused_on_the_page(client, two):
    card = client.submit(address(*two))
    way = card.page.select_one("#yhdistetyt a")["href"]
    page = client.get(way)
    change(service.find(two[0].id), city="Espoo")

    answer = client.submit(way, page=page)

    assert answer.status_code == 422
    assert "sen jälkeen on muuttunut" in answer.main


def test_a_merge_that_does_not_exist_is_no_page(client, clerk):
    assert client.get("/asiakkaat/yhdistamiset/1/peru").status_code == 404


def test_the_card_offers_merging_to_those_who_may(client, app, two, sign_in):
    way = f"/asiakkaat/{two[0].id}/yhdista"
    assert client.get(f"/asiakkaat/{two[0].id}").page.select_one(f'a[href="{way}"]')
    merged(*two)

    reader = app.test_client()
    sign_in("lukija", client=reader)
    card = reader.get(f"/asiakkaat/{two[0].id}")
    assert card.page.select_one(f'a[href="{way}"]') is None
    assert card.page.select_one("#yhdistetyt a") is None
    assert reader.get(way).status_code == 403


def test_after_an_undoing_the_two_can_be_merged_the_other_way_round(client, two):
    undo(merged(*two))

    card = client.submit(address(two[1], two[0]), {"last_name": "dropped"})

    assert card.request.path == f"/asiakkaat/{two[1].id}"
    assert values_of(service.find(two[1].id))["last_name"] == "Virtanen"
