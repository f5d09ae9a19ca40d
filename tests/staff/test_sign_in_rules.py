"""How guessing is slowed down, and when a session ends by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from rekisteri.staff import sign_in_rules as rules

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def seconds(number):
    return timedelta(seconds=number)


@pytest.mark.parametrize(
    ("tries", "wait"),
    [(0, 0), (1, 0), (4, 0), (5, 2), (6, 4), (7, 8), (13, 512), (14, 900), (15, 900), (100_000, 900)],
)
def test_five_tries_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour(tries, wait):
    assert rules.wait_after(tries) == seconds(wait)


def test_a_try_is_possible_again_when_the_wait_is_over():
    assert rules.account_wait(6, NOON, NOON + seconds(1)) == seconds(3)
    assert rules.account_wait(6, NOON, NOON + seconds(4)) == rules.NOTHING


def test_a_clock_set_back_lengthens_no_wait():
    assert rules.account_wait(14, NOON, NOON - timedelta(days=300)) == rules.LONGEST_WAIT


def test_after_a_quiet_hour_the_count_begins_anew():
    assert rules.tries_now(20, NOON, NOON + timedelta(minutes=59)) == 21
    assert rules.tries_now(20, NOON, NOON + timedelta(minutes=60)) == 1


def test_whoever_tries_whenever_it_is_allowed_makes_at_most_a_hundred_tries_an_hour():
    moment, last, tries, made = NOON, NOON - timedelta(days=1), 0, 0
    while moment < NOON + timedelta(hours=1):
        if rules.account_wait(tries, last, moment):
            moment += rules.account_wait(tries, last, moment)
            continue
        tries, last, made = rules.tries_now(tries, last, moment), moment, made + 1
    assert made <= 20


def test_an_address_may_try_thirty_times_a_minute():
    assert rules.address_wait(29, NOON, NOON + seconds(20)) == rules.NOTHING
    assert rules.address_wait(30, NOON, NOON + seconds(20)) == seconds(40)
    assert rules.address_wait(30, NOON, NOON + seconds(60)) == rules.NOTHING


def test_an_address_starts_counting_anew_every_minute_also_when_the_clock_was_set_back():
    assert not rules.window_is_over(NOON, NOON + seconds(59))
    assert rules.window_is_over(NOON, NOON + seconds(60))
    assert rules.window_is_over(NOON, NOON - seconds(1))
    assert rules.address_wait(30, NOON, NOON - seconds(1)) == rules.NOTHING


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (0.2, "sekunnin"),
        (2, "2 sekunnin"),
        (59.5, "minuutin"),
        (64, "minuutin"),
        (128, "3 minuutin"),
        (900, "15 minuutin"),
    ],
)
def test_the_wait_is_told_in_words(wait, words):
    assert rules.wait_sentence(seconds(wait)).endswith(f"Yritä uudelleen {words} kuluttua.")


@pytest.mark.parametrize(
    ("age", "unused", "end"),
    [
        (timedelta(minutes=1), timedelta(0), None),
        (timedelta(hours=3), timedelta(minutes=29, seconds=59), None),
        (timedelta(hours=3), timedelta(minutes=30), "idle"),
        (timedelta(hours=11, minutes=59), timedelta(0), None),
        (timedelta(hours=12), timedelta(0), "absolute"),
    ],
)
def test_a_session_ends_after_half_an_hour_unused_or_twelve_hours_used(age, unused, end):
    assert rules.ended(NOON - age, NOON - unused, NOON) == end


def test_use_is_noted_at_most_once_a_minute():
    assert not rules.is_to_be_touched(NOON, NOON + seconds(59))
    assert rules.is_to_be_touched(NOON, NOON + seconds(60))


def test_a_one_time_password_lives_for_seven_days():
    assert not rules.one_time_password_is_over(NOON, NOON + timedelta(days=6, hours=23))
    assert rules.one_time_password_is_over(NOON, NOON + timedelta(days=7))
    assert rules.one_time_password_is_over(None, NOON)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/18 Safari/605", "Safari, Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/604", "Safari, iPhone"),
        ("curl/8.0", "Tuntematon selain"),
        ("", "Tuntematon selain"),
    ],
)
def test_a_browser_is_called_by_the_name_its_owner_knows(user_agent, name):
    assert rules.describe_browser(user_agent) == name
