"""The journal outside the database: what was erased after a backup is erased again when the backup is restored."""

import json
import os
from datetime import date

import pytest
from sqlalchemy import delete, select

from rekisteri.forgotten import journal, service
from rekisteri.forgotten.models import ErasureEntry, Mark
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.forgotten.factories import MAIJA, data, erase, forget, undone


def lines() -> list[dict]:
    path = data() / "erasures.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def forget_the_database() -> None:
    """Yesterday's database: it knows nothing of today's erasures."""
    db.session.rollback()
    with transaction():
        db.session.execute(delete(ErasureEntry))
        db.session.execute(delete(Mark))


@pytest.fixture
def replayed():
    """Whom the erasing room was told to erase again."""
    told: list[tuple[str, int]] = []
    before = {kind: list(found) for kind, found in journal._replays.items()}
    journal._replays.clear()
    journal.add_replay(lambda ids: told.extend(("erased", number) for number in ids))
    journal.add_replay(lambda ids: told.extend(("anonymised", number) for number in ids), kind="anonymised")
    yield told
    journal._replays.clear()
    journal._replays.update(before)


def test_an_erasure_is_written_outside_the_database_once_it_is_done(app):
    with transaction():
        journal.append("erased", 7, date(2026, 3, 5))
        assert lines() == [], "not before it is committed"
    (line,) = lines()
    assert (line["kind"], line["customer"], line["on"]) == ("erased", 7, "2026-03-05")
    assert (data() / "erasures.jsonl").stat().st_mode & 0o077 == 0


def test_an_erasure_that_was_undone_by_an_error_is_not_written(app):
    undone(lambda: journal.append("erased", 7, date(2026, 3, 5)))
    assert lines() == []


def test_only_what_can_be_replayed_is_put_on_record(app):
    with pytest.raises(ValueError, match="erased"), transaction():
        journal.append("hidden", 7, date(2026, 3, 5))


@pytest.mark.promise("oikeus.unohdus")
def test_a_restored_register_erases_again_whom_it_still_knows(app, replayed):
    erase(7)
    erase(9, kind="anonymised", on=date(2026, 3, 9))
    forget()
    forget_the_database()
    assert journal.replay(journal.read(journal.journal_file())).erased == 2
    assert replayed == [("erased", 7), ("anonymised", 9)]
    assert service.recognised("person", MAIJA).bases == ("email", "phone", "address", "place")


def test_what_the_restored_register_knows_already_is_not_done_again(app, replayed):
    erase(7)
    assert journal.replay(journal.read(journal.journal_file())).count == 0
    assert replayed == [], "number 7 may belong to somebody else by now"


def test_a_second_restore_of_the_same_backup_does_the_same_again(app, replayed):
    erase(7)
    for _ in range(2):
        forget_the_database()
        journal.replay(journal.read(journal.journal_file()))
    assert replayed == [("erased", 7), ("erased", 7)]


def test_a_ban_outlives_the_restore_of_a_backup_from_before_it(app, replayed):
    forget()
    forget(forbidden=True)
    told = journal.read(journal.journal_file())
    forget_the_database()
    forget()
    journal.replay(told)
    assert service.recognised("person", MAIJA).forbidden


def test_a_process_that_died_before_writing_is_made_good_at_the_next_look(app):
    erase(7)
    forget()
    whole = lines()
    os.truncate(data() / "erasures.jsonl", 0)
    assert len(journal.missing()) == len(whole)
    assert journal.complete() == len(whole)
    assert sorted(map(str, lines())) == sorted(map(str, whole))
    assert journal.complete() == 0


def test_a_journal_left_behind_in_a_move_is_written_anew(app):
    erase(7)
    (data() / "erasures.jsonl").unlink()
    assert journal.complete() == 1
    assert [line["customer"] for line in lines()] == [7]


@pytest.mark.parametrize("left", [1, 20, -2])
def test_a_line_half_written_by_a_dying_process_spoils_nothing(app, replayed, left):
    erase(7)
    path = data() / "erasures.jsonl"
    text = path.read_text()
    path.write_text(text[:left])
    assert journal.complete() == 1
    erase(8)
    told = journal.read(path)
    assert told.broken == []
    assert sorted(entry["customer"] for entry in told.entries.values()) == [7, 8]


@pytest.mark.parametrize(
    "line",
    [
        "{nonsense",
        "[]",
        '{"key": "a"}',
        '{"key": "a", "kind": "hidden", "customer": 7, "on": "2026-03-05"}',
        '{"key": "a", "kind": "erased", "customer": "Maija", "on": "2026-03-05"}',
        '{"key": "a", "kind": "erased", "customer": 7, "on": "eilen"}',
        '{"mark": "a", "forbidden": true}',
        "\x00\x00\x00",
    ],
)
def test_a_damaged_line_stops_the_replay_so_that_nobody_comes_back_unnoticed(app, replayed, line):
    erase(7)
    path = data() / "erasures.jsonl"
    path.write_text(f"{path.read_text()}{line}\n")
    forget_the_database()
    told = journal.read(path)
    assert told.broken == [2]
    with pytest.raises(RuleViolation, match="rivi 2 on vioittunut"):
        journal.replay(told)
    assert replayed == []


def test_empty_lines_and_an_absent_journal_tell_nothing(app):
    assert journal.read(data() / "erasures.jsonl") == journal.Journal()
    (data() / "erasures.jsonl").write_text("\n\n")
    assert journal.read(data() / "erasures.jsonl") == journal.Journal()


def test_what_the_database_has_outlives_a_file_that_knows_more(app):
    forget(forbidden=True)
    forget_the_database()
    forget()
    assert journal.missing() == [], "the file already tells of the same marks, and of the ban"


def test_an_entry_of_a_customer_who_is_no_more_needs_no_customer(app, replayed):
    erase(123456)
    assert db.session.scalars(select(ErasureEntry.customer_id)).all() == [123456]
