"""The forms of informing."""

from typing import Any

from rekisteri.informing import rules
from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Date, Form, LongText, Radios


class MarkForm(Form):
    """How people were told otherwise than by the register's letter, or why they need not be told."""

    outcome = Radios(
        "Miten asia hoidettiin", choices=list(rules.OUTCOMES.items()), required="Valitse, miten asia hoidettiin."
    )
    told_on = Date("Milloin asiasta kerrottiin")
    reasons = LongText("Perustelut", max=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.told_on.data = today()


class ReopenForm(Form):
    """Why a mark is taken back."""

    reason = LongText("Miksi merkintä perutaan", required="Kirjoita, miksi merkintä perutaan.", max=500)
