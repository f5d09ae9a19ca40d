"""The web process's side of printing: find the renderer, start it when it is needed, start it again when it has died.

One renderer serves all web processes of this user and this copy of the code. It is found through a socket in a private
directory of the temporary directory; two lock files there say who may start it and who still uses it.
"""

import ctypes
import fcntl
import functools
import hashlib
import os
import selectors
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path

from rekisteri.kernel.pdf import wire

START_SECONDS = 60
QUEUE_SECONDS = 120
_ATTEMPTS = 3
LONGEST_PLACE = 50  # the address of a socket has room for about a hundred signs
PANGO_MISSING = "PDF-tulostus tarvitsee Pango-kirjaston. Asenna se komennolla: sudo apt-get install libpangoft2-1.0-0"
CANNOT_START = "PDF-tulostus ei käynnistynyt. Ilmoita asiasta ylläpitäjälle, joka näkee syyn palvelimen lokista."
INTERRUPTED = "Asiakirjan tulostus keskeytyi. Tiedot ovat tallessa; yritä tulostusta uudelleen."
QUEUE_FULL = "Tulostettavana on nyt monta asiakirjaa. Odota hetki ja yritä tulostusta uudelleen."
_PACKAGE = Path(__file__).parent
_in_this_process = threading.Lock()
_lifelines: dict[tuple[int, Path], int] = {}


class PdfError(Exception):
    """The document could not be printed; `sentence` says in Finnish why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def render(html: str, *, title: str, attachments: Iterable[wire.EmbeddedFile] = ()) -> bytes:
    """The page as a PDF that is PDF/A-3a and PDF/UA-1 at once.

    :param html: a whole page; nothing it points to is fetched.
    :param title: the document's title, the same that is printed on it (SFS 2487:2024: metadata equal what is seen).
    :param attachments: files that travel inside the PDF.
    :raises PdfError: it cannot be printed, or it took too long or too much memory.
    """
    job = wire.encode_job(wire.Job(html, title, tuple(attachments)))
    if len(job) > wire.LARGEST_JOB:
        raise PdfError("Asiakirja on liian suuri tulostettavaksi. Lyhennä tekstiä tai taulukoita ja yritä uudelleen.")
    for _attempt in range(_ATTEMPTS):
        try:
            kind, content = _ask(job)
        except TimeoutError as error:
            raise PdfError(QUEUE_FULL) from error
        except ConnectionError:
            continue  # the renderer died under the job, which has no effects: ask a new one
        if kind == wire.PRINTED:
            return content
        raise PdfError(content.decode())
    raise PdfError(INTERRUPTED)


def missing_library() -> str | None:
    """One Finnish line that says what to install when the system lacks what printing needs; None when all is there."""
    try:
        ctypes.CDLL("libpangoft2-1.0.so.0")
    except OSError:
        return PANGO_MISSING
    return None


def _ask(job: bytes) -> tuple[bytes, bytes]:
    with _connect() as connection:
        connection.settimeout(QUEUE_SECONDS)
        connection.sendall(job)
        return wire.read_answer(connection)


def _connect() -> socket.socket:
    directory = _meeting_place()
    _hold_lifeline(directory)
    connection = _reach(directory)
    if connection:
        return connection
    with _in_this_process, (directory / "start").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        connection = _reach(directory)  # somebody else may have started it while we waited for our turn
        if connection is None:
            _start(directory)
            connection = _reach(directory)
    if connection is None:
        raise PdfError(CANNOT_START)
    return connection


def _reach(directory: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(directory / "socket"))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _start(directory: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-I", str(_PACKAGE / "start.py"), "renderer", str(directory)],
        env=_bare_environment(),
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process.stdout, selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        word = process.stdout.readline() if selector.select(START_SECONDS) else b""
    if word == b"ok\n":
        threading.Thread(target=process.wait, name="pdf-renderer-reaper", daemon=True).start()
        return
    process.kill()
    process.wait()
    raise PdfError(missing_library() or CANNOT_START)


def _bare_environment() -> dict[str, str]:
    """What the renderer needs to know, and none of the secrets that the web process knows."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "LC_ALL", "PATH") if name in os.environ}
    return kept | {"FONTCONFIG_FILE": str(_PACKAGE / "fonts.conf")}


def _hold_lifeline(directory: Path) -> None:
    """Keep the renderer alive as long as this process lives, by a shared lock that the kernel frees at our end."""
    key = os.getpid(), directory
    if key in _lifelines:
        return
    with _in_this_process:
        if key not in _lifelines:
            handle = os.open(directory / "users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(handle, fcntl.LOCK_SH)
            _lifelines[key] = handle


@functools.cache
def _meeting_place() -> Path:
    """A directory that only this user may enter, named after this copy of the renderer's code."""
    code = hashlib.sha256(f"{sys.prefix}\n{_PACKAGE}\n".encode())
    for source in sorted(_PACKAGE.iterdir()):
        if source.is_file():
            code.update(source.read_bytes())
    temporary = Path(tempfile.gettempdir())
    if len(str(temporary)) > LONGEST_PLACE:
        temporary = Path("/tmp")  # noqa: S108 - what is made there is checked below
    home = temporary / f"rekisteri-{os.getuid()}"
    place = home / code.hexdigest()[:16]
    for directory in (home, place):
        directory.mkdir(mode=0o700, exist_ok=True)
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise PdfError(CANNOT_START)
    return place
