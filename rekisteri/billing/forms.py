"""The forms of billing."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms.validators import ValidationError

from rekisteri.billing import rules
from rekisteri.billing.handing_rules import KINDS
from rekisteri.billing.import_reading import COLUMNS
from rekisteri.billing.material import Material
from rekisteri.billing.models import Invoice
from rekisteri.disclosures.exporting.service import FORMATS
from rekisteri.disclosures.forms import DisclosureForm
from rekisteri.kernel.clock import today
from rekisteri.kernel.formats import fi_date, fi_money
from rekisteri.kernel.forms import Checks, Date, Form, LongText, Money, Radios, Select, Text, Upload, VersionedForm

ASKED = ("number", "invoiced_on", "due_on", "amount", "order_number")


class NumberSearchForm(Form):
    """Which invoice to find."""

    q = Text("Laskun numero", max=40)


class InvoiceForm(VersionedForm):
    """An invoice as it stands in the accounting system."""

    number = Text("Laskun numero", required="Anna laskun numero.", max=40)
    order_number = Text("Tilauksen numero", max=40)
    invoiced_on = Date("Laskupäivä", required="Anna laskupäivä.")
    due_on = Date("Eräpäivä", required="Anna eräpäivä.")
    amount = Money("Summa (€)", required="Anna laskun summa.", minimum=1)

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, by the invoice's own names."""
        return {name: self[name].data for name in ASKED}


class PaymentForm(VersionedForm):
    """How much was paid, and when."""

    paid = Money("Maksettu summa (€)", required="Anna maksettu summa.", minimum=1)
    paid_on = Date("Maksupäivä", required="Anna maksupäivä.")


class CreditingForm(VersionedForm):
    """When the invoice was credited."""

    credited_on = Date("Hyvityspäivä", required="Anna hyvityspäivä.")


class HandOverForm(DisclosureForm, VersionedForm):
    """What of the customer's data went to whom; the ground follows from what it is done for."""

    ground = None  # type: ignore[assignment]
    purpose = None  # type: ignore[assignment]

    def __init__(self, *given: Any, chosen: list[str], **rest: Any) -> None:
        super().__init__(*given, **rest)
        if not self.is_submitted():
            self.fields.data = chosen

    @property
    def disclosure(self) -> dict[str, Any]:
        """What was chosen, as a disclosure takes it, but for the recipient."""
        return {"fields": self.fields.data or [], "disclosed_on": self.disclosed_on.data, "way": self.way.data}


class CollectionForm(Form):
    """Which overdue invoices of the customer are collected together, and when the reminder went."""

    invoices = Checks("Perittävät laskut", required="Valitse ainakin yksi lasku.")
    on = Date("Maksumuistutus lähetetty", required="Anna päivä, jona maksumuistutus lähetettiin.")

    def __init__(self, offered: list[Invoice], chosen: Invoice, **rest: Any) -> None:
        super().__init__(**rest)
        self.invoices.choices = [(str(invoice.id), _told(invoice)) for invoice in offered]
        if not self.is_submitted():
            self.invoices.data, self.on.data = [str(chosen.id)], today()


def _told(invoice: Invoice) -> str:
    return f"Lasku {invoice.number}: {fi_money(invoice.unpaid)}, eräpäivä {fi_date(invoice.due_on)}"


class StepForm(VersionedForm):
    """On what day a step of a collection was taken."""

    on = Date("Päivä", required="Anna päivä.")


class EndForm(StepForm):
    """How a collection ended."""

    outcome = Radios(
        "Miten perintä päättyi", required="Valitse, miten perintä päättyi.", choices=[*rules.OUTCOMES.items()]
    )


class MaterialForm(Form):
    """Which partner's open cases are taken out, and in what form."""

    recipient = Radios("Aineisto", required="Valitse, mikä aineisto ladataan.", choices=[])
    file_kind = Radios("Tiedostomuoto", required="Valitse tiedostomuoto.", choices=[*FORMATS.items()], default="csv")

    def __init__(self, offered: Sequence[Material], **rest: Any) -> None:
        super().__init__(**rest)
        self.recipient.choices = [(one.code, f"{KINDS[one.kind].name}: {one.recipient.name}") for one in offered]


class ApplicationForm(Form):
    """How much credit is asked, and for what."""

    applied_on = Date("Hakemuksen päivä", required="Anna päivä, jona hakemus saapui.")
    amount = Money("Haettu luotto (€)", required="Anna haettu summa.", minimum=1)
    purpose = Text("Mihin luottoa haetaan", required="Kerro, mihin luottoa haetaan.", max=500)


class DecisionForm(VersionedForm):
    """What a person decides of an application, and why."""

    decision = Radios("Ratkaisu", required="Valitse ratkaisu.", choices=[*rules.DECISIONS.items()])
    granted = Money("Myönnetty luotto (€)", required=False, minimum=1)
    reasons = LongText("Ratkaisun perustelut", required=False)
    on = Date("Ratkaisupäivä", required="Anna ratkaisupäivä.")


class ImportForm(Form):
    """The accounting system's file."""

    file = Upload("Tiedosto", required="Valitse tiedosto.")

    def validate_file(self, field: Upload) -> None:
        """One file is looked at and accepted at a time."""
        if len(field.data) > 1:
            raise ValidationError("Valitse yksi tiedosto kerrallaan.")


class ColumnsForm(VersionedForm):
    """In which column of the file each thing stands."""

    number = Select(COLUMNS["number"], required=False)
    customer_id = Select(COLUMNS["customer_id"], required=False)
    business_id = Select(COLUMNS["business_id"], required=False)
    name = Select(COLUMNS["name"], required=False)
    invoiced_on = Select(COLUMNS["invoiced_on"], required=False)
    due_on = Select(COLUMNS["due_on"], required=False)
    amount = Select(COLUMNS["amount"], required=False)
    paid = Select(COLUMNS["paid"], required=False)
    paid_on = Select(COLUMNS["paid_on"], required=False)
    credited_on = Select(COLUMNS["credited_on"], required=False)

    def __init__(self, header: Sequence[str], columns: Mapping[str, int], **rest: Any) -> None:
        chosen = {field: str(place) for field, place in columns.items()}
        super().__init__(data=chosen | rest.pop("data", {}), **rest)
        for field in COLUMNS:
            named = [(str(place), name) for place, name in enumerate(header)]
            self[field].choices = [("", "Ei ole tiedostossa"), *named]

    @property
    def columns(self) -> dict[str, int]:
        """The columns that were chosen."""
        return {field: int(self[field].data) for field in COLUMNS if self[field].data}
