"""The forms of customers. Each field is judged by the register's own rules, so that every mistake shows at once."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from rekisteri.customers import rules, sources
from rekisteri.customers.fields import group_fields, group_of, slot
from rekisteri.kernel.clock import today
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Date, Flag, Form, LongText, Radios, Select, Text, VersionedForm


def _kept(form: Any, field: Field) -> None:
    if not field.errors:
        country = form[rules.country_of(field.name)].data if rules.base(field.name) == "postcode" else ""
        check_kept(form.kind, field.name, field.data, country or "")


def check_kept(kind: str, field: str, value: str | None, country: str) -> None:
    """Say on the form at once what the register would not keep."""
    try:
        rules.check_value(kind, field, value or "", country=country)
    except RuleViolation as violation:
        raise ValidationError(violation.sentence) from violation


def _place(asked: Iterable[str]) -> Callable[[str], int]:
    """Sort key that puts fields in the order the page asks them in, so that the summary of mistakes follows it."""
    order = list(asked)
    return lambda name: order.index(name) if name in order else len(order)


def line(label: str, **rest: Any) -> Text:
    """A field of one line, judged by the register's rules under its own name."""
    return Text(label, validators=[_kept], **rest)


class WhenceForm(Form):
    """Where what is entered comes from: compulsory, because every datum knows its source and date."""

    source = Select("Mistä tiedot saatiin", required="Valitse, mistä tiedot saatiin.")
    obtained_on = Date("Milloin tiedot saatiin", required="Anna päivä, jona tiedot saatiin.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source.choices = [("", "Valitse lähde"), *sources.choices()]
        if not self.is_submitted() and self.obtained_on.data is None:
            self.obtained_on.data = today()

    def validate_obtained_on(self, field: Field) -> None:
        """The day has come."""
        if field.data:
            try:
                rules.check_obtained_on(field.data, today=today())
            except RuleViolation as violation:
                raise ValidationError(violation.sentence) from violation


class DataForm(WhenceForm):
    """All data of a customer of one kind."""

    kind = ""
    _fields: dict[str, Field]

    email = line("Sähköpostiosoite", max=254)
    phone = line("Puhelinnumero", max=60)
    street = line("Katuosoite")
    postcode = line("Postinumero", max=20)
    city = line("Postitoimipaikka", max=100)
    country = line("Maa", max=100)
    orders = LongText("Aikaisemmat tilaukset", validators=[_kept])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = rules.FIELDS[self.kind]
        self._fields = {name: self._fields[name] for name in sorted(self._fields, key=_place(asked))}

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by the register's fields."""
        return {field: self[field].data or "" for field in rules.FIELDS[self.kind] if field in self}

    @property
    def further(self) -> list[Field]:
        """The fields of second and later addresses and numbers."""
        return [field for field in self if slot(field.name) > 1]

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides each field, that a name is there."""
        shaped = super().validate(extra_validators)
        try:
            rules.check_named(self.kind, self.values)
        except RuleViolation as violation:
            self.fail(violation)
            return False
        return bool(shaped)


class PersonForm(DataForm):
    """The data of a person."""

    kind = "person"

    last_name = line("Sukunimi", max=100, required=False)  # one of the two is needed: the rules say so
    first_name = line("Etunimi", max=100, required=False)
    organisation = line("Edustettu yhteisö")


class OrganisationForm(DataForm):
    """The data of an organisation."""

    kind = "organisation"

    name = line("Nimi", required=False)
    business_id = line("Y-tunnus", max=20)


class _New(Form):
    knowingly = Flag("Tallenna silti uutena asiakkaana")


class ChangeForm(VersionedForm):
    """Why something changes."""

    reason = Select(
        "Miksi tiedot muuttuvat", choices=list(rules.REASONS.items()), default="changed", required="Valitse syy."
    )


class NewPersonForm(PersonForm, _New):
    """A person to be entered."""


class NewOrganisationForm(OrganisationForm, _New):
    """An organisation to be entered."""


class ChangedPersonForm(PersonForm, ChangeForm):
    """A person whose data change."""


class ChangedOrganisationForm(OrganisationForm, ChangeForm):
    """An organisation whose data change."""


NEW = {"person": NewPersonForm, "organisation": NewOrganisationForm}
CHANGED = {"person": ChangedPersonForm, "organisation": ChangedOrganisationForm}


def changed_form(kind: str, held: Collection[str]) -> type[DataForm]:
    """The form for changing a customer's data: the main fields, and a further address or number that the customer has."""
    chosen = CHANGED[kind]
    groups = [group for group in ((group_of(field), slot(field)) for field in held) if group[0] and group[1] > 1]
    asked = {field: line(rules.FIELDS[kind][field]) for group in groups for field in group_fields(*group)}
    return type(chosen.__name__, (chosen,), asked)


class SourceForm(VersionedForm):
    """A source of data, with the address its letters go to."""

    kind = Radios(
        "Lähteen laji",
        required="Valitse lähteen laji.",
        choices=[(code, label) for code, label in rules.SOURCE_KINDS.items() if code not in rules.KEPT_SOURCES],
    )
    name = Text("Nimi", required="Anna lähteen nimi.")
    email = Text("Sähköpostiosoite", max=254)
    street = Text("Katuosoite")
    postcode = Text("Postinumero", max=20)
    city = Text("Postitoimipaikka", max=100)
    country = Text("Maa", max=100)
    active = Flag("Lähdettä voi valita uusille tiedoille", default=True)

    @property
    def details(self) -> dict[str, str]:
        """What was typed of its contact details."""
        return {field: self[field].data or "" for field in sources.DETAILS if field != "name"}
