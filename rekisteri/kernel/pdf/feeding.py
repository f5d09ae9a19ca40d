"""A process of its own that makes one PDF: fed through its standard input, heard through its standard output and error."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from rekisteri.kernel.pdf.client import PdfError

SECONDS = 120


def made(arguments: Iterable[str], send: Callable[[Any], None], *, failed: str) -> tuple[BinaryIO, Any]:
    """The file (closed by the caller) that a program of ours made of what it was sent, and what it told of it as JSON.

    :param send: writes the work to the process; a process that died hears no more, and its exit code tells of it.
    :param failed: what the user is told when it took too long, too much memory or could not be done.
    :raises PdfError: see `failed`.
    """
    file, told = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - `file` is the caller's to close
    with told:
        process = subprocess.Popen(
            [sys.executable, "-I", *arguments], stdin=subprocess.PIPE, stdout=file, stderr=told, env={}
        )
        try:
            _feed(process, send)
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            code = -1
        finally:
            process.kill()
            process.wait()
        told.seek(0)
        report = told.read()
    if code != 0:
        file.close()
        raise PdfError(failed)
    file.seek(0)
    return file, json.loads(report)


def _feed(process: subprocess.Popen[bytes], send: Callable[[Any], None]) -> None:
    assert process.stdin is not None
    try:
        send(process.stdin)
        process.stdin.close()
    except BrokenPipeError:
        return
