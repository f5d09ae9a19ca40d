"""The rich text as HTML: written for the page and the print, and read from notices that come from elsewhere.

Reading keeps every word and drops every element and attribute outside the small set. It is one pass over the tags with no
tree, so depth cannot hurt it. What is written goes through nh3 as the last gate, whatever this module might get wrong.
"""

import re
from html import escape
from html.parser import HTMLParser

import nh3

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

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
_STRONG, _EM, _LISTS = {"strong", "b"}, {"em", "i"}, {"ul", "ol"}
_UNREAD = {"script", "style", "title", "template", "noscript", "head"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "kbd", "label", "mark", "o:p", "q", "s"}
_INLINE |= {"samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"}
_DASHED = re.compile(r"(?:^|(?<=\S))\s*[-–•]\s+(?=[A-ZÅÄÖ])|^\s*[-–•]\s+")


def to_html(text: Document) -> str:
    """The document in the eight elements there are; no attribute but a link's address."""
    return nh3.clean(
        "".join(_block(block) for block in text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel=None,
    )


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_line(block.runs)}</p>"
    name = "ol" if block.ordered else "ul"
    return f"<{name}>{''.join(f'<li>{_line(item)}</li>' for item in block.items)}</{name}>"


def _line(runs: Line) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    written = escape(run.text, quote=False).replace(BREAK, "<br>")
    if run.href:
        return f'<a href="{escape(run.href)}">{written}</a>'
    if run.em:
        written = f"<em>{written}</em>"
    return f"<strong>{written}</strong>" if run.strong else written


def from_html(html: str) -> Document:
    """Read any HTML: its words in order, in paragraphs, lists and emphasis; scripts, styles and the rest fall away."""
    reader = _Reader()
    reader.feed(visible(html))
    reader.close()
    reader.end_block()
    return document(reader.blocks)


class _Reader(HTMLParser):
    """Turns tags into blocks as they come."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._strong = self._em = self._unread = 0
        self._addresses: list[str | None] = []
        self._lists: list[str] = []
        self._in_item = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "br":
            self._break()
        elif tag in _STRONG:
            self._strong += 1
        elif tag in _EM:
            self._em += 1
        elif tag == "a":
            self._addresses.append(safe_address(dict(attrs).get("href") or ""))
        elif tag in ("td", "th"):
            self._runs.append(Run(" "))
        elif tag not in _INLINE:
            self._open_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _STRONG:
            self._strong = max(0, self._strong - 1)
        elif tag in _EM:
            self._em = max(0, self._em - 1)
        elif tag == "a":
            del self._addresses[-1:]
        elif tag not in _INLINE and tag not in ("td", "th", "br"):
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            address = self._addresses[-1] if self._addresses else None
            words = visible(data).replace(BREAK, " ")
            self._runs.append(Run(words, bool(self._strong), bool(self._em), address))

    def _break(self) -> None:
        """A line break; two on end begin a new paragraph."""
        trailing = next((run for run in reversed(self._runs) if run.text.strip(" ")), None)
        if trailing and trailing.text == BREAK and not self._in_item:
            self.end_block()
        else:
            self._runs.append(Run(BREAK))

    def _open_block(self, tag: str) -> None:
        if self._in_item and tag not in _LISTS and tag != "li":
            self._runs.append(Run(BREAK))
            return
        self.end_block()
        if tag in _LISTS:
            self._lists.append(tag)
        self._in_item = tag == "li" and bool(self._lists)

    def _close_block(self, tag: str) -> None:
        if self._in_item and tag not in _LISTS and tag != "li":
            self._runs.append(Run(BREAK))
            return
        self.end_block()
        self._in_item = False
        if tag in _LISTS:
            del self._lists[-1:]

    def end_block(self) -> None:
        """Close the paragraph or item that is being read."""
        runs, self._runs = self._runs, []
        if not self._lists:
            self.blocks.append(Paragraph(tuple(runs)))
        elif self._in_item:
            self.blocks.append(Items((tuple(runs),), self._lists[-1] == "ol"))
        else:
            self.blocks.append(Items(tuple(_loose_items(runs)), self._lists[-1] == "ol"))


def _loose_items(runs: list[Run]) -> list[Line]:
    """The items of a list whose writer typed dashes instead of li elements, perhaps all on one line."""
    items: list[list[Run]] = [[]]
    for run in line(runs):
        first, *others = _DASHED.split(run.text) if not run.href else [run.text]
        items[-1].append(Run(first, run.strong, run.em, run.href))
        items.extend([Run(part, run.strong, run.em)] for part in others)
    return [tuple(item) for item in items]
