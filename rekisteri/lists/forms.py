"""Forms of prints: of whom, how, and what for."""

from typing import Any

from wtforms import IntegerField
from wtforms.widgets import TextInput

from rekisteri.disclosures import rules as disclosing
from rekisteri.kernel.amounts import LARGEST
from rekisteri.kernel.forms import Checks, Flag, Form, LongText, Quantity, Radios, Select, Text
from rekisteri.lists import rules
from rekisteri.lists.sheets import SHEETS

WAYS = {code: name for code, name in disclosing.WAYS.items() if code in ("portal", "email", "file", "other")}


class PrintForm(Form):
    """What every print asks: of whom, and what for."""

    selection = Select("Valinta", required="Valitse, keistä tuloste tehdään.", coerce=str)
    purpose = Text("Käyttötarkoitus", required="Kerro, mihin tulostetta käytetään.", max=200)

    def offer(self, *, selections: list[tuple[str, str]], recipients: list[tuple[str, str]]) -> None:
        """What there is to choose from."""
        self.selection.choices = [("", "Valitse"), *selections]


class ListForm(PrintForm):
    """A list on paper."""

    title = Text("Luettelon otsikko", required="Anna otsikko.", max=rules.LONGEST_TITLE)
    columns = Checks(
        "Sarakkeet nimen lisäksi",
        choices=[(code, label) for code, (label, _fields) in rules.COLUMNS.items()],
        default=["address"],
    )


class OrderedForm(PrintForm):
    """Whatever goes to the post."""

    order = Radios("Järjestys", required=True, choices=list(rules.ORDERS.items()), default="postcode")


class LabelForm(OrderedForm):
    """Labels on a sheet."""

    sheet = Select(
        "Tarra-arkki",
        required="Valitse tarra-arkki.",
        choices=[(code, one.label) for code, one in SHEETS.items()],
        default="3474",
    )
    start = IntegerField("Aloita tarrasta", default=1, widget=TextInput())
    dx = Quantity("Siirrä oikealle, mm", default=0, minimum=-LARGEST)
    dy = Quantity("Siirrä alas, mm", default=0, minimum=-LARGEST)
    merge = Flag("Samassa osoitteessa asuvat samannimiset yhteen tarraan", default=True)
    origin = Flag("Tulosta osoitelähde jokaiseen tarraan", default=True)


class LetterForm(OrderedForm):
    """A letter with the company's own text."""

    title = Text("Otsikko", required="Anna otsikko.", max=rules.LONGEST_TITLE)
    text = LongText("Kirjeen teksti", required="Kirjoita kirjeen teksti.", max=2 * rules.LONGEST_TEXT)
    signer = Text("Allekirjoittaja", max=rules.LONGEST_SIGNER)


class FileForm(OrderedForm):
    """Addresses as a file for a printing house."""

    file_kind = Radios("Tiedostomuoto", required=True, choices=list(rules.FORMATS.items()), default="csv")
    recipient = Select("Vastaanottaja", required="Valitse, kenelle tiedosto annetaan.", coerce=str)
    ground = Select(
        "Peruste",
        required="Valitse luovutuksen peruste.",
        choices=list(disclosing.GROUNDS.items()),
        default="technical",
    )
    way = Radios("Antotapa", required=True, choices=list(WAYS.items()), default="portal")

    def offer(self, *, selections: list[tuple[str, str]], recipients: list[tuple[str, str]]) -> None:
        """What there is to choose from."""
        super().offer(selections=selections, recipients=recipients)
        self.recipient.choices = [("", "Valitse"), *recipients]


class MessageForm(PrintForm):
    """E-mail addresses or numbers as a file for the company's own messages."""

    file_kind = Radios("Tiedostomuoto", required=True, choices=list(rules.FORMATS.items()), default="csv")


class CardForm(Form):
    """What a customer's card is printed for, and for whom."""

    purpose = Text("Käyttötarkoitus", required="Kerro, mihin tulostetta käytetään.", max=200)
    receiver = Select("Kenelle", required="Valitse, kenelle tuloste annetaan.", coerce=str, default="own")
    ground = Select("Luovutuksen peruste", choices=[("", "Ei luovutusta"), *disclosing.GROUNDS.items()], coerce=str)

    def offer(self, recipients: list[tuple[str, str]]) -> None:
        """Whom there is to choose from."""
        names = disclosing.RECEIVERS
        self.receiver.choices = [("own", names["own"]), ("subject", names["subject"]), *recipients]


FORMS: dict[str, Any] = {
    "list": ListForm,
    "labels": LabelForm,
    "letters": LetterForm,
    "file": FileForm,
    "emails": MessageForm,
    "messages": MessageForm,
}
