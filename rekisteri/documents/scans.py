"""Papers that came in: judged by what they are and not by their names, kept as they came, shown as pictures of our own."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.documents import pictures, rules, upload_rules
from rekisteri.documents.models import Scan, ScanContent, ScanPreview
from rekisteri.documents.qr import read_qr
from rekisteri.documents.upload_rules import Examined
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation

__all__ = ["Examined", "examine", "examine_one", "preview", "read_qr", "scan_content", "scans_of", "store_scan"]

STORED = audit.event("scan.stored", "liite tallennettu", fields={"kind": str, "size": int, "sha256": str})


def examine(file: Any) -> Examined:
    """Read an uploaded file and judge it. It takes its time, so call it before the transaction that stores the scan.

    :param file: what the form's field holds (Werkzeug's FileStorage).
    :raises RuleViolation: it is empty, too large, of another kind, or damaged.
    """
    name = upload_rules.clean_name(file.filename or "")
    content = file.stream.read(upload_rules.LARGEST + 1)
    kind = upload_rules.judge(content, name=name)
    small = pictures.preview(content, name=name) if kind in pictures.KINDS else None
    return Examined(name=name, kind=kind, content=content, sha256=hashlib.sha256(content).hexdigest(), preview=small)


def examine_one(files: Iterable[Any] | None, *, several: str, field: str = "files") -> Examined | None:
    """The one file that was sent along, read and judged; None when there is none.

    :param several: what is said when there are many.
    :raises RuleViolation: on the form's `field`; see `examine`.
    """
    sent = [file for file in files or [] if file.filename]
    if len(sent) > 1:
        raise RuleViolation(several, field=field)
    try:
        return examine(sent[0]) if sent else None
    except RuleViolation as violation:
        raise RuleViolation(violation.sentence, field=field) from violation


def store_scan(*, file: Any, by: Any, subject: str) -> Scan:
    """Keep a paper that came in.

    :param file: an uploaded file, or one that has been examined already.
    :param subject: what it belongs to, as `room:id`.
    :raises RuleViolation: see `examine`.
    """
    examined = file if isinstance(file, Examined) else examine(file)
    scan = Scan(
        subject=subject,
        name=examined.name,
        kind=examined.kind,
        size=len(examined.content),
        sha256=examined.sha256,
        uploaded_by_id=getattr(by, "id", None),
        uploaded_by_name=getattr(by, "full_name", ""),
        has_preview=examined.preview is not None,
    )
    db.session.add(scan)
    db.session.flush()
    db.session.add(ScanContent(scan_id=scan.id, content=examined.content))
    if examined.preview:
        kind, small = examined.preview
        db.session.add(ScanPreview(scan_id=scan.id, kind=kind, content=small))
    audit.record(STORED, subject=scan.log_subject, by=by, kind=scan.kind, size=scan.size, sha256=scan.sha256)
    return scan


def scans_of(subject: str) -> list[Scan]:
    """The papers that belong to one matter (`case:7`), oldest first."""
    return list(db.session.scalars(select(Scan).filter_by(subject=subject).order_by(Scan.id)))


def scan_content(scan: Scan) -> bytes:
    """The file exactly as it came.

    :raises RuleViolation: it has been destroyed.
    """
    rules.check_kept(scan.destroyed_on)
    return db.session.get_one(ScanContent, scan.id).content


def preview(scan: Scan) -> tuple[str, bytes] | None:
    """The small picture of a scanned image as (kind, bytes); None for a PDF, which we never open."""
    small = db.session.get(ScanPreview, scan.id)
    return (small.kind, small.content) if small else None
