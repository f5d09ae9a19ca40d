"""Issued documents and scanned papers, for tests."""

import io
import itertools
from datetime import date
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from PIL import Image
from werkzeug.datastructures import FileStorage

from rekisteri.documents import service
from rekisteri.documents.models import Document, Scan
from rekisteri.kernel.db import transaction

TODAY = date(2026, 11, 23)
CONTROLLER = {
    "name": "Kuusikon Kello Oy",
    "business_id": "9000009-7",
    "lines": ["Tehtaankuja 3", "33100 TAMPERE"],
    "phone": "03 234 5670",
    "email": "toimisto@kuusikonkello.example",
}
ADDRESS = ("Šakki Žukov", "Mäkitie 4 A 3", "00100 HELSINKI")
LETTER = """{% extends "documents/paper/letter.html" %}
{% import "documents/paper/_parts.html" as parts with context %}
{% block subtitle %}Todistus oikaisupyynnön epäämisestä{% endblock %}
{% block body %}
{% for paragraph in paragraphs %}<p>{{ paragraph }}</p>{% endfor %}
{{ parts.facts([("Asianumero", "2026/0007"), ("Tyhjä", "")], caption="Asian tiedot") }}
{{ parts.items([{"what": "Asiakassuhdemarkkinointitieto", "now": "Mäkitie 4\\nHelsinki", "demanded": "", "grounds": "Muutto"}]) }}
{% endblock %}
{% block signature %}{{ parts.signature("Onni Saari", "toimitusjohtaja", place="Tampere 23.11.2026") }}{% endblock %}
"""
FORM = """{% extends "documents/paper/form.html" %}
{% import "documents/paper/_form_parts.html" as form with context %}
{% block lead %}<p>Täyttäkää lomake.</p>{% endblock %}
{% block body %}
{{ form.pair("Nimi", "Puhelinnumero", "Šakki Žukov") }}{{ form.lines("Perusteet", 3) }}{{ form.tick("Tieto on väärä.") }}{{ form.sign() }}
{% endblock %}
"""
_numbers = itertools.count(1)


def add_paper(app: Flask) -> None:
    """Let the application find the letters of these tests beside its own."""
    loader = app.jinja_env.loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([loader, DictLoader({"koe/letter.html": LETTER, "koe/form.html": FORM})])


def issue(*, by: Any = None, on: date = TODAY, paragraphs: Any = ("Kappale.",), **given: Any) -> Document:
    """Issue a letter inside the transaction in progress."""
    values: dict[str, Any] = {
        "kind": "refusal_certificate",
        "number": f"KT 2026/{next(_numbers):04}",
        "title": "Kieltäytymistodistus",
        "template": "koe/letter.html",
        "context": {"controller": CONTROLLER, "paragraphs": list(paragraphs)},
        "addressee": ADDRESS,
        "subject": "case:7",
    }
    return service.issue(**(values | given), by=by, on=on)


def make_document(**given: Any) -> Document:
    """A letter that has been issued, saved and printed."""
    with transaction():
        return issue(**given)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 80), mode: str = "RGB", **options: Any) -> bytes:
    """A small picture of a paper."""
    file = io.BytesIO()
    Image.new(mode, size, "white").save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes, name: str = "pyyntö.png") -> FileStorage:
    """A file as a form's field holds it."""
    return FileStorage(io.BytesIO(content), filename=name)


def make_scan(content: bytes | None = None, name: str = "pyyntö.png", subject: str = "case:7", by: Any = None) -> Scan:
    """A paper that came in, saved."""
    with transaction():
        return service.store_scan(file=upload(content or picture(), name), by=by, subject=subject)
