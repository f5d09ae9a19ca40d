"""What a backup says of itself is read with suspicion, and old ones are known by their names."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.backup.rules import (
    Manifest,
    check_counts,
    check_faults,
    check_keys,
    file_name,
    is_outdated,
    read_manifest,
)
from rekisteri.kernel.errors import RuleViolation

WHOLE = Manifest(
    made_at="2026-11-24T01:00:00+00:00",
    database="sqlite",
    revision="0002",
    counts={"customer": 2},
    log_rows=7,
    log_hash="ab",
    keys={"audit.key": "0123"},
    files={"rekisteri.sqlite": [10, "cd"]},
)


def changed(**values: object) -> bytes:
    return json.dumps(json.loads(WHOLE.written()) | values).encode()


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(WHOLE.written()) == WHOLE
    assert WHOLE.moment == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert WHOLE.dump == "rekisteri.sqlite"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}{",
        b"[1]",
        b"null",
        b"\xff\xfe",
        changed(made_at="eilen"),
        changed(made_at="2026-11-24T01:00:00"),
        changed(database="oracle"),
        changed(counts={"customer": "kaksi"}),
        changed(counts=None),
        changed(log_rows=None),
        changed(files={}),
        changed(files={"rekisteri.sqlite": [10]}),
        changed(files={"rekisteri.sqlite": [10, "cd"], "../../etc/passwd": [1, "a"]}),
        changed(surprise=1),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(RuleViolation, match=r"ei ole rekisterin varmuuskopio|uudemmalla versiolla"):
        read_manifest(content)


def test_a_backup_of_a_later_release_is_not_guessed_at() -> None:
    with pytest.raises(RuleViolation, match="Päivitä ohjelma ensin"):
        read_manifest(changed(format=2))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_content_makes_the_reading_of_a_manifest_crash(content: bytes) -> None:
    with pytest.raises(RuleViolation):
        read_manifest(content)


def test_a_backup_in_a_folder_is_named_by_its_moment_and_outdated_by_its_name() -> None:
    name = file_name(datetime(2026, 11, 24, 3, 0, 5))  # noqa: DTZ001 - the clock on the office wall
    assert name == "rekisteri-2026-11-24-030005.tar"
    assert not is_outdated(name, today=date(2026, 12, 24), keep_days=30)
    assert is_outdated(name, today=date(2026, 12, 25), keep_days=30)


@pytest.mark.parametrize("name", ["kopio.tar", "rekisteri-2026-11-24.tar", "rekisteri-2020-01-01-000000.tar.gz", ""])
def test_a_file_that_is_not_named_by_us_is_never_outdated(name: str) -> None:
    assert not is_outdated(name, today=date(2036, 1, 1), keep_days=1)


def test_a_missing_or_an_extra_row_is_noticed() -> None:
    check_counts({"customer": 2}, {"customer": 2, "newer_table": 0})
    for found in ({"customer": 1}, {"customer": 3}, {}):
        with pytest.raises(RuleViolation, match="Taulussa customer pitäisi olla 2 riviä"):
            check_counts({"customer": 2}, found)


def test_only_faults_that_were_there_already_are_let_through() -> None:
    check_faults(["Lokin riviä 2 on muutettu."], ["Lokin riviä 2 on muutettu."])
    check_faults(["Lokin riviä 2 on muutettu."], [])
    with pytest.raises(RuleViolation, match="Lokin riviä 3 on muutettu"):
        check_faults(["Lokin riviä 2 on muutettu."], ["Lokin riviä 3 on muutettu."])


def test_the_right_keys_must_be_at_hand() -> None:
    check_keys({"audit.key": "aa"}, {"audit.key": "aa", "forgotten.key": "bb"})
    with pytest.raises(RuleViolation, match=r"audit\.key \(tunniste aa\) puuttuu"):
        check_keys({"audit.key": "aa"}, {})
    with pytest.raises(RuleViolation, match=r"audit\.key \(tunniste aa\) on toinen.*--keys"):
        check_keys({"audit.key": "aa"}, {"audit.key": "bb"})
