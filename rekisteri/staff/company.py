"""What this room must know of the company: its name, for papers and as a word that no password may hold.

The room that keeps it (settings) stands higher and may know this one, not the other way round. So it tells.
"""

from collections.abc import Callable
from typing import Any

UNKNOWN: dict[str, Any] = {"name": "", "business_id": "", "lines": [], "phone": "", "email": "", "register_name": ""}
_told: list[Callable[[], dict[str, Any]]] = []


def told_by(teller: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Let `teller` say who the controller is, in the form that letters use."""
    _told[:] = [teller]
    return teller


def controller() -> dict[str, Any]:
    """Who keeps the register; empty words while nobody has told."""
    return UNKNOWN | (_told[0]() if _told else {})


def names() -> list[str]:
    """What the company and its register are called."""
    known = controller()
    return [str(known[key]) for key in ("name", "register_name") if known[key]]
