"""Forms of rectification."""

from typing import Any

from wtforms import FieldList, FormField

from rekisteri.kernel.forms import Form, Hidden, LongText, Radios, Row, Rows, Select, VersionedForm
from rekisteri.rectification import rules
from rekisteri.rectification.demands import Itemised
from rekisteri.rectification.models import Item

MOST_DEMANDS = 30


class DemandRow(Row):
    """One demand as a row of the form. Empty rows are passed over."""

    item_id = Hidden()
    field = Select("Tieto", required=False)
    kind = Select("Mikä tiedossa on vikana", required=False, choices=[("", "Valitse"), *rules.KINDS.items()])
    requested = LongText("Vaadittu muutos sanatarkasti", required=False, max=1000, render_kw={"rows": 2})
    ground = LongText("Perusteet", required=False, max=4000, render_kw={"rows": 2})

    def is_empty(self) -> bool:
        """Whether the clerk left the whole row blank."""
        return not any((self.field.data, self.kind.data, self.requested.data, self.ground.data))


class DemandsForm(VersionedForm):
    """All demands of a matter at once; rows are added and removed by buttons."""

    rows = Rows(FormField(DemandRow), min_entries=1, max_entries=MOST_DEMANDS)

    def offer(self, labels: dict[str, str], now: dict[str, Any]) -> None:
        """Let each row choose among the customer's data, with the present text in sight."""
        choices = [("", "Valitse tieto")]
        choices += [(field, _with_value(label, now.get(field))) for field, label in labels.items()]
        for row in self.rows:
            row.form.field.choices = choices

    def change_rows(self, wish: str) -> None:
        """Add a row at the end ('add'), or take one away ('remove-<n>')."""
        if wish == "add" and len(self.rows) < MOST_DEMANDS:
            self.rows.append_entry()
        if wish.startswith("remove-") and wish[7:].isdecimal():
            kept = [row.data for number, row in enumerate(self.rows) if number != int(wish[7:])]
            while self.rows.entries:
                self.rows.pop_entry()
            self.rows.last_index = -1
            for data in kept or [{}]:
                self.rows.append_entry(data)

    def demands(self) -> list[Itemised]:
        """What was typed, row by row; blank rows in between keep the numbering of the page by being taken away first."""
        rows = [row.form for row in self.rows if not row.form.is_empty()]
        return [
            Itemised(
                rules.Demand(
                    row.field.data or "", row.kind.data or "", row.requested.data or "", row.ground.data or ""
                ),
                int(row.item_id.data) if (row.item_id.data or "").isdigit() else None,
            )
            for row in rows
        ]

    def drop_blank_rows(self) -> None:
        """Take blank rows away so that the nth demand is the nth row."""
        for number in range(len(self.rows) - 1, -1, -1):
            if self.rows[number].form.is_empty() and len(self.rows) > 1:
                self.change_rows(f"remove-{number}")


def _with_value(label: str, datum: Any) -> str:
    if datum is None:
        return f"{label} (ei tietoa)"
    first_line = datum.value.split("\n")[0]
    return f"{label}: {first_line[:60]}{'…' if len(datum.value) > 60 else ''}"


class DecisionForm(VersionedForm):
    """The decision on one demand."""

    decision = Radios(
        "Ratkaisu",
        required="Valitse, miten vaatimus ratkaistaan.",
        choices=[("granted", "Hyväksytään"), ("partly_granted", "Hyväksytään osittain"), ("refused", "Evätään")],
    )
    granted_value = LongText("Millaiseksi tieto oikaistaan", required=False, max=1000, render_kw={"rows": 2})
    refusal_ground = Select(
        "Epäämisen peruste",
        required=False,
        choices=[("", "Valitse peruste"), *((code, ground.label) for code, ground in rules.REFUSAL_GROUNDS.items())],
    )
    reasons = LongText("Epäämisen syyt", required=False, max=4000, render_kw={"rows": 5})

    def only_grant(self) -> None:
        """What the company corrects on its own initiative is granted or taken off the list."""
        self.decision.choices = [("granted", "Oikaistaan")]


class IssueForm(VersionedForm):
    """Giving the decision: nothing to type, everything to check."""


class PlainAction(Form):
    """A button with a key of its own."""


class ReplacementForm(Form):
    """A mended certificate: why it is given, and the reasons as they should have been."""

    why = LongText(
        "Miksi todistus korvataan",
        required="Kirjoita, miksi todistus korvataan uudella.",
        max=1000,
        render_kw={"rows": 2},
    )
    reasons = FieldList(LongText("Epäämisen syyt", required=False, max=4000, render_kw={"rows": 5}))

    def fill(self, items: list[Item]) -> None:
        """Start from the reasons as they were given."""
        for item in items:
            self.reasons.append_entry(item.reasons)
