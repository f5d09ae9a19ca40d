"""Putting a backup back: all of it, looked through, with the erased erased again; the old register is kept."""

from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import func, text

from rekisteri.audit import anchors
from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.backup import archive, keys, looking
from rekisteri.backup.places import kept_folders
from rekisteri.customers.models import Customer, Datum
from rekisteri.documents import service as documents
from rekisteri.erasure.letting_go import let_go
from rekisteri.forgotten import service as forgotten
from rekisteri.forgotten.models import ErasureEntry, Mark
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.staff.models import UserSession
from tests.backup.factories import back_up, data, erase, fill, forget_keys, names
from tests.customers.factories import make_person
from tests.documents.factories import make_scan

WHO = ["Aho, Aino", "Virtanen, Maija"]


@pytest.fixture
def restore(command):
    """Put a backup back without being asked; what the command said."""

    def run(path, *options):
        done = command("backup", "restore", path, "--yes", *options)
        forget_keys()
        return done

    return run


def newcomer():
    return make_person(last_name="Uusi", first_name="Ulla", email="ulla@esimerkki.fi", phone="040 765 4321")


def untouched() -> bool:
    """The register in use is as it was, and nothing lies beside it but the templates it has compiled."""
    folders = {path.name for path in data().iterdir() if path.is_dir()}
    return names() == sorted([*WHO, "Uusi, Ulla"]) and folders <= {"templates"} and audit.verify() is None


def test_a_restored_register_is_the_one_that_was_backed_up(backup, restore):
    path, manifest = backup
    newcomer()
    done = restore(path)
    assert done.exit_code == 0, done.output
    assert "Rekisteri on palautettu hetkeen" in done.output
    assert names() == WHO
    found = looking.counts()
    assert {table: rows for table, rows in found.items() if table != "audit_event"} == {
        table: rows for table, rows in manifest.counts.items() if table != "audit_event"
    }


def test_the_chain_of_the_log_goes_on_from_where_it_was(backup, restore, command):
    path, manifest = backup
    newcomer()
    restore(path)
    row = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()
    assert (row.seq, row.event) == (manifest.log_rows + 1, "backup.restored")
    assert row.facts["on"] == manifest.made_at[:10]
    newcomer()
    assert command("audit", "verify").exit_code == 0


def test_the_one_who_restores_is_told_what_is_lost(backup, restore):
    newcomer()
    done = restore(backup[0])
    assert "Kopion jälkeen tehtiin 1 kirjausta" in done.output
    assert "Kirjaa uudelleen sen jälkeen saapuneet pyynnöt, tilaukset ja muut tiedot." in done.output
    assert "Tarkista käyttäjät" in done.output


def test_nothing_is_said_to_be_lost_when_nothing_is(backup, restore):
    assert "Kopion jälkeen" not in restore(backup[0]).output


@pytest.mark.promise("oikeus.unohdus")
def test_who_was_erased_after_the_backup_stays_erased(backup, restore, erasing):
    erase("Virtanen")
    done = restore(backup[0])
    assert "Kopion jälkeen tehdyt poistot on tehty uudelleen: 1." in done.output
    assert names() == ["Aho, Aino"]
    assert len(erasing) == 1
    assert forgotten.recognised("person", {"email": "maija.virtanen@esimerkki.fi"}) is not None


@pytest.mark.promise("oikeus.unohdus")
@pytest.mark.parametrize("kind", ["erasure", "anonymisation"])
def test_a_whole_erasure_with_all_its_rooms_is_done_again(backup, restore, kind):
    """As the erasing room does it, with nobody's stand-in: yesterday's backup comes back without the person."""
    number = db.session.scalars(db.select(Customer.id).filter(Customer.display_name.contains("Virtanen"))).one()
    db.session.rollback()
    with transaction():
        let_go(customer_id=number, kind=kind, forbidden=True, on=today())
    done = restore(backup[0])
    assert done.exit_code == 0, done.output
    assert "Virtanen, Maija" not in names()
    assert not db.session.scalars(db.select(Datum.value).filter(Datum.value.contains("irtanen"))).all()
    known = forgotten.recognised("person", {"email": "maija.virtanen@esimerkki.fi"})
    assert known is not None and known.forbidden


def test_no_byte_of_the_erased_is_in_the_restored_database(backup, restore, erasing):
    erase("Virtanen")
    restore(backup[0])
    if db.engine.dialect.name == "sqlite":
        found = b"".join(path.read_bytes() for path in data().iterdir() if path.is_file())
        found += open(db.engine.url.database, "rb").read()  # noqa: SIM115, PTH123
        assert b"maija.virtanen" not in found
    rows = db.session.scalars(text("SELECT value FROM datum")).all()
    assert not [value for value in rows if "virtanen" in value.lower()]


def test_an_erasure_before_the_backup_is_not_done_to_a_later_namesake_number(app, restore, erasing, tmp_path):
    fill()
    erase("Virtanen")
    back_up(tmp_path / "kopio.tar")
    restore(tmp_path / "kopio.tar")
    assert erasing == []


def test_a_journal_that_was_saved_elsewhere_tells_whom_to_erase(backup, restore, erasing):
    """The old machine is gone with its database and its journal: only the backup and a copy of the journal are left."""
    erase("Aho")
    path = data() / "erasures.jsonl"
    saved = path.read_text()
    path.unlink()
    db.session.rollback()
    with transaction():
        db.session.execute(db.delete(ErasureEntry))
        db.session.execute(db.delete(Mark))
    restore(backup[0])
    assert names() == WHO, "nothing tells of the erasure"
    path.write_text(saved)
    restore(backup[0])
    assert names() == ["Virtanen, Maija"]
    assert forgotten.recognised("person", {"email": "aino@esimerkki.fi"}) is not None


def test_the_old_register_is_kept_with_its_journals_and_told_of(backup, restore, command):
    newcomer()
    done = restore(backup[0])
    (kept,) = kept_folders()
    assert (data() / kept).stat().st_mode & 0o077 == 0
    assert {path.name for path in (data() / kept).iterdir()} >= {"anchors.jsonl", "audit.key"}
    if db.engine.dialect.name == "sqlite":
        import sqlite3

        with closing(sqlite3.connect(data() / kept / "vanha.sqlite")) as old:
            assert old.execute("SELECT count(*) FROM customer").fetchone() == (3,)
    assert "on tallessa" in done.output
    assert "Palautuksessa korvattu rekisteri on yhä tallessa" in command("check").output


def test_anchors_of_rows_that_are_no_more_go_with_the_old_register(backup, restore, command):
    newcomer()
    anchors.write_anchor()
    done = restore(backup[0])
    assert "Lokin tarkisteita, jotka koskevat kopiosta puuttuvia rivejä" in done.output
    assert len(anchors.read_anchors(anchors.anchors_file())) == 1
    assert len(anchors.read_anchors(data() / kept_folders()[0] / "anchors.jsonl")) == 2
    assert command("audit", "verify").exit_code == 0


def test_a_session_that_was_open_when_the_backup_was_taken_lets_nobody_in(app, sign_in, client, restore, tmp_path):
    sign_in("kasittelija")
    assert client.get("/asiakkaat/").status_code == 200
    back_up(tmp_path / "kopio.tar")
    restore(tmp_path / "kopio.tar")
    assert db.session.scalar(db.select(func.count()).select_from(UserSession).filter_by(ended_at=None)) == 0
    db.session.rollback()
    client.reads_pages = False
    assert client.get("/asiakkaat/").status_code == 303


def test_scans_come_back_byte_by_byte(app, restore, tmp_path):
    scan = make_scan()
    before, number = documents.scan_content(scan), scan.id
    db.session.rollback()
    back_up(tmp_path / "kopio.tar")
    restore(tmp_path / "kopio.tar")
    assert documents.scan_content(db.session.get(type(scan), number)) == before
    assert documents.broken() == []


def test_the_command_asks_before_anything_is_replaced(backup, command):
    newcomer()
    done = command("backup", "restore", backup[0], typed="e\n")
    assert done.exit_code == 1
    assert "Korvataanko rekisteri varmuuskopiolla, joka on otettu" in done.output
    assert untouched()


@pytest.mark.parametrize("spoil", ["cut", "flip", "absent", "foreign"])
def test_a_damaged_backup_is_refused_and_the_register_is_untouched(backup, restore, spoil):
    path, _manifest = backup
    newcomer()
    content = path.read_bytes()
    if spoil == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif spoil == "flip":
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif spoil == "foreign":
        path.write_bytes(b"sopimus")
    else:
        path.unlink()
    done = restore(path)
    assert done.exit_code != 0
    assert untouched()


def repacked(path, tmp_path, manifest, **changed):
    """A backup whose manifest was rewritten by somebody who knows how."""
    folder = tmp_path / "purettu"
    folder.mkdir()
    archive.unpack(path, folder)
    archive.pack(path, replace(manifest, **changed), sorted(folder.iterdir()))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"counts": {"customer": 3}}, "Taulussa customer pitäisi olla 3 riviä, mutta niitä on 2."),
        ({"log_hash": "0" * 64}, "Palautettu tietokanta ei ole eheä: Lokin rivi"),
        ({"log_rows": 999}, "Lokin lopusta on poistettu rivejä"),
        ({"revision": "9999"}, "Varmuuskopio on tehty ohjelman uudemmalla versiolla."),
        ({"keys": {"audit.key": "0" * 16}}, "Varmuuskopioon kuuluva avain audit.key"),
        ({"keys": {"forgotten.key": "0" * 16}}, "puuttuu. Anna avainten kopion kansio valinnalla --keys."),
    ],
)
def test_what_comes_out_must_be_what_went_in(backup, restore, tmp_path, changed, sentence):
    path, manifest = backup
    newcomer()
    repacked(path, tmp_path, manifest, **changed)
    done = restore(path)
    assert done.exit_code == 1
    assert sentence in done.output
    assert untouched()


def test_a_backup_of_the_other_database_is_refused(backup, restore, tmp_path):
    path, manifest = backup
    newcomer()
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[manifest.database]
    folder = tmp_path / "purettu"
    folder.mkdir()
    archive.unpack(path, folder)
    (folder / manifest.dump).rename(folder / replace(manifest, database=other).dump)
    archive.pack(path, replace(manifest, database=other), sorted(folder.iterdir()))
    done = restore(path)
    assert done.exit_code == 1 and "-tietokannasta, mutta rekisteri on" in done.output
    assert untouched()


def test_a_server_that_runs_is_noticed(backup, restore, app):
    newcomer()
    other = looking.register_at(app.config["SQLALCHEMY_DATABASE_URI"], data())
    with other:
        db.session.execute(text("SELECT 1")).all()
        db.session.rollback()
        connection = db.engine.connect()
        connection.exec_driver_sql("SELECT count(*) FROM customer").all()
        with app.app_context():
            done = restore(backup[0])
        connection.close()
    assert done.exit_code == 1
    assert "Sammuta palvelin palautuksen ajaksi." in done.output
    assert untouched()


def test_a_damaged_journal_stops_a_restore_before_anybody_comes_back(backup, restore, erasing):
    erase("Virtanen")
    path = data() / "erasures.jsonl"
    path.write_text(f'{path.read_text()}"rikki\n')
    done = restore(backup[0])
    assert done.exit_code == 1
    assert "Poistojen luettelon erasures.jsonl rivi" in done.output
    assert names() == ["Aho, Aino"]


def test_on_an_empty_machine_the_keys_come_from_their_copy(backup, restore, tmp_path):
    path, _manifest = backup
    keys.copy_to(tmp_path / "tikku")
    (data() / "audit.key").write_text("a new register has made a key of its own 0123456789")
    assert "Anna avainten kopion kansio" in restore(path).output
    done = restore(path, "--keys", tmp_path / "tikku")
    assert done.exit_code == 0, done.output
    assert (data() / "audit.key").read_bytes() == (tmp_path / "tikku" / "audit.key").read_bytes()
    assert names() == WHO
    assert audit.verify() is None
    assert "new register" in (data() / kept_folders()[0] / "audit.key").read_text()


def test_a_database_that_cannot_be_read_any_more_is_replaced(backup, restore):
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL's files are not ours to spoil
    file = db.engine.url.database
    db.session.remove()
    db.engine.dispose()
    with open(file, "wb") as broken:  # noqa: PTH123
        broken.write(b"this is no database" * 1000)
    done = restore(backup[0])
    assert done.exit_code == 0, done.output
    assert names() == WHO


def test_the_same_backup_is_restored_twice_in_a_row(backup, restore):
    for _ in range(2):
        newcomer()
        assert restore(backup[0]).exit_code == 0
        assert names() == WHO
    assert len(kept_folders()) == 2
