"""Forms: shape only. What the law or the register forbids is said by the rules and shown on the same form."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from rekisteri.kernel.db import new_key
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.kernel.fields import (
    Checks,
    Date,
    Email,
    Flag,
    Hidden,
    InFinnish,
    LongText,
    Money,
    Password,
    Quantity,
    Radios,
    Row,
    Rows,
    Select,
    Text,
    Upload,
    parse_date,
)

__all__ = [
    "Checks",
    "Date",
    "Email",
    "Flag",
    "Form",
    "Hidden",
    "LongText",
    "Money",
    "Password",
    "Quantity",
    "Radios",
    "Row",
    "Rows",
    "Select",
    "Text",
    "Upload",
    "VersionedForm",
    "parse_date",
]


def _own_key(key: str | None) -> str:
    """The form's key as it came; a fresh one for what no form of ours can have carried."""
    return key if key and re.fullmatch(r"[A-Za-z0-9_-]{8,40}", key) else new_key()


class Form(FlaskForm):
    """What every form has: a key that makes a double click harmless, and room for what the rules say."""

    Meta = InFinnish

    once = HiddenField(default=new_key, filters=[_own_key])

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
        whole: list[tuple[str | None, str]] = [(None, sentence) for sentence in self._whole()]
        return whole + [(_first_input(field), str(said)) for field in _leaves(self) for said in field.errors]

    def _whole(self) -> list[str]:
        """What is wrong with no single field: sentences of the form, and of a list of rows as a list."""
        lists = [field for field in self if isinstance(field, FieldList)]
        return [*self.form_errors, *(said for rows in lists for said in rows.errors if isinstance(said, str))]

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
        whole = self._whole()
        found: dict[str | None, list[str]] = {None: whole} if whole else {}
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
    """What a field holds, as the person reads it: the choices' names, not their codes."""
    if isinstance(field, SelectField | SelectMultipleField):
        return ", ".join(str(choice.label.text) for choice in field if choice.checked)
    if isinstance(field, BooleanField):
        return "kyllä" if field.data else "ei"
    value: Callable[[], str] | None = getattr(field, "_value", None)
    return value() if value else str(field.data or "")


class _Version(IntegerField):
    """The version a form was filled from. A form sent without one was filled from none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        super().process_formdata(valuelist)


class VersionedForm(Form):
    """A form over something that two people may have open at once."""

    version = _Version(widget=HiddenInput(), validators=[Optional()])
