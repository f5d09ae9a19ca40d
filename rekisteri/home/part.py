"""One heap on the desk, as every part of the work queue makes it."""

from dataclasses import dataclass
from typing import Any

SHOWN = 8


@dataclass
class Part:
    """One heap on the desk: its heading, how much there is in all, and the most urgent of it."""

    id: str
    title: str
    count: int
    tone: str
    head: list[str]
    rows: list[list[Any]]
    nothing: str
    more: str | None = None
