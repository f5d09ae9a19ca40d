"""The forms by which the notice is written and published."""

from dataclasses import dataclass
from typing import Any

from rekisteri.kernel.forms import Date, Flag, Form, LongText, Text, VersionedForm
from rekisteri.notice.content import Content
from rekisteri.notice.drafting import is_automatic
from rekisteri.notice.models import NoticeSection
from rekisteri.notice.richtext import from_html, to_markup
from rekisteri.notice.rows import KNOWN
from rekisteri.notice.rules import LARGEST_TEXT


class TitleForm(VersionedForm):
    """The notice's title."""

    title = Text("Selosteen otsikko", required="Anna selosteelle otsikko.")


class NewSectionForm(Form):
    """A section of the company's own."""

    heading = Text("Kohdan otsikko", required="Anna kohdalle otsikko.")


@dataclass(frozen=True)
class About:
    """What the page says of the section that is being edited; holds also when a rival has taken the section away."""

    id: int
    heading: str
    hint: str


class SectionForm(VersionedForm):
    """One section: its heading, its text as a clerk types it, and where the text comes from."""

    heading = Text("Otsikko", required="Anna kohdalle otsikko.")
    automatic = Flag("Ota teksti asetuksista")
    text = LongText("Teksti", max=LARGEST_TEXT)
    hide_if_empty = Flag("Jätä kohta pois selosteesta, jos se on tyhjä")

    def __init__(self, content: Content) -> None:
        section = content.section
        super().__init__(
            heading=section.heading,
            automatic=section.automatic,
            text=to_markup(content.text if section.automatic else from_html(section.body)),
            hide_if_empty=section.hide_if_empty,
            version=section.version,
        )
        self.about = About(section.id, section.heading, _hint(section))
        if not is_automatic(section):
            del self.automatic
        for field in (self.heading, self.automatic, self.text, self.hide_if_empty):
            if field is not None:  # several sections may be open for editing on one page
                field.id = field.label.field_id = f"{field.name}-{section.id}"

    def values(self) -> dict[str, Any]:
        """What was filled in, as the use case takes it."""
        return {
            "heading": self.heading.data,
            "text": self.text.data or "",
            "automatic": bool(self.automatic and self.automatic.data),
            "hide_if_empty": self.hide_if_empty.data,
            "version": self.version.data,
        }


def _hint(section: NoticeSection) -> str:
    return KNOWN[section.key].hint if section.key in KNOWN else ""


class FirstPublishForm(VersionedForm):
    """From which day the first version holds: there is nothing yet that it could change."""

    valid_from = Date("Voimassa alkaen", required="Anna päivä, josta alkaen seloste on voimassa.")


class PublishForm(FirstPublishForm):
    """From which day a later version holds, and what changed."""

    change_note = LongText("Mitä selosteessa muuttui", max=1000, required="Kerro lyhyesti, mitä selosteessa muuttui.")
