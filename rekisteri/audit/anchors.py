"""Anchors: what the chain's end was at some moment, kept outside the database.

Against them shows what the chain alone cannot tell: that its tail was taken away together with its head. They prove as
much as the place where they are kept: copy the file to another machine, or print it.
"""

import json
import os
from pathlib import Path

from flask import current_app

from rekisteri.audit.rules import Anchor
from rekisteri.audit.service import head
from rekisteri.kernel.clock import now
from rekisteri.kernel.errors import RuleViolation


def anchors_file() -> Path:
    """Where anchors are kept unless told otherwise: beside the database, to be copied elsewhere."""
    return Path(current_app.config["DATA"]) / "anchors.jsonl"


def write_anchor() -> Anchor:
    """Append the chain's end to the anchors file and return it. Of an empty log there is nothing to keep."""
    anchor = head()
    if anchor.seq == 0:
        return anchor
    line = json.dumps({"seq": anchor.seq, "hash": anchor.hash, "at": now().isoformat(timespec="seconds")}) + "\n"
    handle = os.open(anchors_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors of a file; an absent file holds none.

    :raises RuleViolation: a line of the file is not an anchor.
    """
    if not path.exists():
        return []
    lines = path.read_text("utf-8", errors="replace").splitlines()
    return [_anchor(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _anchor(number: int, line: str) -> Anchor:
    try:
        told = json.loads(line)
        return Anchor(int(told["seq"]), str(told["hash"]))
    except (ValueError, TypeError, KeyError) as error:
        raise RuleViolation(f"Tarkistetiedoston rivi {number} on viallinen.") from error
