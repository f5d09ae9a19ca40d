"""The fields a form is made of: what each takes, how it is cleaned, and what it says in Finnish when it will not do.

A text field is clean (`kernel.text`) before anything sees it, and what was typed stays on the page when it is not accepted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    HiddenField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from rekisteri.kernel.amounts import LARGEST, read_money, read_quantity
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date, fi_decimal, fi_money, fi_number
from rekisteri.kernel.text import check_no_identity_code, clean, email_address

NEEDED = "Tämä tieto tarvitaan."


def _needed(sentence: str | bool | None) -> list[Any]:
    """`required="Anna sukunimi."` makes a field compulsory and is what the person reads when it is empty.

    None makes it voluntary, and the page says so; False leaves it to the rules, which know when it is needed.
    """
    if sentence is False:
        return []
    if not sentence:
        return [Optional()]
    return [DataRequired(sentence if isinstance(sentence, str) else NEEDED)]


def _longest(signs: int) -> Callable[[Any, Field], None]:
    def check(_form: Any, field: Field) -> None:
        if len(field.data or "") > signs:
            raise StopValidation(f"Teksti on liian pitkä: enintään {fi_number(signs)} merkkiä.")

    return check


def _no_identity_code(_form: Any, field: Field) -> None:
    try:
        check_no_identity_code(field.data or "")
    except RuleViolation as violation:
        raise ValidationError(violation.sentence) from violation


class Text(StringField):
    """One line of text."""

    def __init__(self, label: str, *, required: str | bool | None = None, max: int = 200, **rest: Any) -> None:
        checks = [*_needed(required), _longest(max), _no_identity_code, *rest.pop("validators", [])]
        super().__init__(label, validators=checks, filters=[lambda text: clean(text) if text else text], **rest)


class LongText(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str, *, required: str | bool | None = None, max: int = 4000, **rest: Any) -> None:
        checks = [*_needed(required), _longest(max), _no_identity_code, *rest.pop("validators", [])]
        filters = [lambda text: clean(text, lines=True) if text else text]
        super().__init__(label, validators=checks, filters=filters, **rest)


class Email(Text):
    """An e-mail address as it can be delivered to; the domain may have letters of any language."""

    def __init__(self, label: str, *, required: str | bool | None = None, **rest: Any) -> None:
        super().__init__(label, required=required, max=254, validators=[_is_email], **rest)


def _is_email(_form: Any, field: Field) -> None:
    if not field.data:
        return
    try:
        email_address(field.data)
    except RuleViolation as violation:
        raise ValidationError(violation.sentence) from violation


class Password(PasswordField):
    """A secret: neither trimmed nor shown again."""

    def __init__(self, label: str, *, required: str | None = "Anna salasana.", **rest: Any) -> None:
        super().__init__(label, validators=[*_needed(required), *rest.pop("validators", [])], **rest)


class Date(Field):
    """A day, typed as Finns write it (5.3.2026); the ISO form is understood as well."""

    widget = TextInput()

    def __init__(self, label: str, *, required: str | bool | None = None, **rest: Any) -> None:
        self.typed: str = ""
        super().__init__(label, validators=[*_needed(required), *rest.pop("validators", [])], **rest)

    def _value(self) -> str:
        return self.typed or fi_date(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = clean(valuelist[0])[:40] if valuelist else ""
        self.data = parse_date(self.typed) if self.typed else None

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()


def parse_date(text: str) -> date:
    """The day that `text` means. Raises ValueError with the sentence to show."""
    finnish = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if finnish:
        day, month, year = (int(part) for part in finnish.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        raise ValueError("Kirjoita päivä muodossa 5.3.2026.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"Päivää {text} ei ole kalenterissa.") from error


class _Given(DataRequired):
    """Something must be given; nought is something."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None:
            super().__call__(form, field)


class _Amount(Field):
    """A number with decimals, kept as a whole number of its smallest unit; what was typed stays on the page."""

    widget = TextInput()
    _read: ClassVar[Any]
    _written: ClassVar[Any]

    def __init__(
        self,
        label: str,
        *,
        required: str | bool | None = None,
        minimum: int = 0,
        maximum: int = LARGEST,
        **rest: Any,
    ) -> None:
        self.typed: str | None = None
        self.bounds = {"minimum": minimum, "maximum": maximum}
        needed = [_Given(required if isinstance(required, str) else NEEDED)] if required else _needed(required)
        super().__init__(label, validators=[*needed, *rest.pop("validators", [])], **rest)

    def _value(self) -> str:
        return type(self)._written(self.data).removesuffix("\u00a0€") if self.typed is None else self.typed

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = clean(valuelist[0])[:40] if valuelist else ""
        self.data = None
        self.data = type(self)._read(self.typed, **self.bounds) if self.typed else None

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()


class Money(_Amount):
    """Euros and cents, typed ”1 234,5” or ”1234.50 €”; the data is whole cents. Bounds are cents, nought the least."""

    _read = staticmethod(read_money)
    _written = staticmethod(fi_money)


class Quantity(_Amount):
    """How many or how much, typed ”2” or ”1,5”; the data is whole thousandths. Bounds are thousandths, nought the least."""

    _read = staticmethod(read_quantity)
    _written = staticmethod(fi_decimal)


NOT_OFFERED = "Valitse jokin annetuista vaihtoehdoista."


class _Chosen:
    """Choices given as (code, name) pairs; only what was offered is accepted, and an empty answer is no choice."""

    data: Any
    process_errors: Sequence[str]

    def __init__(self, label: str, *, required: str | bool | None = None, choices: Any = None, **rest: Any) -> None:
        named = [SelectChoice(*pair) for pair in choices] if isinstance(choices, list | tuple) else choices
        super().__init__(label, validators=_needed(required), choices=named, **rest)  # type: ignore[call-arg]

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()
        offered = {self.coerce(choice.value) for choice in self.iter_choices()}  # type: ignore[attr-defined]
        chosen = self.data if isinstance(self.data, list) else [self.data]
        if any(value not in offered for value in chosen if value not in {None, ""}):
            raise StopValidation(NOT_OFFERED)


class Select(_Chosen, SelectField):
    """One of a list; an empty first choice when it need not be given."""


class Radios(_Chosen, RadioField):
    """One of a few, all in sight."""


class Checks(_Chosen, SelectMultipleField):
    """Any of a few, all in sight."""


class Flag(BooleanField):
    """Yes or no."""


class Hidden(HiddenField):
    """A value that travels with the form."""


class Upload(MultipleFileField):
    """Files from the scanner. Their content is judged when they are stored, not by their names."""

    def __init__(self, label: str, *, required: str | bool | None = None, **rest: Any) -> None:
        self.required_sentence = required
        super().__init__(label, **rest)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [file for file in valuelist if getattr(file, "filename", "")]

    def pre_validate(self, form: Any) -> None:
        if self.required_sentence and not self.data:
            raise StopValidation(self.required_sentence)


class _Finnish:
    """What WTForms would say by itself, in our words; its own translation is partly in English."""

    _SENTENCES: ClassVar[dict[str, str]] = {
        "This field is required.": NEEDED,
        "Not a valid integer value.": "Kirjoita kokonaisluku.",
        "Invalid Choice: could not coerce.": NOT_OFFERED,
        "Invalid choice(s): one or more data inputs could not be coerced.": NOT_OFFERED,
        "Not a valid choice.": NOT_OFFERED,
    }

    def gettext(self, text: str) -> str:
        return self._SENTENCES.get(text, "Tarkista tämä tieto.")

    def ngettext(self, singular: str, _plural: str, _count: int) -> str:
        return self.gettext(singular)


class InFinnish:
    """The settings of every form: no sentence of WTForms' own is ever shown."""

    def get_translations(self, _form: Any) -> _Finnish:
        return _Finnish()


class Row(PlainForm):
    """One row of a list of rows inside a form: `Rows(FormField(OrderRow))`."""

    Meta = InFinnish


class Rows(FieldList):
    """A list of rows. Names that no page of ours can have sent (`rows-²-name`) are passed over."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        numbered = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})(?:-|$)")
        return (int(found[1]) for name in formdata if (found := numbered.match(name)))
