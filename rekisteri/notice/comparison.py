"""What changed between two versions: which sections, and in them which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from rekisteri.notice.checklist import Part

SAME, NEW, GONE, CHANGED = "same", "new", "gone", "changed"
_MOST_WORDS = 1500  # beyond this a paragraph is shown as replaced whole: matching grows with the square


@dataclass(frozen=True)
class Piece:
    """A stretch of words that both versions have (`same`), only the new one (`new`) or only the old one (`gone`)."""

    kind: str
    words: str


@dataclass(frozen=True)
class Difference:
    """One section in both versions: how it fared, and its paragraphs word by word when it changed."""

    heading: str
    kind: str
    paragraphs: list[list[Piece]] = field(default_factory=list)


def compare(old: Sequence[Part], new: Sequence[Part]) -> list[Difference]:
    """Every section of either version, in the new one's order; those that are gone come last."""
    before = {_identity(part): part for part in old}
    found = []
    for part in new:
        was = before.pop(_identity(part), None)
        found.append(_difference(was, part) if was else Difference(part.heading, NEW, _whole(part, NEW)))
    return found + [Difference(part.heading, GONE, _whole(part, GONE)) for part in before.values()]


def _identity(part: Part) -> str:
    return part.key or f"own:{part.heading.casefold()}"


def _whole(part: Part, kind: str) -> list[list[Piece]]:
    return [[Piece(kind, paragraph)] for paragraph in part.words.split("\n") if paragraph]


def _difference(was: Part, now: Part) -> Difference:
    if was.words == now.words and was.heading == now.heading:
        return Difference(now.heading, SAME)
    paragraphs = list(_paragraphs(was.words.split("\n"), now.words.split("\n")))
    if was.heading != now.heading:
        paragraphs.insert(0, _words(was.heading, now.heading))
    return Difference(now.heading, CHANGED, paragraphs)


def _paragraphs(old: list[str], new: list[str]) -> Iterator[list[Piece]]:
    for step, at, to, new_at, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            yield from ([Piece(SAME, text)] for text in old[at:to] if text)
            continue
        paired = min(to - at, new_to - new_at)
        for offset in range(paired):
            yield _words(old[at + offset], new[new_at + offset])
        yield from ([Piece(GONE, text)] for text in old[at + paired : to] if text)
        yield from ([Piece(NEW, text)] for text in new[new_at + paired : new_to] if text)


def _words(old: str, new: str) -> list[Piece]:
    was, now = old.split(), new.split()
    if max(len(was), len(now)) > _MOST_WORDS:
        return [Piece(GONE, old), Piece(NEW, new)]
    pieces = []
    for step, at, to, new_at, new_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece(SAME, " ".join(was[at:to])))
            continue
        pieces.append(Piece(GONE, " ".join(was[at:to])))
        pieces.append(Piece(NEW, " ".join(now[new_at:new_to])))
    return [piece for piece in pieces if piece.words]
