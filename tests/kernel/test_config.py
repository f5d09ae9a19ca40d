"""Settings: safe by themselves, and a start that would not be safe is refused in a sentence."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from rekisteri import create_app
from rekisteri.kernel.config import SettingError, private_file, read_settings
from rekisteri.kernel.db import db
from tests.house.source import ROOT
from tests.support.schema import settings_for

STRONG = "Zk3-vQ8xT1_mB7yLr0PdNc5WjHs9fUa2"


@contextmanager
def new_register(folder: Path) -> Iterator[Path]:
    """The ground on a new SQLite file, its context open; the file."""
    made = create_app(settings_for(f"sqlite:///{folder}/uusi.sqlite", folder / "data"), rooms=())
    with made.app_context():
        yield folder / "uusi.sqlite"
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """The settings under this environment: `settings(REKISTERI_PROXIES="1")`."""
    for name in [name for name in os.environ if name.startswith(("REKISTERI_", "FLASK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REKISTERI_DATA", str(tmp_path / "data"))

    def read(**environment: str) -> dict[str, Any]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return read_settings()

    return read


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_the_folder_and_the_key_are_for_this_user_only(settings, tmp_path: Path) -> None:
    made = settings()
    assert mode(tmp_path / "data") == "0o700"
    assert mode(tmp_path / "data" / "secret.key") == "0o600"
    assert made["SECRET_KEY"] == (tmp_path / "data" / "secret.key").read_text()
    assert len(made["SECRET_KEY"]) >= 32


def test_a_folder_that_others_may_look_into_is_closed(settings, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    settings()
    assert mode(tmp_path / "data") == "0o700"


def test_a_new_database_file_is_for_this_user_only(tmp_path: Path) -> None:
    usual = os.umask(0o022)
    try:
        with new_register(tmp_path):
            db.session.execute(db.text("SELECT 1"))
            assert {mode(path) for path in tmp_path.glob("uusi.sqlite*")} == {"0o600"}
    finally:
        os.umask(usual)


def test_the_key_is_made_once_and_kept(settings) -> None:
    assert settings()["SECRET_KEY"] == settings()["SECRET_KEY"]


def test_two_installations_have_different_keys(settings, tmp_path: Path) -> None:
    assert settings()["SECRET_KEY"] != settings(REKISTERI_DATA=str(tmp_path / "other"))["SECRET_KEY"]


def test_of_many_that_start_at_once_all_get_the_same_key(tmp_path: Path) -> None:
    start, seen = threading.Barrier(8), []

    def begin(number: int) -> None:
        start.wait(10)
        seen.append(private_file(tmp_path / "audit.key", f"key of process {number}".encode() * 1000))

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(seen) == 8
    assert len(set(seen)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["audit.key"]


@pytest.mark.parametrize("weak", ["", "lyhyt", "a" * 64, "abcabcabc" * 8, "x" * 31])
def test_a_weak_key_refuses_to_start(settings, weak: str) -> None:
    with pytest.raises(SettingError, match="REKISTERI_SECRET_KEY on liian lyhyt tai arvattava"):
        settings(REKISTERI_SECRET_KEY=weak)


def test_a_weak_key_in_the_file_refuses_to_start(settings, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text("")
    with pytest.raises(SettingError):
        settings()


def test_a_weak_old_key_refuses_to_start_as_it_still_opens_sessions(settings) -> None:
    with pytest.raises(SettingError, match="REKISTERI_SECRET_KEY_FALLBACKS"):
        settings(REKISTERI_SECRET_KEY=STRONG, REKISTERI_SECRET_KEY_FALLBACKS=f"{STRONG[::-1]},salasana")


def test_strong_keys_are_taken_as_given(settings) -> None:
    made = settings(REKISTERI_SECRET_KEY=STRONG, REKISTERI_SECRET_KEY_FALLBACKS=f" {STRONG[::-1]} ,")
    assert made["SECRET_KEY"] == STRONG
    assert made["SECRET_KEY_FALLBACKS"] == [STRONG[::-1]]


def test_by_default_only_this_machine_is_served_and_its_cookie_needs_no_https(settings) -> None:
    made = settings()
    assert made["TRUSTED_HOSTS"] == ["127.0.0.1", "localhost"]
    assert made["SESSION_COOKIE_NAME"] == "rekisteri"
    assert made["SESSION_COOKIE_SECURE"] is False
    assert made["SESSION_COOKIE_HTTPONLY"] is True
    assert made["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert made["PROXIES"] == 0
    assert made["ALLOWED_NETWORKS"] == []


def test_as_soon_as_others_are_served_the_cookie_needs_https_and_is_bound_to_the_host(settings) -> None:
    made = settings(REKISTERI_TRUSTED_HOSTS="Rekisteri.Yritys.fi, 10.1.0.5")
    assert made["TRUSTED_HOSTS"] == ["rekisteri.yritys.fi", "10.1.0.5"]
    assert made["SESSION_COOKIE_NAME"] == "__Host-rekisteri"
    assert made["SESSION_COOKIE_SECURE"] is True


def test_plain_http_for_others_is_a_deviation_that_must_be_asked_for(settings) -> None:
    made = settings(REKISTERI_TRUSTED_HOSTS="rekisteri.yritys.fi", REKISTERI_INSECURE_HTTP="1")
    assert made["INSECURE_HTTP"] is True
    assert made["SESSION_COOKIE_SECURE"] is False
    assert made["SESSION_COOKIE_NAME"] == "rekisteri"


@pytest.mark.parametrize("word", ["0", "", "yes", "true"])
def test_nothing_but_one_asks_for_the_deviation(settings, word: str) -> None:
    assert settings(REKISTERI_INSECURE_HTTP=word)["INSECURE_HTTP"] is False


def test_networks_are_read_as_networks(settings) -> None:
    made = settings(REKISTERI_ALLOWED_NETWORKS="10.1.0.0/16, 192.168.1.7,fd00::/8")
    assert made["ALLOWED_NETWORKS"] == [ip_network("10.1.0.0/16"), ip_network("192.168.1.7/32"), ip_network("fd00::/8")]


@pytest.mark.parametrize("wrong", ["toimisto", "10.1.0.5/16", "10.1.0.0/64", "10.1"])
def test_a_network_that_is_none_refuses_to_start_and_opens_nothing(settings, wrong: str) -> None:
    with pytest.raises(SettingError, match=r"REKISTERI_ALLOWED_NETWORKS: ”.*” ei ole verkko"):
        settings(REKISTERI_ALLOWED_NETWORKS=wrong)


@pytest.mark.parametrize("wrong", ["yksi", "-1", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_refuses_to_start(settings, wrong: str) -> None:
    with pytest.raises(SettingError, match="REKISTERI_PROXIES"):
        settings(REKISTERI_PROXIES=wrong)


def test_debugging_is_refused_where_others_are_served(settings) -> None:
    assert settings(FLASK_DEBUG="1")
    with pytest.raises(SettingError, match="FLASK_DEBUG on sallittu vain omalla koneella"):
        settings(FLASK_DEBUG="1", REKISTERI_TRUSTED_HOSTS="rekisteri.yritys.fi")


def test_what_is_sent_and_kept_is_bounded(settings) -> None:
    made = settings()
    assert made["MAX_CONTENT_LENGTH"] == 64 * 1024 * 1024
    assert made["MAX_FORM_MEMORY_SIZE"] == 8 * 1024 * 1024
    assert made["MAX_FORM_PARTS"] == 1000


@pytest.mark.parametrize("url", ["sqlite:///x", "postgresql+psycopg://p@/x"])
def test_no_value_of_a_statement_ends_up_in_an_error(settings, url: str) -> None:
    assert settings(REKISTERI_DATABASE_URL=url)["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True


def test_a_refused_start_ends_with_its_sentence(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "REKISTERI_DATA": str(tmp_path), "REKISTERI_SECRET_KEY": "lyhyt"}
    command = [sys.executable, "-c", "import app"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stderr.strip().endswith(
        "REKISTERI_SECRET_KEY on liian lyhyt tai arvattava: vähintään 32 satunnaista merkkiä."
    )


def test_each_connection_to_sqlite_is_made_safe(tmp_path: Path) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    with new_register(tmp_path):
        told = {name: db.session.scalar(db.text(f"PRAGMA {name}")) for name in asked}
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10000,
    }
