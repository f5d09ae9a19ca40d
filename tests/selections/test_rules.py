"""What a choice may ask, how it is typed, kept and told: pure functions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import uses
from rekisteri.kernel.errors import RuleViolation
from rekisteri.selections import estimates, rules, wording
from rekisteri.selections.rules import Choice

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "ranges"),
    [
        ("", ()),
        ("00100", (("00100", "00100"),)),
        ("00100-00990", (("00100", "00990"),)),
        ("00100 – 00990, 33", (("00100", "00990"), ("33000", "33999"))),
        ("0-2", (("00000", "29999"),)),
        ("337;338\n339", (("33700", "33799"), ("33800", "33899"), ("33900", "33999"))),
    ],
)
def test_postcodes_are_typed_as_codes_ranges_or_beginnings(typed, ranges):
    assert rules.read_postcodes(typed) == ranges


@pytest.mark.parametrize("typed", ["Helsinki", "001000", "00100-", "00100-00200-00300", "٣٣", "33%", "' OR 1=1 --"])
def test_what_is_no_postcode_is_refused_with_an_example(typed):
    with pytest.raises(RuleViolation, match="Kirjoita esimerkiksi 00100–00990") as refused:
        rules.read_postcodes(typed)
    assert refused.value.field == "postcodes"


def test_a_range_the_wrong_way_round_is_refused():
    with pytest.raises(RuleViolation, match="väärin päin"):
        rules.read_postcodes("00990–00100")


def test_more_parts_than_anybody_types_are_refused():
    with pytest.raises(RuleViolation, match="enintään 40 kohtaa"):
        rules.read_names(", ".join(f"Kaupunki {n}" for n in range(41)), field="cities")


def test_a_name_is_taken_once_and_without_spare_spaces():
    assert rules.read_names(" Espoo,Espoo ,  Uusi  Kaupunki ", field="cities") == ("Espoo", "Uusi Kaupunki")


@pytest.mark.parametrize(
    ("criteria", "field"),
    [
        ({"use": "kiusaaminen"}, "use"),
        ({"way": "savumerkki"}, "way"),
        ({"kind": "koira"}, "kind"),
        ({"ties": "kaikki"}, "ties"),
        ({"states": ("hukassa",)}, "states"),
        ({"orders_least": -1}, "orders_least"),
        ({"orders_most": 10**9}, "orders_most"),
        ({"orders_least": 5, "orders_most": 4}, "orders_most"),
        ({"orders_most": 0, "within_months": 12}, "orders_most"),
        ({"within_months": 6, "before_months": 6}, "before_months"),
        ({"before_months": 1201}, "before_months"),
        ({"obtained_from": date(2026, 11, 24)}, "obtained_from"),
        ({"obtained_until": date(1899, 1, 1)}, "obtained_until"),
        ({"obtained_from": date(2026, 2, 1), "obtained_until": date(2026, 1, 1)}, "obtained_until"),
        ({"kind": "organisation", "roles": ("ostaja",)}, "kind"),
        ({"ties": "none", "organisations": ("Äijälän Sähkö Oy",)}, "ties"),
    ],
)
def test_a_choice_that_finds_nobody_by_itself_is_refused_at_its_own_field(criteria, field):
    with pytest.raises(RuleViolation) as refused:
        rules.check(Choice(**criteria), on=TODAY)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def test_choosing_by_what_one_has_bought_is_profiling_and_asks_for_that_too():
    assert Choice(cities=("Espoo",)).asked_uses == ["direct_mail"]
    for criterion in ("orders_least", "orders_most", "within_months", "before_months"):
        assert Choice(**{criterion: 3}).asked_uses == ["direct_mail", "profiling"]
        assert Choice(use="customer_relation", **{criterion: 3}).asked_uses == ["customer_relation"]


def test_every_use_is_one_that_the_whole_register_knows_and_bars():
    assert set(rules.USES) <= set(uses.USES)


choices = st.builds(
    Choice,
    use=st.sampled_from(list(rules.USES)),
    way=st.sampled_from(list(rules.WAYS)),
    archived=st.booleans(),
    postcodes=st.sampled_from([(), (("00100", "00990"), ("33000", "33999"))]),
    cities=st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple),
    sources=st.lists(st.integers(1, 99)).map(tuple),
    orders_least=st.none() | st.integers(0, 9),
    obtained_from=st.none() | st.dates(),
)


@given(choices)
def test_a_choice_is_the_same_after_it_has_been_kept(choice):
    assert Choice.of_json(choice.as_json()) == choice


def test_what_a_later_version_has_added_is_passed_over():
    assert Choice.of_json({"use": "listing", "kengännumero": 43}) == Choice(use="listing")


def test_a_choice_is_told_in_finnish_with_only_what_limits_it():
    choice = Choice(
        postcodes=(("00100", "00990"),), orders_least=2, before_months=1, within_months=24, sources=(3, 9), ties="some"
    )
    assert dict(wording.lines(choice, {3: "Rakentajamessut 2026"})) == {
        "Käyttötarkoitus": "Suoramainonta",
        "Yhteydenotto": "Kirje",
        "Ketkä": "Henkilöt ja yhteisöt",
        "Arkistoidut": "Eivät mukana",
        "Postinumerot": "00100–00990",
        "Edustaminen": "Edustaa jotakin yhteisöä",
        "Tilauksia": "vähintään 2",
        "Viimeisin tilaus": "yli 1 mutta enintään 24 kuukautta sitten",
        "Mitkä tilaukset lasketaan": "tilattu, vahvistettu, toimitettu",
        "Tietolähde": "Rakentajamessut 2026, Poistettu lähde",
    }


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 23), 1, date(2026, 10, 23)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1200, date(1926, 11, 23)),
    ],
)
def test_so_many_months_ago_is_the_same_day_or_the_last_of_a_shorter_month(day, months, before):
    assert rules.months_before(day, months) == before


def test_a_copy_gets_a_name_of_its_own_however_long_the_first_one_is():
    assert rules.copy_name("Joulukirje", {"Joulukirje"}) == "Joulukirje (kopio)"
    assert rules.copy_name("Joulukirje", {"Joulukirje (kopio)"}) == "Joulukirje (kopio 2)"
    assert len(rules.copy_name("ä" * rules.LONGEST_TITLE, set())) == rules.LONGEST_TITLE


@given(highest=st.integers(1, 5_000_000))
def test_a_sample_is_about_as_large_whatever_the_register_is(highest):
    step = estimates.step(highest, sample=20_000, run=50)
    if highest <= 40_000:
        assert step == 0
    else:
        assert 19_000 <= estimates.looked_at(highest, step=step, run=50) <= 20_100


@pytest.mark.parametrize(
    ("counted", "scale", "told"),
    [
        (4187, 1.0, "4\u00a0187"),
        (0, 1.0, "0"),
        (4187, 50.0, "noin 210\u00a0000"),
        (100, 50.0, "noin 5\u00a0000"),
        (0, 50.0, "alle 150"),
        (60, 50.0, "alle 4\u00a0000"),
    ],
)
def test_an_estimate_never_looks_more_certain_than_it_is(counted, scale, told):
    assert estimates.told(counted, scale) == told


def test_electronic_marketing_needs_consent_or_a_relation_and_a_letter_does_not():
    assert rules.needs_consent("direct_marketing", "email")
    assert rules.needs_consent("direct_mail", "sms")
    assert not rules.needs_consent("direct_marketing", "post")
    assert not rules.needs_consent("market_research", "email")
