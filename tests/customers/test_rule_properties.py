"""What holds of every field of the register, the first of its kind and the fifth alike."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import fields, projection, rules
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.errors import RuleViolation

SLOTTED = [main for members in fields.GROUPS.values() for main in members]
EVERY = [(kind, field) for kind, labels in fields.FIELDS.items() for field in labels]
TYPED = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[A-ZÄÖa-zäö]{1,12}([ '-][A-Za-z]{1,8})?", fullmatch=True),
    st.from_regex(r"\+?[0-9 ()-]{3,16}", fullmatch=True),
    st.sampled_from(
        ["Maija@Esimerkki.FI", "00100", "0201256-6", "sw1a 1aa", "Suomi", "ruotsi", "PL 5", "Käpy\u00adtie 1"]
    ),
)


def judged(kind: str, field: str, text: str, country: str = "") -> str | tuple[str, ...]:
    """What the register keeps, or why it keeps nothing."""
    try:
        return rules.check_value(kind, field, text, country=country)
    except RuleViolation as refused:
        return ("refused" if refused.field == field else "told at another field", refused.sentence)


@given(st.sampled_from(SLOTTED), st.sampled_from(range(2, 6)), TYPED, st.sampled_from(["", "Ruotsi"]))
def test_the_fifth_address_is_judged_as_the_first(main, number, text, country):
    other = fields.in_slot(main, number)
    assert judged("person", other, text, country) == judged("person", main, text, country)


@given(st.sampled_from(EVERY), TYPED)
def test_what_the_register_keeps_it_would_keep_again_as_it_is(place, text):
    kept = judged(*place, text)
    if isinstance(kept, str):
        assert judged(*place, kept) == kept


@given(st.sampled_from(EVERY), TYPED)
def test_what_a_page_shows_can_be_typed_back_without_a_change(place, text):
    kind, field = place
    kept = judged(kind, field, text)
    if isinstance(kept, str):
        assert judged(kind, field, rules.shown(field, kept)) == kept


@given(st.sampled_from(EVERY), TYPED)
def test_what_is_kept_fits_where_it_is_kept(place, text):
    kind, field = place
    kept = judged(kind, field, text)
    if isinstance(kept, str) and kept:
        own = projection.columns(kind, {field: kept})
        for name, value in own.items():
            longest = getattr(Customer.__table__.c[name].type, "length", None)
            assert longest is None or len(value) <= longest
        assert len(rules.match_key(field, kept) or "") <= Datum.__table__.c["match"].type.length


def test_the_longest_customer_fits_into_the_columns_of_the_lists():
    person = rules.check_values(
        "person",
        {
            "last_name": "Ä" * 100,
            "first_name": "Ö" * 100,
            "organisation": "Å" * 200,
            "email": "a" * 64 + "@" + ".".join(["b" * 50] * 2) + ".fi",
            "phone": "+49 123 456789012",
            "city": "Ü" * 100,
            "country": "Ñ" * 100,
        },
    )
    organisation = rules.check_values("organisation", {"name": "Æ" * 200})

    for kind, values in (("person", person), ("organisation", organisation)):
        for name, value in projection.columns(kind, values).items():
            longest = getattr(Customer.__table__.c[name].type, "length", None)
            assert longest is None or len(value) <= longest, name


def test_each_postcode_is_judged_by_the_country_of_its_own_address():
    values = {"last_name": "Aho", "postcode": "00100", "postcode_2": "SE-111 22", "country_2": "Ruotsi"}
    assert rules.check_values("person", values)["postcode_2"] == "SE-111 22"

    with pytest.raises(RuleViolation, match="viisi numeroa") as refused:
        rules.check_values("person", values | {"country": "Ruotsi", "country_2": "", "postcode": "111 22"})
    assert refused.value.field == "postcode_2"


@pytest.mark.parametrize(
    "field", ["email_1", "email_6", "email_02", "email_", "name_2", "orders_2", "Email", "email_2_2"]
)
def test_there_are_five_of_each_and_no_sixth_by_any_writing(field):
    assert judged("person", field, "jotakin") == ("refused", "Rekisterissä ei ole tällaista tietokenttää.")


@given(st.sampled_from(list(fields.GROUPS)), st.sets(st.sampled_from(list(fields.FIELDS["person"]))))
def test_a_new_address_takes_the_first_place_that_is_wholly_free(group, held):
    number = fields.free_slot(group, held)
    taken = [one for one in fields.SLOTS if set(fields.group_fields(group, one)) & held]

    if number is None:
        assert taken == list(fields.SLOTS)
    else:
        assert not set(fields.group_fields(group, number)) & held
        assert list(range(1, number)) == taken[: number - 1]


@pytest.mark.parametrize("kind", fields.FIELDS)
def test_every_field_has_a_label_of_its_own_in_plain_finnish(kind):
    labels = fields.FIELDS[kind]
    assert len(set(labels.values())) == len(labels)
    assert all(re.fullmatch(r"[A-ZÄÖ][a-zäöA-Z -]+( [2-5])?", label) for label in labels.values())


@pytest.mark.parametrize("kind", fields.FIELDS)
def test_a_form_offers_what_is_held_beside_the_usual_in_the_order_of_the_card(kind):
    order = list(fields.FIELDS[kind])
    shown = list(fields.offered(kind, {"phone_3", "street_2", "tuntematon"}))

    assert shown == sorted(shown, key=order.index)
    assert set(shown) == set(fields.MAIN_FIELDS[kind]) | {"phone_3", "street_2"}


@pytest.mark.parametrize(
    ("day", "years", "earlier"),
    [
        (date(2026, 11, 23), 5, date(2021, 11, 23)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2000, 2, 29), 100, date(1900, 2, 28)),
    ],
)
def test_so_many_years_ago_is_a_day_also_for_who_counts_from_a_leap_day(day, years, earlier):
    assert rules.years_before(day, years) == earlier


@pytest.mark.parametrize("one", rules.MATCHED)
def test_what_is_written_with_other_capitals_and_spaces_finds_the_same_people(one):
    assert rules.match_key(one, "Mäkitie  4 A") == rules.match_key(one, " MÄKITIE 4 a")
    assert rules.match_key(one, "Mäkitie 4") != rules.match_key(one, "Makitie 4")


@pytest.mark.parametrize("common", ["last_name", "first_name", "city", "country", "postcode", "orders", "city_3"])
def test_what_many_people_have_alike_makes_nobody_a_likely_duplicate(common):
    assert rules.match_key(common, "Helsinki") is None


@pytest.mark.parametrize(
    ("values", "doubtful"),
    [
        ({"street": "PL 12", "postcode": "00100"}, True),
        ({"street": "P.O. Box 12", "postcode": "00100", "country": "Suomi"}, True),
        ({"street": "PL 12", "postcode": "00101"}, False),
        ({"street": "PL 12"}, False),
        ({"street": "PL 12", "postcode": "111 22", "country": "Ruotsi"}, False),
        ({"street": "Plassintie 12", "postcode": "00100"}, False),
        ({"street": "Mäkitie 1", "postcode": "00101", "street_4": "PB 7", "postcode_4": "20100"}, True),
    ],
)
def test_only_a_finnish_box_with_a_street_postcode_is_doubted(values, doubtful):
    assert bool(rules.doubts(values)) is doubtful
