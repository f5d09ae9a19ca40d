"""Rules of files that come in: how large, of what kind, under what name. Pure: bytes in, an answer or a sentence out."""

import re
from dataclasses import dataclass

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.text import clean

LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 150
MOST_PIXELS = 50_000_000
MAGIC = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
EXTENSIONS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
FIELD = "scans"


@dataclass(frozen=True)
class Examined:
    """A file that was judged fit to keep; `preview` is its small picture as (kind, bytes), if it is an image."""

    name: str
    kind: str
    content: bytes
    sha256: str
    preview: tuple[str, bytes] | None = None


def judge(content: bytes, *, name: str) -> str:
    """The kind of a file by its first bytes: pdf, jpeg or png."""
    if not content:
        raise RuleViolation(f"Tiedosto {name} on tyhjä. Skannaa paperi uudelleen.", field=FIELD)
    if len(content) > LARGEST:
        raise RuleViolation(
            f"Tiedosto {name} on liian suuri: enintään {LARGEST // (1024 * 1024)} megatavua. "
            "Skannaa pienemmällä tarkkuudella tai useampaan tiedostoon.",
            field=FIELD,
        )
    kind = next((kind for kind, magic in MAGIC.items() if content.startswith(magic)), None)
    if kind is None:
        raise RuleViolation(
            f"Tiedosto {name} ei ole PDF, JPEG eikä PNG. Tallenna paperi jossakin näistä muodoista.", field=FIELD
        )
    return kind


def check_pixels(width: int, height: int, *, name: str) -> None:
    """An image of so many pixels would fill the memory when it is opened, however small its file is."""
    if width < 1 or height < 1:
        raise damaged(name)
    if width * height > MOST_PIXELS:
        raise RuleViolation(
            f"Kuva {name} on liian suuri avattavaksi. Skannaa se enintään 600 pisteen tarkkuudella.", field=FIELD
        )


def damaged(name: str) -> RuleViolation:
    """What is said of an image that cannot be opened to its end."""
    return RuleViolation(f"Kuva {name} on vioittunut, eikä sitä voi avata. Skannaa paperi uudelleen.", field=FIELD)


def clean_name(name: str) -> str:
    """The file's name as a person may read it: without its path, invisible signs and signs that mean something to a shell."""
    last = re.split(r"[\\/]", name)[-1]
    kept = re.sub(r'[<>:"|?*`$;&\x00-\x1f]', "", clean(last)).strip(". ")
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        kept = (
            f"{stem[: LONGEST_NAME - len(ending) - 2]}…{dot}{ending}"
            if dot and len(ending) <= 5
            else kept[:LONGEST_NAME]
        )
    return kept or "nimetön"


def download_name(scan_id: int, kind: str) -> str:
    """What a scan is called when it is saved: nothing personal, and the ending of what it truly is."""
    return f"liite-{scan_id}.{EXTENSIONS[kind]}"
