"""Forms of consents."""

from collections.abc import Sequence
from typing import Any

from rekisteri.cases.forms import capitalised
from rekisteri.consents import rules
from rekisteri.consents.models import Consent
from rekisteri.consents.service import given
from rekisteri.kernel.forms import Checks, Date, Form, LongText, Radios, Upload


class Standing(Checks):
    """What has ended meanwhile is judged by the use case: a form that is sent twice does not fail here."""

    def pre_validate(self, form: Any) -> None:
        """Accept also what is no longer offered."""


class ConsentForm(Form):
    """What the person consents to, in what words, and how and when it was told."""

    uses = Checks(
        "Mihin asiakas suostuu?", choices=list(rules.USES.items()), required="Valitse, mihin asiakas suostuu."
    )
    means = Checks(
        "Millä tavalla mainontaa saa lähettää?",
        choices=list(rules.MEANS.items()),
        required="Valitse, millä tavalla mainontaa saa lähettää.",
    )
    channel = Radios(
        "Miten asiakas antoi suostumuksen?",
        required="Valitse, miten asiakas antoi suostumuksen.",
        choices=capitalised(rules.CHANNELS),
    )
    given_on = Date("Milloin suostumus annettiin?", required="Kirjoita, milloin asiakas antoi suostumuksen.")
    wording = LongText(
        "Teksti, johon asiakas suostui",
        required="Kirjoita, mihin asiakas suostui, samoin sanoin kuin se hänelle esitettiin.",
        max=rules.LONGEST_WORDING,
    )
    files = Upload("Lomake tai viesti, josta suostumus näkyy")


class WithdrawalForm(Form):
    """What the person takes back, and how it was told."""

    ids = Standing("Mikä suostumus päättyy?", required="Valitse, minkä suostumuksen asiakas peruu.")
    channel = Radios(
        "Miten asiakas ilmoitti asiasta?",
        required="Valitse, miten asiakas ilmoitti asiasta.",
        choices=capitalised(rules.CHANNELS),
    )
    told_on = Date("Ilmoituspäivä", required="Kirjoita, milloin asiakas ilmoitti asiasta.")

    def offer(self, standing: Sequence[Consent]) -> None:
        """What can be taken back: all that was consented to at once is one choice."""
        self.ids.choices = [("-".join(str(row.id) for row in one.rows), one.told) for one in given(standing)]

    def numbers(self) -> set[int]:
        """The consents that were chosen; what has ended meanwhile is no fault of the form's."""
        sent = (number for choice in self.ids.data or () for number in choice.split("-"))
        return {int(number) for number in sent if number.isascii() and number.isdigit() and len(number) < 10}
