"""Before anything changes, each row's fate is told: new, same, changed, doubtful, or refused and why."""

import pytest

from rekisteri.customers import search, service
from rekisteri.customers.importing import recognisers, steps
from rekisteri.customers.importing.recognisers import Verdict
from rekisteri.kernel.db import transaction
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.customers.importing.factories import AINO, BERTTA, HEADER, checked, fates, rows_of, said

NUMBERED = f"Asiakasnro;{HEADER}"
MAIJA_AGAIN = "Virtanen;Maija;maija.virtanen@esimerkki.fi;;;;"


def test_those_nobody_knows_are_new(app):
    batch = checked(AINO, BERTTA)
    assert fates(batch) == ["new", "new"]
    assert batch.counts == {"new": 2}
    assert batch.state == "ready"
    assert search.page().rows == []


def test_the_same_data_change_nothing_and_empty_cells_take_nothing_away(app):
    make_person()
    batch = checked(MAIJA_AGAIN, "virtanen;maija;;041-5058567;;;")
    assert fates(batch)[0] == "same"
    assert batch.counts["same"] == 1


def test_what_changes_is_told_from_what_to_what(app):
    make_person()
    batch = checked("Virtanen;Maija;maija.virtanen@esimerkki.fi;050 555 1234;Mäkitie 4 A 3;00200;Helsinki")
    assert fates(batch) == ["changed"]
    assert said(batch) == ["Puhelinnumero: 041 505 8567 → 050 555 1234", "Postinumero: 00100 → 00200"]


def test_a_value_that_stands_in_another_slot_is_there_already(app):
    make_person(email_2="maija@toinen.example")
    assert fates(checked("Virtanen;Maija;maija@toinen.example;041 505 8567;;;")) == ["same"]


def test_finland_need_not_be_said(app):
    make_person()
    assert fates(checked(f"{MAIJA_AGAIN};Suomi", header=f"{HEADER};Maa")) == ["same"]


def test_a_customer_number_decides_alone(app):
    maija = make_person()
    batch = checked(f"{maija.id};Meikäläinen;Maija;;;;;", header=NUMBERED)
    assert fates(batch) == ["changed"]
    assert said(batch) == ["Sukunimi: Virtanen → Meikäläinen"]


def test_the_number_of_a_merged_customer_leads_to_the_one_it_is_now(app):
    kept, dropped = make_person(), make_person(last_name="Wirtanen")
    with transaction():
        gone = service.find(dropped.id)
        gone.state, gone.merged_into_id = "merged", kept.id
    batch = checked(f"{dropped.id};Virtanen;Maija;;;;;", header=NUMBERED)
    assert fates(batch) == ["same"]
    assert rows_of(batch)[0].customer_id == kept.id


@pytest.mark.parametrize("number", ["999999", "x7", "0"])
def test_a_wrong_customer_number_is_refused(app, number):
    make_person()
    batch = checked(f"{number};Virtanen;Maija;;;;;", header=NUMBERED)
    assert fates(batch) == ["refused"]
    assert "Asiakasnumero" in said(batch)[0]


def test_the_number_of_an_organisation_is_no_person_s(app):
    firm = make_organisation()
    batch = checked(f"{firm.id};Virtanen;Maija;;;;;", header=NUMBERED)
    assert fates(batch) == ["refused"]
    assert "yhteisö" in said(batch)[0]


def test_a_business_id_is_sure(app):
    make_organisation("Äijälän Sähkö Oy", business_id="0201256-6")
    batch = checked("Äijälän Sähkö ja Valo Oy;02012566", header="Yritys;Y-tunnus")
    assert fates(batch) == ["changed"]
    assert said(batch) == ["Nimi: Äijälän Sähkö Oy → Äijälän Sähkö ja Valo Oy"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Lahtinen;Maija;maija.virtanen@esimerkki.fi;;;;", "Sama sähköpostiosoite"),
        ("Virtanen;Matti;;041 505 8567;;;", "Sama puhelinnumero"),
        ("Virtanen;Maija;;;;;", "Sama nimi"),
        ("Maija;Virtanen;;;;;", "toisin päin"),
        ("Wirtanen;Maija;;;Mäkitie 4 A 3;00100;Helsinki", "sama osoite"),
    ],
)
def test_who_is_only_alike_is_doubtful_with_the_reason(app, row, reason):
    make_person()
    batch = checked(row)
    assert fates(batch) == ["doubtful"]
    assert any(reason.lower() in sentence.lower() for sentence in said(batch))


def test_a_name_that_many_have_tells_nothing(app):
    for number in range(5):
        make_person(email=f"maija{number}@esimerkki.fi", phone="", street=f"Eri tie {number}")
    assert fates(checked("Virtanen;Maija;uusi@esimerkki.fi;;;;")) == ["new"]


def test_two_in_the_register_whom_a_row_fits_are_for_a_person_to_judge(app):
    make_person()
    make_person(email="")
    batch = checked("Virtanen;Maija;;041 505 8567;;;")
    assert fates(batch) == ["doubtful"]
    assert "useita" in said(batch)[0]


def test_a_customer_on_two_rows_of_one_file_is_not_entered_twice(app):
    batch = checked(AINO, BERTTA, AINO)
    assert fates(batch) == ["new", "new", "doubtful"]
    assert said(batch)[-1] == "Sama asiakas on jo tiedoston rivillä 2"


def test_two_rows_far_apart_are_noticed_too(app, monkeypatch):
    from rekisteri.customers.importing import receiving

    monkeypatch.setattr(receiving, "ROWS_IN_A_PIECE", 2)
    assert fates(checked(AINO, BERTTA, "Kolmas;Kalle;;;;;", AINO)) == ["new", "new", "new", "doubtful"]


def test_a_refused_row_tells_every_field_by_the_file_s_own_column(app):
    batch = checked("Aho;131052-308T;ei-osoite;12;;123456;")
    assert fates(batch) == ["refused"]
    assert [sentence.split(":")[0] for sentence in said(batch)] == ["Etunimi", "Sähköposti", "Puhelin", "Postinro"]
    assert "Henkilötunnusta" in said(batch)[0]


def test_nothing_is_kept_of_the_values_of_a_refused_row_but_its_name(app):
    batch = checked("Aho;Aino;ei-osoite;040 555 1234;;;")
    assert "5551234" not in rows_of(batch)[0].data


def test_an_archived_customer_is_not_changed_behind_anybody_s_back(app):
    maija = make_person()
    with transaction():
        service.archive(customer=service.find(maija.id), by=make_clerk())
    assert fates(checked(MAIJA_AGAIN)) == ["same"]
    batch = checked("Virtanen;Maija;maija.virtanen@esimerkki.fi;050 555 1234;;;")
    assert fates(batch) == ["refused"]
    assert "arkistossa" in said(batch)[0]


def test_a_change_that_would_not_fit_what_is_there_is_refused(app):
    make_person(country="Englanti", postcode="SW1A 1AA")
    batch = checked("Virtanen;Maija;maija.virtanen@esimerkki.fi;;;;;Suomi", header=f"{HEADER};Maa")
    assert fates(batch) == ["refused"]
    assert "viisi numeroa" in said(batch)[0]


@pytest.fixture
def recogniser(app):
    """A higher room that knows of two people who must not simply come back."""

    def recognise(batch):
        known = {
            "Aho": Verdict("refused", "Tiedot on poistettu rekisteristä."),
            "Öhman": Verdict("doubtful", "tunnettu"),
        }
        return {
            n: known[one.values["last_name"]] for n, one in enumerate(batch) if one.values.get("last_name") in known
        }

    recognisers.add_recogniser(recognise)
    yield
    recognisers.remove_recogniser(recognise)


def test_those_whom_a_higher_room_recognises_are_not_brought_back(recogniser):
    batch = checked(AINO, BERTTA, "Muu;Matti;;;;;")
    assert fates(batch) == ["refused", "doubtful", "new"]
    assert "Tiedot on poistettu rekisteristä." in said(batch)
    assert "Tunnettu" in said(batch)


def test_all_doubtful_rows_are_decided_at_once_or_one_by_one(app):
    make_person()
    batch = checked("Virtanen;Maija;;;;;", "Virtanen;Matti;;041 505 8567;;;", AINO, AINO)
    assert steps.undecided(batch) == 3
    with transaction():
        steps.decide(batch=batch, decision="skip", number=2)
        steps.decide(batch=batch, decision="same")
    assert [row.decision for row in rows_of(batch)] == ["skip", "same", "", ""]
