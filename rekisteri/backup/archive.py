"""The file of a backup: a plain tar with a manifest first, written whole or not at all, read to the last byte before use."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from rekisteri.backup.rules import MANIFEST, NOT_ONE, Manifest, read_manifest
from rekisteri.kernel.errors import RuleViolation

PIECE = 1024 * 1024
LONGEST_MANIFEST = 4 * PIECE


def pack(target: Path, manifest: Manifest, members: Iterable[Path]) -> Manifest:
    """Write a backup and return its manifest, completed with the hash of every file.

    A file that was there before is replaced only when the new one has been read back and found whole.
    """
    files = {path.name: [path.stat().st_size, _hash(path)] for path in members}
    manifest = replace(manifest, files=files)
    handle, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                content = manifest.written()
                tar.addfile(_entry(MANIFEST, len(content), manifest), io.BytesIO(content))
                for path in members:
                    with path.open("rb") as file:
                        tar.addfile(_entry(path.name, path.stat().st_size, manifest), file)
            out.flush()
            os.fsync(out.fileno())
        verify(Path(draft))
        Path(draft).replace(target)
        sync_folder(target.parent)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return manifest


def _entry(name: str, size: int, manifest: Manifest) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(manifest.moment.timestamp())
    return entry


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(file: Path) -> Manifest:
    """Read a backup to its end and compare every byte with the manifest.

    :raises RuleViolation: it is not a backup, or not whole.
    """
    return _read(file, None)


def unpack(file: Path, folder: Path) -> Manifest:
    """Verify a backup and write its files into an empty folder of our own; same errors as `verify`."""
    return _read(file, folder)


def _read(file: Path, folder: Path | None) -> Manifest:
    try:
        with tarfile.open(file, "r:") as tar:
            manifest = read_manifest(_content(tar, tar.next()))
            left = dict(manifest.files)
            while entry := tar.next():
                size, digest = left.pop(entry.name, (None, None))
                if not entry.isreg() or entry.size != size or _copy(tar, entry, folder) != digest:
                    raise RuleViolation(NOT_ONE.format(f"osa {entry.name} ei vastaa luetteloa."))
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise RuleViolation(NOT_ONE.format("sitä ei voi lukea loppuun.")) from error
    if left:
        raise RuleViolation(NOT_ONE.format(f"osa {min(left)} puuttuu."))
    return manifest


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo | None) -> bytes:
    file = tar.extractfile(entry) if entry and entry.name == MANIFEST and entry.size <= LONGEST_MANIFEST else None
    if file is None:
        raise RuleViolation(NOT_ONE.format("siinä ei ole luetteloa."))
    return file.read()


def _copy(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path | None) -> str:
    """The hash of a part, which is written into the folder if there is one; its name is one of ours by now."""
    source, digest = tar.extractfile(entry), hashlib.sha256()
    if source is None:
        return ""
    with open_new(folder / entry.name) if folder else open(os.devnull, "wb") as out:  # noqa: PTH123
        while piece := source.read(PIECE):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def open_new(path: Path) -> BinaryIO:
    """A new file for this user only; there must be none by that name."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync_folder(folder: Path) -> None:
    """See a rename on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
