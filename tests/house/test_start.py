"""An empty folder becomes a register that answers, as `scripts/run` does it."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.house.source import ROOT

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REKISTERI_")}
    return kept | {"REKISTERI_DATA": str(data)}


def init(data: Path, *options: str) -> str:
    """What `flask init` prints on this folder of data."""
    words = [sys.executable, "-m", "flask", "init", *options]
    done = subprocess.run(words, cwd=ROOT, env=environment(data), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "tiedot"


@pytest.fixture
def served(data: Path) -> Iterator[tuple[Any, list[str]]]:
    """The register served by the server of `scripts/run`, with what it printed when it began to answer."""
    words = [sys.executable, "-m", "scripts.serve", str(free_port())]
    server = subprocess.Popen(words, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True)
    watchdog = threading.Timer(240, server.kill)
    watchdog.start()
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if "vastaa" in line:
            break
    yield server, said
    watchdog.cancel()
    server.kill()
    server.wait()
    server.stdout.close()


def test_an_empty_register_gives_a_link_for_the_first_user_and_a_new_one_when_asked_again(data: Path) -> None:
    first = init(data, "--address", "http://127.0.0.1:8123").splitlines()[-1]
    again = init(data, "--address", "http://127.0.0.1:8123").splitlines()[-1]
    assert first.startswith("http://127.0.0.1:8123/kayttoonotto/")
    assert again.startswith("http://127.0.0.1:8123/kayttoonotto/")
    assert first != again


def test_nobody_else_on_the_machine_can_read_the_keys_or_the_database(data: Path) -> None:
    init(data, "--quiet")
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    written = [path for path in data.rglob("*") if path.is_file()]
    assert {path.name for path in written} >= {"rekisteri.sqlite", "secret.key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert len((data / "secret.key").read_bytes()) >= 32


def test_the_server_tells_its_address_when_it_answers_and_stops_when_asked(served: tuple[Any, list[str]]) -> None:
    server, said = served
    address = said[-1].split()[3]
    assert said[-1] == f"Asiakasrekisteri vastaa osoitteessa {address} – lopeta painamalla Ctrl+C.\n"
    with urlopen(f"{address}/terveys", timeout=60) as answer:
        assert answer.status == 200
    with urlopen(f"{address}/", timeout=60) as answer:
        assert answer.url.startswith(f"{address}/kirjaudu")
        assert "<h1" in answer.read().decode()
    link = said[-2].strip()
    assert link.startswith(f"{address}/kayttoonotto/")
    with urlopen(link, timeout=60) as answer:
        assert "salasana" in answer.read().decode().lower()
    server.send_signal(signal.SIGTERM)
    assert server.wait(60) == 0


def test_a_weak_key_refuses_to_start_and_says_why(data: Path) -> None:
    env = environment(data) | {"REKISTERI_SECRET_KEY": "salainen"}
    words = [sys.executable, "-m", "scripts.serve", str(free_port())]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("REKISTERI_SECRET_KEY on liian lyhyt")
    assert done.stderr.count("\n") == 1
