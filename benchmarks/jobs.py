"""Work that is measured in a process of its own: `python -m benchmarks.jobs import DATA FILE`, `… write DATA COUNT`."""

import re
import sys
import threading
import time
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


def _most_memory() -> float:
    """The largest memory of this process in megabytes. What `getrusage` tells begins with the parent's at the fork."""
    status = Path("/proc/self/status").read_text()
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


if __name__ == "__main__":
    {"import": import_file, "write": write}[sys.argv[1]](*sys.argv[2:])
