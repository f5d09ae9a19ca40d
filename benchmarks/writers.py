"""Two processes with four writers each, all of them adding to the same number: nothing is lost, nobody is refused."""

import subprocess
import sys
from collections.abc import Iterator

from sqlalchemy import func, select

from benchmarks import scale
from benchmarks.desk import ROOT, application, environment
from benchmarks.measure import Ratio
from benchmarks.registers import register

EACH = 150


def ratios() -> Iterator[Ratio]:
    """Updates lost, and writers whom the database turned away."""
    lost, refused = write_together(register(*scale.SMALL), 10 if scale.QUICK else EACH)
    yield Ratio("2 prosessia × 4 kirjoittajaa: kadonneita kirjauksia", lost, 0)
    yield Ratio("2 prosessia × 4 kirjoittajaa: ”database is locked” -virheitä", refused, 0)


def write_together(data: str, each: int, **variables: str) -> tuple[int, int]:
    """How many of the writes are missing afterwards, from the number or from the log; how many writers failed."""
    from rekisteri.audit.models import AuditEvent
    from rekisteri.kernel.db import NumberSeries, db

    def kept() -> tuple[int, int]:
        row = db.session.get(NumberSeries, ("benchmark", 2026))
        logged = db.session.scalar(select(func.count()).select_from(AuditEvent).filter_by(event="benchmark.counted"))
        return (row.last if row else 0, logged or 0)

    with application(data).app_context():
        before = kept()
        db.session.rollback()
        command = [sys.executable, "-m", "benchmarks.jobs", "write", data, str(each)]
        jobs = [subprocess.Popen(command, cwd=ROOT, env=environment(data) | variables) for _ in range(2)]
        refused = sum(job.wait() != 0 for job in jobs)
        db.session.expire_all()
        after = kept()
        db.session.remove()
        db.engine.dispose()
    wanted = 2 * 4 * each
    return max(wanted - (now - then) for now, then in zip(after, before, strict=True)), refused
