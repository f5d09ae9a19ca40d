"""Forms of objections, withdrawals of consent and complaints."""

from typing import Any

from rekisteri.cases.codes import CHANNELS
from rekisteri.cases.forms import capitalised
from rekisteri.kernel.forms import Checks, Date, Form, LongText, Radios, VersionedForm
from rekisteri.objections import rules
from rekisteri.objections.models import Objection


class PlainAction(Form):
    """A button that needs nothing more."""


class ItemiseForm(VersionedForm):
    """What the person says no to."""

    what = LongText("Mitä asia koskee?", required="Kirjoita, mitä asia koskee.", max=2000)
    grounds = LongText("Perustelut", max=4000)
    uses = Checks("Mitä käyttöä asia koskee?", choices=list(rules.USES.items()))

    def speak_of(self, kind: str) -> None:
        """Ask in the words of this kind; a complaint ends no use."""
        words = rules.WORDS[kind]
        self.what.label.text, self.grounds.label.text = words["what"], words["grounds"]
        self.uses.label.text = words["uses"]
        self.uses.flags.optional = False
        if kind == "complaint":
            del self.uses


class DecisionForm(VersionedForm):
    """What is decided, what is done because of it, and why not if it is refused."""

    decision = Radios("Ratkaisu", required="Valitse, miten asia ratkaistaan.", choices=list(rules.DECISIONS.items()))
    granted = Checks("Mitkä käytöt lopetetaan?")
    measures = LongText("Mitä teemme asian johdosta?", max=4000)
    ground = Radios("Peruste")
    reasons = LongText("Syyt", max=4000)

    def offer(self, matter: Objection) -> None:
        """Make the uses asked for and the grounds of this kind the choices."""
        self.granted.choices = [(use, rules.USES[use]) for use in matter.codes]
        self.ground.choices = [(code, ground.label) for code, ground in rules.grounds_of(matter.kind).items()]
        for field in (self.granted, self.measures, self.ground, self.reasons):
            field.flags.optional = False

    def told(self) -> dict[str, Any]:
        """What the use case takes."""
        return {
            "decision": self.decision.data,
            "granted": self.granted.data or [],
            "measures": self.measures.data or "",
            "ground": self.ground.data,
            "reasons": self.reasons.data or "",
        }


class EndForm(VersionedForm):
    """How the person allowed the uses again."""

    channel = Radios(
        "Miten rekisteröity ilmoitti asiasta?",
        required="Valitse, miten rekisteröity ilmoitti asiasta.",
        choices=capitalised(CHANNELS),
    )
    told_on = Date("Ilmoituspäivä", required="Kirjoita, milloin rekisteröity ilmoitti asiasta.")
