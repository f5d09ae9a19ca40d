"""What the list is asked for. Read by hand: the page one opens all day has one field of text and needs no form for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.text import check_no_identity_code, clean

LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """What is searched for, and where; `before` and `after` are the customers the page turns at."""

    text: str = ""
    state: str = "active"
    before: int | None = None
    after: int | None = None
    errors: tuple[str, ...] = ()

    STATES: ClassVar = (("active", "Rekisterissä"), ("archived", "Arkistossa"), ("all", "Kaikki"))

    @property
    def wanted(self) -> dict[str, Any]:
        """What `search.page` is asked for: everybody when the text may not be searched for."""
        if self.errors:
            return {}
        state = None if self.state == "all" else self.state
        return {"text": self.text, "state": state, "before": self.before, "after": self.after}

    @property
    def status(self) -> int:
        """200, or 422 when the text may not be searched for."""
        return 422 if self.errors else 200


def read(sent: Mapping[str, str], *, text: str) -> Asked:
    """What was asked by the page's own fields; a value that no page of ours can have sent is passed over.

    :param text: what is searched for, which never comes in an address.
    """
    text = clean(text) if text else ""
    state = sent.get("state", "active")
    known = state if state in dict(Asked.STATES) else "active"
    return Asked(text, known, _id(sent.get("before")), _id(sent.get("after")), tuple(_wrong(text)))


def _wrong(text: str) -> list[str]:
    if len(text) > LONGEST:
        return [f"Teksti on liian pitkä: enintään {fi_number(LONGEST)} merkkiä."]
    try:
        check_no_identity_code(text)
    except RuleViolation as violation:
        return [violation.sentence]
    return []


def _id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
