"""The inside of a tagged PDF, as a screen reader meets it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf


@dataclass(frozen=True)
class Element:
    """One element of the structure: its kind (`H1`, `TH`, `Figure`), its alternative text, its parents' kinds."""

    kind: str
    alternative: str
    within: tuple[str, ...]


def elements(pdf: bytes) -> list[Element]:
    """Every element of the structure, in the order in which it is read aloud."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(_walk(document.Root.StructTreeRoot.K, ()))


def _walk(node: Any, within: tuple[str, ...]) -> Iterator[Element]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, within)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        kind = str(node.S).lstrip("/")
        yield Element(kind, str(node.get("/Alt", "")), within)
        if "/K" in node:
            yield from _walk(node.K, (*within, kind))
