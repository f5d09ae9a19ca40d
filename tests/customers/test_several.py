"""Several e-mail addresses, phone numbers and postal addresses of one customer, with their use and validity."""

from datetime import date

import pytest

from rekisteri.customers import fields, rules, service
from rekisteri.customers.validity import Detail, check_detail, days, holds, in_words, warning
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source, whence

TODAY = date(2026, 11, 23)
COTTAGE = {"street": "Rantatie 9", "postcode": "52700", "city": "Mäntyharju"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def change(customer, values, details=None, reason="Tieto on muuttunut"):
    clerk = make_clerk()
    with transaction():
        return service.change(
            customer=service.find(customer.id),
            values=values,
            details=details,
            source=service.self_source(),
            obtained_on=TODAY,
            by=clerk,
            reason=reason,
        )


def held(customer):
    return {field: datum.value for field, datum in service.current(customer).items()}


def line(answer, field):
    return " ".join(answer.page.select_one(f"#tieto-{field}").text.split())


# the fields themselves


def test_a_slot_is_a_field_of_its_own_with_a_number_in_its_name():
    labels = rules.FIELDS["person"]

    assert (labels["email"], labels["email_2"], labels["street_5"]) == (
        "Sähköpostiosoite",
        "Sähköpostiosoite 2",
        "Katuosoite 5",
    )
    assert "email_6" not in labels
    assert "last_name_2" not in labels


@pytest.mark.parametrize(
    ("field", "main", "number"),
    [("email", "email", 1), ("email_2", "email", 2), ("postcode_5", "postcode", 5), ("first_name", "first_name", 1)],
)
def test_a_slot_knows_what_it_is_another_of(field, main, number):
    assert (fields.base(field), fields.slot(field), fields.in_slot(main, number)) == (main, number, field)


def test_an_address_stands_together_after_the_one_before_it():
    labels = [field for field in rules.FIELDS["person"] if fields.group_of(field) == "address"]

    assert labels[:8] == ["street", "postcode", "city", "country", "street_2", "postcode_2", "city_2", "country_2"]


def test_an_address_takes_the_first_slot_in_which_nothing_of_it_stands():
    assert fields.free_slot("address", ["street", "city_2"]) == 3
    assert fields.free_slot("email", []) == 1
    assert fields.free_slot("phone", fields.slots("phone")) is None


def test_only_the_slots_that_hold_something_are_offered():
    offered = rules.offered("organisation", ["phone_3"])

    assert set(offered) == set(rules.MAIN_FIELDS["organisation"]) | {"phone_3"}
    assert list(offered).index("phone_3") == list(offered).index("phone") + 1


def test_each_value_is_judged_as_the_first_of_its_kind_and_a_postcode_by_its_own_country():
    kept = rules.check_values(
        "person",
        {
            "last_name": "Virtanen",
            "phone_2": "041 505 8567",
            "postcode": "00100",
            "street_2": "Gatan 1",
            "postcode_2": "111 22",
            "country_2": "sverige",
        },
    )

    assert (kept["phone_2"], kept["postcode_2"], kept["country_2"]) == ("+358415058567", "111 22", "Ruotsi")
    with pytest.raises(RuleViolation, match="viisi numeroa"):
        rules.check_values("person", {"last_name": "Virtanen", "country": "Ruotsi", "postcode_2": "111 222"})


# use and validity


@pytest.mark.parametrize(
    ("detail", "told", "noticed"),
    [
        (Detail(), "", ""),
        (Detail("work"), "Työ", ""),
        (Detail("home", date(2026, 1, 1), date(2026, 12, 31)), "Koti, voimassa 1.1.2026–31.12.2026", ""),
        (Detail("", None, date(2026, 11, 23)), "voimassa 23.11.2026 asti", ""),
        (Detail("", None, date(2026, 11, 22)), "voimassa 22.11.2026 asti", "ei enää voimassa"),
        (Detail("visit", date(2026, 11, 24)), "Käynti, voimassa 24.11.2026 alkaen", "ei vielä voimassa"),
    ],
)
def test_use_and_days_are_told_in_words_and_what_has_run_out_is_noticed(detail, told, noticed):
    assert (in_words(detail), warning(detail, TODAY), holds(detail, TODAY)) == (told, noticed, not noticed)


@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        (Detail("kesämökki"), "luettelosta"),
        (Detail("", date(2026, 3, 5), date(2026, 3, 4)), "ennen ensimmäistä"),
        (Detail("", date(206, 3, 5)), "Tarkista vuosi"),
    ],
)
def test_a_detail_that_makes_no_sense_is_refused(detail, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        check_detail(detail)


def test_days_may_be_told_with_another_word():
    assert days(date(2020, 1, 1), None, word="") == "1.1.2020 alkaen"


# using them


def test_a_letter_goes_to_the_first_address_that_holds(app):
    maija = make_person()
    change(maija, {f"{field}_2": value for field, value in COTTAGE.items()})
    assert service.addressee(maija)[1:] == ("Mäkitie 4 A 3", "00100 HELSINKI")

    change(maija, {}, {"street": Detail("home", None, date(2026, 11, 22))})
    assert service.addressee(maija)[1:] == ("Rantatie 9", "52700 MÄNTYHARJU")

    change(maija, {}, {"street_2": Detail("other", date(2027, 6, 1))})
    assert service.addressee(maija) == ()


def test_an_employer_that_has_moved_is_written_to_at_the_new_address(app):
    make_organisation("Äijälän Sähkö Oy")
    person = make_person(organisation="Äijälän Sähkö Oy", street="", postcode="", city="")
    change(person.organisation, {f"{field}_2": value for field, value in COTTAGE.items()})
    change(person.organisation, {}, {"street": Detail("", None, date(2026, 1, 1))})

    assert service.addressee(person) == ("Maija Virtanen", "Äijälän Sähkö Oy", "Rantatie 9", "52700 MÄNTYHARJU")


def test_every_address_and_number_is_found_by_and_the_list_shows_the_first(app):
    maija = make_person(email="", phone="")
    change(maija, {"email_2": "maija@toinen.example", "phone_3": "09 123 4567", "city_2": "Mäntyharju"})

    for typed in ("maija@toinen.example", "09 1234567", "mäntyharju"):
        assert [one.id for one in service.search(typed)] == [maija.id]
    assert (service.find(maija.id).contact, maija.place) == ("09 123 4567 · maija@toinen.example", "Helsinki")


def test_a_new_value_keeps_the_use_and_drops_the_days_that_have_run_out(app):
    maija = make_person()
    change(maija, {}, {"street": Detail("home", None, date(2026, 1, 1)), "phone": Detail("work", date(2026, 1, 1))})

    change(maija, {"street": "Uusitie 1", "phone": "040 123 4567"})

    now = service.current(maija)
    assert Detail.of(now["street"]) == Detail("home")
    assert Detail.of(now["phone"]) == Detail("work", date(2026, 1, 1))


def test_a_new_use_or_validity_is_a_change_with_its_own_source_and_day(app):
    maija = make_person()

    assert change(maija, {}, {"email": Detail("work")}) == ["email"]
    assert change(maija, {}, {"email": Detail("work")}) == []

    now, before = service.current(maija)["email"], service.history(maija)[2]
    assert (now.value, now.use, now.obtained_on) == ("maija.virtanen@esimerkki.fi", "work", TODAY)
    assert (before.field, before.use, before.ended_reason) == ("email", "", "Tieto on muuttunut")


# the pages


def test_the_card_shows_a_second_address_only_when_there_is_one(client, clerk):
    maija = make_person()
    assert not client.get(f"/asiakkaat/{maija.id}").page.select("#tieto-email_2")

    change(maija, {"email_2": "maija@toinen.example"}, {"email_2": Detail("work", None, date(2026, 1, 1))})

    assert line(client.get(f"/asiakkaat/{maija.id}"), "email_2") == (
        "Sähköpostiosoite 2 maija@toinen.example ei enää voimassa Työ, voimassa 1.1.2026 asti"
        " Lähde: Rekisteröity itse, saatu 23.11.2026 Muuta sähköpostiosoite 2"
    )


def test_a_clerk_adds_a_whole_address_with_its_use_and_validity(client, clerk):
    maija = make_person()
    typed = COTTAGE | whence(use="home", valid_from="1.6.2026", valid_until="31.8.2027")

    answer = client.submit(f"/asiakkaat/{maija.id}/lisaa/osoite", typed, follow=True)

    assert "Tieto on lisätty." in answer.text
    assert {field: held(maija)[f"{field}_2"] for field in COTTAGE} == COTTAGE
    assert "Koti, voimassa 1.6.2026–31.8.2027" in line(answer, "street_2")
    assert held(maija)["street"] == "Mäkitie 4 A 3"


def test_the_first_number_of_a_customer_without_one_takes_the_main_field(client, clerk):
    maija = make_person(phone="")

    client.submit(f"/asiakkaat/{maija.id}/lisaa/puhelin", whence(phone="040 123 4567"))

    assert held(maija)["phone"] == "+358401234567"


@pytest.mark.parametrize(
    ("what", "typed", "sentence"),
    [
        ("sahkoposti", {"email": ""}, "Anna sähköpostiosoite."),
        ("sahkoposti", {"email": "maija(at)esimerkki"}, "ähköpostiosoite"),
        ("puhelin", {"phone": "12"}, "Puhelinnumero ei kelpaa"),
        (
            "puhelin",
            {"phone": "040 123 4567", "valid_from": "2.1.2026", "valid_until": "1.1.2026"},
            "ennen ensimmäistä",
        ),
        ("puhelin", {"phone": "040 123 4567", "valid_until": "31.2.2026"}, "ei ole kalenterissa"),
        ("osoite", COTTAGE | {"postcode": "527"}, "viisi numeroa"),
        ("osoite", COTTAGE | {"street": ""}, "Anna katuosoite tai postilokero."),
        ("osoite", COTTAGE | {"street": "131052-308T"}, "Henkilötunnusta"),
        ("osoite", COTTAGE | {"obtained_on": "24.11.2026"}, "tulevaisuudessa"),
    ],
)
def test_what_is_wrong_with_an_addition_is_said_on_its_form_and_nothing_is_saved(client, clerk, what, typed, sentence):
    maija = make_person()
    before = held(maija)

    answer = client.submit(f"/asiakkaat/{maija.id}/lisaa/{what}", whence() | typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert held(maija) == before


def test_a_sixth_e_mail_address_is_refused_in_words(client, clerk):
    maija = make_person()
    change(maija, {f"email_{number}": f"maija{number}@esimerkki.fi" for number in range(2, 6)})

    answer = client.submit(f"/asiakkaat/{maija.id}/lisaa/sahkoposti", whence(email="kuudes@esimerkki.fi"))

    assert (answer.status_code, "enintään viisi" in answer.text) == (422, True)


def test_the_form_of_all_data_asks_the_further_ones_that_there_are(client, clerk):
    maija = make_person()
    change(maija, {"email_2": "maija@toinen.example", "city_2": "Mäntyharju"})

    names = [field.get("name") for field in client.get(f"/asiakkaat/{maija.id}/muokkaa").page.select("main input")]
    assert {"email_2", "street_2", "city_2"} < set(names)
    assert not {"email_3", "phone_2"} & set(names)

    typed = whence(email_2="", street_2="Rantatie 9", postcode_2="52700", reason="changed")
    client.submit(f"/asiakkaat/{maija.id}/muokkaa", typed)

    assert "email_2" not in held(maija)
    assert held(maija)["street_2"] == "Rantatie 9"


def test_the_use_is_changed_on_the_card_where_the_datum_stands(client, clerk):
    maija = make_person()
    url = f"/asiakkaat/{maija.id}/tieto/phone"

    client.submit(url, whence(use="work", valid_until="31.12.2027", reason="completed"))

    assert Detail.of(service.current(maija)["phone"]) == Detail("work", None, date(2027, 12, 31))
    assert client.get(url).page.select_one("#phone-valid_until")["value"] == "31.12.2027"
    assert client.submit(url, whence(valid_until="eilen", reason="changed")).status_code == 422


def test_a_further_value_that_was_emptied_leaves_the_card(client, clerk):
    maija = make_person()
    change(maija, {"email_2": "maija@toinen.example"})

    answer = client.submit(f"/asiakkaat/{maija.id}/tieto/email_2", whence(value="", reason="unnecessary"), follow=True)

    assert not answer.page.select("#tieto-email_2")
    assert "Sähköpostiosoite 2 poistettu" in answer.text


def test_an_address_in_the_archive_is_not_added_to(client, clerk):
    maija = make_person()
    with transaction():
        service.archive(customer=service.find(maija.id), by=clerk)

    answer = client.submit(f"/asiakkaat/{maija.id}/lisaa/sahkoposti", whence(email="uusi@esimerkki.fi"))

    assert (answer.status_code, "Palauta asiakas ensin arkistosta." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("values", "doubted"),
    [
        ({"street": "PL 55", "postcode": "00101"}, False),
        ({"street": "PL 55", "postcode": "00100"}, True),
        ({"street_2": "pl 7", "postcode_2": "33100"}, True),
        ({"street": "P.O. Box 7", "postcode": "33100", "country": "Ruotsi"}, False),
        ({"street": "Plootukatu 5", "postcode": "33100"}, False),
        ({"street": "PL 55"}, False),
    ],
)
def test_a_post_office_box_whose_postcode_looks_wrong_is_doubted_but_not_refused(values, doubted):
    assert bool(rules.doubts(values)) is doubted


def test_the_doubt_is_told_after_saving(client, clerk):
    maija = make_person()

    answer = client.submit(
        f"/asiakkaat/{maija.id}/lisaa/osoite",
        whence(street="PL 55", postcode="00100", city="Helsinki"),
        follow=True,
    )

    assert "postilokero-osoitteen postinumero päättyy tavallisesti numeroon 1" in answer.text
    assert held(maija)["street_2"] == "PL 55"


def test_a_further_address_has_its_own_source(client, clerk):
    maija = make_person()
    fair = make_source("Venemessut 2026")

    typed = whence(email="maija@venemessut.example", source=str(fair.id))
    answer = client.submit(f"/asiakkaat/{maija.id}/lisaa/sahkoposti", typed, follow=True)

    assert "Lähde: Venemessut 2026" in line(answer, "email_2")
    assert "Lähde: Rekisteröity itse" in line(answer, "email")
