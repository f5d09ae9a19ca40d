"""A PostgreSQL of our own for the length of a test run: nothing is installed, nothing stays behind.

The binaries are the system's (Debian's package `postgresql`, the newest version there is); no service of theirs is
touched. PostgreSQL refuses to run as root: then it runs as `nobody`.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

SPEED_BEFORE_SAFETY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "autovacuum": "off",
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
}


ROOT = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT", "/tmp"))
PREFIX = "rekisteri-pg-"


def _sweep() -> None:
    """Remove what runs that were cut short have left: a cluster that nobody has touched for an hour and nobody serves."""
    for folder in ROOT.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            process = folder / "data" / "postmaster.pid"
            served = process.exists() and Path("/proc", process.read_text().split()[0]).exists()
            if not served and folder.stat().st_mtime < time.time() - 3600:
                shutil.rmtree(folder, ignore_errors=True)


def _version(program: Path) -> int:
    number = program.parent.parent.name
    return int(number) if number.isdigit() else 0


class PostgresServer:
    """A running server that listens on a socket in its own temporary folder."""

    def __init__(self) -> None:
        _sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=ROOT))  # a socket's path may have 107 bytes at most
        self.folder.chmod(0o755)
        self.user = "nobody" if os.geteuid() == 0 else None
        self.binaries = self._binaries()
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(data, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "utf8",
            "--locale=C.UTF-8",  # byte order, and letters with dots are letters
            "--no-sync",
        )
        settings = [f"-c{name}={value}" for name, value in SPEED_BEFORE_SAFETY.items()]
        self.process = subprocess.Popen(
            [self.binaries / "postgres", "-D", data, f"-k{data}", *settings],
            user=self.user,
            cwd=data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("w"),
            start_new_session=True,
        )
        self.socket = data
        self._wait()

    def _binaries(self) -> Path:
        found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *map(Path, filter(None, [shutil.which("initdb")]))]
        assert found, "PostgreSQL is missing: apt install postgresql"
        return max(found, key=_version).parent

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.binaries / program, *arguments],
            user=self.user,
            cwd=self.folder,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")

    def _wait(self) -> None:
        import psycopg

        for _ in range(200):
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start: " + (self.folder / "log").read_text())

    def address(self, database: str) -> str:
        """How libpq reaches a database of this server."""
        return f"host={self.socket} user=postgres dbname={database}"

    def url(self, database: str) -> str:
        """How the application reaches a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"

    def connect(self, database: str) -> "Connection[Any]":
        """A connection of the administrator's own, each statement a transaction."""
        import psycopg

        return psycopg.connect(self.address(database), autocommit=True)

    def execute(self, statement: str) -> None:
        """Run one administrative statement."""
        with self.connect("postgres") as connection:
            connection.execute(statement)

    def stop(self) -> None:
        """Stop the server at once and remove what it wrote."""
        self.process.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
