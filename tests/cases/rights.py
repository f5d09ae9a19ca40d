"""A right of tests' own, to see that the intake serves every right alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rekisteri.cases import matters
from rekisteri.cases.models import Case


@dataclass
class Right:
    """What the intake did with the right, and what the right answers."""

    opened: list[tuple[str, int, str]] = field(default_factory=list)
    hindrances: list[str] = field(default_factory=list)

    def kind(self, code: str, label: str) -> matters.MatterKind:
        """The right as the intake knows it."""
        return matters.MatterKind(
            code=code,
            label=label,
            open=lambda case, by, on: self.opened.append((case.number, by.id, on.isoformat())),
            url=lambda case: f"/pyynnot/{case.id}",
            tasks=self._tasks,
            blockers=lambda _case: list(self.hindrances),
        )

    def _tasks(self, case: Case) -> list[dict[str, Any]]:
        return [{"title": "Tarkista arkisto", "url": f"/pyynnot/{case.id}", "status": "Tekemättä", "tone": "info"}]


@contextmanager
def known_right(code: str = "koeoikeus", label: str = "Arkistotiedon tarkastaminen") -> Iterator[Right]:
    """The intake knows this right for a while."""
    right = Right()
    matters.add_kind(right.kind(code, label))
    try:
        yield right
    finally:
        matters.remove_kind(code)
