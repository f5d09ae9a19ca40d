"""When data may leave the company, and what must then be on record."""

from datetime import date

import pytest

from rekisteri.customers.countries import countries, country_code, is_inside_eea
from rekisteri.disclosures import rules
from rekisteri.disclosures.rules import Held
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 23)
NEED, SAFEGUARD = "Palvelinten ylläpito", "Vakiosopimuslausekkeet 4.6.2021"


def refusal(**changed):
    return rules.why_nothing_may_go(**{"active": True, "country": "FI", "need": "", "safeguard": ""} | changed)


@pytest.mark.promise("siirto.eu")
@pytest.mark.parametrize("country", ["FI", "SE", "DE", "IE", "IS", "NO", "LI", "AX"])
def test_within_the_eu_and_eea_data_may_go_as_within_finland(country):
    assert is_inside_eea(country)
    assert refusal(country=country) is None


@pytest.mark.promise("siirto.eu")
@pytest.mark.parametrize("country", ["US", "GB", "CH", "RU", "IN", "GL"])
def test_outside_nothing_goes_before_need_and_safeguard_are_on_record(country):
    assert "EU:n ja ETA:n ulkopuolella" in refusal(country=country)
    assert "EU:n ja ETA:n ulkopuolella" in refusal(country=country, need=NEED)
    assert "EU:n ja ETA:n ulkopuolella" in refusal(country=country, safeguard=SAFEGUARD)
    assert refusal(country=country, need=NEED, safeguard=SAFEGUARD) is None


def test_nothing_goes_to_a_recipient_put_out_of_use():
    assert refusal(active=False) == "Vastaanottaja ei ole enää käytössä."


def test_half_an_account_of_a_transfer_is_refused_where_it_is_missing():
    with pytest.raises(RuleViolation) as refused:
        rules.check_transfer(country="US", need=NEED, safeguard="ok")
    assert refused.value.field == "transfer_safeguard"
    rules.check_transfer(country="US", need="", safeguard="")
    rules.check_transfer(country="FI", need="", safeguard="ok")


def test_a_disclosure_is_recorded_when_it_has_been_made():
    rules.check_disclosed_on(TODAY, today=TODAY)
    with pytest.raises(RuleViolation, match="tulevaisuudessa"):
        rules.check_disclosed_on(date(2026, 11, 24), today=TODAY)


@pytest.mark.promise("luovutus.vain-yritys")
@pytest.mark.parametrize(
    ("purpose", "ground"), [("", "collection"), ("Avoimen laskun perintä", "huvi"), ("muu syy", "other")]
)
def test_a_disclosure_without_purpose_or_ground_is_refused(purpose, ground):
    with pytest.raises(RuleViolation):
        rules.check_purpose(purpose, ground)


def test_the_grounds_are_those_of_the_notice():
    assert list(rules.GROUNDS.values()) == [
        "Luottohakemus tai luottopäätös",
        "Perintä",
        "Laskutus",
        "Lisäarvopalvelu",
        "Lain velvoite",
        "Tekninen siirto",
        "Muu peruste",
    ]
    for ground in rules.GROUNDS:
        rules.check_purpose("Asiakkaan pyytämä palvelu kumppanilta", ground)


OLD = Held(1, "phone", obtained_on=date(2026, 1, 1), entered_on=date(2026, 1, 10), ended_on=date(2026, 6, 1))
NEW = Held(2, "phone", obtained_on=date(2026, 5, 20), entered_on=date(2026, 6, 1), ended_on=None)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 1, 10), OLD),
        (date(2026, 5, 25), OLD),  # the new number was known, but the register still said the old one
        (date(2026, 6, 1), NEW),  # changed on the very day: as it was in the evening
        (date(2026, 11, 23), NEW),
        (date(2026, 1, 5), OLD),  # obtained, not yet entered: in the company's hands all the same
        (date(2025, 12, 31), None),
    ],
)
def test_what_went_is_what_the_register_held_on_that_day(day, held):
    assert rules.held_on([OLD, NEW], day) == held


def test_a_value_removed_by_then_did_not_go():
    assert rules.held_on([OLD], date(2026, 6, 2)) is None


def test_countries_have_their_finnish_names_in_finnish_order():
    names = list(countries().values())

    assert names[0] == "Afganistan"
    assert names.index("Yhdysvallat") < names.index("Zimbabwe") or names[-1] == "Zimbabwe"
    assert {"Ruotsi", "Alankomaat", "Valko-Venäjä"} <= set(names)
    assert (country_code("Ruotsi"), country_code("Sverige"), country_code("Sweden"), country_code("se")) == ("SE",) * 4
    assert country_code("Atlantis") is None


@pytest.mark.parametrize("role", ["controller", "authority"])
def test_a_technical_transfer_goes_only_to_a_processor(role):
    rules.check_ground_fits("technical", "processor")
    rules.check_ground_fits("law", role)
    with pytest.raises(RuleViolation, match="vain henkilötietojen käsittelijälle") as refused:
        rules.check_ground_fits("technical", role)
    assert refused.value.field == "ground"
