"""Who keeps the register, as the papers of this room name it. The room that knows tells it here."""

from collections.abc import Callable
from typing import Any

NOBODY: dict[str, Any] = {"name": "", "business_id": "", "lines": [], "phone": "", "email": ""}
_told: list[Callable[[], dict[str, Any]]] = []


def told_by(teller: Callable[[], dict[str, Any]]) -> None:
    """Let `teller` say who the controller is, in the form that letters use."""
    _told[:] = [teller]


def controller() -> dict[str, Any]:
    """The company as letters name it; empty words while nobody has told."""
    return _told[0]() if _told else NOBODY
