"""Hashing: as slow for a stranger as for a colleague, salted, and never with the password as it was typed."""

import statistics
import time

import pytest

from rekisteri.staff import passwords
from tests.staff.factories import PASSWORD


def seconds_of(stored, password):
    """The processor's time of one comparison, so that a busy machine does not matter."""
    before = time.thread_time()
    passwords.is_right(stored, password)
    return time.thread_time() - before


def test_an_unknown_name_takes_as_long_as_a_wrong_password(app):
    app.config["PASSWORD_METHOD"] = "scrypt:16384:8:1"
    known = passwords.hashed(PASSWORD)
    passwords.is_right("", PASSWORD)
    pairs = [(seconds_of(known, "väärä salasana tässä"), seconds_of("", "väärä salasana tässä")) for _ in range(25)]
    for_known, for_unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert for_unknown == pytest.approx(for_known, rel=0.25)


def test_the_first_stranger_after_a_start_is_not_slower_than_the_first_colleague(app):
    app.config["PASSWORD_METHOD"] = "scrypt:16384:8:1"
    known = passwords.hashed(PASSWORD)
    app.extensions.pop("decoy_password", None)
    first_colleague = seconds_of(known, "väärä salasana tässä")
    app.extensions.pop("decoy_password", None)
    first_stranger = seconds_of("", "väärä salasana tässä")
    assert first_stranger == pytest.approx(first_colleague, rel=0.5)


def test_no_password_fits_a_user_who_has_none(app):
    assert not passwords.is_right("", PASSWORD)
    assert not passwords.is_right("", "")


def test_the_same_password_is_never_stored_the_same_way_twice(app):
    assert passwords.hashed(PASSWORD) != passwords.hashed(PASSWORD)


def test_a_password_fits_from_whatever_keyboard_it_is_typed(app):
    stored = passwords.hashed("äänekkäät öljylamput")
    assert passwords.is_right(stored, "a\u0308a\u0308nekka\u0308a\u0308t o\u0308ljylamput")
    assert not passwords.is_right(stored, "äänekkäät öljylamput ")
    assert not passwords.is_right(stored, "Äänekkäät öljylamput")


def test_a_hash_is_renewed_only_when_the_settings_ask_for_another_way(app):
    stored = passwords.hashed(PASSWORD)
    assert passwords.renewed(stored, PASSWORD) is None
    app.config["PASSWORD_METHOD"] = "scrypt:1024:8:1"
    assert passwords.renewed(stored, PASSWORD).startswith("scrypt:1024:8:1$")


def test_a_register_in_use_hashes_slowly(monkeypatch, tmp_path):
    from rekisteri.kernel.config import read_settings

    method = read_settings({"DATA": tmp_path})["PASSWORD_METHOD"]
    name, work, block, _parallel = method.split(":")
    assert name == "scrypt"
    assert int(work) * int(block) * 128 >= 128 * 1024 * 1024, (
        "at least 128 MB a guess (OWASP's recommendation for scrypt)"
    )
