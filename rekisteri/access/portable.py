"""The portability copy as a file: what the person has given, as JSON and as CSV, with its own description (GDPR art. 20).

The same records stand in both. The description and the JSON Schema are made of what the rooms tell of their records, so
that a new kind of record is described where it is told.
"""

import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from rekisteri.customers.chapters import Chapter, Told, all_told
from rekisteri.kernel.sheets import csv_bytes

FORMAT, VERSION = "asiakasrekisteri-siirto", 1
MEDIA_TYPE = "application/zip"
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_VALUE = {"type": ["string", "integer", "number", "boolean", "null"]}


def portable(told: Mapping[str, Chapter]) -> dict[str, Chapter]:
    """The chapters that belong to the copy: given by the person, and with something in them."""
    return {key: chapter for key, chapter in told.items() if chapter.provided and chapter.data}


def described() -> list[Told]:
    """The chapters that may be in a copy, with the meaning of each key."""
    return [told for told in all_told() if told.fields]


def whole(told: Mapping[str, Chapter], *, controller: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The copy as JSON has it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "created_on": on.isoformat(),
        "controller": {"name": controller["name"], "business_id": controller["business_id"]},
        "register": controller["register_name"],
        "chapters": {key: chapter.data for key, chapter in told.items()},
    }


def packed(told: Mapping[str, Chapter], *, controller: Mapping[str, Any], on: date) -> bytes:
    """The zip: tiedot.json, a CSV file for each chapter, kuvaus.txt and skeema.json. The same data make the same bytes."""
    files = {
        "kuvaus.txt": description(set(told)).encode(),
        "skeema.json": _json(schema()),
        "tiedot.json": _json(whole(told, controller=controller, on=on)),
        **{f"{key}.csv": _csv(key, chapter) for key, chapter in told.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(key: str, chapter: Chapter) -> bytes:
    keys = next(list(one.fields) for one in described() if one.key == key)
    return b"".join(csv_bytes(keys, ([_cell(record.get(name)) for name in keys] for record in chapter.data)))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every copy complies with."""
    chapters = {told.key: {"type": "array", "items": _record(told.fields)} for told in described()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Asiakasrekisterin siirtotiedosto",
        "type": "object",
        "required": ["format", "version", "created_on", "controller", "register", "chapters"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "created_on": {"type": "string", "format": "date"},
            "controller": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "business_id": {"type": "string"}},
            },
            "register": {"type": "string"},
            "chapters": {"type": "object", "properties": chapters, "additionalProperties": False},
        },
    }


def _record(fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(fields),
        "additionalProperties": False,
        "properties": {name: {**_VALUE, "description": meaning} for name, meaning in fields.items()},
    }


def description(keys: Collection[str]) -> str:
    """What is in the file and what each key means, to be read by a person."""
    return "\r\n".join(_described(keys)) + "\r\n"


def _described(keys: Collection[str]) -> Iterator[str]:
    yield "SIIRTOTIEDOSTON KUVAUS"
    yield ""
    yield "Tässä paketissa ovat tiedot, jotka olette antanut rekisteriin (yleisen tietosuoja-asetuksen 20 artikla)."
    yield "tiedot.json   kaikki tiedot JSON-muodossa (UTF-8)"
    yield "*.csv         samat tiedot taulukkoina: UTF-8, erottimena puolipiste, ensimmäisellä rivillä sarakkeiden nimet"
    yield "skeema.json   tiedoston tiedot.json rakenne koneelle (JSON Schema 2020-12)"
    yield "Päivät ovat muodossa vvvv-kk-pp. Tyhjä arvo on JSON-muodossa null ja taulukossa tyhjä."
    yield "Taulukon solun alussa oleva heittomerkki estää taulukkolaskentaa pitämästä tekstiä kaavana; se ei kuulu tietoon."
    for told in described():
        if told.key in keys:
            yield ""
            yield f"{told.key} ({told.key}.csv)"
            yield from (f"  {name}: {meaning}" for name, meaning in told.fields.items())
