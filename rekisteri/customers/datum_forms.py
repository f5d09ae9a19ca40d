"""The forms for one datum on the card, and for one more address or number."""

from collections.abc import Mapping
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from rekisteri.customers import rules
from rekisteri.customers.fields import DATED, GROUPS, group_fields
from rekisteri.customers.forms import ChangeForm, WhenceForm, check_kept, line
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.validity import USES, Detail, check_detail
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Date, Form, LongText, Select, Text


class DetailForm(Form):
    """For what and for how long an address or a number holds."""

    use = Select("Käyttötarkoitus", choices=[("", "Ei kerrottu"), *USES.items()])
    valid_from = Date("Voimassa alkaen")
    valid_until = Date("Voimassa asti")

    @property
    def detail(self) -> Detail:
        """What was chosen and typed."""
        return Detail(self.use.data or "", self.valid_from.data, self.valid_until.data)

    def validate_valid_until(self, field: Field) -> None:
        """The days are in their order."""
        try:
            check_detail(self.detail)
        except RuleViolation as violation:
            raise ValidationError(violation.sentence) from violation


class DatumForm(WhenceForm, ChangeForm):
    """One datum, changed on the card. Its version is the id of the value it was opened on."""

    value = Text("Tieto", max=254, required=False)

    def __init__(self, customer: Customer, field: str, current: Mapping[str, Datum], **kwargs: Any) -> None:
        held = current.get(field)
        filled = {"version": held.id if held else 0, "value": rules.shown(field, held.value) if held else ""}
        super().__init__(data=filled | vars(Detail.of(held)), **kwargs)
        self.kind, self.field = customer.kind, field
        country = current.get(rules.country_of(field))
        self.country = country.value if country else ""
        self.value.label.text = rules.FIELDS[customer.kind][field]
        for one in self:  # several may be open on one card
            one.id = one.label.field_id = f"{field}-{one.id}"

    @property
    def details(self) -> dict[str, Detail]:
        """What is told of the datum besides its value."""
        return {}

    def validate_value(self, value: Field) -> None:
        """The register keeps such a value."""
        if not value.errors:
            check_kept(self.kind, self.field, value.data, self.country)

    def fail(self, violation: RuleViolation) -> None:
        """A sentence on the datum stands on the field of its value."""
        if violation.field == self.field or self.find(violation.field) is None:
            violation = RuleViolation(violation.sentence, field="value")
        super().fail(violation)


class LongDatumForm(DatumForm):
    """One datum of several lines."""

    value = LongText("Tieto", required=False)


class DatedDatumForm(DatumForm, DetailForm):
    """An e-mail address, a phone number or a street, with its use and validity."""

    @property
    def details(self) -> dict[str, Detail]:
        """What was chosen and typed, for the datum of the form."""
        return {self.field: self.detail}


def datum_form(customer: Customer, field: str, current: Mapping[str, Datum]) -> DatumForm:
    """The form for one datum, filled with what now stands in the register."""
    if rules.base(field) in DATED:
        return DatedDatumForm(customer, field, current)
    chosen = LongDatumForm if field == "orders" else DatumForm
    return chosen(customer, field, current)


class AdditionForm(WhenceForm, DetailForm):
    """One more e-mail address, phone number or postal address of a customer."""

    group = ""

    def __init__(self, customer: Customer) -> None:
        super().__init__()
        self.kind = customer.kind

    @property
    def asked(self) -> list[Field]:
        """The fields of what is added."""
        return [self[main] for main in GROUPS[self.group]]

    def values(self, number: int) -> dict[str, str]:
        """What was typed, by the fields of a slot."""
        fields = zip(group_fields(self.group, number), self.asked, strict=True)
        return {field: typed.data or "" for field, typed in fields}


class EmailAdditionForm(AdditionForm):
    """One more e-mail address."""

    group = "email"
    email = line("Sähköpostiosoite", max=254, required="Anna sähköpostiosoite.")


class PhoneAdditionForm(AdditionForm):
    """One more phone number."""

    group = "phone"
    phone = line("Puhelinnumero", max=60, required="Anna puhelinnumero.")


class AddressAdditionForm(AdditionForm):
    """One more postal address, whole."""

    group = "address"
    street = line("Katuosoite", required="Anna katuosoite tai postilokero.")
    postcode = line("Postinumero", max=20)
    city = line("Postitoimipaikka", max=100, required="Anna postitoimipaikka.")
    country = line("Maa", max=100)


ADDITIONS: dict[str, type[AdditionForm]] = {
    "sahkoposti": EmailAdditionForm,
    "puhelin": PhoneAdditionForm,
    "osoite": AddressAdditionForm,
}
