"""Rehearsing a restore: everything comes out whole beside the register, which does not change."""

from sqlalchemy import text

from rekisteri.backup import databases, looking
from rekisteri.backup.events import DRILLED, last
from rekisteri.kernel.db import db
from tests.backup.factories import data, fill, names


def beside() -> list[str]:
    """What lies beside the register: folders, and databases of ours."""
    folders = [path.name for path in data().iterdir() if path.is_dir()]
    return folders + (databases.postgresql._databases("_") if databases.kind() == "postgresql" else [])


def test_a_drill_says_in_one_line_that_all_came_back(app, command):
    fill()
    before = looking.counts()
    done = command("backup", "drill")
    assert done.exit_code == 0, done.output
    (line,) = done.output.splitlines()
    assert line.startswith("Harjoitus onnistui: kaikki palautui ehjänä, 2 asiakasta, 0 asiakirjaa, ")
    after = looking.counts()
    assert {name for name in before if before[name] != after[name]} == {"audit_event"}
    assert beside() == []


def test_a_drill_is_put_on_record(app, command):
    fill()
    assert last(DRILLED) is None
    command("backup", "drill")
    assert last(DRILLED) is not None


def test_the_very_file_in_the_safe_can_be_rehearsed_with(backup, command):
    path, _manifest = backup
    before = path.read_bytes()
    assert command("backup", "drill", path).exit_code == 0
    assert path.read_bytes() == before


def test_a_file_that_would_not_come_back_fails_the_drill(backup, command):
    path, _manifest = backup
    path.write_bytes(path.read_bytes()[:3000])
    done = command("backup", "drill", path)
    assert done.exit_code == 1
    assert "ei ole rekisterin varmuuskopio" in done.output
    assert last(DRILLED) is None
    assert beside() == []


def test_people_work_while_it_is_rehearsed(app, command):
    fill()
    with db.engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM customer")).all()
        assert command("backup", "drill").exit_code == 0
    assert names() == ["Aho, Aino", "Virtanen, Maija"]


def test_a_backup_is_verified_without_a_register(backup, command):
    path, manifest = backup
    done = command("backup", "verify", path)
    assert done.exit_code == 0
    assert "Varmuuskopio on ehjä, otettu" in done.output
    assert f"Palautus tarvitsee avaimen audit.key, tunniste {manifest.keys['audit.key']}." in done.output
    path.write_bytes(path.read_bytes()[:3000])
    assert command("backup", "verify", path).exit_code == 1
