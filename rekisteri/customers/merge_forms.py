"""The forms of duplicates: what stays of two customers, whom to merge with, why two are not the same."""

from typing import Any

from rekisteri.customers import comparison, likeness
from rekisteri.customers.comparison import Comparison
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.kernel.forms import Form, Hidden, Radios, Text
from rekisteri.kernel.web import LARGEST_ID


class MergeForm(Form):
    """What stays where both customers hold something different. `seen` names the data that the page showed."""

    seen = Hidden()
    _compared: list[tuple[str, str, str]]

    def outdate(self, compared: list[tuple[str, str, str]], seen: str) -> None:
        """Somebody has changed the data since the page was opened: show what, and let the person judge again."""
        self.conflict = Conflict(
            "Asiakkaiden tiedot ovat muuttuneet sen jälkeen, kun avasit sivun. Tarkista tiedot ja yhdistä sitten."
        )
        self.form_errors.append(self.conflict.sentence)
        self._compared = compared
        self.seen.data = seen

    def mine_and_theirs(self) -> list[tuple[str, str, str]]:
        """What the page showed beside what now stands in the register."""
        return self._compared if self.conflict else []

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, by the place's code."""
        return {field.name: field.data for field in self if isinstance(field, Radios) and field.data}


def merge_form(found: Comparison) -> MergeForm:
    """The form that asks what this comparison leaves open, with what is sensible already chosen."""
    labels = comparison.choice_labels(found.differences)
    asked = {
        one.unit.code: Radios(
            one.unit.label, choices=labels[one.unit.code], default=one.default, required="Valitse, mikä tieto jää."
        )
        for one in found.differences
    }
    form: Any = type("AskedMergeForm", (MergeForm,), asked)
    return form(data={"seen": found.seen})


class OtherForm(Form):
    """Whom to merge with, by the number on the card."""

    number = Text("Toisen asiakkaan asiakasnumero", required="Anna asiakasnumero.", max=12)

    @property
    def other_id(self) -> int:
        """The number typed.

        :raises RuleViolation: it is no customer's number.
        """
        text = (self.number.data or "").replace(" ", "")
        if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= LARGEST_ID:
            raise RuleViolation("Asiakasnumerossa on vain numeroita. Se on asiakkaan kortin yläosassa.", field="number")
        return int(text)


class ApartForm(Form):
    """Why two customers who look like one are not."""

    because = Radios(
        "Miksi kyse on eri asiakkaista?",
        choices=list(likeness.APART.items()),
        required="Valitse, miksi kyse on eri asiakkaista.",
    )
