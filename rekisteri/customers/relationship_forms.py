"""The forms of the relationship: a contact note, a role in an organisation, why one of them is removed."""

from typing import Any

from rekisteri.customers import relationship_rules as rules
from rekisteri.customers.forms import WhenceForm
from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Date, Flag, Form, LongText, Radios, Select, Text

REMOVED = {
    "mistake": "Kirjattu vahingossa tai väärälle asiakkaalle",
    "unnecessary": "Tieto on tarpeeton",
    "asked": "Asiakas on pyytänyt",
}


class NoteForm(WhenceForm):
    """A contact with a customer."""

    happened_on = Date("Milloin oltiin yhteydessä", required="Anna päivä, jona oltiin yhteydessä.")
    channel = Radios("Miten", choices=list(rules.CHANNELS.items()), required="Valitse, miten oltiin yhteydessä.")
    text = LongText(
        "Mitä yhteydenotto koski",
        required="Kirjoita lyhyesti, mitä yhteydenotto koski.",
        max=rules.LONGEST_NOTE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.obtained_on  # what is told in a contact is obtained on its day
        if not self.is_submitted():
            self.happened_on.data = today()
            self.source.data = "self"
        self.source.label.text = "Keneltä tieto on"


class RepresentationForm(WhenceForm):
    """In which organisation a person is, as what, from when until when."""

    organisation = Text("Yhteisö", required="Anna yhteisön nimi.", max=rules.LONGEST_NAME)
    role = Text("Tehtävä yhteisössä", max=rules.LONGEST_ROLE)
    started_on = Date("Alkaen")
    ended_on = Date("Päättynyt")
    main = Flag("Tämä on yhteisö, jota henkilö nyt ensisijaisesti edustaa")


class RemovalForm(Form):
    """Why something is removed."""

    reason = Select("Miksi poistetaan", choices=[("", "Valitse syy"), *REMOVED.items()], required="Valitse syy.")

    @property
    def why(self) -> str:
        """The reason in words."""
        return REMOVED[self.reason.data or "mistake"]
