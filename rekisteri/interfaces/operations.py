"""The operations of the interface, each declared once: it is served, checked and documented from the same declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rekisteri.disclosures.receiving import Receiver
from rekisteri.interfaces.shapes import Record, Shape

ALWAYS = ("malformed", "key-in-address", "no-key", "bad-key", "wrong-network", "recipient-closed", "outside-scope",
          "only-json", "misshapen", "rule", "too-many", "away")  # fmt: skip
"""What any operation may answer."""
WITH_BODY = ("too-large", "not-json")


@dataclass(frozen=True)
class Entry:
    """The connection by which a call came, as it stands now that nobody else can change it."""

    id: int
    recipient: Receiver
    fields: list[str]
    use: str
    ground: str
    purpose: str

    @property
    def subject(self) -> str:
        """What the processing log calls the connection."""
        return f"interface_connection:{self.id}"


@dataclass(frozen=True)
class Asked:
    """One call as an operation gets it: who asks, and what, already read."""

    connection: Entry
    path: Mapping[str, int]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Answered:
    """What an operation answers, and the row of the ledger when data of customers are in it."""

    content: Mapping[str, Any]
    outgoing_id: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One thing a partner's program may do."""

    name: str
    method: str
    path: str
    scope: str
    title: str
    text: str
    act: Callable[[Asked], Answered]
    answer: Record
    status: int = 200
    query: Mapping[str, Shape] = field(default_factory=dict)
    places: Mapping[str, Shape] = field(default_factory=dict)
    body: Record | None = None
    once: bool = False
    problems: tuple[str, ...] = ()

    @property
    def may_answer(self) -> tuple[str, ...]:
        """Every problem it may answer with."""
        return ALWAYS + (WITH_BODY if self.body else ()) + self.problems
