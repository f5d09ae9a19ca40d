"""Forms: shape only. What the law or the register forbids is said by the rules and shown on the same form.

A text field is clean (`kernel.text`) before anything sees it, and what was typed stays on the page when it is not accepted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from rekisteri.kernel.db import new_key
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.kernel.text import check_no_identity_code, clean

__all__ = [
    "Checks",
    "Date",
    "Email",
    "Flag",
    "Form",
    "Hidden",
    "LongText",
    "Password",
    "Radios",
    "Select",
    "Text",
    "Upload",
    "VersionedForm",
]


def _needed(sentence: str | bool | None) -> list[Any]:
    """`required="Anna sukunimi."` makes a field compulsory and is what the person reads when it is empty."""
    if not sentence:
        return [Optional()]
    return [InputRequired(sentence if isinstance(sentence, str) else "Tämä tieto tarvitaan.")]


def _longest(signs: int) -> Length:
    return Length(max=signs, message=f"Teksti on liian pitkä: enintään {signs} merkkiä.")


def _no_identity_code(_form: Any, field: Field) -> None:
    try:
        check_no_identity_code(field.data or "")
    except RuleViolation as violation:
        raise ValidationError(violation.sentence) from violation


class Text(StringField):
    """One line of text."""

    def __init__(self, label: str, *, required: str | None = None, max: int = 200, **rest: Any) -> None:
        checks = [*_needed(required), _longest(max), _no_identity_code, *rest.pop("validators", [])]
        super().__init__(label, validators=checks, filters=[lambda text: clean(text) if text else text], **rest)


class LongText(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str, *, required: str | None = None, max: int = 4000, **rest: Any) -> None:
        checks = [*_needed(required), _longest(max), _no_identity_code, *rest.pop("validators", [])]
        filters = [lambda text: clean(text, lines=True) if text else text]
        super().__init__(label, validators=checks, filters=filters, **rest)


class Email(Text):
    """An e-mail address as it can be delivered to; the domain may have letters of any language."""

    def __init__(self, label: str, *, required: str | None = None, **rest: Any) -> None:
        super().__init__(label, required=required, max=254, validators=[_is_email], **rest)


def _is_email(_form: Any, field: Field) -> None:
    try:
        validate_email(field.data, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError("Kirjoita sähköpostiosoite muodossa nimi@yritys.fi.") from error


class Password(PasswordField):
    """A secret: neither trimmed nor shown again."""

    def __init__(self, label: str, *, required: str | None = "Anna salasana.", **rest: Any) -> None:
        super().__init__(label, validators=[*_needed(required), *rest.pop("validators", [])], **rest)


class Date(Field):
    """A day, typed as Finns write it (5.3.2026); the ISO form is understood as well."""

    widget = TextInput()

    def __init__(self, label: str, *, required: str | None = None, **rest: Any) -> None:
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


class _Chosen:
    """Choices whose refusal is in Finnish."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValueError as error:
            raise StopValidation("Valitse jokin annetuista vaihtoehdoista.") from error


class Select(_Chosen, SelectField):
    """One of a list; an empty first choice when it need not be given."""

    def __init__(self, label: str, *, required: str | None = None, **rest: Any) -> None:
        super().__init__(label, validators=_needed(required), **rest)


class Radios(_Chosen, RadioField):
    """One of a few, all in sight."""

    def __init__(self, label: str, *, required: str | None = None, **rest: Any) -> None:
        super().__init__(label, validators=_needed(required), validate_choice=bool(required), **rest)

    def pre_validate(self, form: Any) -> None:
        known = {value for value, _label in self.choices}  # type: ignore[union-attr, misc]
        if self.data and self.data not in known:
            raise StopValidation("Valitse jokin annetuista vaihtoehdoista.")


class Checks(_Chosen, SelectMultipleField):
    """Any of a few, all in sight."""

    def __init__(self, label: str, *, required: str | None = None, **rest: Any) -> None:
        super().__init__(label, validators=_needed(required), **rest)


class Flag(BooleanField):
    """Yes or no."""


class Hidden(HiddenField):
    """A value that travels with the form."""


class Upload(MultipleFileField):
    """Files from the scanner. Their content is judged when they are stored, not by their names."""

    def __init__(self, label: str, *, required: str | None = None, **rest: Any) -> None:
        self.required_sentence = required
        super().__init__(label, **rest)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [file for file in valuelist if getattr(file, "filename", "")]

    def pre_validate(self, form: Any) -> None:
        if self.required_sentence and not self.data:
            raise StopValidation(self.required_sentence)


class Form(FlaskForm):
    """What every form has: a key that makes a double click harmless, and room for what the rules say."""

    class Meta:
        locales = ["fi"]

    once = HiddenField(default=new_key)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: Conflict | None = None

    def fail(self, violation: RuleViolation) -> None:
        """Show the rule's sentence on the field it belongs to, or on the form as a whole."""
        field = self.find(violation.field)
        if field is not None:
            field.errors = [*field.errors, violation.sentence]
        else:
            self.form_errors.append(violation.sentence)

    def find(self, name: str | None) -> Field | None:
        """The field of this name, also one inside a list of rows (`rows-0-field`)."""
        return next((field for field in _leaves(self) if field.name == name), None)

    def problems(self) -> list[tuple[str | None, str]]:
        """Everything that is wrong, for the summary on top: the field's id (None: the form as a whole), the sentence."""
        whole: list[tuple[str | None, str]] = [(None, sentence) for sentence in self.form_errors]
        return whole + [(_first_input(field), str(said)) for field in _leaves(self) for said in field.errors]

    @contextmanager
    def violations(self) -> Iterator[None]:
        """Take what the rules refuse in the block, and what somebody else saved meanwhile, onto this form."""
        try:
            yield
        except RuleViolation as violation:
            self.fail(violation)
        except Conflict as conflict:
            self.conflict = conflict
            self.form_errors.append(conflict.sentence)
            if "version" in self._fields and conflict.version is not None:
                self._fields["version"].data = conflict.version
                self._fields["version"].raw_data = None

    @property
    def errors(self) -> dict[str | None, list[str]]:
        """All sentences by field name, rows of lists included; None holds those of the form as a whole."""
        found: dict[str | None, list[str]] = {None: list(self.form_errors)} if self.form_errors else {}
        return found | {field.name: [str(said) for said in field.errors] for field in _leaves(self) if field.errors}

    @property
    def status(self) -> int:
        """200 for a fresh form, 409 after a conflict, 422 when something is wrong."""
        if self.conflict:
            return 409
        return 422 if self.errors else 200

    def mine_and_theirs(self) -> list[tuple[str, str, str]]:
        """After a conflict: label, what I typed, what now stands in the register; only where they differ."""
        theirs = self.conflict.theirs if self.conflict else {}
        rows = [(name, field) for name, field in self._fields.items() if name in theirs]
        compared = [(field.label.text, _shown(field), theirs[name]) for name, field in rows]
        return [row for row in compared if row[1] != row[2]]


def _leaves(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _leaves(field)
        else:
            yield field


def _first_input(field: Field) -> str:
    """Where the summary's link leads: a group's first choice, or the field itself."""
    if isinstance(field, RadioField | Checks):
        return next((str(choice.id) for choice in field), str(field.id))
    return str(field.id)


def _shown(field: Field) -> str:
    value: Callable[[], str] | None = getattr(field, "_value", None)
    return value() if value else str(field.data or "")


class VersionedForm(Form):
    """A form over something that two people may have open at once."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
