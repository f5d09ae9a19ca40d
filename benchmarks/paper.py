"""Paper: our whole road against a bare, warm WeasyPrint call, and the notice's markup against the usual table."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from benchmarks.desk import application, office, signed_in
from benchmarks.measure import Ratio, medians

FIXED = "table-layout: fixed"
COLUMN = ".notice th { width: 48mm;"


def ratios() -> Iterator[Ratio]:
    """Certificate, notice, the notice's markup, and a reprint."""
    with office(customers=30, cases=14) as data:
        app = application(data)
        with app.app_context():
            certificate, notice, document = _sources()
            yield from _road("Kieltäytymistodistus", certificate)
            yield from _road("Tietosuojaseloste", notice)
            yield _markup(notice)
        client = signed_in(app)
        address = f"/asiakirjat/{document}.pdf"
        assert client.get(address).data.startswith(b"%PDF-")
        reprint, page = medians(lambda: client.get(address), lambda: client.get("/ohje/lukija"), rounds=60, warm=5)
        yield Ratio("Uusintatuloste / oma lyhyt sivu", reprint / page, 1.5)


def _sources() -> tuple[str, str, int]:
    from sqlalchemy import select

    from rekisteri.documents.models import Document, DocumentSource
    from rekisteri.kernel.db import db

    def newest(kind: str) -> Document:
        found = db.session.scalars(select(Document).filter_by(kind=kind).order_by(Document.id.desc())).first()
        assert found is not None, f"the demo issued no {kind}"
        return found

    def page(document: Document) -> str:
        return db.session.get_one(DocumentSource, document.id).content.decode()

    certificate = newest("refusal_certificate")
    return page(certificate), page(newest("notice")), certificate.id


def _road(name: str, html: str) -> Iterator[Ratio]:
    from rekisteri.kernel.pdf import EmbeddedFile, render

    source = [EmbeddedFile("lahde.html", html.encode(), "Lähde", datetime.now(UTC))]
    plain = bare()
    ours, theirs = medians(lambda: render(html, title=name, attachments=source), lambda: plain(html), rounds=25, warm=4)
    yield Ratio(f"{name}, PDF/A-3a ja PDF/UA-1, koko tie / WeasyPrint lämpimänä", ours / theirs, 1.15)


def bare() -> Callable[[str], bytes]:
    """WeasyPrint as anybody would call it in a loop: the typeface loaded once, no archival profile."""
    import rekisteri.kernel.pdf as package

    os.environ["FONTCONFIG_FILE"] = str(Path(package.__file__).parent / "fonts.conf")
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans Pro"; src: url("file://{folder / file}"); font-weight: {weight} }}'
        for file, weight in (("SourceSansPro-Regular.ttf", 400), ("SourceSansPro-Bold.ttf", 700))
    )
    css = CSS(string=faces, font_config=fonts)
    return lambda html: HTML(string=html).write_pdf(stylesheets=[css], font_config=fonts)


def _markup(notice: str) -> Ratio:
    """The same notice as a table whose columns take their widths from the text, which is what one writes first."""
    assert FIXED in notice, "the notice is no longer laid out by a fixed table"
    assert COLUMN in notice, "the notice's heading column has another width"
    plain, usual = bare(), notice.replace(FIXED, "table-layout: auto").replace(COLUMN, ".notice th {")
    ours, theirs = medians(lambda: plain(notice), lambda: plain(usual), rounds=15)
    return Ratio("Tietosuojaselosteen taitto / sama tavallisena taulukkona", ours / theirs, 0.70)
