"""Rules on what a person reads: Finnish typography, and nothing of the machine showing through."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.pages import VERBATIM, Page, Rule

WORDS: list[Rule] = []
SHOWN_THROUGH = re.compile(
    r"\b(?:None|True|False|undefined|NaN|nan|null)\b|\{\{|\}\}|\{%|%\}|<bound method|&(?:amp|lt|gt|quot|nbsp|#\d+);|%\(\w+\)s"
)
CITED = {"data-quoted"}


def rule(check: Rule) -> Rule:
    """Add a rule to those that the words of every page are read with."""
    WORDS.append(check)
    return check


def prose(page: Page) -> Iterator[tuple[str, Element]]:
    """The text that we wrote: not code, not what a person typed into a field."""
    for text, element in page.words:
        around = [element, *page.around(element)]
        if any(outer.tag in VERBATIM or CITED & set(outer.attrib) for outer in around):
            continue
        yield re.sub(r"\s+", " ", text).strip(), element


def _fault(text: str, at: int, sentence: str) -> str:
    return f"{sentence}: “{text[max(0, at - 40) : at + 40]}”"


@rule
def quotation_marks_are_finnish(page: Page) -> Iterator[str]:
    for text, _ in prose(page):
        if (found := re.search(r'["“„«»]', text)) is not None:
            yield _fault(text, found.start(), "write ” on both sides")


@rule
def dashes_are_dashes(page: Page) -> Iterator[str]:
    for text, _ in prose(page):
        if (found := re.search(r"(?:^|\s)-{1,2}(?:\s|$)|--|—", text)) is not None:
            yield _fault(text, found.start(), "write – where a dash is meant")
        if (found := re.search(r"\.\.\.", text)) is not None:
            yield _fault(text, found.start(), "write … instead of three dots")


@rule
def nothing_of_the_machine_shows(page: Page) -> Iterator[str]:
    for text, element in page.words:
        if element.tag in {"code", "pre", "textarea"}:
            continue
        if (found := SHOWN_THROUGH.search(text)) is not None:
            yield _fault(text, found.start(), "a value of the program shows through; say it in Finnish or leave it out")


@rule
def punctuation_sits_on_its_word(page: Page) -> Iterator[str]:
    for text, _ in prose(page):
        if (found := re.search(r"\w +[,.;:!?](?:\s|$)", text)) is not None:
            yield _fault(text, found.start(), "no space before a punctuation mark")
