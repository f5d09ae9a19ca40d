"""Papers that come in are judged by their bytes: what is not what it says, or would do harm, is refused in words."""

import io
import struct
import zlib
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.documents import scans, upload_rules
from rekisteri.documents.models import ScanPreview
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.documents.factories import make_scan, picture, upload

pytestmark = pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
PDF_WITH_SCRIPT = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it is `side` x `side` pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0))
    return upload_rules.MAGIC["png"] + head + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


def png_with(name: bytes, data: bytes) -> bytes:
    """A sound PNG that carries one chunk more, just before its end."""
    sound = picture()
    return sound[:-12] + chunk(name, data) + sound[-12:]


REFUSED = {
    "an empty file": (b"", "on tyhjä"),
    "a program": (b"MZ\x90\x00" + b"\0" * 100, "ei ole PDF, JPEG eikä PNG"),
    "a web page": (b"<html><script>alert(1)</script></html>", "ei ole PDF"),
    "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ei ole PDF"),
    "a GIF": (b"GIF89a" + b"\0" * 100, "ei ole PDF"),
    "a Word document": (b"PK\x03\x04" + b"\0" * 100, "ei ole PDF"),
    "an HEIC picture": (b"\0\0\0\x18ftypheic" + b"\0" * 100, "ei ole PDF"),
    "a PDF that begins with something else": (b"<script></script>%PDF-1.7", "ei ole PDF"),
    "a PDF after a line break": (b"\n%PDF-1.7", "ei ole PDF"),
    "PostScript": (b"%!PS-Adobe-3.0", "ei ole PDF"),
    "text": (b"Hei, oikaiskaa tietoni.", "ei ole PDF"),
    "21 megabytes": (b"%PDF-1.7" + b"\0" * (21 * 1024 * 1024), "enintään 20 megatavua"),
    "a bomb of a picture": (png_bomb(60_000), "liian suuri avattavaksi"),
    "a picture a little over the limit": (png_bomb(7_072), "liian suuri avattavaksi"),
    "a broken PNG": (picture()[:60], "vioittunut"),
    "a PNG that is only a head": (upload_rules.MAGIC["png"], "vioittunut"),
    "a PNG without its pixels": (png_bomb(500), "vioittunut"),
    "a broken JPEG": (picture("JPEG", (400, 400))[:300], "vioittunut"),
    "a JPEG that is only a head": (b"\xff\xd8\xff\xe0", "vioittunut"),
    "a JPEG bomb": (
        picture("JPEG", (16, 16)).replace(b"\x00\x10\x00\x10\x03", b"\xff\xff\xff\xff\x03"),
        "liian suuri avattavaksi",
    ),
    "a PNG of no width": (png_bomb(0), "vioittunut"),
    "a PNG whose text swells to a gigabyte": (
        png_with(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000)),
        "vioittunut",
    ),
    "a PNG with a wrong checksum": (picture().replace(b"IDAT", b"IDAX"), "vioittunut"),
    "a BMP": (picture("BMP"), "ei ole PDF"),
    "a WebP": (picture("WEBP"), "ei ole PDF"),
    "a TIFF": (picture("TIFF"), "ei ole PDF"),
    "an EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "ei ole PDF"),
    "an ELF program": (b"\x7fELF" + b"\0" * 60, "ei ole PDF"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "ei ole PDF"),
    "a gzip bomb": (b"\x1f\x8b\x08" + b"\0" * 60, "ei ole PDF"),
    "only zeros": (b"\0" * 1000, "ei ole PDF"),
    "a TIFF that says JPEG": (b"\xff\xd8\xff" + b"II*\0" + b"\0" * 50, "vioittunut"),
}
KEPT = {
    "a PNG": (picture(), "png"),
    "a JPEG": (picture("JPEG"), "jpeg"),
    "a black and white PNG": (picture(mode="1"), "png"),
    "a PNG with a palette": (picture(mode="P"), "png"),
    "a PNG that is see-through": (picture(mode="RGBA"), "png"),
    "a JPEG in print colours": (picture("JPEG", mode="CMYK"), "jpeg"),
    "a PNG of sixteen bits": (picture(mode="I;16"), "png"),
    "a PDF with JavaScript": (PDF_WITH_SCRIPT, "pdf"),
    "a PNG of one pixel": (picture(size=(1, 1)), "png"),
    "a long and narrow PNG": (picture(size=(1, 3000)), "png"),
    "a PNG with a web page after its end": (picture() + b"<script>alert(1)</script>", "png"),
    "a JPEG with an archive after its end": (picture("JPEG") + b"PK\x03\x04evil", "jpeg"),
    "a PNG with a script in its text": (png_with(b"tEXt", b"Comment\0<script>alert(1)</script>"), "png"),
    "a PDF that is also a picture": (b"%PDF-1.7\n" + picture(), "pdf"),
    "a PDF that cannot be opened": (b"%PDF-1.7 rikki", "pdf"),
    "a moving PNG": (picture(save_all=True, append_images=[Image.new("RGB", (60, 80), "red")]), "png"),
    "nineteen megabytes": (b"%PDF-1.7" + b"\0" * (19 * 1024 * 1024), "pdf"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_paper_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        scans.examine(upload(content, "skannaus.png"))
    assert said in refused.value.sentence
    assert "skannaus.png" in refused.value.sentence


@pytest.mark.parametrize(("content", "kind"), KEPT.values(), ids=KEPT)
def test_a_paper_is_kept_whatever_its_name_says(content: bytes, kind: str) -> None:
    examined = scans.examine(upload(content, "virus.exe"))
    assert (examined.kind, examined.content) == (kind, content)
    assert (examined.preview is None) == (kind == "pdf")


@pytest.mark.parametrize("name", [name for name, (_, kind) in KEPT.items() if kind != "pdf"])
def test_the_picture_we_show_is_only_a_picture(name: str) -> None:
    """Whatever was hidden behind the image's end or in its comments is not in what our pages show."""
    kind, small = scans.examine(upload(KEPT[name][0])).preview or ("", b"")
    assert small.startswith(upload_rules.MAGIC[kind])
    assert b"script" not in small
    assert b"PK\x03\x04" not in small
    with Image.open(io.BytesIO(small)) as shown:
        assert max(shown.size) <= 1200
        assert getattr(shown, "n_frames", 1) == 1


def test_what_came_in_is_kept_byte_for_byte(app: Flask) -> None:
    scan = make_scan(PDF_WITH_SCRIPT, "pyyntö.pdf")
    assert scans.scan_content(scan) == PDF_WITH_SCRIPT
    assert scans.scans_of("case:7") == [scan]
    assert scans.preview(scan) is None


def test_a_preview_is_small_and_carries_nothing_hidden() -> None:
    exif = Image.Exif()
    exif[0x010E] = "salainen kuvaus"
    large = picture("JPEG", (3000, 2000), exif=exif, comment=b"salainen kommentti")
    kind, small = scans.examine(upload(large)).preview or ("", b"")
    assert kind == "jpeg"
    assert b"salainen" not in small
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (1200, 800)
        assert not shown.getexif()


def test_a_picture_taken_sideways_is_shown_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    _, small = scans.examine(upload(picture("JPEG", (200, 100), exif=exif))).preview or ("", b"")
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (100, 200)


def test_a_see_through_picture_is_shown_on_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    _, small = scans.examine(upload(file.getvalue())).preview or ("", b"")
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("pyyntö 1.pdf", "pyyntö 1.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Skannaukset\\pyyntö.pdf", "pyyntö.pdf"),
        ("<script>alert(1)</script>.png", "script.png"),
        ("pyyntö\u202efdp.exe", "pyyntöfdp.exe"),
        ("a\x00b\r\nc.png", "ab c.png"),
        ("...", "nimetön"),
        ("", "nimetön"),
        ("x" * 300 + ".pdf", "x" * 145 + "….pdf"),
        ("ääkkönen 😀.jpg", "ääkkönen 😀.jpg"),
    ],
)
def test_a_name_is_text_for_people_and_never_a_path(given: str, shown: str) -> None:
    assert upload_rules.clean_name(given) == shown
    assert len(upload_rules.clean_name(given)) <= upload_rules.LONGEST_NAME


def test_the_log_knows_the_file_but_not_its_name(app: Flask) -> None:
    scan = make_scan(name="Maija Virtasen pyyntö.png")
    logged = db.session.scalars(select(AuditEvent).filter_by(event="scan.stored")).one()
    assert logged.facts == {"kind": "png", "size": scan.size, "sha256": scan.sha256}


def test_a_preview_stands_apart_from_what_came_in(app: Flask) -> None:
    scan = make_scan()
    small = db.session.get_one(ScanPreview, scan.id)
    assert small.content != scans.scan_content(scan)
    assert scans.preview(scan) == ("jpeg", small.content)


@pytest.mark.parametrize("content", [picture(), picture("JPEG"), png_bomb(60_000), b"", b"%PDF-1.7", picture()[:60]])
def test_a_picture_without_a_code_has_none_to_read(content: bytes) -> None:
    assert scans.read_qr(content) == []


@pytest.mark.parametrize("turned", [0, 90, 180, 7])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_code_of_a_form_is_read_from_a_scan_however_it_lay_in_the_scanner(kind: str, turned: int) -> None:
    import segno

    code = io.BytesIO()
    segno.make("http://127.0.0.1:8000/pyynnot/lomake/K7QF2M9X4TBR", error="m").save(code, kind="png", scale=7)
    sheet: Any = Image.new("L", (1240, 1754), "white")
    sheet.paste(Image.open(code).convert("L"), (900, 120))
    scanned = io.BytesIO()
    sheet.rotate(turned, expand=True, fillcolor="white").save(scanned, kind)
    assert scans.read_qr(scanned.getvalue()) == ["http://127.0.0.1:8000/pyynnot/lomake/K7QF2M9X4TBR"]
