"""The shapes: what one reads is exactly what it describes, and what is wrong is shown by its place."""

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekisteri.interfaces import schemas
from rekisteri.interfaces.shapes import Day, Decimal, Listed, Misshapen, OneOf, Record, Text, Truth, Whole

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
LINES = st.fixed_dictionaries(
    {
        "product": st.text(max_size=210),
        "quantity": st.sampled_from(["1", "0.5", "1.2345", "-1", "1,5", "", 2]),
        "unit": st.sampled_from(["kpl", "laatikko", None]),
        "unit_price": st.sampled_from(["12.50", "-1", "12.505", "1e3", "١٢", "1000000.00"]),
    },
    optional={"x": st.just(1)},
)
ORDERS = st.fixed_dictionaries(
    {"customer": st.sampled_from([1, 7, 0, -1, 2**31, 7.0, "7", True]), "lines": st.lists(LINES, max_size=2)},
    optional={"ordered_on": st.sampled_from(["2026-11-24", "2026-02-30", "20261124", "2026-W01-1", 1])},
)


def is_read(shape, value):
    try:
        shape.read(value)
    except Misshapen:
        return False
    return True


def is_described(shape, value):
    return jsonschema_rs.Draft202012Validator(shape.schema(), validate_formats=True).is_valid(value)


@settings(max_examples=150)
@given(JSON | ORDERS)
def test_an_order_is_read_exactly_when_its_description_accepts_it(value):
    assert is_read(schemas.ORDER, value) == is_described(schemas.ORDER, value)


@settings(max_examples=60)
@given(JSON | st.fixed_dictionaries({"email": st.text(max_size=260)}))
def test_a_search_is_read_exactly_when_its_description_accepts_it(value):
    assert is_read(schemas.SOUGHT, value) == is_described(schemas.SOUGHT, value)


@pytest.mark.parametrize(
    ("text", "units"), [("12", 1200), ("12.5", 1250), ("0.05", 5), ("-3.10", -310), ("999999.99", 999_999_99)]
)
def test_a_decimal_is_read_without_rounding(text, units):
    assert Decimal("hinta", places=2, digits=6, negative=True).read(text) == units


@pytest.mark.parametrize(
    ("shape", "value", "at", "code"),
    [
        (Text(), 7, "", "text"),
        (Text(), "", "", "length"),
        (Text(), "a\nb", "", "pattern"),
        (Text(), "loppu\n", "", "pattern"),
        (Whole("luku"), "7", "", "whole"),
        (Whole("luku"), True, "", "whole"),
        (Whole("luku"), 0, "", "range"),
        (Truth("onko"), 1, "", "truth"),
        (OneOf(("a", "b")), "c", "", "one_of"),
        (OneOf(("a", "b")), ["a"], "", "one_of"),
        (Day("päivä"), "2026-11-31", "", "day"),
        (Listed(Text(), most=1), ["a", "b"], "", "count"),
        (Listed(Text()), ["a", 1], "/1", "text"),
        (Record({"a": Text()}), {}, "/a", "missing"),
        (Record({"a": Text()}), {"a": "x", "b/c": 1}, "/b~1c", "unknown"),
        (Record({"a": Record({"b": Text()})}), {"a": {"b": 1}}, "/a/b", "text"),
    ],
)
def test_what_is_wrong_is_shown_by_its_place_and_kind(shape, value, at, code):
    with pytest.raises(Misshapen) as caught:
        shape.read(value)
    assert (caught.value.at, caught.value.code) == (at, code)


def test_what_may_be_left_out_is_left_out():
    shape = Record({"a": Text(), "b": Whole("luku")}, optional=frozenset({"b"}))
    assert shape.read({"a": "x"}) == {"a": "x"}
    assert shape.schema()["required"] == ["a"]
