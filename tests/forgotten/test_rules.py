"""The same person makes the same traces, however the data are written; another person does not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.forgotten.rules import MOST_COMBINED, Recognised, Trace, phone_digits, recognised_by, traces
from tests.forgotten.factories import MAIJA


def of(**values: str) -> set[Trace]:
    return traces(values.items())


@pytest.mark.parametrize(
    ("field", "kept", "typed"),
    [
        ("email", "maija.makinen@esimerkki.fi", "Maija.Makinen@ESIMERKKI.FI"),
        ("email", "maija.makinen@esimerkki.fi", " maija.makinen@esimerkki.fi "),
        ("phone", "+358415058567", "041 505 8567"),
        ("phone", "+358415058567", "041-5058567"),
        ("phone", "+358415058567", "00358 41 505 8567"),
        ("phone", "+358415058567", "+358 (0)41 505 8567"),
        ("phone", "+46812345678", "0046 8 123 456 78"),
        ("business_id", "1234567-1", "FI12345671"),
    ],
)
def test_a_number_or_an_address_is_the_same_however_it_is_typed(field: str, kept: str, typed: str) -> None:
    assert of(**{field: kept}) == of(**{field: typed})


@pytest.mark.parametrize(
    "typed",
    [
        {"last_name": "MÄKINEN", "first_name": "MAIJA", "postcode": "00100", "street": "MÄKITIE 4 A 3"},
        {"last_name": "Makinen", "first_name": "Maija", "postcode": "00100", "street": "Makitie 4A3"},
        {"last_name": "Maija", "first_name": "Mäkinen", "postcode": "FI-00100", "street": "mäkitie 4 a 3"},
        {"name": "Mäkinen Maija", "postcode": "00 100", "street": "Mäkitie 4, A 3"},
        {"last_name": "Ma\u0308kinen", "first_name": "Maija", "postcode": "00100", "street": "Ma\u0308kitie 4 A 3"},
    ],
)
def test_a_name_with_its_address_is_the_same_with_capitals_without_dots_and_the_wrong_way_round(typed) -> None:
    kept = {field: MAIJA[field] for field in ("last_name", "first_name", "street", "postcode")}
    assert traces(kept.items()) == traces(typed.items())


def test_every_address_and_number_that_the_person_ever_had_leads_to_them() -> None:
    found = traces(
        [
            ("last_name", "Mäkinen"), ("last_name", "Virtanen"), ("first_name", "Maija"),
            ("postcode", "00100"), ("postcode_2", "33100"), ("email", "a@esimerkki.fi"), ("email_3", "b@esimerkki.fi"),
        ]
    )  # fmt: skip
    assert of(last_name="Virtanen", first_name="Maija", postcode="33100") <= found
    assert of(email="b@esimerkki.fi") <= found


@pytest.mark.parametrize(
    "values",
    [
        {"last_name": "Mäkinen", "first_name": "Maija"},
        {"postcode": "00100", "street": "Mäkitie 4 A 3"},
        {"city": "Helsinki", "country": "Suomi", "orders": "vene", "organisation": "Malli Oy"},
        {"email": "", "phone": "  ", "postcode": "00100"},
        {},
    ],
)
def test_what_thousands_share_leads_to_nobody(values) -> None:
    assert traces(values.items()) == set()


def test_two_people_of_one_house_are_two() -> None:
    matti = MAIJA | {"first_name": "Matti", "email": "matti@esimerkki.fi", "phone": "0415550000"}
    assert traces(MAIJA.items()).isdisjoint(traces(matti.items()))


def test_a_person_with_a_hundred_names_and_addresses_does_not_stop_the_erasure() -> None:
    many = [(field, f"{field} {n}") for n in range(200) for field in ("last_name", "first_name", "street", "postcode")]
    assert len(traces(many)) == MOST_COMBINED


@pytest.mark.parametrize(("text", "digits"), [("9", "9"), ("+", ""), ("000", "+0"), ("puh. 12", "12"), ("", "")])
def test_even_a_number_that_is_none_is_read_without_failing(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=12)


@given(LETTERS, LETTERS, st.from_regex(r"[0-9]{5}", fullmatch=True), st.sampled_from(["NFC", "NFD", "NFKD"]))
def test_no_way_of_writing_a_name_hides_it(last: str, first: str, postcode: str, form: str) -> None:
    typed = [unicodedata.normalize(form, text) for text in (last.upper(), first.capitalize())]
    assert of(last_name=last, first_name=first, postcode=postcode) == of(
        last_name=typed[0], first_name=typed[1], postcode=postcode
    )


@given(st.dictionaries(st.sampled_from([*MAIJA, "email_2", "street_3", "name", "nonsense"]), st.text(max_size=30)))
def test_nothing_that_is_typed_makes_the_reading_fail(values) -> None:
    assert all(trace.basis and trace.text for trace in traces(values.items()) if trace.basis != "place")


def test_a_clerk_is_told_what_was_the_same_and_not_who_it_was() -> None:
    found = Recognised(("email", "place"), forbidden=False)
    assert found.sentence == (
        "Tiedot saattavat olla ihmisen, jonka tiedot on poistettu rekisteristä (sama sähköpostiosoite, sama nimi ja"
        " postinumero). Varmista, että ne saa kirjata uudelleen."
    )


def test_a_whole_address_is_told_of_once() -> None:
    assert "(sama nimi ja osoite)" in Recognised(("address", "place"), forbidden=False).sentence


def test_of_one_who_forbade_marketing_the_clerk_is_told_that() -> None:
    assert "joka on kieltänyt markkinoinnin (sama puhelinnumero)" in Recognised(("phone",), forbidden=True).sentence


def test_a_name_in_a_town_makes_nobody_sure() -> None:
    assert not Recognised(("place",), forbidden=True).sure
    assert Recognised(("address", "place"), forbidden=True).sure


def test_bases_are_told_the_strongest_first() -> None:
    found = recognised_by([("place", False), ("email", False), ("phone", True)])
    assert found == Recognised(("email", "phone", "place"), forbidden=True)


def test_a_namesake_who_forbade_does_not_forbid_for_one_who_is_known_by_more() -> None:
    assert recognised_by([("place", True), ("email", False)]) == Recognised(("email", "place"), forbidden=False)
    assert recognised_by([("place", True)]) == Recognised(("place",), forbidden=True)
    assert recognised_by([]) is None


def test_one_list_has_all_the_given_names_and_another_the_first() -> None:
    home = [("last_name", "Virtanen"), ("street", "Tammitie 3"), ("postcode", "37120")]
    whole, short = traces([*home, ("first_name", "Maija Liisa")]), traces([*home, ("first_name", "Maija")])
    assert {trace.basis for trace in whole & short} == {"place", "address"}
    assert not whole & traces([*home, ("first_name", "Matti")])
