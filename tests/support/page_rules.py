"""Rules on a page's structure. Each yields one sentence a fault, which says how to mend it."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from tests.support.pages import Page, Rule, accessible_name, shown, text_of

STRUCTURE: list[Rule] = []
NO_LABEL_NEEDED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = (
    "for",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "aria-errormessage",
    "list",
    "form",
)


def rule(check: Rule) -> Rule:
    """Add a rule to those that every page is read with."""
    STRUCTURE.append(check)
    return check


@rule
def well_formed(page: Page) -> Iterator[str]:
    for (line, _column), code, details in page.errors:
        source = page.html.splitlines()[line - 1].strip()[:120] if line <= page.html.count("\n") + 1 else ""
        yield f"HTML error {code} {details or ''} on line {line}: close and nest the tags properly near “{source}”"


@rule
def ids_are_unique(page: Page) -> Iterator[str]:
    for name, times in Counter(page.ids).items():
        if times > 1:
            yield f'id="{name}" stands {times} times: give each element an id of its own'
        if not name or any(sign.isspace() for sign in name):
            yield f'id="{name}" is empty or holds a space: use letters, digits and hyphens'


@rule
def one_heading_that_is_the_title(page: Page) -> Iterator[str]:
    if not page.full:
        return
    headings = page.all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements: a page has exactly one"
        return
    titles = page.all("title")
    title = text_of(titles[0]) if titles else ""
    if not text_of(headings[0]) or text_of(headings[0]) not in title:
        yield f"<title>{title}</title> does not contain the h1 “{text_of(headings[0])}”: let block title hold the h1's text"


@rule
def headings_do_not_skip_a_level(page: Page) -> Iterator[str]:
    levels = [(int(element.tag[1]), element) for element in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    for (before, _), (level, element) in pairwise(levels):
        if level > before + 1:
            yield f"h{level} “{text_of(element)}” follows h{before}: use h{before + 1}"


@rule
def frame_of_a_page(page: Page) -> Iterator[str]:
    if not page.full:
        return
    if page.root.get("lang") != "fi":
        yield 'the html element lacks lang="fi"'
    if len(page.all("main")) != 1:
        yield f"{len(page.all('main'))} main elements: a page has exactly one"
    if not page.html.lstrip().lower().startswith("<!doctype html>"):
        yield "the page does not begin with <!doctype html>"


@rule
def every_field_has_a_label(page: Page) -> Iterator[str]:
    labelled = {label.attrib["for"] for label in page.all("label") if "for" in label.attrib and text_of(label)}
    for field in page.all("input", "select", "textarea"):
        if field.tag == "input" and field.get("type") in NO_LABEL_NEEDED:
            continue
        wrapped = page.within(field, "label") is not None
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (wrapped or named or field.get("id") in labelled):
            yield f"{shown(field)} has no label: add <label for> or aria-label"


@rule
def references_lead_somewhere(page: Page) -> Iterator[str]:
    if not page.full:
        return  # a fragment may point into the page around it
    known = set(page.ids)
    for element in page.elements:
        targets = [(name, part) for name in REFERENCES for part in element.get(name, "").split()]
        for name in ("href", "hx-target"):
            value = element.get(name, "")
            if value.startswith("#") and len(value) > 1:
                targets.append((name, value))
        for name, target in targets:
            if target.lstrip("#") not in known:
                yield f'{shown(element)}: {name}="{target}" points to no element: there must be one with that id'


@rule
def nothing_inline(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline <{element.tag}>: the content security policy refuses it; put it into static/"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{shown(element)}: attribute {name} is inline code or style; use a class or static/"
            if value.strip().lower().startswith(("javascript:", "js:")):
                yield f"{shown(element)}: {name} holds code, which the content security policy refuses"
        source = element.get("src") or (element.get("href", "") if element.tag == "link" else "")
        if urlsplit(source).netloc:
            yield f"{shown(element)} is fetched from elsewhere: everything comes from our own origin"


@rule
def works_without_javascript(page: Page) -> Iterator[str]:
    for element in page.elements:
        for name in ("hx-put", "hx-patch", "hx-delete"):
            if name in element.attrib:
                yield f"{shown(element)}: {name} has no counterpart without JavaScript; use a form and hx-post"
        for name in ("hx-get", "hx-post"):
            if name not in element.attrib:
                continue
            plain = plain_address(page, element)
            if plain != element.get(name):
                yield f"{shown(element)}: {name} must stand beside an equal href or action, which is now {plain!r}"


def plain_address(page: Page, element: Element) -> str | None:
    """Where an element leads when no script runs: its href, its form's action, or the button's own formaction."""
    if element.tag == "a":
        return element.get("href")
    form = element if element.tag == "form" else page.within(element, "form")
    if form is None and element.get("form"):
        form = next((other for other in page.all("form") if other.get("id") == element.get("form")), None)
    own = element.get("formaction")
    return own if own is not None else form.get("action") if form is not None else None


@rule
def forms_that_change_carry_a_token(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if form.get("method", "get").lower() != "post":
            continue
        names = {field.get("name") for field in form.iter("input")}
        if "csrf_token" not in names:
            yield f"{shown(form)} posts without csrf_token: call ui.hidden(form)"


@rule
def pictures_have_a_text(page: Page) -> Iterator[str]:
    for picture in page.all("img"):
        if "alt" not in picture.attrib:
            yield f'{shown(picture)} lacks alt: describe it, or alt="" when it only decorates'
    for drawing in page.all("svg"):
        hidden = drawing.get("aria-hidden") == "true" or any(
            outer.get("aria-hidden") == "true" for outer in page.around(drawing)
        )
        if not hidden and not (drawing.get("aria-label") or drawing.find(".//title") is not None):
            yield f'{shown(drawing)} lacks a name: give it aria-label, or aria-hidden="true" when it only decorates'


@rule
def tables_explain_themselves(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        caption = table.find("caption")
        if caption is None or not text_of(caption):
            yield f"{shown(table)} has no caption: say in it what the table lists"
        for head in table.iter("th"):
            if head.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f'{shown(head)} “{text_of(head)}” lacks scope="col" or scope="row"'


@rule
def buttons_and_links_have_names(page: Page) -> Iterator[str]:
    for element in page.all("a", "button"):
        if element.tag == "a" and "href" not in element.attrib:
            yield f"{shown(element)} has no href: use a button or plain text"
        if not accessible_name(page, element):
            yield f"{shown(element)} has no text: a person must hear what it does"
        outer = page.within(element, "a", "button")
        if outer is not None:
            yield f"{shown(element)} stands inside {shown(outer)}: put them side by side"


@rule
def keyboard_and_messages(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.get("tabindex", "0").lstrip("-").isdigit() and int(element.get("tabindex", "0")) > 0:
            yield f"{shown(element)}: a positive tabindex breaks the keyboard's order; leave it out"
        if element.get("aria-invalid") == "true" and not element.get("aria-describedby"):
            yield f"{shown(element)} is marked wrong without saying why: point aria-describedby to the error"
        if element.get("target") == "_blank" and "noopener" not in element.get("rel", ""):
            yield f'{shown(element)} opens a new window without rel="noopener"'


@rule
def choices_stand_in_a_fieldset(page: Page) -> Iterator[str]:
    for field in page.all("input"):
        if field.get("type") != "radio":
            continue
        group = page.within(field, "fieldset")
        if group is None or group.find("legend") is None:
            yield f"{shown(field)} is a radio button outside a fieldset with a legend: use ui.radios"
