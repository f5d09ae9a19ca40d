"""The renderer process (started by `start.py`).

It holds WeasyPrint warm and forks a child for each document. The child has limits of memory, processor time and wall
time, because a thread that lays out a table of a million columns cannot be stopped, and a process can. One child stands
ready beforehand, so that a job does not wait for memory to be copied. At most two children work at once; further jobs
wait in the socket's queue. The process ends when the last web process that uses it has ended: each of those holds a
shared lock on the file `users`, and the kernel lets go of it however they die.
"""

import contextlib
import fcntl
import gc
import math
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rekisteri.kernel.pdf import wire
from rekisteri.kernel.pdf.limits import WALL_SECONDS, limit_this_process

AT_ONCE = 2
IDLE_TICK = 2.0
TOO_SLOW = "Asiakirjan tulostus kesti liian kauan ja keskeytettiin. Lyhennä tekstiä tai taulukoita ja yritä uudelleen."
TOO_LARGE = "Asiakirja on liian suuri tulostettavaksi. Lyhennä tekstiä tai taulukoita ja yritä uudelleen."
TOO_DEEP = "Asiakirjassa on liikaa sisäkkäisiä osia, eikä sitä voi tulostaa. Yksinkertaista tekstin muotoilua."
REFERS_OUTSIDE = (
    "Asiakirja viittaa ulkoiseen tiedostoon tai kuvaan. Tulosteeseen ei haeta mitään muualta, joten sitä ei tehty."
)
FAILED = "Asiakirjan tulostus epäonnistui. Tiedot ovat tallessa; yritä tulostusta uudelleen."


@dataclass
class Child:
    """A process that prints one document: standing ready, or at work until its deadline at most."""

    pid: int
    orders: socket.socket
    connection: socket.socket | None = None
    deadline: float = math.inf


class Renderer:
    """Accepts jobs, forks for each, ends those that go over their limits."""

    def __init__(self, directory: Path) -> None:
        from rekisteri.kernel.pdf.engine import Engine

        self._directory = directory
        self._socket_path = directory / "socket"
        self._engine = Engine()
        self._children: dict[int, Child] = {}
        self._spare: Child | None = None
        self._selector = selectors.DefaultSelector()
        self._listener = self._listen()
        self._identity = self._socket_path.stat().st_ino
        self._wake = self._watch_children()

    def _listen(self) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        new = self._directory / f"socket-{os.getpid()}"
        new.unlink(missing_ok=True)
        listener.bind(str(new))
        listener.listen(64)
        new.rename(self._socket_path)
        listener.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ)
        return listener

    def _watch_children(self) -> socket.socket:
        woken, waker = socket.socketpair()
        for end in (woken, waker):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, _ignored)
        signal.set_wakeup_fd(waker.fileno())
        self._waker = waker
        self._selector.register(woken, selectors.EVENT_READ)
        return woken

    def serve(self) -> None:
        """Work until nobody needs this process any more."""
        quiet_since = time.monotonic()
        while True:
            ready = self._selector.select(self._patience())
            for key, _events in ready:
                if key.fileobj is self._wake:
                    with contextlib.suppress(BlockingIOError):
                        self._wake.recv(4096)
                else:
                    self._begin()
            self._end_finished()
            self._end_overdue()
            if self._children or ready:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= IDLE_TICK and self._is_abandoned():
                return

    def _patience(self) -> float:
        nearest = min((child.deadline - time.monotonic() for child in self._children.values()), default=IDLE_TICK)
        return max(0.0, min(nearest, IDLE_TICK))

    def _begin(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        child = self._spare or self._fork()
        self._spare = None
        child.connection, child.deadline = connection, time.monotonic() + WALL_SECONDS
        self._children[child.pid] = child
        with contextlib.suppress(OSError):  # it died while it waited: seen and explained when it is reaped
            socket.send_fds(child.orders, [b"!"], [connection.fileno()])
        child.orders.close()
        if len(self._children) >= AT_ONCE:
            self._selector.unregister(self._listener)
        self._spare = self._fork()

    def _fork(self) -> Child:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._be_a_child(theirs)
        theirs.close()
        return Child(pid, ours)

    def _end_finished(self) -> None:
        while self._children or self._spare:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            if self._spare and pid == self._spare.pid:
                self._spare.orders.close()
                self._spare = None
                continue
            child = self._children.pop(pid)
            if child.connection is not None:
                if status != 0:
                    self._explain(child.connection, os.waitstatus_to_exitcode(status))
                child.connection.close()
            if len(self._children) == AT_ONCE - 1:
                self._selector.register(self._listener, selectors.EVENT_READ)

    def _explain(self, connection: socket.socket, code: int) -> None:
        late = code in (-signal.SIGXCPU, -signal.SIGKILL)
        connection.settimeout(1)
        with contextlib.suppress(OSError):
            wire.send_answer(connection, wire.REFUSED, (TOO_SLOW if late else TOO_LARGE).encode())

    def _end_overdue(self) -> None:
        for child in self._children.values():
            if time.monotonic() >= child.deadline:
                os.kill(child.pid, signal.SIGKILL)

    def _is_abandoned(self) -> bool:
        try:
            if self._socket_path.stat().st_ino != self._identity:
                return True
            users = os.open(self._directory / "users", os.O_RDWR)
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(users)
            return False
        except FileNotFoundError:
            return True
        return True

    def _be_a_child(self, orders: socket.socket) -> None:
        code = 1
        try:
            gc.disable()  # a short life: collecting would only copy the parent's memory
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._listener.close()
            limit_this_process()
            self._engine.touch()
            _, received, _, _ = socket.recv_fds(orders, 1, 1)
            if received:
                self._print(socket.socket(fileno=received[0]))
            code = 0
        except OSError:
            code = 0  # the web process or the renderer went away: nobody to answer
        finally:
            os._exit(code)

    def _print(self, connection: socket.socket) -> None:
        kind = wire.REFUSED
        try:
            content = self._engine.pdf(wire.read_job(connection))
            kind = wire.PRINTED
        except OSError:
            raise
        except MemoryError:
            content = TOO_LARGE.encode()
        except RecursionError:
            content = TOO_DEEP.encode()
        except Exception as error:  # noqa: BLE001 - whatever the page did to WeasyPrint, the person gets a sentence
            print(f"renderer: {type(error).__name__} at {_place(error)}", file=sys.stderr)  # noqa: T201
            content = FAILED.encode()
        except BaseException:  # noqa: BLE001 - FatalURLFetchingError: see engine.NoFetch
            content = REFERS_OUTSIDE.encode()
        wire.send_answer(connection, kind, content)


def _place(error: BaseException) -> str:
    """Where it went wrong, without the message: that could quote a person's data."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def _ignored(_signal: int, _frame: FrameType | None) -> None:
    """A child ended; the wake-up socket tells the loop."""


def main(place: str) -> int:
    """Get ready, say so on standard output (`ok`, or why not), and serve."""
    directory = Path(place)
    os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the web server; this process follows by itself
    faces = directory / "fonts"
    shutil.rmtree(faces, ignore_errors=True)  # left behind by a renderer that was killed
    faces.mkdir(mode=0o700)
    os.environ["TMPDIR"] = str(faces)
    try:
        renderer = Renderer(directory)
    except OSError as error:
        print(f"renderer: {error}", file=sys.stderr)  # noqa: T201
        os.write(1, b"pango\n")
        return 1
    os.write(1, b"ok\n")
    os.close(1)
    renderer.serve()
    return 0
