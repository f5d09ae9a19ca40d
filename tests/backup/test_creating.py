"""Taking a backup: while others write, into a file or a folder, looked through before it counts."""

import fcntl
import os
import sqlite3

import pytest
from sqlalchemy import text

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.backup import archive, service
from rekisteri.backup.places import workplace
from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import periods
from tests.backup.factories import back_up, data, fill
from tests.customers.factories import OBTAINED, make_clerk, make_person
from tests.kernel.rivals import at_once


def left_behind() -> list[str]:
    return [path.name for path in data().iterdir() if path.name.startswith(".varmuuskopiointi")]


def test_a_backup_tells_what_is_in_it(backup):
    path, manifest = backup
    assert manifest.counts["customer"] == 2
    assert manifest.log_rows == manifest.counts["audit_event"] > 0
    assert manifest.faults == []
    assert archive.verify(path) == manifest
    assert left_behind() == []


def test_the_command_says_that_it_is_done_and_what_is_missing(app, command, tmp_path):
    fill()
    done = command("backup", "create", tmp_path / "kopio.tar")
    assert done.exit_code == 0
    assert "Varmuuskopio kopio.tar on valmis ja tarkistettu: 2 asiakasta, 0 asiakirjaa" in done.output
    assert "Avaimia ei ole kopioitu talteen" in done.output


def test_taking_a_backup_is_put_on_record(backup):
    row = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()
    assert (row.event, row.subject) == ("backup.created", "register:1")
    assert row.facts["rows"] == backup[1].log_rows


def test_no_key_is_in_a_backup(backup):
    path, manifest = backup
    content = path.read_bytes()
    for name in ("audit.key", "secret.key"):
        if (data() / name).exists():
            assert (data() / name).read_bytes() not in content
    assert set(manifest.keys) == {"audit.key"}


@pytest.mark.parametrize(("asked", "kept_since"), [([], 12), (["--keep-days", "300"], 12), (["--keep-days", "5"], 19)])
def test_a_folder_holds_backups_for_as_long_as_the_notice_tells_and_never_longer(
    app, command, tmp_path, freeze, asked, kept_since
):
    """The company's own period binds by itself; a command may keep a folder for a shorter time, not for a longer one."""
    freeze("2026-11-24")
    clerk = make_clerk()
    with transaction():
        periods.change(kind="backups", amount=12, version=0, by=clerk)
    for day in range(10, 24):
        (tmp_path / f"rekisteri-2026-11-{day}-030000.tar").write_bytes(b"")
    assert command("backup", "create", tmp_path, *asked).exit_code == 0
    days = sorted(int(path.name[18:20]) for path in tmp_path.glob("rekisteri-*.tar"))
    assert days == [*range(kept_since, 24), 24]


def test_in_a_folder_a_backup_gets_its_own_name_and_outdated_ones_go(app, command, tmp_path, freeze):
    freeze("2026-11-24")
    fill()
    outdated = tmp_path / "rekisteri-2026-10-01-030000.tar"
    fresh = tmp_path / "rekisteri-2026-11-01-030000.tar"
    foreign = tmp_path / "rekisteri-2026-10-01.tar"
    for path in (outdated, fresh, foreign):
        path.write_bytes(b"")
    done = command("backup", "create", tmp_path)
    assert done.exit_code == 0, done.output
    assert "Poistettu vanhentunut varmuuskopio rekisteri-2026-10-01-030000.tar." in done.output
    assert (tmp_path / "rekisteri-2026-11-24-120000.tar").exists()
    assert not outdated.exists()
    assert fresh.exists() and foreign.exists()


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("poissa/kopio.tar", "ei ole."),
        ("tärkeä.doc", "tärkeä.doc on jo olemassa eikä ole ehjä varmuuskopio."),
    ],
)
def test_nothing_else_is_written_over(app, command, tmp_path, target, sentence):
    (tmp_path / "tärkeä.doc").write_text("sopimus")
    done = command("backup", "create", tmp_path / target)
    assert done.exit_code == 1
    assert sentence in done.output
    assert (tmp_path / "tärkeä.doc").read_text() == "sopimus"


def test_days_to_keep_are_of_a_folder_only(app, command, tmp_path):
    done = command("backup", "create", tmp_path / "kopio.tar", "--keep-days", "30")
    assert done.exit_code == 1 and "vain, kun varmuuskopio otetaan kansioon" in done.output


def test_a_newer_backup_takes_the_place_of_an_older_one_of_the_same_name(backup):
    path, first = backup
    make_person(last_name="Uusi", first_name="Ulla", email="ulla@esimerkki.fi", phone="040 765 4321")
    assert back_up(path).counts["customer"] == first.counts["customer"] + 1
    assert archive.verify(path).counts["customer"] == 3


def test_every_copy_taken_while_others_write_is_whole(app, tmp_path):
    fill()
    clerk_id = make_clerk().id

    def work(number: int) -> object:
        if number == 0:
            return [back_up(tmp_path / f"kopio-{one}.tar") for one in range(3)]
        for one in range(6):
            with transaction():
                customers.create(
                    kind="person",
                    values={"last_name": f"Rivi{number}x{one}".translate(str.maketrans("0123456789", "abcdefghij"))},
                    source=customers.self_source(),
                    obtained_on=OBTAINED,
                    by=db.session.get(type(make_clerk()), clerk_id),
                )
        return None

    results = at_once(app, work, people=4)
    assert not [one for one in results if isinstance(one, Exception)]
    for manifest in results[0]:
        assert manifest.faults == []
        assert manifest.counts["audit_event"] == manifest.log_rows


def test_two_backups_at_once_wait_for_nobody_and_mix_nothing(app, command, tmp_path):
    handle = os.open(data() / "backup.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    done = command("backup", "create", tmp_path / "kopio.tar")
    os.close(handle)
    assert done.exit_code == 1
    assert "Toinen varmuuskopiointi tai palautus on kesken." in done.output
    assert not (tmp_path / "kopio.tar").exists()


def test_what_a_killed_backup_left_behind_goes_with_the_next(app, tmp_path):
    left = data() / ".varmuuskopiointi-abc"
    left.mkdir()
    (left / "rekisteri.sqlite").write_text("Maija Virtanen")
    with workplace() as place:
        assert not left.exists()
        assert place.stat().st_mode & 0o077 == 0
    assert left_behind() == []


def test_a_fault_of_the_register_itself_does_not_stop_the_backups_but_is_told(app, command, tmp_path):
    fill()
    with transaction():
        sqlite = db.engine.dialect.name == "sqlite"
        drop = "DROP TRIGGER audit_event_no_update" if sqlite else "ALTER TABLE audit_event DISABLE TRIGGER ALL"
        db.session.execute(text(drop))
        db.session.execute(text("UPDATE audit_event SET subject = 'customer:99' WHERE seq = 2"))
    done = command("backup", "create", tmp_path / "kopio.tar")
    assert done.exit_code == 1, "the night's mail tells of it"
    assert "Kopio on tallessa, mutta rekisterissä itsessään on vikaa. Lokin riviä 2 on muutettu." in done.output
    assert archive.verify(tmp_path / "kopio.tar").faults == ["Lokin riviä 2 on muutettu."]
    assert command("backup", "drill", tmp_path / "kopio.tar").exit_code == 0, "it came out as it went in"


def test_a_damaged_database_makes_no_backup_and_takes_no_earlier_ones_place(backup, app, command):
    path, _manifest = backup
    before = path.read_bytes()
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL watches over its pages itself
    file = db.engine.url.database
    db.session.remove()
    db.engine.dispose()
    with sqlite3.connect(file) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'datum'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with open(file, "r+b") as raw:  # noqa: PTH123
        raw.seek((page - 1) * size)
        raw.write(os.urandom(size))
    done = command("backup", "create", path)
    assert done.exit_code == 1
    assert "vioittunut" in done.output
    assert path.read_bytes() == before
    assert left_behind() == []


def test_a_lost_key_of_the_log_stops_a_backup_that_could_not_be_looked_through(app, command, tmp_path):
    fill()
    app.extensions.pop("audit_key", None)
    (data() / "audit.key").unlink()
    done = command("backup", "create", tmp_path / "kopio.tar")
    assert done.exit_code == 1
    assert "audit.key" in done.output


def test_the_journal_of_erasures_is_completed_before_it_is_copied(app, tmp_path):
    from tests.forgotten.factories import erase

    fill()
    erase(7)
    (data() / "erasures.jsonl").unlink()
    assert "erasures.jsonl" in back_up(tmp_path / "kopio.tar").files


def test_a_backup_of_an_empty_register_is_a_backup(app, tmp_path):
    manifest = back_up(tmp_path / "kopio.tar")
    assert manifest.counts["customer"] == 0
    assert audit.head().seq == 1
    with pytest.raises(RuleViolation, match="ei ole"):
        service.create(tmp_path / "poissa" / "kopio.tar")
