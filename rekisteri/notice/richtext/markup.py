r"""How a clerk types the rich text, without any script in the browser.

A blank line begins a new paragraph and a line break is a line break. `- ` or `1. ` at the beginning of a line makes a list
item; two spaces carry the item on to the next line. `*korostus*`, `**vahva**`, `***molemmat***`, `[teksti](https://…)`.
A backslash takes the meaning from the sign after it.
"""

import re

from rekisteri.kernel.text import visible
from rekisteri.notice.richtext.document import (
    BREAK,
    Block,
    Document,
    Items,
    Line,
    Paragraph,
    Run,
    document,
    line,
    safe_address,
)

_BULLET = re.compile(r"\s*[-*•–]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,5})[.)]\s+(?=\S)")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*\[\]().•–-])"
    r"|\[(?P<text>(?:\\.|[^\]\[\\\n])+)\]\((?P<address>(?:[^\s()]|\([^\s()]*\))+)\)"
    r"|(?P<stars>\*+)"
    r"|(?P<plain>[^\\*\[]+|.)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\([\\*\[\]().•–-])")


def from_markup(text: str) -> Document:
    """Read what a clerk typed. Everything can be read: a sign without a meaning stands for itself."""
    return document(_block(kind, "\n".join(lines)) for kind, lines in _pieces(visible(text).split("\n")))


def _pieces(typed: list[str]) -> list[tuple[str, list[str]]]:
    """The lines gathered into paragraphs and list items."""
    pieces: list[tuple[str, list[str]]] = []
    open_piece, number = False, 0
    for row in typed:
        kind, content = _kind(row, number + 1)
        if kind == "blank":
            open_piece = False
            continue
        carries_on = kind == "text" and open_piece and (row.startswith("  ") or pieces[-1][0] == "text")
        if carries_on:
            pieces[-1][1].append(content)
            continue
        pieces.append((kind, [content]))
        number = number + 1 if kind == "number" else 0
        open_piece = True
    return pieces


def _kind(row: str, next_number: int) -> tuple[str, str]:
    if not row.strip():
        return "blank", ""
    bullet, number = _BULLET.match(row), _NUMBER.match(row)
    if bullet:
        return "bullet", row[bullet.end() :]
    if number and int(number[1]) == next_number:  # a list counts from one; any other number is part of the text
        return "number", row[number.end() :]
    return "text", row


def _block(kind: str, text: str) -> Block:
    runs = line(_runs(text))
    return Paragraph(runs) if kind == "text" else Items((runs,), ordered=kind == "number")


def _runs(text: str) -> list[Run]:
    """The styled stretches of one paragraph or item, in one pass from left to right."""
    runs: list[Run] = []
    width = began = 0  # how many stars are open, and the run in which they stand
    for token in _TOKEN.finditer(text):
        if token["stars"] is None:
            runs.append(_run(token))
            continue
        before, after = text[token.start() - 1 : token.start()].strip(), text[token.end() : token.end() + 1].strip()
        left = len(token["stars"])
        if width and before and left >= width:
            runs[began:] = [Run("")] + [_styled(run, width) for run in runs[began + 1 :]]
            left, width = left - width, 0
        if after and left in (1, 2, 3) and not (width and before):
            width, began = left, len(runs)
        runs.append(Run("*" * left))
    return runs


def _run(token: re.Match[str]) -> Run:
    if token["escaped"]:
        return Run(token["escaped"])
    if token["address"] is None:
        return Run(token["plain"])
    address = safe_address(token["address"])
    return Run(_ESCAPED.sub(r"\1", token["text"]), href=address) if address else Run(token[0])


def _styled(run: Run, width: int) -> Run:
    return Run(run.text, strong=width >= 2, em=width != 2, href=run.href)


def to_markup(text: Document) -> str:
    """Write the document as a clerk would type it; reading it again gives the same document."""
    return "\n\n".join(_written(block) for block in text)


def _written(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "\n".join(_lines(block.runs))
    items = []
    for number, item in enumerate(block.items, 1):
        items.append((f"{number}. " if block.ordered else "- ") + "\n  ".join(_lines(item)))
    return "\n".join(items)


def _lines(runs: Line) -> list[str]:
    written = "".join(_written_run(run) for run in runs)
    return [_no_item(row) for row in written.split(BREAK)]


def _written_run(run: Run) -> str:
    text = run.text.replace("\\", "\\\\").replace("*", "\\*")
    if run.href:
        text = text.replace("[", "\\[").replace("]", "\\]")
        return f"[{text}]({run.href})"
    stars = "*" * (2 * run.strong + run.em)
    return stars + text.replace("](", "]\\(") + stars


def _no_item(row: str) -> str:
    """A line of text that looks like a list item, kept from becoming one."""
    number = _NUMBER.match(row)
    if number:
        at = number.end(1)
        return f"{row[:at]}\\{row[at:]}"
    return f"\\{row}" if _BULLET.match(row) else row
