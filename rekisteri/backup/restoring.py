"""Putting a backup back: beside the register in use, brought up to date, purged of the erased, looked through, then swapped.

Until the swap the register in use is not touched; the swap is one step. So whatever fails, or wherever the process dies,
either the old register stands or the new one (GDPR art. 32(1)(b)–(c)).
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.audit.rules import Anchor
from rekisteri.backup import archive, databases, events, keys, looking, rules, service
from rekisteri.backup.places import KEPT, workplace
from rekisteri.backup.rules import Manifest
from rekisteri.forgotten import bars, journal
from rekisteri.forgotten.bars import Replayed
from rekisteri.kernel import upgrades
from rekisteri.kernel.clock import in_finland, now
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import UserSession


@dataclass(frozen=True)
class Prepared:
    """A restored register beside the one in use: where it is, what it was made of, what was done again.

    `older` tells that the backup was of an earlier release and has been brought up to date.
    """

    url: str
    manifest: Manifest
    replayed: Replayed
    strange_anchors: int
    older: bool


@dataclass(frozen=True)
class Restored:
    """What a restore did, for whoever ordered it."""

    prepared: Prepared
    kept: str
    lost_rows: int


def restore(file: Path, *, keys_folder: Path | None = None) -> Restored:
    """Put a backup in the place of the register in use, which is kept.

    :raises RuleViolation: the backup is not whole, a key is missing, the server runs, or what came out is not what went in.
    """
    databases.engine().check_idle()
    with workplace() as place, preparing(file, place, keys_folder) as prepared:
        lost = _done_since(prepared.manifest.log_rows)
        kept = _keep_old()
        _take_over(place, kept)
        return Restored(prepared, databases.engine().take_into_use(prepared.url, kept), lost)


def rehearse(file: Path | None) -> Prepared:
    """Restore a backup (a fresh one unless given) to a place beside, look through it and throw it away."""
    with workplace() as place:
        source = file or place / "harjoitus.tar"
        if file is None:
            (place / "kopio").mkdir(mode=0o700)
            service.pack(source, place / "kopio")
            shutil.rmtree(place / "kopio")
        (place / "palautus").mkdir(mode=0o700)
        with preparing(source, place / "palautus", None) as prepared:
            pass
        databases.engine().discard(prepared.url)
    with transaction():
        audit.record(events.DRILLED, subject=events.REGISTER, rows=prepared.manifest.log_rows)
    return prepared


@contextmanager
def preparing(file: Path, place: Path, keys_folder: Path | None) -> Iterator[Prepared]:
    """Make the register of a backup in an empty folder, ready to be taken into use; it goes if anything fails."""
    engine = databases.engine()
    manifest = archive.unpack(file, place)
    if manifest.database != databases.kind():
        told = rules.DATABASES[manifest.database], rules.DATABASES[databases.kind()]
        raise RuleViolation("Varmuuskopio on {}-tietokannasta, mutta rekisteri on {}-tietokannassa.".format(*told))
    _check_revision(manifest.revision)
    _furnish(place, manifest, keys_folder)
    url = engine.load(place / manifest.dump)
    try:
        with looking.register_at(url, place):
            prepared = _make_ready(url, manifest, place)
        yield prepared
    except BaseException:
        engine.discard(url)
        raise


def _check_revision(revision: str) -> None:
    try:
        ScriptDirectory(current_app.extensions["migrate"].directory).get_revision(revision)
    except CommandError as error:
        raise RuleViolation("Varmuuskopio on tehty ohjelman uudemmalla versiolla. Päivitä ohjelma ensin.") from error


def _furnish(place: Path, manifest: Manifest, keys_folder: Path | None) -> None:
    """Keys, and the journal with all that is known today beside what the backup knew.

    On a machine where another register has been begun, that one's acts concern other people.
    """
    data = keys.data_folder()
    held = keys.at_hand(data) | (keys.at_hand(keys_folder) if keys_folder else {})
    rules.check_keys(manifest.keys, keys.fingerprints(held))
    in_use = _register_in_use()
    strange = in_use if rules.is_other(manifest.keys, keys.fingerprints(keys.at_hand(data))) else None
    for name in (rules.JOURNAL, rules.ANCHORS):
        paths = [path for path in (place / name, data / name) if path.exists()]
        lines = [line for path in paths for line in path.read_text("utf-8", errors="replace").splitlines() if line]
        lines = [line for line in lines if not strange or f'"{strange}"' not in line]
        (place / name).unlink(missing_ok=True)
        if lines:
            journal.write(place / name, dict.fromkeys(lines))
    for name, key in held.items():
        (place / name).write_bytes(key)


def _register_in_use() -> str | None:
    """Which register the one in use is, once its journal has been made whole; the old database may be what is broken."""
    with suppress(DBAPIError):
        journal.complete()
        return bars.register_id()
    db.session.rollback()
    return None


def _make_ready(url: str, manifest: Manifest, place: Path) -> Prepared:
    """In the restored register: what went in is there, it is up to date, and the erased are erased."""
    rules.check_counts(manifest.counts, looking.counts(manifest.counts))
    strange = _sort_anchors(place / rules.ANCHORS)
    end = Anchor(manifest.log_rows, manifest.log_hash)
    rules.check_faults(manifest.faults, looking.faults_of_any_age(end))
    older = looking.revision() != ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    db.session.remove()
    flask_migrate.upgrade()
    upgrades.finish()
    replayed = journal.replay(journal.read(journal.journal_file()))
    with transaction():
        ended = {"ended_at": now(), "ended_reason": "restored"}
        db.session.execute(update(UserSession).where(UserSession.ended_at.is_(None)).values(**ended))
        audit.record(events.RESTORED, subject=events.REGISTER, on=manifest.made_at[:10], count=replayed.count)
    databases.engine().compact()
    rules.check_faults(manifest.faults, looking.faults(end))
    return Prepared(url, manifest, replayed, strange, older)


def _sort_anchors(path: Path) -> int:
    """Leave the anchors of this log; how many were of rows that it has not (taken after the backup, or of another log)."""
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    if own := [line for line in lines if _is_of_this_log(line)]:
        journal.write(path, own)
    return len(lines) - len(own)


def _is_of_this_log(line: str) -> bool:
    try:
        told = json.loads(line)
        row = db.session.get(AuditEvent, int(told["seq"]))
        return row.hash == told["hash"] if row else 0 < int(told["seq"]) <= audit.gone()
    except (ValueError, TypeError, KeyError):
        return False


def _done_since(seq: int) -> int:
    """How much the log of the register in use tells of what the backup lacks; taking backups is no loss."""
    rows = select(func.count()).where(AuditEvent.seq > seq, ~AuditEvent.event.startswith("backup."))
    with suppress(DBAPIError):
        return db.session.scalar(rows) or 0
    db.session.rollback()
    return 0


def _keep_old() -> Path:
    """A folder for the register that is replaced, with copies of its journals and keys."""
    data, moment = keys.data_folder(), in_finland(now())
    kept = data / f"{KEPT}{moment:%Y%m%d%H%M%S}"
    while kept.exists():
        moment += timedelta(seconds=1)
        kept = data / f"{KEPT}{moment:%Y%m%d%H%M%S}"
    kept.mkdir(mode=0o700)
    service.lay_out(kept, keys.at_hand(data), data)
    for path in kept.iterdir():
        path.chmod(0o600)
    return kept


def _take_over(place: Path, kept: Path) -> None:
    """Let the keys and journals of the restored register follow it; each by a rename, none lost."""
    data = keys.data_folder()
    for name in (*keys.NAMES, rules.JOURNAL, rules.ANCHORS):
        if (place / name).exists():
            (place / name).chmod(0o600)
            (place / name).replace(data / name)
        elif name == rules.ANCHORS:
            (data / name).unlink(missing_ok=True)
    archive.sync_folder(data)
    archive.sync_folder(kept)
