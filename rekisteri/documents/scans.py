"""Scans: received papers are judged by their content, kept byte for byte, and shown only as pictures of our own making."""

import hashlib
import io
import warnings
from typing import Any

from PIL import Image, ImageOps
from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.documents.models import Scan, ScanContent, ScanPreview
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.text import clean

STORED = audit.event("scan.stored", "liite tallennettu", fields={"sha256": str, "media_type": str, "size": int})

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
PREVIEW_SIDE = 1200
MAGIC = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def store_scan(*, file: Any, by: Any, subject: str) -> Scan:
    """Keep a file: its bytes as they came, its digest, and a preview if it is an image.

    :param file: an upload (anything with `filename` and `read`).
    :raises RuleViolation: it is empty, too large, or not what a scanner makes; the sentence names the file.
    """
    name = clean(file.filename or "")[-200:] or "nimetön"
    content = file.read(LARGEST + 1)
    media_type = _judge(name, content)
    preview = _preview(name, content, FORMATS[media_type]) if media_type in FORMATS else None
    scan = Scan(
        subject=subject,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=getattr(by, "id", None),
        has_preview=preview is not None,
    )
    db.session.add(scan)
    db.session.flush()
    db.session.add(ScanContent(scan_id=scan.id, content=content))
    if preview is not None:
        db.session.add(ScanPreview(scan_id=scan.id, media_type="image/jpeg", content=preview))
    audit.record(STORED, subject=subject, by=by, sha256=scan.sha256, media_type=media_type, size=scan.size)
    return scan


def _judge(name: str, content: bytes) -> str:
    if not content:
        raise RuleViolation(f"Tiedosto ”{name}” on tyhjä.", field="files")
    if len(content) > LARGEST:
        raise RuleViolation(f"Tiedosto ”{name}” on liian suuri: enintään 20 megatavua.", field="files")
    for magic, media_type in MAGIC.items():
        if content.startswith(magic):
            return media_type
    raise RuleViolation(f"Tiedosto ”{name}” ei ole PDF-, JPEG- eikä PNG-tiedosto.", field="files")


def _preview(name: str, content: bytes, format: str) -> bytes:
    broken = RuleViolation(f"Kuvaa ”{name}” ei voi avata. Skannaa paperi uudelleen.", field="files")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[format]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise RuleViolation(
                        f"Kuvassa ”{name}” on liikaa kuvapisteitä. Skannaa pienemmällä tarkkuudella.", field="files"
                    )
                picture = ImageOps.exif_transpose(opened).convert("RGB")
                picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError) as error:
        raise broken from error
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=85)
    return made.getvalue()


def read_qr(content: bytes) -> list[str]:
    """The texts of QR codes in an image; none when it is no image or has none."""
    import zxingcpp

    try:
        with Image.open(io.BytesIO(content), formats=list(FORMATS.values())) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return []
            found = zxingcpp.read_barcodes(opened.convert("L"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []
    return [code.text for code in found]


def scans_of(subject: str) -> list[Scan]:
    """The files that belong to something, oldest first."""
    return list(db.session.scalars(select(Scan).filter_by(subject=subject).order_by(Scan.id)))


def scan_content(scan: Scan) -> bytes:
    """The file's bytes as they came."""
    return db.session.get_one(ScanContent, scan.id).content
