"""The chain by itself: each row's hash covers its content and the row before it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.audit.rules import FIRST, Anchor, Row, Start, first_fault, row_hash, seal

KEY = b"k" * 32
LENGTH = 9
Tampering = Callable[[list[Row]], list[Row]]


def chain(rows: int, key: bytes = KEY) -> list[Row]:
    """A sound log."""
    made: list[Row] = []
    for seq in range(1, rows + 1):
        moment = datetime(2026, 11, 23, 10, tzinfo=UTC) + timedelta(minutes=seq)
        previous = made[-1].hash if made else FIRST
        row = Row(seq, moment, seq % 3 or None, "customer.viewed", f"customer:{seq}", {"fields": ["email"]}, previous)
        made.append(replace(row, hash=row_hash(key, row)))
    return made


def end(rows: list[Row]) -> Anchor:
    return Anchor(rows[-1].seq, rows[-1].hash) if rows else Anchor(0, FIRST)


def without(seq: int) -> Tampering:
    return lambda rows: [row for row in rows if row.seq != seq]


def changed(seq: int, **values: object) -> Tampering:
    return lambda rows: [replace(row, **values) if row.seq == seq else row for row in rows]


def swapped(one: int, other: int) -> Tampering:
    def swap(rows: list[Row]) -> list[Row]:
        first, second = rows[one - 1], rows[other - 1]
        rows[one - 1], rows[other - 1] = replace(second, seq=first.seq), replace(first, seq=second.seq)
        return rows

    return swap


def rehashed(seq: int, key: bytes) -> Tampering:
    """The row changed and hashed again, as one without the key can do."""

    def change(rows: list[Row]) -> list[Row]:
        row = replace(rows[seq - 1], subject="customer:99")
        rows[seq - 1] = replace(row, hash=row_hash(key, row))
        return rows

    return change


def with_extra(seq: int) -> Tampering:
    return lambda rows: sorted([*rows, replace(rows[0], seq=seq)], key=lambda row: row.seq)


@pytest.mark.parametrize("rows", [0, 1, 2, LENGTH, 200])
def test_an_untouched_log_raises_no_alarm(rows: int) -> None:
    log = chain(rows)
    anchors = [Anchor(row.seq, row.hash) for row in log] + [Anchor(0, FIRST)]
    assert first_fault(KEY, log, head=end(log)) is None
    assert first_fault(KEY, log, head=end(log), anchors=anchors * 2) is None


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        (changed(5, subject="customer:99"), "Lokin riviä 5 on muutettu."),
        (changed(5, event="customer.created"), "Lokin riviä 5 on muutettu."),
        (changed(5, actor_id=None), "Lokin riviä 5 on muutettu."),
        (changed(5, at=datetime(2026, 11, 23, 10, tzinfo=UTC)), "Lokin riviä 5 on muutettu."),
        (changed(5, facts={"fields": ["phone"]}), "Lokin riviä 5 on muutettu."),
        (changed(5, hash="0" * 64), "Lokin riviä 5 on muutettu."),
        (changed(5, hash=""), "Lokin riviä 5 on muutettu."),
        (changed(5, hash="ÿ" * 64), "Lokin riviä 5 on muutettu."),
        (changed(5, previous="0" * 64), "Lokin riviä 5 on muutettu."),
        (changed(1, subject="customer:99"), "Lokin riviä 1 on muutettu."),
        (rehashed(5, b"x" * 32), "Lokin riviä 5 on muutettu."),
        (rehashed(5, KEY), "Lokin riviä 6 on muutettu."),
        (swapped(3, 4), "Lokin riviä 3 on muutettu."),
        (swapped(2, 8), "Lokin riviä 2 on muutettu."),
        (without(1), "Lokista puuttuu rivi 1."),
        (without(5), "Lokista puuttuu rivi 5."),
        (without(LENGTH), "Lokin lopusta on poistettu tai lisätty rivejä rivin 8 jälkeen."),
        (with_extra(0), "Lokiin on lisätty rivi 0."),
        (with_extra(-7), "Lokiin on lisätty rivi -7."),
        (with_extra(LENGTH + 1), "Lokin riviä 10 on muutettu."),
        (lambda rows: [], "Lokin lopusta on poistettu tai lisätty rivejä rivin 0 jälkeen."),
    ],
)
def test_each_kind_of_tampering_is_found_and_its_first_row_named(tampering: Tampering, sentence: str) -> None:
    log = chain(LENGTH)
    head = end(log)
    assert first_fault(KEY, tampering(log), head=head) == sentence


def test_the_tail_and_the_head_taken_away_together_show_only_against_an_anchor() -> None:
    log = chain(LENGTH)
    kept = Anchor(7, log[6].hash)
    short = log[:5]
    assert first_fault(KEY, short, head=end(short)) is None
    assert first_fault(KEY, short, head=end(short), anchors=[kept]) == (
        "Lokin lopusta on poistettu rivejä: rivi 7 on otettu talteen, mutta sitä ei enää ole."
    )


def test_a_log_written_anew_with_the_key_shows_only_against_an_anchor() -> None:
    log = chain(LENGTH)
    kept = Anchor(4, log[3].hash)
    anew = chain(2) + chain(LENGTH)[2:]
    forged = [replace(row, event="customer.created") for row in anew]
    for number, row in enumerate(forged):
        fresh = replace(row, previous=forged[number - 1].hash if number else FIRST, hash="")
        forged[number] = replace(fresh, hash=row_hash(KEY, fresh))
    assert first_fault(KEY, forged, head=end(forged)) is None
    assert first_fault(KEY, forged, head=end(forged), anchors=[kept]) == (
        "Lokin rivi 4 ei vastaa talteen otettua tarkistetta."
    )


def test_two_anchors_of_one_row_that_differ_are_a_fault() -> None:
    log = chain(3)
    anchors = [Anchor(2, "f" * 64), Anchor(2, log[1].hash)]
    assert (
        first_fault(KEY, log, head=end(log), anchors=anchors) == "Lokin rivi 2 ei vastaa talteen otettua tarkistetta."
    )


def test_an_anchor_of_nothing_must_be_the_beginning() -> None:
    assert (
        first_fault(KEY, [], head=end([]), anchors=[Anchor(0, "f" * 64)])
        == "Tyhjästä lokista otettu tarkiste ei ole aito."
    )


def test_another_key_recognises_nothing() -> None:
    log = chain(3)
    assert first_fault(b"z" * 32, log, head=end(log)) == "Lokin riviä 1 on muutettu."


def test_the_order_of_the_facts_does_not_matter_but_all_else_does() -> None:
    row = chain(1)[0]
    one = replace(row, facts={"a": 1, "b": 2})
    assert row_hash(KEY, one) == row_hash(KEY, replace(row, facts={"b": 2, "a": 1}))
    different = [{"a": 2, "b": 1}, {"a": "1", "b": 2}, {"a": 1}, {"a": 1, "b": 2, "c": None}, {"a": True, "b": 2}]
    assert row_hash(KEY, one) not in {row_hash(KEY, replace(row, facts=facts)) for facts in different}


@given(st.integers(1, LENGTH), st.integers(0, 63), st.sampled_from("0123456789abcdef"))
def test_one_changed_sign_of_one_hash_is_found(seq: int, place: int, sign: str) -> None:
    log = chain(LENGTH)
    old = log[seq - 1].hash
    new = old[:place] + sign + old[place + 1 :]
    fault = first_fault(KEY, changed(seq, hash=new)(log), head=end(log))
    assert (fault is None) == (new == old)
    assert fault in {None, f"Lokin riviä {seq} on muutettu."}


@given(st.lists(st.integers(1, LENGTH), min_size=1, max_size=LENGTH - 1, unique=True))
def test_any_rows_taken_away_are_missed(seqs: list[int]) -> None:
    log = chain(LENGTH)
    left = [row for row in log if row.seq not in seqs]
    assert first_fault(KEY, left, head=end(log)) is not None


def sealed(seq: int, log: list[Row], key: bytes = KEY) -> Start:
    start = Start(seq, log[seq - 1].hash, log[0].hash)
    return replace(start, seal=seal(key, start))


@pytest.mark.parametrize("seq", [1, 5, LENGTH])
def test_a_log_whose_oldest_rows_have_gone_is_whole_from_its_sealed_start_on(seq: int) -> None:
    log = chain(LENGTH)
    anchors = [Anchor(0, FIRST), *(Anchor(row.seq, row.hash) for row in log)]
    assert first_fault(KEY, log[seq:], head=end(log), anchors=anchors, start=sealed(seq, log)) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seq": 6}, "Lokin alun sinetti ei ole aito (rivit 1–6)."),
        ({"hash": FIRST}, "Lokin alun sinetti ei ole aito (rivit 1–5)."),
        ({"first": FIRST}, "Lokin alun sinetti ei ole aito (rivit 1–5)."),
        ({"seal": FIRST}, "Lokin alun sinetti ei ole aito (rivit 1–5)."),
    ],
)
def test_a_start_that_somebody_else_moved_is_found(change: dict[str, Any], sentence: str) -> None:
    log = chain(LENGTH)
    start = replace(sealed(5, log), **change)
    assert first_fault(KEY, log[start.seq :], head=end(log), start=start) == sentence


def test_a_start_sealed_with_another_key_is_found() -> None:
    log = chain(LENGTH)
    forged = sealed(5, log, key=b"x" * 32)
    assert first_fault(KEY, log[5:], head=end(log), start=forged) == "Lokin alun sinetti ei ole aito (rivit 1–5)."


def test_rows_missing_or_left_beside_a_sealed_start_are_named() -> None:
    log = chain(LENGTH)
    start = sealed(5, log)
    assert first_fault(KEY, log[6:], head=end(log), start=start) == "Lokista puuttuu rivi 6."
    assert first_fault(KEY, log[4:], head=end(log), start=start) == "Lokiin on lisätty rivi 5."
    assert first_fault(KEY, log[5:], head=end(log)) == "Lokista puuttuu rivi 1."


def test_an_anchor_of_the_last_row_that_went_must_be_what_was_sealed() -> None:
    log = chain(LENGTH)
    fault = first_fault(KEY, log[5:], head=end(log), anchors=[Anchor(5, "f" * 64)], start=sealed(5, log))
    assert fault == "Lokin rivi 5 ei vastaa talteen otettua tarkistetta."


def test_each_row_leans_on_the_one_before() -> None:
    assert all(later.previous == earlier.hash for earlier, later in pairwise(chain(LENGTH)))
    assert chain(1)[0].previous == FIRST
