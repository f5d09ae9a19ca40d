"""What the two databases' own tools are given and what is made of their answers."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from rekisteri.backup import databases, postgresql, sqlite
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.backup.factories import fill, names

URL = make_url("postgresql+psycopg://rekisteri:salasana@palvelin:5433/asiakkaat?sslmode=require")


def test_a_password_goes_by_the_environment_and_stands_in_no_list_of_processes() -> None:
    given = postgresql._environment(URL)
    assert given == {
        "PGDATABASE": "asiakkaat",
        "PGHOST": "palvelin",
        "PGPORT": "5433",
        "PGUSER": "rekisteri",
        "PGPASSWORD": "salasana",
        "PGSSLMODE": "require",
    }


def test_a_server_behind_a_socket_is_found_without_a_password() -> None:
    given = postgresql._environment(make_url("postgresql+psycopg://postgres@/asiakkaat?host=/run/postgresql"))
    assert given == {"PGDATABASE": "asiakkaat", "PGHOST": "/run/postgresql", "PGUSER": "postgres"}


def test_a_missing_tool_is_named_with_its_package() -> None:
    with pytest.raises(RuleViolation, match=r"Ohjelma pg_dumppi puuttuu\. Asenna paketti postgresql-client\."):
        postgresql._run("pg_dumppi")


def test_what_a_tool_complains_of_is_told_in_its_first_line() -> None:
    with pytest.raises(RuleViolation, match=r"ls ei onnistunut: ls: .*poissa"):
        postgresql._run("ls", "/poissa")
    with pytest.raises(RuleViolation, match="false ei onnistunut: syytä ei kerrottu"):
        postgresql._run("false")


def made(path: Path, text: str) -> Path:
    """A database file with one row."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE one (text)")
        connection.execute("INSERT INTO one VALUES (?)", (text,))
        connection.commit()
    return path


def read(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT text FROM one").fetchone()[0])


def test_a_restored_file_comes_beside_the_old_one_first_when_it_lies_on_another_disk(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        new, old = made(Path(elsewhere) / "uusi.sqlite", "uusi"), made(tmp_path / "rekisteri.sqlite", "vanha")
        near = sqlite._on_the_same_disk(new, old)
        assert near.parent == (old.parent if new.stat().st_dev != old.parent.stat().st_dev else new.parent)
        near.replace(old)
    assert read(old) == "uusi"


def test_on_one_disk_nothing_is_copied(tmp_path: Path) -> None:
    new = made(tmp_path / "uusi.sqlite", "uusi")
    assert sqlite._on_the_same_disk(new, tmp_path / "rekisteri.sqlite") == new


def test_the_old_file_is_kept_on_another_disk_as_well(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        kept = Path(elsewhere) / sqlite.NAME
        sqlite._keep(made(tmp_path / "rekisteri.sqlite", "vanha"), kept)
        assert read(kept) == "vanha"


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_not_there_yet_is_in_nobodys_use(tmp_path: Path, app, content: bytes | None) -> None:
    path = tmp_path / "uusi.sqlite"
    if content is not None:
        path.write_bytes(content)
    sqlite._gather(path)
    assert not path.exists() or path.read_bytes() == b""


def test_the_dump_is_one_moment_though_somebody_writes_meanwhile(app, tmp_path: Path) -> None:
    fill()
    engine, dump = databases.engine(), tmp_path / "vedos"
    with engine.dumping(dump):
        assert dump.stat().st_size > 0
        assert dump.stat().st_mode & 0o077 == 0
    url = engine.load(dump)
    try:
        other = create_engine(url)
        with other.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM customer").scalar_one()
        other.dispose()
    finally:
        engine.discard(url)
    assert count == 2
    assert names() == ["Aho, Aino", "Virtanen, Maija"]


def test_the_engine_is_that_of_the_database_in_use(app) -> None:
    assert databases.engine() in (sqlite, postgresql)
    assert databases.kind() == db.engine.dialect.name
    assert list(databases.engine().faults()) == []
