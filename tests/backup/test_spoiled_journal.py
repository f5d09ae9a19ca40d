"""A full disk, and a journal that cannot be read, is torn, or is another register's: a plain sentence, and nothing is lost."""

import json
import resource

import pytest

from rekisteri.backup import rules
from rekisteri.forgotten import journal
from rekisteri.kernel import upgrades
from tests.backup.factories import data, fill, forget_keys, names
from tests.customers.factories import make_person
from tests.forgotten.factories import erase
from tests.prohibitions.factories import forbid, standing


@pytest.fixture
def path(app):
    fill()
    erase(7)
    return data() / "erasures.jsonl"


def test_a_disk_that_takes_no_line_when_somebody_forbids_loses_neither_the_word_nor_the_line(path, command):
    customer = make_person()
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()
    forbid(customer, "direct_mail")
    assert standing(customer) == ["direct_mail"]
    path.rmdir()
    path.write_bytes(kept)
    assert "Poistojen luettelosta erasures.jsonl puuttuu rivejä: 1." in command("check").output
    upgrades.finish()
    assert len(journal.read(path).bars) == 1


def test_a_full_disk_leaves_the_earlier_backup_as_it_was(backup, command):
    file, _manifest = backup
    before = file.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limit[1]))
    try:
        done = command("backup", "create", file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert done.exit_code == 1 and done.output.startswith("Error: ") and done.output.count("\n") == 1
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir() if ".tar" in one.name] == [file.name]


def test_a_journal_that_cannot_be_read_is_a_fault_and_lets_people_work(path, backup, command):
    path.unlink()
    path.mkdir()
    upgrades.finish()
    checked = command("check")
    assert checked.exit_code == 1 and "virhe     Poistojen luetteloa erasures.jsonl ei voi lukea." in checked.output
    for words in (["create", backup[0]], ["restore", backup[0], "--yes"]):
        done = command("backup", *words)
        assert done.exit_code == 1
        assert "Poistojen luetteloa erasures.jsonl ei voi lukea. Tarkista levy ja tiedoston oikeudet." in done.output
    assert len(names()) == 4


def test_a_torn_last_line_is_mended_from_the_database(path, backup, command):
    path.write_bytes(path.read_bytes()[:-30])
    assert command("backup", "restore", backup[0], "--yes").exit_code == 0
    forget_keys()
    assert journal.fault() is None and journal.missing() == []


def test_a_torn_last_line_of_a_journal_whose_database_is_lost_stops_the_restore(path, backup, command):
    told = json.loads(path.read_text().splitlines()[-1]) | {"key": "f" * 32}
    path.write_text(path.read_text() + json.dumps(told)[:60])
    done = command("backup", "restore", backup[0], "--yes")
    assert done.exit_code == 1
    assert "rivi 2 on vioittunut tai katkennut. Hae luettelosta ehjä kopio." in done.output
    assert len(names()) == 4


def test_the_journal_of_another_register_erases_nobody(path, backup, command):
    other = json.loads(path.read_text()) | {"key": "e" * 32, "customer": 1, "register": "0123456789abcdef"}
    path.write_text(json.dumps(other) + "\n")
    done = command("backup", "restore", backup[0], "--yes")
    assert done.exit_code == 1
    assert "Poistojen luettelo erasures.jsonl on toisen rekisterin. Siirrä se pois datahakemistosta" in done.output
    assert "on toisen rekisterin" in command("check").output
    assert len(names()) == 4


@pytest.mark.parametrize("number", [28, 13, 30, 5, 9999])
def test_what_a_disk_says_is_told_in_finnish(number):
    told = rules.told_of(OSError(number, "No such luck", "/mnt/kopiot/kopio.tar"))
    assert told.endswith(". (kopio.tar)") and "luck" not in told
