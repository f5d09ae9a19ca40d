"""The outline of an HTML page: its name, its headings, and the matter under each, in order."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from rekisteri.notice.rows import recognised

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "summary", "caption"}
_BOLD = {"strong", "b"}
_OPENED = {
    "html",
    "body",
    "main",
    "article",
    "section",
    "div",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "dl",
    "center",
    "font",
}
_OPENED |= {"header", "footer", "form", "fieldset", "details", "figure", "span"}
_PASSED = {"head", "script", "style", "nav", "template", "noscript", "iframe", "svg", "colgroup", "col"}


@dataclass(frozen=True)
class Name:
    """What the page calls itself."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading, a term, or the first cell of a row."""

    text: str


@dataclass(frozen=True)
class Matter:
    """What stands under the heading before it."""

    html: str


def walk(html: str) -> Iterator[Name | Heading | Matter]:
    """The page's parts in order."""
    page = BeautifulSoup(html, "html.parser")
    named = page.find("h1") or page.find("title")
    if named:
        yield Name(_words(named))
    waiting: list[Tag | NavigableString] = list(reversed(list(page.children)))  # type: ignore[arg-type]
    while waiting:
        node = waiting.pop()
        if isinstance(node, PreformattedString):
            continue  # a comment or a declaration
        if isinstance(node, NavigableString):
            if node.strip():
                yield Matter(str(node.output_ready(formatter="minimal")))
        elif node.name in _OPENED and not _is_leaf(node):
            waiting.extend(reversed(list(node.children)))  # type: ignore[arg-type]
        elif node.name not in _PASSED:
            yield from _part(node, named)


def _is_leaf(node: Tag) -> bool:
    """A box that holds only running text is one paragraph."""
    return node.name in ("div", "span", "font") and not node.find(
        list(_OPENED | _HEADINGS | {"p", "tr", "ul", "ol", "dd"})
    )


def _part(node: Tag, named: Tag | None) -> Iterator[Heading | Matter]:
    words = _words(node)
    if node.name == "tr":
        yield from _row(node)
    elif node.name in _HEADINGS:
        if words and node is not named:
            yield Heading(words)
    elif node.name in ("dd", "td", "th"):
        yield Matter(f"<p>{node.decode_contents()}</p>" if not node.find(["p", "ul", "ol"]) else node.decode_contents())
    elif _is_bold_heading(node, words):
        yield Heading(words.rstrip(":"))
    else:
        yield Matter(str(node))


def _row(node: Tag) -> Iterator[Heading | Matter]:
    cells = node.find_all(["td", "th"], recursive=False)
    if len(cells) >= 2:
        yield Heading(_words(cells[0]).rstrip(":"))
        yield from (Matter(cell.decode_contents()) for cell in cells[1:])
    elif cells and recognised(_words(cells[0])):
        yield Heading(_words(cells[0]).rstrip(":"))
    else:
        yield from (Matter(f"<p>{cell.decode_contents()}</p>") for cell in cells)


def _is_bold_heading(node: Tag, words: str) -> bool:
    """A paragraph in bold that is one of the known headings."""
    if recognised(words) is None:
        return False
    return node.name in _BOLD or (node.name in ("p", "div") and node.find(list(_BOLD)) is not None)


def _words(node: Tag) -> str:
    return " ".join(node.get_text(" ").split())
