"""The rules of connections and keys: networks, time, the minute, and what a connection must say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rekisteri.interfaces import problems, rules
from rekisteri.kernel.errors import RuleViolation

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
GOOD = {
    "ground": "technical",
    "name": "Verkkokauppa",
    "scopes": ["customers.read"],
    "fields": ["city"],
    "use": "profiling",
    "rate": 60,
}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.0.2.0/24", ["192.0.2.0/24"]),
        ("192.0.2.7", ["192.0.2.7/32"]),
        ("192.0.2.7, 2001:db8::/48\n192.0.2.7", ["192.0.2.7/32", "2001:db8::/48"]),
    ],
)
def test_networks_are_read_as_people_write_them(typed, read):
    assert rules.read_networks(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "  ", "kauppa.fi", "192.0.2.7/24", "0.0.0.0/0", "::/0", "192.0.2.300", "192.0.2.1 " * 21]
)
def test_what_is_no_network_or_no_limit_is_refused(typed):
    with pytest.raises(RuleViolation) as caught:
        rules.read_networks(typed)
    assert caught.value.field == "networks"


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.0.2.7", True),
        ("::ffff:192.0.2.7", True),
        ("192.0.3.1", False),
        ("2001:db8::1", False),
        ("", False),
        (None, False),
        ("kauppa", False),
    ],
)
def test_a_call_is_inside_only_from_its_network(address, inside):
    assert rules.is_inside(address, ["192.0.2.0/24"]) is inside


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (rules.Held(TODAY), None),
        (rules.Held(TODAY - timedelta(days=1)), "expired"),
        (rules.Held(TODAY, ends_at=NOW), "replaced"),
        (rules.Held(TODAY, ends_at=NOW + timedelta(seconds=1)), None),
        (rules.Held(TODAY, revoked_at=NOW), "revoked"),
    ],
)
def test_a_key_opens_through_its_last_day_unless_it_was_ended(key, why):
    assert rules.why_closed(key, now=NOW, today=TODAY) == why


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_a_key_lives_from_tomorrow_to_a_year(day):
    with pytest.raises(RuleViolation):
        rules.check_expiry(day, today=TODAY)
    rules.check_expiry(TODAY + timedelta(days=366), today=TODAY)
    rules.check_expiry(TODAY + timedelta(days=1), today=TODAY)


def test_the_minute_is_counted_anew_when_it_is_over():
    assert rules.count_call(since=NOW, count=5, now=NOW + timedelta(seconds=59)) == (NOW, 6)
    later = NOW + timedelta(seconds=60)
    assert rules.count_call(since=NOW, count=5, now=later) == (later, 1)
    assert rules.seconds_left(NOW, NOW + timedelta(seconds=59.5)) == 1
    assert rules.seconds_left(NOW, NOW) == 60


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"fields": []}, "fields"),
        ({"fields": ["shoe_size"]}, "fields"),
        ({"use": "listing"}, "use"),
        ({"rate": 0}, "rate"),
    ],
)
def test_a_connection_says_what_it_does_with_what_and_how_often(changed, field):
    with pytest.raises(RuleViolation) as caught:
        rules.check_connection(**GOOD | changed)
    assert caught.value.field == field
    rules.check_connection(**GOOD)
    rules.check_connection(**GOOD | {"scopes": ["orders.create"], "fields": []})


@pytest.mark.parametrize("code", problems.KINDS)
def test_each_problem_is_told_in_both_languages(code):
    told = [problems.Problem(code, errors=[("/x", "length", "1–3")]).told(language, "/r/") for language in ("fi", "en")]
    finnish, english = told
    assert finnish["type"] == english["type"] == f"/r/#virhe-{code}"
    assert finnish["title"] != english["title"] and finnish["detail"] != english["detail"]
    assert "1–3" in finnish["errors"][0]["detail"]


def test_the_sentence_of_a_rule_is_told_in_finnish_in_both():
    problem = problems.Problem("rule", "Päivä on tulevaisuudessa.")
    assert problem.told("fi", "/")["detail"] == "Päivä on tulevaisuudessa."
    assert problem.told("en", "/")["detail"].endswith("Päivä on tulevaisuudessa.")
