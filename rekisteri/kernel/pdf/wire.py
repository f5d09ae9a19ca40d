"""What the web process and the renderer say to each other over their socket: one job in, one answer out.

An answer carries its checksum, so that a child killed in the middle of a sentence is never taken for a finished document.
"""

import json
import socket
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_JOB_HEAD = struct.Struct(">I")
_ANSWER_HEAD = struct.Struct(">cQI")
LARGEST_JOB = 32 * 1024 * 1024
PRINTED, REFUSED = b"P", b"R"


class BrokenAnswer(ConnectionError):
    """The other end fell silent before its sentence was whole."""


@dataclass(frozen=True)
class EmbeddedFile:
    """A file that travels inside the PDF (PDF/A-3 associated file); `at` is its date there."""

    name: str
    content: bytes
    description: str
    at: datetime
    relationship: str = "Source"


@dataclass(frozen=True)
class Job:
    """One document to print."""

    html: str
    title: str
    attachments: tuple[EmbeddedFile, ...] = ()


def encode_job(job: Job) -> bytes:
    """The job as bytes: a JSON head, then the page, then the files in order."""
    parts = [job.html.encode("utf-8", "replace"), *(file.content for file in job.attachments)]
    head = {
        "title": job.title,
        "sizes": [len(part) for part in parts],
        "files": [[file.name, file.description, file.at.timestamp(), file.relationship] for file in job.attachments],
    }
    written = json.dumps(head).encode()
    return b"".join([_JOB_HEAD.pack(len(written)), written, *parts])


def read_job(connection: socket.socket) -> Job:
    """The job that the other end sends."""
    (length,) = _JOB_HEAD.unpack(_read(connection, _JOB_HEAD.size))
    head = json.loads(_read(connection, min(length, LARGEST_JOB)))
    if sum(head["sizes"]) > LARGEST_JOB:
        raise BrokenAnswer("the job is too large")
    page, *contents = [_read(connection, size) for size in head["sizes"]]
    attachments = tuple(
        EmbeddedFile(name, content, description, datetime.fromtimestamp(at, UTC), relationship)
        for (name, description, at, relationship), content in zip(head["files"], contents, strict=True)
    )
    return Job(page.decode(), head["title"], attachments)


def send_answer(connection: socket.socket, kind: bytes, content: bytes) -> None:
    """Say how the job ended: PRINTED with the PDF, or REFUSED with the Finnish sentence."""
    connection.sendall(_ANSWER_HEAD.pack(kind, len(content), zlib.crc32(content)) + content)


def read_answer(connection: socket.socket) -> tuple[bytes, bytes]:
    """How the job ended. Raises `BrokenAnswer` when the answer is not whole."""
    kind, length, checksum = _ANSWER_HEAD.unpack(_read(connection, _ANSWER_HEAD.size))
    content = _read(connection, length)
    if zlib.crc32(content) != checksum:
        raise BrokenAnswer("the answer is not whole")
    return kind, content


def _read(connection: socket.socket, length: int) -> bytes:
    chunks: list[bytes] = []
    missing = length
    while missing:
        chunk = connection.recv(min(missing, 1 << 20))
        if not chunk:
            raise BrokenAnswer("the connection ended early")
        chunks.append(chunk)
        missing -= len(chunk)
    return _joined(chunks)


def _joined(chunks: Sequence[bytes]) -> bytes:
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
