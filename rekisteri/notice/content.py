"""What a version's sections say: text as it was written, or for automatic rows as the settings tell it."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from rekisteri.kernel.formats import fi_date
from rekisteri.notice import checklist, defects
from rekisteri.notice.models import NoticeSection, NoticeVersion
from rekisteri.notice.richtext import Document, from_html, from_markup, plain, to_html
from rekisteri.notice.richtext.document import BREAK, Block, Items, Paragraph, Run, document
from rekisteri.settings import periods
from rekisteri.settings.models import Settings

PERIODS = "{säilytysajat}"
"""Where a section's text lists how long each kind of data is kept; alone in its paragraph."""


@dataclass(frozen=True)
class Content:
    """One section as it is shown: on the page, in print, to the checks."""

    section: NoticeSection
    heading: str
    text: Document

    @property
    def html(self) -> Markup:
        """The text as markup for the page."""
        return Markup(to_html(self.text))  # noqa: S704 - the converter writes nothing but its eight elements

    @property
    def part(self) -> checklist.Part:
        """The words, for the checks."""
        return checklist.Part(self.section.key, self.heading, plain(self.text))


@dataclass(frozen=True)
class Dates:
    """What the row ”Laatimispäivä” is told by: the first version's day, and this version's."""

    first: date
    this: date


def contents(version: NoticeVersion, settings: Settings, dates: Dates) -> list[Content]:
    """The sections a reader sees, in order; a published version says what it said on its day."""
    return [content_of(section, settings, dates) for section in version.shown]


def content_of(section: NoticeSection, settings: Settings, dates: Dates) -> Content:
    """One section's text, automatic or written."""
    if section.automatic and not section.of.published:
        return Content(section, section.heading, automatic(section.key or "", settings, dates))
    text = from_html(section.body)
    return Content(section, section.heading, text if section.of.published else filled(text))


def filled(text: Document) -> Document:
    """The text with its places filled in: what the settings say today."""
    return document(_periods() if _is_place(block) else block for block in text)


def has_places(section: NoticeSection) -> bool:
    """Whether the settings tell a part of this written section."""
    return any(_is_place(block) for block in from_html(section.body))


def _is_place(block: Block) -> bool:
    return isinstance(block, Paragraph) and "".join(run.text for run in block.runs) == PERIODS


def _periods() -> Items:
    return Items(tuple((Run(row),) for row in periods.lines()))


def automatic(key: str, settings: Settings, dates: Dates) -> Document:
    """What the settings say for a row. What they lack stands in brackets, and brackets keep the notice unpublished."""
    lines = {
        "drafted": _drafted,
        "controller": _controller,
        "contact": _contact,
        "name": lambda settings, _dates: [settings.register_name or "[rekisterin nimi]"],
    }[key](settings, dates)
    return document([Paragraph((Run(BREAK.join(lines)),))])


def _drafted(_settings: Settings, dates: Dates) -> list[str]:
    if dates.first == dates.this:
        return [fi_date(dates.this)]
    return [f"{fi_date(dates.first)}, päivitetty {fi_date(dates.this)}"]


def _controller(settings: Settings, _dates: Dates) -> list[str]:
    known = settings.controller()
    address = [str(row) for row in known["lines"]]  # type: ignore[attr-defined]
    return [
        settings.company_name or "[yrityksen nimi]",
        f"Y-tunnus {settings.business_id or '[Y-tunnus]'}",
        *(address if settings.postcode else ["[yrityksen osoite]"]),
        f"Puhelin {known['phone'] or '[yrityksen puhelinnumero]'}",
        settings.email or "[yrityksen sähköpostiosoite]",
    ]


def _contact(settings: Settings, _dates: Dates) -> list[str]:
    known = settings.contact()
    return [
        str(known["name"] or "[yhteyshenkilön nimi]"),
        *[str(row) for row in known["lines"]],  # type: ignore[attr-defined]
        f"Puhelin {known['phone'] or '[yhteyshenkilön puhelinnumero]'}",
        str(known["email"] or "[yhteyshenkilön sähköpostiosoite]"),
    ]


def typed(text: str) -> Markup:
    """What a clerk has typed, as it would be shown."""
    return Markup(to_html(filled(from_markup(text))))  # noqa: S704 - as above


def anchors(shown: list[Content]) -> dict[str, str]:
    """Where on the draft's page each section stands, by its heading."""
    return {piece.heading: f"kohta-{piece.section.id}" for piece in shown}


def found_defects(shown: list[Content]) -> list[defects.Defect]:
    """What looks like a mistake in the sections."""
    return defects.defects([content.part for content in shown])


def lacking(shown: list[Content]) -> list[checklist.Item]:
    """What GDPR art. 13 and 14 ask for and the sections do not tell."""
    return checklist.lacking([content.part for content in shown])
