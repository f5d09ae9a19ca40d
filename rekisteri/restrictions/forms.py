"""Forms of restrictions."""

from typing import Any

from rekisteri.kernel.forms import Checks, Date, Form, LongText, Radios, Select, VersionedForm
from rekisteri.restrictions import rules

SCOPES = [("all", "Kaikki asiakkaan tiedot"), ("some", "Vain nämä tiedot")]
ASKED = [(code, ground.label) for code, ground in rules.GROUNDS.items() if ground.asked]


class _Scoped(Form):
    """What is restricted: everything, or some data told apart."""

    scope = Radios("Mitä rajoitus koskee", required="Valitse, mitä tietoja rajoitus koskee.", choices=SCOPES)
    fields = Checks("Rajoitettavat tiedot", required=False)

    def offer(self, labels: dict[str, str]) -> None:
        """Let some of these data be chosen."""
        self["fields"].choices = list(labels.items())

    @property
    def chosen(self) -> list[str] | None:
        """The data chosen; None for all of them."""
        return None if self["scope"].data == "all" else list(self["fields"].data or [])


class RestrictionForm(_Scoped):
    """The company restricts by itself, without a request on record."""

    ground = Radios(
        "Peruste",
        required="Valitse, millä perusteella käsittely rajoitetaan.",
        choices=[(code, ground.label) for code, ground in rules.GROUNDS.items()],
    )


class DecisionForm(VersionedForm, _Scoped):
    """The decision on a request to restrict."""

    decision = Radios("Ratkaisu", required="Valitse, miten pyyntö ratkaistaan.", choices=list(rules.DECISIONS.items()))
    ground = Radios("Peruste, jolla käsittely rajoitetaan", required=False, choices=ASKED)
    scope = Radios("Mitä rajoitus koskee", required=False, choices=SCOPES, default="all")
    refusal_ground = Select(
        "Epäämisen peruste",
        required=False,
        choices=[("", "Valitse peruste"), *((code, refusal[0]) for code, refusal in rules.REFUSALS.items())],
    )
    reasons = LongText("Epäämisen syyt", required=False, max=4000, render_kw={"rows": 5})


class LiftingForm(VersionedForm):
    """What the person is told before a restriction ends."""

    ends_on = Date("Rajoitus päättyy", required="Anna päivä, jona rajoitus päättyy.")
    reason = LongText(
        "Miksi rajoitus päättyy",
        required="Kirjoita, miksi rajoitus päättyy. Teksti tulostuu kirjeeseen.",
        max=2000,
        render_kw={"rows": 4},
    )


class ExceptionForm(VersionedForm):
    """On what ground restricted data are used all the same."""

    use = Radios(
        "Mihin tietoja käytetään",
        required="Valitse, mihin tietoja käytetään.",
        choices=list(rules.EXCEPTION_USES.items()),
    )
    ground = Radios(
        "Peruste",
        required="Valitse, millä perusteella tietoja käytetään rajoituksesta huolimatta.",
        choices=list(rules.EXCEPTION_GROUNDS.items()),
    )
    why = LongText(
        "Selitys", required="Kirjoita, mitä tehdään ja mistä peruste käy ilmi.", max=1000, render_kw={"rows": 3}
    )
    until = Date("Voimassa viimeistään", required="Anna poikkeuksen viimeinen voimassaolopäivä.")


class PlainAction(Form):
    """A button with a key of its own."""


def words() -> dict[str, Any]:
    """The words templates need."""
    return {
        "GROUNDS": rules.GROUNDS,
        "DECISIONS": rules.DECISIONS,
        "REFUSALS": rules.REFUSALS,
        "EXCEPTION_USES": rules.EXCEPTION_USES,
        "EXCEPTION_GROUNDS": rules.EXCEPTION_GROUNDS,
        "what": rules.what,
        "begun_large": rules.begun_large,
    }
