"""The rules of prints: columns, the company's own letter, the source of an address, and for how long a print is opened."""

from datetime import date

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.lists import rules


def test_a_list_has_the_columns_of_the_table_in_its_order() -> None:
    assert rules.check_columns(["phone", "address"]) == ["address", "phone"]
    assert rules.check_columns([]) == []
    with pytest.raises(RuleViolation, match="sarakkeet luettelosta"):
        rules.check_columns(["identity_code"])


def test_only_the_data_that_are_shown_go_out() -> None:
    assert rules.fields_of("list", ["phone"]) == ("last_name", "first_name", "name", "phone")
    assert "email" not in rules.fields_of("labels")
    assert "street" not in rules.fields_of("emails")


def test_each_line_of_a_letter_is_a_paragraph_and_empty_lines_are_passed_over() -> None:
    assert rules.check_text("Hyvä {nimi}\n\n  Muutamme   uusiin tiloihin. \n") == [
        "Hyvä {nimi}",
        "Muutamme uusiin tiloihin.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Kirjoita kirjeen teksti."),
        ("  \n ", "Kirjoita kirjeen teksti."),
        ("\n".join(["rivi"] * 21), "enintään 20 kappaletta, nyt 21"),
        ("a" * 3001, "enintään 3\u00a0000 merkkiä, nyt 3\u00a0001"),
        ("<b>Hei</b>", "ilman HTML-merkintöjä"),
        ("Hyvä {sukunimi}", "Paikkaa {sukunimi} ei tunneta"),
        ("Hyvä {nimi", "Aaltosulku on auki"),
    ],
)
def test_a_text_that_cannot_be_a_letter_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        rules.check_text(text)
    assert said in refused.value.sentence
    assert refused.value.field == "text"


def test_a_name_that_looks_like_a_blank_is_not_filled_again() -> None:
    assert rules.filled("Hyvä {nimi}!", {"nimi": "{etunimi}", "etunimi": "Maija"}) == "Hyvä {etunimi}!"


def test_the_source_of_an_address_names_register_company_and_where_it_is_found() -> None:
    told = rules.origin(
        register="Asiakasrekisteri", company="Malli Oy", lines=["Mallikatu 1", "00100 HELSINKI"], phone="09 123 456"
    )
    assert told == "Osoitelähde: Asiakasrekisteri, Malli Oy, Mallikatu 1, 00100 HELSINKI, 09\u00a0123\u00a0456"
    assert rules.origin(register="R", company="Malli Oy", lines=[], phone="") == "Osoitelähde: R, Malli Oy"


def test_whoever_gets_marketing_is_told_how_to_forbid_it_and_others_are_not_bothered() -> None:
    told = rules.right_to_forbid("direct_mail", phone="09 123 456", email="asiakas@example.fi")
    assert told == (
        "Teillä on oikeus milloin tahansa kieltää tietojenne käyttö suoramarkkinointiin. "
        "Ilmoittakaa kiellosta puhelinnumeroon 09 123 456 tai osoitteeseen asiakas@example.fi."
    )
    assert "markkinatutkimuksiin" in rules.right_to_forbid("market_research", phone="1", email="")
    assert rules.right_to_forbid("listing", phone="1", email="") == ""


def test_a_print_is_opened_on_its_own_day_only() -> None:
    rules.check_fresh(date(2026, 11, 24), date(2026, 11, 24))
    with pytest.raises(RuleViolation, match="vain sen tekopäivänä"):
        rules.check_fresh(date(2026, 11, 23), date(2026, 11, 24))


def test_a_list_too_long_to_be_read_is_refused_with_its_length() -> None:
    rules.check_room(20_000)
    with pytest.raises(RuleViolation, match=r"20.001 riviä"):
        rules.check_room(20_001)
