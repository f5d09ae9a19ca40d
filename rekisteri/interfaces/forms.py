"""The forms of connections and keys."""

from typing import Any

from rekisteri.disclosures.models import Recipient
from rekisteri.disclosures.rules import GROUNDS
from rekisteri.interfaces import connections, rules
from rekisteri.interfaces.models import Connection
from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Checks, Date, Form, LongText, Radios, Select, Text, VersionedForm

RATES = {10: "10 pyyntöä", 60: "60 pyyntöä", 300: "300 pyyntöä", 1200: "1 200 pyyntöä", 6000: "6 000 pyyntöä"}


class ConnectionForm(VersionedForm):
    """What a partner's program may do."""

    recipient = Select("Kumppani", required="Valitse kumppani.")
    name = Text("Liittymän nimi", max=100, required="Anna liittymälle nimi.")
    scopes = Checks(
        "Mitä liittymällä saa tehdä",
        choices=list(rules.SCOPES.items()),
        required="Valitse, mitä liittymällä saa tehdä.",
    )
    fields = Checks("Mitä tietoja saa lukea", choices=list(rules.FIELDS.items()))
    use = Radios(
        "Mihin tietoja käytetään", choices=list(rules.USES.items()), required="Valitse, mihin tietoja käytetään."
    )
    ground = Radios("Peruste", choices=[], required="Valitse peruste.")
    purpose = Text("Käyttötarkoitus", max=500, required="Kerro, mihin tarkoitukseen tietoja annetaan.")
    networks = LongText(
        "Verkot, joista avain kelpaa", required="Kirjoita, mistä verkosta kumppanin palvelin ottaa yhteyttä."
    )
    rate = Select("Enintään minuutissa", choices=[(str(count), text) for count, text in RATES.items()], default="60")

    def __init__(self, recipients: list[Recipient], connection: Connection | None = None, **kwargs: Any) -> None:
        super().__init__(data=_typed(connection) if connection else None, **kwargs)
        self.recipient.choices = [("", "Valitse kumppani"), *((str(one.id), one.name) for one in recipients)]
        self.ground.choices = [(code, GROUNDS[code]) for code in rules.GROUNDS_FOR_READING]
        if connection is not None and connection.rate not in RATES:
            self.rate.choices = [*self.rate.choices, (str(connection.rate), f"{connection.rate} pyyntöä")]

    @property
    def details(self) -> dict[str, Any]:
        """What was chosen, by the names of `connections.DETAILS`."""
        given = {name: self[name].data for name in connections.DETAILS}
        return given | {"rate": int(self.rate.data), "fields": self.fields.data or []}


def _typed(connection: Connection) -> dict[str, Any]:
    """A connection as it would be typed."""
    told = {name: getattr(connection, name) for name in ("version", *connections.DETAILS)}
    return told | {
        "recipient": str(connection.recipient_id),
        "rate": str(connection.rate),
        "networks": "\n".join(connection.networks),
    }


class KeyForm(Form):
    """A new key: until when it opens, and for how long the old one still does."""

    expires_on = Date("Viimeinen voimassaolopäivä", required="Anna päivä, johon asti avain kelpaa.")
    overlap = Radios(
        "Milloin vanha avain lakkaa kelpaamasta",
        choices=[(str(hours), text) for hours, text in rules.OVERLAPS.items()],
        default="24",
        required="Valitse, milloin vanha avain lakkaa kelpaamasta.",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.is_submitted():
            self.expires_on.data = today() + rules.LONGEST_LIFE


class ConfirmForm(Form):
    """Nothing to fill in; what cannot be undone is asked on a page of its own."""
