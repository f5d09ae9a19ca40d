"""The living style guide: every component in every state, with invented matter. What is built anew is tried here first."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Response, request
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.kernel.formats import fold
from rekisteri.kernel.forms import Checks, Date, Email, Flag, Form, LongText, Password, Radios, Select, Text, Upload
from rekisteri.kernel.web import render

NAMES = (
    "Virtanen",
    "Korhonen",
    "Šakki",
    "Mäkinen-Östergård",
    "Nieminen",
    "Žukov",
    "Lehtonen",
    "Åkerlund",
    "Järvinen",
    "Wirén",
)
GIVEN = ("Maija", "Öyvind", "Kaisa-Liisa", "Pekka", "Aino", "Jean-Luc", "Sirpa", "Yrjö", "Ülle", "Eeva")
TOWNS = ("00100 Helsinki", "33100 Tampere", "90100 Oulu", "20100 Turku", "99870 Inari")
STATES = (
    ("Avoin", "info"),
    ("Odottaa päätöstä", "warn"),
    ("Myöhässä", "bad"),
    ("Valmis", "good"),
    ("Arkistoitu", "neutral"),
)
WORDS = ("Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas", "henkilötietojenkäsittelytoimintaseloste")

COLOURS = {
    "Pohjat": ("paper", "board", "well", "mark", "spine", "label-paper"),
    "Teksti ja viivat": ("ink", "ink-soft", "link", "edge", "rule-fifth", "rule", "margin-line"),
    "Toiminnot": ("act", "act-hover", "stamp", "stamp-hover", "focus"),
    "Sävyt": ("neutral-ground", "info-ground", "good-ground", "warn-ground", "bad-ground"),
}


def _no_shouting(_form: Any, field: Any) -> None:
    if field.data and field.data.isupper():
        raise ValidationError("Kirjoita nimi isolla alkukirjaimella, ei kokonaan isoilla kirjaimilla.")


class SampleForm(Form):
    """One field of every kind."""

    surname = Text("Sukunimi", required="Anna sukunimi.", validators=[_no_shouting])
    email = Email("Sähköpostiosoite")
    postcode = Text("Postinumero", max=5)
    received = Date("Pyyntö saapui", required="Anna päivä, jona pyyntö saapui.")
    reasons = LongText("Perustelut", required="Kirjoita perustelut.")
    way = Select(
        "Toimitustapa",
        required="Valitse toimitustapa.",
        choices=[("", "Valitse"), ("kirje", "Kirje"), ("kirjattu", "Kirjattu kirje"), ("nouto", "Nouto")],
    )
    ground = Radios(
        "Mitä vaaditaan?",
        required="Valitse, mitä tiedolle vaaditaan tehtäväksi.",
        choices=[("oikaisu", "Oikaistaan"), ("taydennys", "Täydennetään"), ("poisto", "Poistetaan")],
    )
    bans = Checks(
        "Kiellot",
        choices=[("suora", "Suoramainonta"), ("eta", "Etämyynti"), ("tutkimus", "Markkina- ja mielipidetutkimus")],
        required="Valitse ainakin yksi kielto.",
    )
    scans = Upload("Skannattu pyyntö", required="Lisää skannattu pyyntö.")
    secret = Password("Salasana")
    sure = Flag("Olen tarkistanut, että kirje lähtee oikealle henkilölle")


def _fresh_form() -> SampleForm:
    return SampleForm(formdata=None, prefix="tyhja-", meta={"csrf": False})


def _locked_form() -> SampleForm:
    return SampleForm(formdata=None, prefix="lukittu-", meta={"csrf": False}, surname="Virtanen", postcode="00100")


def _wrong_form() -> SampleForm:
    """A form as it comes back when everything in it was wrong."""
    typed = {"surname": "VIRTANEN", "email": "maija(at)esimerkki", "postcode": "001000", "received": "31.2.2026"}
    typed |= {"way": "lennätin", "ground": "", "reasons": ""}
    form = SampleForm(
        MultiDict({f"vaara-{name}": text for name, text in typed.items()}), prefix="vaara-", meta={"csrf": False}
    )
    form.validate()
    form.sure.errors = ["Vahvista, että vastaanottaja on tarkistettu."]
    form.fail(RuleViolation("Pyynnön määräaika on jo kulunut, joten sitä ei voi enää jatkaa."))
    return form


def _overtaken_form() -> SampleForm:
    """A form whose matter somebody else saved in the meantime."""
    form = SampleForm(formdata=None, prefix="ohitettu-", meta={"csrf": False}, surname="Virtanen", postcode="00100")
    with form.violations():
        raise Conflict(theirs={"surname": "Virtanen-Šakki", "postcode": "00100"})
    return form


def _people() -> list[dict[str, Any]]:
    return [
        {
            "number": 1001 + index,
            "name": f"{NAMES[index % 10]} {GIVEN[(index * 3 + index // 10) % 10]}",
            "town": TOWNS[index % 5],
            "phone": f"040 555 {1000 + index * 37 % 9000}",
            "email": f"asiakas{index + 1}@esimerkki.example",
            "added": date(2024 + index % 3, 1 + index % 12, 1 + index * 7 % 28),
            "orders": index * 13 % 47,
            "sum": index * 7919 % 25000,
            "state": STATES[index % 5],
        }
        for index in range(50)
    ]


def found(word: str) -> list[dict[str, Any]]:
    """The invented people whose name has `word` in it; at most five, as in a list that has more pages."""
    return [person for person in _people() if fold(word) in fold(person["name"])][:5]


def _diary() -> list[dict[str, Any]]:
    return [
        {
            "at": datetime(2026, 11, 23, 8, 5, tzinfo=UTC),
            "title": "Pyyntö kirjattiin",
            "text": "Kirjaaja Aino Nieminen.",
        },
        {"at": date(2026, 11, 25), "title": "Saapumisilmoitus postitettiin"},
        {"at": "Joulukuussa 2026", "title": "Määräaika päättyy", "text": f"Liite: {WORDS[1]}.pdf"},
    ]


def context(word: str = "") -> dict[str, Any]:
    """Everything the style guide's templates show."""
    return {
        "colours": COLOURS,
        "diary": _diary(),
        "found": found(word),
        "fresh": _fresh_form(),
        "locked": _locked_form(),
        "overtaken": _overtaken_form(),
        "people": _people(),
        "word": word,
        "words": WORDS,
        "wrong": _wrong_form(),
    }


def page() -> Response:
    """The style guide; its sample search answers a POST with the rows that match."""
    return render("home/styleguide.html", fragment="home/_guide_found.html", **context(request.form.get("q", "")))
