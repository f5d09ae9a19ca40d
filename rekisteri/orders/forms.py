"""The forms of orders."""

from collections.abc import Sequence
from typing import Any

from wtforms import FormField
from wtforms.validators import ValidationError

from rekisteri.kernel.forms import Date, Form, Money, Quantity, Radios, Row, Rows, Select, Text, VersionedForm
from rekisteri.orders import rules
from rekisteri.orders.models import Order

SEARCHED = "Kirjoita tilausnumero, esimerkiksi T 2026/0007, tai vuosi."


class SearchForm(Form):
    """Which orders to show."""

    q = Text("Haku", max=40)
    tila = Select("Tila", required=False, choices=[("", "Kaikki"), *rules.STATES.items()])

    def validate_q(self, field: Text) -> None:
        """Only a number or a year can be looked for here."""
        if field.data and not rules.wanted(field.data):
            raise ValidationError(SEARCHED)


class LineRow(Row):
    """One line of an order. Rows left wholly empty are passed over."""

    product = Text("Tuote tai palvelu", required=False, max=rules.LONGEST_PRODUCT)
    quantity = Quantity("Määrä", required=False, maximum=rules.LARGEST_QUANTITY, default=1000)
    unit = Select("Yksikkö", required=False, default=rules.UNITS[0], choices=[(unit, unit) for unit in rules.UNITS])
    unit_price = Money("Yksikköhinta, €", required=False, minimum=-rules.LARGEST_PRICE, maximum=rules.LARGEST_PRICE)

    def is_empty(self) -> bool:
        """Whether nothing was typed on the row; the quantity stands there of itself."""
        return not (self.product.data or self.unit_price.typed)

    def validate_unit_price(self, field: Money) -> None:
        """A price left out is asked for: nought has to be meant."""
        if field.data is None and not self.is_empty():
            raise ValidationError("Anna hinta. Jos rivi on maksuton, kirjoita 0.")

    @property
    def content(self) -> rules.Line:
        """What was typed, as the rules read it."""
        return rules.Line(
            self.product.data or "", self.quantity.data or 0, self.unit.data or "", self.unit_price.data or 0
        )


class LinesForm(VersionedForm):
    """The lines of an order; rows are added and removed by buttons."""

    rows = Rows(FormField(LineRow), min_entries=1, max_entries=rules.MOST_LINES)

    def change_rows(self, wish: str) -> bool:
        """Add a row at the end (`add`) or take one away (`remove-<n>`); whether that was wished for."""
        if wish == "add" and len(self.rows) < rules.MOST_LINES:
            self.rows.append_entry()
        if wish.startswith("remove-") and wish[7:].isdecimal():
            self._keep([number for number in range(len(self.rows)) if number != int(wish[7:])])
        return bool(wish)

    def validate(self, *more: Any, **rest: Any) -> bool:
        """Empty rows are taken away first, so that the nth line is the nth row of the page."""
        self._keep([number for number, row in enumerate(self.rows) if not row.form.is_empty()])
        return bool(super().validate(*more, **rest))

    def _keep(self, numbers: Sequence[int]) -> None:
        """Keep these rows with what was typed on them, right or wrong; at least one row stays to be filled."""
        kept = [self.rows[number].form for number in numbers]
        while self.rows.entries:
            self.rows.pop_entry()
        self.rows.last_index = -1
        for row in kept:
            moved = self.rows.append_entry().form
            for old, new in zip(row, moved, strict=True):
                new.data, new.process_errors = old.data, old.process_errors
                if hasattr(old, "typed"):
                    new.typed = old.typed
        if not kept:
            self.rows.append_entry()

    @property
    def lines(self) -> list[rules.Line]:
        """The lines that were typed."""
        return [row.form.content for row in self.rows if not row.form.is_empty()]


class OrderForm(LinesForm):
    """A new quote or order."""

    state = Radios(
        "Mitä kirjataan",
        required="Valitse, kirjataanko tarjous vai tilaus.",
        choices=[("ordered", "Tilaus"), ("quote", "Tarjous")],
    )
    on = Date("Päivä", required="Anna päivä.")


class StepForm(VersionedForm):
    """What happens to the order next, and on what day."""

    on = Date("Päivä", required="Anna päivä.")


class ArchiveForm(VersionedForm):
    """Putting away or taking back: nothing to type, but nobody else may have changed the order meanwhile."""


class CancelForm(VersionedForm):
    """Why the order is cancelled, and on what day."""

    reason = Radios(
        "Miksi tilaus perutaan", required="Valitse, miksi tilaus perutaan.", choices=list(rules.CANCEL_REASONS.items())
    )
    on = Date("Päivä", required="Anna päivä.")


def data_of(order: Order) -> dict[str, Any]:
    """What the form of an order's lines is filled from."""
    return {"version": order.version, "rows": [vars(line.content) for line in order.lines]}
