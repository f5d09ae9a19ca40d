"""Forms of access and portability."""

from collections.abc import Mapping

from rekisteri.access import rules
from rekisteri.access.background import NEEDED, TOLD
from rekisteri.access.draft import Part
from rekisteri.cases.grounds import Ground
from rekisteri.customers.chapters import Chapter
from rekisteri.kernel.forms import Checks, Date, Flag, Hidden, LongText, Radios, Select, Text, VersionedForm


def _choices(grounds: Mapping[str, Ground]) -> list[tuple[str, str]]:
    return [("", "Valitse peruste"), *((code, ground.label) for code, ground in grounds.items())]


class LeavingForm(VersionedForm):
    """Which rows of a chapter are not told, and why."""

    left = Checks("Jätetään pois", required=False, choices=[])
    ground = Select("Peruste", required=False, choices=_choices(rules.LEAVING_GROUNDS))
    reasons = LongText("Syyt", required=False, max=2000, render_kw={"rows": 3})

    def offer(self, part: Part, *, fresh: bool) -> None:
        """Let each row be ticked; a fresh form has those ticked that are left out now."""
        self.left.choices = [(line.key, " · ".join(cell for cell in line.cells if cell)) for line in part.lines]
        if fresh:
            self.left.data = [line.key for line in part.left]


class CompletingForm(VersionedForm):
    """What no room of the register knows."""

    hidden_words = LongText("Peitettävät sanat", max=2000, render_kw={"rows": 3})
    paper_findings = LongText("Paperiaineistossa olevat tiedot", max=8000, render_kw={"rows": 4})
    purpose = LongText(TOLD["purpose"], required=False, max=2000, render_kw={"rows": 3})
    content = LongText(TOLD["content"], required=False, max=2000, render_kw={"rows": 3})
    disclosures = LongText(TOLD["disclosures"], required=False, max=2000, render_kw={"rows": 3})
    retention = LongText(TOLD["retention"], required=False, max=2000, render_kw={"rows": 3})
    automated = LongText(TOLD["automated"], required=False, max=2000, render_kw={"rows": 3})

    def supplement(self) -> dict[str, str]:
        """What was written in place of what the notice does not tell."""
        return {key: self[key].data or "" for key in NEEDED}


class ReleaseForm(VersionedForm):
    """Giving the data: what was read, and that it was read."""

    draft = Hidden()
    read = Flag("Olen lukenut luonnoksen, eikä siinä ole toista henkilöä koskevia tietoja.")
    paper_checked = Flag("Olen tarkistanut myös paperiaineiston: kortit, mapit ja muut asiakirjat.")

    def confirmed(self) -> bool:
        """Whether both have been ticked; what has not says so."""
        for field, sentence in (
            (self.read, "Lue luonnos ja vahvista se tähän ennen kuin annat tiedot."),
            (self.paper_checked, "Tarkista paperiaineisto ja vahvista se tähän."),
        ):
            if not field.data:
                field.errors = [*field.errors, sentence]
        return not self.errors


class RefusalForm(VersionedForm):
    """Refusing the whole of it."""

    ground = Radios("Peruste", required="Valitse peruste.", choices=[])
    reasons = LongText("Syyt", required=False, max=4000, render_kw={"rows": 5})

    def offer(self, right: str) -> None:
        """The grounds of this right."""
        self.ground.choices = [(code, ground.label) for code, ground in rules.REFUSAL_GROUNDS[right].items()]


class CopyForm(VersionedForm):
    """What goes into the portability copy, and how it reaches the person."""

    chapters = Checks("Mukaan otettavat luvut", required=False, choices=[])
    ground = Select("Peruste", required=False, choices=_choices(rules.PORTABILITY_GROUNDS))
    reasons = LongText("Syyt", required=False, max=2000, render_kw={"rows": 3})
    way = Radios(
        "Miten tiedosto toimitetaan", required="Valitse, miten tiedosto toimitetaan.", choices=list(rules.WAYS.items())
    )
    receiver = Text("Rekisterinpitäjä, jolle tiedot siirretään", required=False, max=200)

    def offer(self, offered: Mapping[str, Chapter], *, fresh: bool) -> None:
        """Let each chapter be chosen; a fresh form has them all."""
        self.chapters.choices = [
            (key, f"{chapter.title} ({_records(len(chapter.data))})") for key, chapter in offered.items()
        ]
        if fresh:
            self.chapters.data = list(offered)


def _records(count: int) -> str:
    return "1 tietue" if count == 1 else f"{count} tietuetta"


class HandingForm(VersionedForm):
    """When the copy was handed over."""

    handed_on = Date("Luovutuspäivä", required="Anna päivä, jona tiedosto luovutettiin.")
