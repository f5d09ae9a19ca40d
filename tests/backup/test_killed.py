"""kill -9 anywhere: the register is the old one or the new one, a backup is there or not, and nobody's data lie about."""

import subprocess
import sys

import pytest

from rekisteri.audit import service as audit
from rekisteri.backup import archive, databases
from rekisteri.backup.places import workplace
from rekisteri.forgotten import journal
from rekisteri.kernel import upgrades
from rekisteri.kernel.db import db
from rekisteri.prohibitions import service
from tests.backup.factories import data, forget_keys, names
from tests.customers.factories import make_person
from tests.house.source import ROOT

OLD = ["Aho, Aino", "Uusi, Ulla", "Virtanen, Maija"]
NEW = ["Aho, Aino", "Virtanen, Maija"]


@pytest.fixture
def killed(app):
    """Run a command that is killed at a point; the register is not open meanwhile."""

    def run(point: str, *words: object) -> None:
        url = db.engine.url.render_as_string(hide_password=False)
        db.session.remove()
        db.engine.dispose()
        command = [sys.executable, "-m", "tests.backup.dying", url, str(data()), point, *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == -9, f"{point} was never reached: {done.stdout}{done.stderr}"
        forget_keys()

    return run


def nothing_lies_about() -> bool:
    """What was left is gone as soon as anything is done with backups again."""
    with workplace() as place:
        left = [path.name for path in data().glob(".varmuuskopiointi-*") if path != place]
        beside = databases.postgresql._databases("_palautus_") if databases.kind() == "postgresql" else []
    return left == [] and beside == []


@pytest.mark.parametrize("point", ["dumping", "faults", "_hash", "!sync_folder"])
def test_a_killed_backup_leaves_the_earlier_one_or_a_whole_new_one(backup, killed, point):
    path, _manifest = backup
    make_person(last_name="Uusi", first_name="Ulla", email="ulla@esimerkki.fi", phone="040 765 4321")
    killed(point, "backup", "create", path)
    assert archive.verify(path).counts["customer"] in (2, 3)
    assert names() == OLD
    assert nothing_lies_about()


@pytest.mark.promise("oikeus.unohdus")
def test_what_was_forbidden_the_moment_before_a_kill_is_in_the_journal_at_the_next_start(app, killed):
    """The database has it and the file does not: the next start completes the file, and so does the next backup."""
    number = make_person().id
    killed("!write", "forbid", number)
    assert service.standing(number) == ["direct_mail"]
    assert not journal.read(journal.journal_file()).bars
    db.session.rollback()
    upgrades.finish()
    (told,) = journal.read(journal.journal_file()).bars.values()
    assert (told["customers"], told["binds"], told["facts"]["kind"]) == ([number], True, "direct_mail")


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("load", OLD),
        ("_sort_anchors", OLD),
        ("_make_ready", OLD),
        ("_keep_old", OLD),
        ("_take_over", OLD),
        ("take_into_use", NEW),
    ],
)
def test_a_killed_restore_leaves_the_old_register_or_the_new_one(backup, killed, command, point, expected):
    path, _manifest = backup
    make_person(last_name="Uusi", first_name="Ulla", email="ulla@esimerkki.fi", phone="040 765 4321")
    killed(point, "backup", "restore", path, "--yes")
    assert names() == expected
    assert audit.verify() is None
    assert nothing_lies_about()
    assert command("backup", "restore", path, "--yes").exit_code == 0
    forget_keys()
    assert names() == NEW
    assert command("audit", "verify").exit_code == 0
