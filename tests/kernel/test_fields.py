"""Each kind of field: what it takes, and what it says in Finnish when it will not do."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import FormField, IntegerField, validators
from wtforms.validators import ValidationError

from rekisteri.kernel import forms
from rekisteri.kernel.fields import NOT_OFFERED
from rekisteri.kernel.text import IDENTITY_CODE_SENTENCE
from tests.kernel.notepad import LineForm, NoteForm, SecretForm

DESK = Flask("desk")
DESK.config.update(SECRET_KEY="a form needs one, a test any", WTF_CSRF_ENABLED=False)
ENGLISH = re.compile(r"\b(?:the|this|field|is|must|not|valid|invalid|required|choice|value|be)\b", re.IGNORECASE)


def send(form: type[forms.Form] = NoteForm, **typed: Any) -> Any:
    """The form as it is after a person has sent it; the note's title is filled in unless the test says otherwise."""
    if form is NoteForm:
        typed = {"title": "Otsikko"} | typed
    with DESK.test_request_context(method="POST", data=typed):
        sent = form()
        sent.validate_on_submit()
        return sent


def test_a_well_filled_form_has_nothing_wrong() -> None:
    form = send(on="5.3.2026", email="maija@yritys.fi", section="work", weight="heavy", tags=["red"], urgent="y")
    assert form.errors == {}
    assert form.status == 200
    assert (form.on.data, form.section.data, form.tags.data, form.urgent.data) == (
        date(2026, 3, 5),
        "work",
        ["red"],
        True,
    )


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\t\n", "\u202e \u00ad"])
def test_a_compulsory_text_is_not_satisfied_by_what_nobody_sees(nothing: str) -> None:
    assert send(title=nothing).errors == {"title": ["Anna otsikko."]}


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b"])
def test_voluntary_fields_may_be_left_empty(nothing: str) -> None:
    form = send(text=nothing, on=nothing, email=nothing)
    assert form.errors == {}
    assert form.on.data is None
    assert form.email.data == ""


def test_text_is_cleaned_before_anyone_sees_it() -> None:
    form = send(title=" Mäki\x00nen\u202e  Oy ", text="Eka \r\nToka ")
    assert form.title.data == "Mäkinen Oy"
    assert form.text.data == "Eka\nToka"


def test_too_long_a_text_is_told_its_limit_and_stays_on_the_form() -> None:
    form = send(title="x" * 61, text="y" * 4001)
    assert form.errors == {
        "title": ["Teksti on liian pitkä: enintään 60 merkkiä."],
        "text": ["Teksti on liian pitkä: enintään 4\u00a0000 merkkiä."],
    }
    assert len(form.text.data) == 4001
    assert form.status == 422


@pytest.mark.parametrize("name", ["title", "text", "email"])
def test_an_identity_code_is_refused_with_the_reason_in_every_text(name: str) -> None:
    assert IDENTITY_CODE_SENTENCE in send(**{name: "131052-308T"}).errors[name]


@pytest.mark.parametrize(
    "address",
    ["maija@yritys.fi", "maija.virtanen+lehti@posti.yritys.fi", "toimisto@äänekoski.fi", "O'Neill@example.com"],
)
def test_an_address_that_can_be_delivered_to_is_taken(address: str) -> None:
    assert send(email=address).errors == {}


@pytest.mark.parametrize(
    "address",
    [
        "maija",
        "maija@",
        "@yritys.fi",
        "maija@yritys",
        "maija virtanen@yritys.fi",
        "a@b@c.fi",
        "maija@-y.fi",
        "mäki@y.fi",
    ],
)
def test_an_address_that_cannot_be_delivered_to_is_refused(address: str) -> None:
    assert send(email=address).errors == {"email": ["Kirjoita sähköpostiosoite muodossa nimi@yritys.fi."]}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5.3.2026", date(2026, 3, 5)),
        ("05.03.2026", date(2026, 3, 5)),
        ("5. 3. 2026", date(2026, 3, 5)),
        (" 5.3.2026 ", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("29.2.2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_understood_as_finns_and_machines_write_it(typed: str, day: date) -> None:
    assert send(on=typed).on.data == day


@pytest.mark.parametrize("typed", ["31.2.2026", "29.2.2027", "0.1.2026", "1.13.2026", "2026-02-31", "1.1.0000"])
def test_a_day_that_is_not_in_the_calendar_is_named(typed: str) -> None:
    form = send(on=typed)
    assert form.errors == {"on": [f"Päivää {typed} ei ole kalenterissa."]}
    assert form.on._value() == typed
    assert form.on.data is None


@pytest.mark.parametrize(
    "typed", ["5.3.26", "5/3/2026", "maaliskuussa", "5.3.", "20260305", "٥.٣.٢٠٢٦x", "5.3.2026 klo 12"]
)
def test_what_is_no_day_is_told_how_to_write_one(typed: str) -> None:
    form = send(on=typed)
    assert form.errors == {"on": ["Kirjoita päivä muodossa 5.3.2026."]}
    assert form.on._value() == typed


@given(st.text(max_size=50))
def test_no_text_typed_as_a_day_breaks_the_form(typed: str) -> None:
    form = send(on=typed)
    assert set(form.errors) <= {"on"}
    assert isinstance(form.on.data, date | None)


@given(st.dates())
def test_a_day_shown_on_a_form_comes_back_as_the_same_day(day: date) -> None:
    with DESK.test_request_context():
        shown = NoteForm(formdata=None, data={"on": day}).on._value()
    assert send(on=shown).on.data == (day if day.year >= 1000 else None)


@pytest.mark.parametrize("field", ["section", "weight", "tags"])
def test_only_what_was_offered_can_be_chosen(field: str) -> None:
    assert send(**{field: "purple"}).errors == {field: [NOT_OFFERED]}


def test_no_choice_is_an_answer_where_none_is_needed() -> None:
    form = send()
    assert form.errors == {}
    assert form.tags.data == []
    assert not form.weight.data


class NeedyForm(forms.Form):
    """Compulsory fields of every kind, and numbers behind choices."""

    title = forms.Text("Otsikko", required="Anna otsikko.")
    text = forms.LongText("Teksti", required="Kirjoita teksti.")
    on = forms.Date("Päivä", required="Anna päivä.")
    email = forms.Email("Sähköposti", required="Anna sähköpostiosoite.")
    section = forms.Select("Osasto", choices=[("", "Valitse"), ("a", "A")], required="Valitse osasto.")
    weight = forms.Radios("Paino", choices=[("a", "A")], required="Valitse paino.")
    tags = forms.Checks("Merkinnät", choices=[("a", "A")], required="Valitse jokin merkintä.")
    scans = forms.Upload("Skannaukset", required="Lisää skannaus.")
    new_password = forms.Password("Salasana", required="Anna salasana.")
    size = forms.Select("Koko", choices=[(1, "yksi")], coerce=int, required="Valitse koko.")
    sizes = forms.Checks("Koot", choices=[(1, "yksi")], coerce=int, required="Valitse koot.")


def test_each_compulsory_field_says_in_its_own_words_what_is_missing() -> None:
    assert {name: sentences[0] for name, sentences in send(NeedyForm).errors.items()} == {
        "title": "Anna otsikko.",
        "text": "Kirjoita teksti.",
        "on": "Anna päivä.",
        "email": "Anna sähköpostiosoite.",
        "section": "Valitse osasto.",
        "weight": "Valitse paino.",
        "tags": "Valitse jokin merkintä.",
        "scans": "Lisää skannaus.",
        "new_password": "Anna salasana.",
        "size": "Valitse koko.",
        "sizes": "Valitse koot.",
    }


def test_a_choice_that_is_not_even_a_number_is_refused_in_finnish() -> None:
    errors = send(NeedyForm, size="one", sizes=["one", "two"]).errors
    assert errors["size"] == errors["sizes"] == [NOT_OFFERED]


class ForeignForm(forms.Form):
    """Fields and checks of the form library itself, with none of our sentences."""

    number = IntegerField("Luku", [validators.InputRequired(), validators.NumberRange(1, 5)])
    text = forms.Text("Teksti", required="Anna teksti.", validators=[validators.Length(min=3), validators.Regexp("^a")])
    other = forms.Text("Toinen", validators=[validators.URL(), validators.AnyOf(["x"]), validators.EqualTo("text")])


@pytest.mark.parametrize(
    "typed", [{}, {"number": "many", "text": "b", "other": "c"}, {"number": "9", "text": "bbb", "other": "http://"}]
)
def test_no_sentence_of_the_form_library_is_ever_shown(typed: dict[str, str]) -> None:
    said = [sentence for sentences in send(ForeignForm, **typed).errors.values() for sentence in sentences]
    assert said
    assert not [sentence for sentence in said if ENGLISH.search(sentence)]


def test_a_version_that_is_no_number_is_refused_in_finnish() -> None:
    assert send(version="ensimmäinen").errors == {"version": ["Kirjoita kokonaisluku."]}


def test_a_password_is_neither_trimmed_nor_shown_again() -> None:
    form = send(SecretForm, new_password="  ääkköset ovat sallittuja  ")
    assert form.new_password.data == "  ääkköset ovat sallittuja  "
    assert "sallittuja" not in str(form.new_password())


def test_each_row_says_what_is_wrong_with_it() -> None:
    form = send(**{"lines-0-what": "Maito", "lines-0-on": "31.2.2026", "lines-1-what": " ", "lines-1-on": ""})
    assert form.errors == {
        "lines-0-on": ["Päivää 31.2.2026 ei ole kalenterissa."],
        "lines-1-what": ["Kirjoita asia."],
    }
    assert form.problems() == [
        ("lines-0-on", "Päivää 31.2.2026 ei ole kalenterissa."),
        ("lines-1-what", "Kirjoita asia."),
    ]
    assert form.status == 422


@pytest.mark.parametrize("name", ["lines-²-what", f"lines-{'9' * 5000}-what", "lines--1-what", "lines-x-what", "lines"])
def test_a_row_that_no_page_can_have_sent_is_passed_over(name: str) -> None:
    form = send(**{name: "x"})
    assert form.errors == {}
    assert len(form.lines) == 0


class LimitedForm(forms.Form):
    """A list that as a list may be wrong."""

    @staticmethod
    def _enough(_form: Any, field: Any) -> None:
        if len(field) < 2:
            raise ValidationError("Kirjoita ainakin kaksi asiaa.")

    lines = forms.Rows(FormField(LineForm), validators=[_enough])


def test_a_list_that_is_wrong_as_a_list_says_so_on_top() -> None:
    form = send(LimitedForm, **{"lines-0-what": "Maito"})
    assert form.errors == {None: ["Kirjoita ainakin kaksi asiaa."]}
    assert form.problems() == [(None, "Kirjoita ainakin kaksi asiaa.")]
    assert form.status == 422


def test_the_summary_leads_to_the_first_choice_of_a_group() -> None:
    problems = dict(send(weight="purple", tags=["purple"], section="purple").problems())
    assert list(problems) == ["section", "weight-0", "tags-0"]


@given(st.dictionaries(st.sampled_from(["title", "text", "on", "email", "section", "weight"]), st.text(max_size=40)))
def test_whatever_is_typed_gets_an_answer_in_finnish(typed: dict[str, str]) -> None:
    said = [sentence for sentences in send(**typed).errors.values() for sentence in sentences]
    assert not [sentence for sentence in said if ENGLISH.search(sentence.replace(str(typed.get("on")), ""))]
