"""The forms of disclosures."""

from typing import Any

from rekisteri.customers.countries import countries
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import FIELDS, shown
from rekisteri.disclosures import rules
from rekisteri.disclosures.models import Recipient
from rekisteri.disclosures.recipients import DETAILS
from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Checks, Date, Flag, Form, LongText, Radios, Select, Text, Upload, VersionedForm


class RecipientForm(VersionedForm):
    """A partner or an authority, and what it may receive data for."""

    name = Text("Nimi", required="Anna vastaanottajan nimi.")
    role = Radios("Rooli", required="Valitse vastaanottajan rooli.", choices=list(rules.ROLES.items()))
    purpose = Text("Käyttötarkoitus", max=500, required="Kerro, mihin tarkoitukseen vastaanottaja saa tietoja.")
    email = Text("Sähköpostiosoite", max=254)
    street = Text("Katuosoite")
    postcode = Text("Postinumero", max=20)
    city = Text("Postitoimipaikka", max=100)
    country = Select("Maa", required="Valitse maa.", default="FI")
    contact = Text("Yhteyshenkilö", max=200)
    phone = Text("Puhelinnumero", max=40)
    fields = Checks("Mitä tietoja vastaanottaja saa", choices=list(rules.DATA.items()))
    agreement_on = Date("Sopimuksen päivä")
    agreement_until = Date("Sopimus päättyy")
    agreement_scan = Upload("Allekirjoitettu sopimus")
    transfer_need = LongText("Miksi siirto on teknisesti välttämätön")
    transfer_basis = Select("Siirtoperuste", choices=[("", "Valitse siirtoperuste"), *rules.SAFEGUARDS.items()])
    transfer_safeguard = LongText("Siirron suojatoimet")
    active = Flag("Vastaanottajalle voi luovuttaa tietoja", default=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = list(countries().items())

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, by the recipient's own names."""
        return {field: self[field].data for field in DETAILS}


class TransferForm(VersionedForm):
    """The decision that data may go to a country outside the EU and EEA: one button."""


class DisclosureForm(Form):
    """What of one customer went to whom, when and why."""

    recipient = Select("Vastaanottaja", required="Valitse vastaanottaja.")
    disclosed_on = Date("Luovutuspäivä", required="Anna päivä, jona tiedot luovutettiin.")
    fields = Checks("Mitkä tiedot luovutettiin", required="Valitse, mitkä tiedot luovutettiin.")
    ground = Radios("Luovutuksen peruste", required="Valitse luovutuksen peruste.", choices=list(rules.GROUNDS.items()))
    purpose = Text("Käyttötarkoitus", max=500, required="Kerro, mihin tarkoitukseen tiedot luovutettiin.")
    way = Select(
        "Miten tiedot toimitettiin",
        choices=[("", "Valitse tapa"), *rules.WAYS.items()],
        required="Valitse toimitustapa.",
    )

    def __init__(self, customer: Customer, history: list[Datum], recipients: list[Recipient], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.recipient.choices = [("", "Valitse vastaanottaja"), *((str(one.id), one.name) for one in recipients)]
        self.fields.choices = _choices(customer, history)
        if not self.is_submitted():
            self.disclosed_on.data = today()


def _choices(customer: Customer, history: list[Datum]) -> list[tuple[str, str]]:
    """The fields that hold or have held something: a disclosure of the past may be of a value since replaced."""
    held = {datum.field: datum for datum in history}
    labels = FIELDS[customer.kind]
    return [(field, f"{label}: {_told(held[field])}") for field, label in labels.items() if field in held]


def _told(datum: Datum) -> str:
    if datum.ended_at:
        return "poistettu"
    value = " ".join(shown(datum.field, datum.value).split())
    return value if len(value) <= 60 else value[:57] + "…"
