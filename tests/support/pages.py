"""Reads HTML as strictly as a careful colleague would: `faults(html)` lists what is wrong and how to mend it.

The rules stand in `page_rules` (structure) and `word_rules` (Finnish text). The client of the tests runs them on every
page that any test fetches, so that ordinary tests never repeat them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

Rule = Callable[["Page"], Iterator[str]]
HARMLESS = {
    "expected-doctype-but-got-start-tag",
    "expected-doctype-but-got-chars",
    "expected-doctype-but-got-eof",
}
CONTAINERS = {
    "tr": "tbody",
    "td": "tr",
    "th": "tr",
    "tbody": "table",
    "thead": "table",
    "option": "select",
    "col": "colgroup",
}
UNSEEN = {"script", "style", "template", "head", "title", "noscript"}
VERBATIM = {"code", "pre", "kbd", "samp", "textarea", "option"}


class Page:
    """One answer, parsed: a full page, or the fragment that htmx puts into one."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.full = "<html" in html[:2000].lower()
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        if self.full:
            self.root: Element = parser.parse(html)
        else:
            first = re.search(r"<([a-z0-9]+)", html)
            container = CONTAINERS.get(first.group(1), "div") if first else "div"
            self.root = parser.parseFragment(html, container=container)
        self.errors: list[tuple[tuple[int, int], str, dict[str, str]]] = [
            error for error in parser.errors if error[1] not in HARMLESS
        ]
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        for element in self.elements:
            element.tag = element.tag.rpartition("}")[2]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Each element's parent."""
        return {child: parent for parent in self.elements for child in parent}

    @cached_property
    def ids(self) -> list[str]:
        """Every id, doubles included, in document order."""
        return [element.attrib["id"] for element in self.elements if "id" in element.attrib]

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these names, in document order."""
        return [element for element in self.elements if element.tag in tags]

    def around(self, element: Element) -> Iterator[Element]:
        """The elements that an element stands in, from the nearest outwards."""
        while element in self.parents:
            element = self.parents[element]
            yield element

    def within(self, element: Element, *tags: str) -> Element | None:
        """The nearest element with one of these names that `element` stands in."""
        return next((outer for outer in self.around(element) if outer.tag in tags), None)

    @cached_property
    def words(self) -> list[tuple[str, Element]]:
        """Each run of text that a person sees, with the element it stands in."""
        found: list[tuple[str, Element]] = []

        def walk(element: Element) -> None:
            if not isinstance(element.tag, str):
                return
            if element.tag not in UNSEEN:
                if element.text and element.text.strip():
                    found.append((element.text, element))
                for child in element:
                    walk(child)
                    if child.tail and child.tail.strip():
                        found.append((child.tail, element))

        body = next(iter(self.all("body")), self.root)
        walk(body)
        return found


def text_of(element: Element) -> str:
    """An element's text as read aloud: white space folded, soft hyphens gone."""
    return re.sub(r"\s+", " ", "".join(element.itertext()).replace("\u00ad", "")).strip()


def shown(element: Element) -> str:
    """An element as a short start tag, so that a fault can be found on the page."""
    attributes = "".join(f' {name}="{value}"' for name, value in list(element.attrib.items())[:4])
    return f"<{element.tag}{attributes}>"


def accessible_name(page: Page, element: Element) -> str:
    """What a screen reader calls a link, a button or a picture."""
    if element.get("aria-label"):
        return element.get("aria-label", "")
    if element.get("aria-labelledby"):
        wanted = element.get("aria-labelledby", "").split()
        return " ".join(text_of(other) for other in page.elements if other.get("id") in wanted)
    pictures = [inner.get("alt", "") for inner in element.iter("img")]
    return " ".join([text_of(element), *pictures, element.get("value", "")]).strip()


def faults(html: str, *, words: bool = True) -> list[str]:
    """Everything that is wrong on a page or fragment, a sentence each; `words=False` leaves the text alone."""
    from tests.support.page_rules import STRUCTURE
    from tests.support.word_rules import WORDS

    page = Page(html)
    rules = STRUCTURE + (WORDS if words else [])
    return [fault for rule in rules for fault in rule(page)]
