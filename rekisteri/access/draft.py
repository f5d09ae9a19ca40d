"""The draft of an answer: everything the rooms tell of the person, less what a person has judged not to be told.

It is made anew at every look. What is released carries the fingerprint of what was read, so that nothing unread goes out.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rekisteri.access import background, rules
from rekisteri.access.background import Passage
from rekisteri.access.models import AccessMatter, LeftOut
from rekisteri.access.telling import LOG
from rekisteri.customers import chapters
from rekisteri.customers import service as customers
from rekisteri.customers.chapters import Chapter
from rekisteri.customers.models import Customer


@dataclass(frozen=True)
class Line:
    """One row of a chapter: its fingerprint, its words as they would be printed, and why it is left out, if it is."""

    key: str
    cells: list[str]
    left_out: LeftOut | None


@dataclass(frozen=True)
class Part:
    """A chapter of the draft."""

    key: str
    chapter: Chapter
    lines: list[Line]

    @property
    def told(self) -> list[list[str]]:
        """The rows that are printed."""
        return [line.cells for line in self.lines if line.left_out is None]

    @property
    def left(self) -> list[Line]:
        """The rows that are not."""
        return [line for line in self.lines if line.left_out is not None]

    @cached_property
    def widths(self) -> list[int]:
        """How wide the columns are on paper."""
        return rules.widths(self.chapter.head, self.told)


@dataclass(frozen=True)
class Draft:
    """The whole answer as it would go out now."""

    parts: list[Part]
    passages: list[Passage]
    lacking: dict[str, str]
    paper_findings: str
    covers: bool
    """Whether words of others are covered in it."""

    @property
    def fingerprint(self) -> str:
        """Of all that is told but the log, which grows by the very reading of the draft."""
        parts = [[part.key, part.chapter.title, part.chapter.head, part.told] for part in self.parts if part.key != LOG]
        return rules.fingerprint([parts, [str(passage.html) for passage in self.passages], self.paper_findings])

    @property
    def left(self) -> int:
        """How many rows are left out in all."""
        return sum(len(part.left) for part in self.parts)

    def part(self, key: str) -> Part | None:
        """The chapter of this key."""
        return next((part for part in self.parts if part.key == key), None)


def customer_of(matter: AccessMatter) -> Customer | None:
    """The person whose data are asked for, once found; of one merged into another, that other."""
    return customers.find(matter.case.customer_id) if matter.case.customer_id else None


def make(matter: AccessMatter, *, on: date) -> Draft:
    """The draft as it stands now; without chapters when the register does not hold the person."""
    customer = customer_of(matter)
    told = chapters.chapters(customer) if customer else {}
    return Draft(
        parts=[_part(matter, key, chapter) for key, chapter in told.items()],
        passages=background.passages(matter.supplement, on=on),
        lacking={key: title for key, title in background.lacking(on=on).items() if not matter.supplement.get(key)},
        paper_findings=matter.paper_findings,
        covers=bool(matter.hidden_words.strip()),
    )


def _part(matter: AccessMatter, key: str, chapter: Chapter) -> Part:
    left = {one.row_key: one for one in matter.left_out if one.chapter == key}
    words = rules.hidden_words(matter.hidden_words) if chapter.free_text else []
    lines = []
    for cells in chapter.rows:
        row = rules.row_key(key, cells)
        lines.append(Line(row, [rules.covered(cell, words) for cell in cells] if words else cells, left.get(row)))
    return Part(key, chapter, lines)


def hints(matter: AccessMatter, draft: Draft) -> list[str]:
    """Addresses and numbers in free text that are not the person's own, for the reader to judge."""
    customer = customer_of(matter)
    if customer is None:
        return []
    own = {datum.value for datum in customers.history(customer)}
    free = [cell for part in draft.parts if part.chapter.free_text for row in part.told for cell in row]
    return rules.contacts_of_others(free, own)
