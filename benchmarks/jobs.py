"""Work that is measured in a process of its own: `python -m benchmarks.jobs import DATA FILE`, `… write DATA COUNT`,
`… post DATA ID`, `… labels DATA`, `… letters DATA COUNT`."""

import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.desk import application


def import_file(data: str, path: str) -> None:
    """Import a file as the pages do, all steps; print the seconds and the process's largest memory in megabytes."""
    from rekisteri.customers.importing import receiving, steps
    from rekisteri.customers.importing.columns import Reading
    from rekisteri.customers.sources import own_source
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import db, transaction
    from rekisteri.staff.service import find_user

    app = application(data)
    with app.app_context():
        start = time.perf_counter()
        with Path(path).open("rb") as stream:
            file = receiving.read_file(stream, "asiakkaat.csv")
        with transaction():
            clerk = find_user("vastuuhenkilo")
            assert clerk is not None
            batch_id = receiving.receive(file=file, source=own_source(), obtained_on=today(), by=clerk).id
        with transaction():
            batch = steps.find_batch(batch_id)
            assert batch is not None
            receiving.set_reading(batch=batch, reading=Reading(tuple(batch.columns), kind="person"))
        _go_on(batch_id)
        with transaction():
            batch = steps.find_batch(batch_id)
            assert batch is not None
            if steps.undecided(batch):
                steps.decide(batch=batch, decision="new")
            steps.accept(batch=batch)
        _go_on(batch_id)
        seconds = time.perf_counter() - start
        batch = steps.find_batch(batch_id)
        assert batch is not None
        assert batch.state == "done", batch.state
        db.session.rollback()
    print(seconds, _most_memory(), batch_id)


def _most_memory(process: str = "self") -> float:
    """The largest memory of a process in megabytes. What `getrusage` tells begins with the parent's at the fork."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def _go_on(batch_id: int) -> None:
    from rekisteri.customers.importing import steps
    from rekisteri.kernel.db import db

    while (batch := steps.find_batch(batch_id)) and steps.is_under_way(batch):
        steps.step(batch)
        db.session.expire_all()


def write(data: str, count: str) -> None:
    """Four writers who each read a number, add one, save it and put it on record, so many times."""
    from rekisteri.audit import service as audit
    from rekisteri.kernel.db import next_number, transaction

    app = application(data)
    counted = audit.event("benchmark.counted", "mittaus kirjattu", fields={"count": int})
    failed: list[BaseException] = []

    def writer() -> None:
        try:
            with app.app_context():
                for _ in range(int(count)):
                    with transaction():
                        audit.record(counted, subject="benchmark:1", count=next_number("benchmark", 2026))
        except Exception as error:  # noqa: BLE001 - told when all are done
            failed.append(error)

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def post(data: str, number: str) -> None:
    """Put the day's post together; print the largest memory of any process that took part, in megabytes."""
    from rekisteri.documents import post as posts
    from rekisteri.settings import service as settings

    with application(data).app_context(), watched():
        found = posts.find(int(number))
        assert found is not None
        with posts.file(found, controller=settings.current().controller()).file as file:
            assert file.read(5) == b"%PDF-"


def labels(data: str) -> None:
    """Make labels of everybody, the ledger included; print the largest memory of any process that took part."""
    from benchmarks.labels import made

    with application(data).app_context(), watched():
        made()


def letters(data: str, count: str) -> None:
    """Draw so many letters with paragraphs of their own; print the largest memory of any process that drew them."""
    from benchmarks.letters import PERSONAL, drawer

    with application(data).app_context(), watched(own=False):
        drawer(PERSONAL, int(count))()


@contextmanager
def watched(*, own: bool = True) -> Iterator[None]:
    """Print the largest memory that any process that this one starts has had, in megabytes; with `own` also this one's."""
    done, seen = threading.Event(), [0.0]
    watch = threading.Thread(target=_watch_children, args=(done, seen))
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()
    print(max(_most_memory() if own else 0.0, *seen))


def _watch_children(done: threading.Event, seen: list[float]) -> None:
    """Note the largest memory of each process that this one starts, and of those that they start, until all is done.

    A process that has not yet become another program still wears this one's memory, which is not its own.
    """
    mine = Path("/proc/self/cmdline").read_bytes()
    while not done.wait(0.01):
        for process in _below("self"):
            with suppress(OSError, TypeError, ValueError):  # it ended while we looked
                if Path(f"/proc/{process}/cmdline").read_bytes() != mine:
                    seen.append(_most_memory(process))


def _below(process: str) -> Iterator[str]:
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield child
                yield from _below(child)


if __name__ == "__main__":
    {"import": import_file, "write": write, "post": post, "labels": labels, "letters": letters}[sys.argv[1]](
        *sys.argv[2:]
    )
