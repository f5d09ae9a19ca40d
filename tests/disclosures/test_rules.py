"""When data may leave the company, and what must then be on record."""

from datetime import date

import pytest

from rekisteri.customers.countries import countries, country_code, is_inside_eea
from rekisteri.disclosures import rules
from rekisteri.disclosures.rules import Held, Transfer
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 23)
NEED, SAFEGUARD = "Palvelinten ylläpito", "Vakiosopimuslausekkeet 4.6.2021"


def refusal(**changed):
    """Why nothing may go on that day to a recipient in use, in Finland, who decides for itself, unless told otherwise."""
    account = {
        field: changed.pop(field) for field in ("country", "need", "basis", "safeguard", "decided") if field in changed
    }
    usual = {"active": True, "role": "controller", "agreement_on": None, "agreement_until": None, "on": TODAY}
    return rules.why_nothing_may_go(**usual | changed, transfer=Transfer(**{"country": "FI"} | account))


@pytest.mark.promise("siirto.eu")
@pytest.mark.parametrize("country", ["FI", "SE", "DE", "IE", "IS", "NO", "LI", "AX"])
def test_within_the_eu_and_eea_data_may_go_as_within_finland(country):
    assert is_inside_eea(country)
    assert refusal(country=country) is None


@pytest.mark.promise("siirto.eu")
@pytest.mark.parametrize("country", ["US", "GB", "CH", "RU", "IN", "GL"])
def test_outside_nothing_goes_before_need_and_safeguard_are_on_record(country):
    whole = {"country": country, "need": NEED, "basis": "clauses", "safeguard": SAFEGUARD, "decided": True}
    assert refusal(**whole) is None
    for missing in ("need", "basis", "safeguard", "decided"):
        assert "EU:n ja ETA:n ulkopuolella" in refusal(**{**whole, missing: ""}), missing


@pytest.mark.promise("luovutus.vain-yritys")
@pytest.mark.parametrize(
    ("agreement", "told"),
    [
        ({}, "kirjallinen sopimus"),
        ({"agreement_on": date(2026, 11, 24)}, "kirjallinen sopimus"),
        ({"agreement_on": date(2026, 1, 1), "agreement_until": date(2026, 11, 22)}, "päättynyt 22.11.2026"),
        ({"agreement_on": TODAY}, None),
        ({"agreement_on": date(2026, 1, 1), "agreement_until": TODAY}, None),
    ],
)
def test_a_processor_gets_nothing_without_an_agreement_in_force(agreement, told):
    found = refusal(role="processor", **agreement)
    assert found is None if told is None else told in found


def test_a_decision_of_adequacy_is_one_the_commission_has_made():
    account = {"need": NEED, "basis": "adequacy", "safeguard": "Komission päätös"}
    rules.check_transfer(Transfer("CH", **account))
    with pytest.raises(RuleViolation, match="Intia"):
        rules.check_transfer(Transfer("IN", **account))
    rules.check_transfer(Transfer("IN", **{**account, "safeguard": "Komission päätös (EU) 2026/1234"}))


def test_an_agreement_is_recorded_when_made_and_ends_after_it_began():
    for made, ends in ((date(2026, 11, 24), None), (None, TODAY), (TODAY, date(2026, 11, 1))):
        with pytest.raises(RuleViolation):
            rules.check_agreement(agreement_on=made, agreement_until=ends, today=TODAY)
    rules.check_agreement(agreement_on=TODAY, agreement_until=None, today=TODAY)


def test_nothing_goes_to_a_recipient_put_out_of_use():
    assert refusal(active=False) == "Vastaanottaja ei ole enää käytössä."


def test_half_an_account_of_a_transfer_is_refused_where_it_is_missing():
    with pytest.raises(RuleViolation) as refused:
        rules.check_transfer(Transfer("US", need=NEED, basis="clauses", safeguard="ok"))
    assert refused.value.field == "transfer_safeguard"
    with pytest.raises(RuleViolation) as refused:
        rules.check_transfer(Transfer("US", need=NEED, safeguard=SAFEGUARD))
    assert refused.value.field == "transfer_basis"
    rules.check_transfer(Transfer("US"))
    rules.check_transfer(Transfer("FI", safeguard="ok"))


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
