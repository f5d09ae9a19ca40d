"""HTML in, archival PDF out. Imported by the renderer process alone: a web worker never loads WeasyPrint.

One file is both PDF/A-3a (ISO 19005-3: readable for decades) and PDF/UA-1 (ISO 14289-1: readable by everybody), with its
fonts inside. Nothing is fetched while a document is made: the fonts come from the installed package, and a document that
points anywhere else is not printed at all, because what would be missing from the paper nobody could see.
"""

import gc
import logging
import re
from importlib.resources import files

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from rekisteri.kernel.pdf.wire import EmbeddedFile, Job

_FONT_SCHEME = "rekisteri-font:"
_FACES = {
    "SourceSansPro-Regular.ttf": ("normal", "400"),
    "SourceSansPro-It.ttf": ("italic", "400"),
    "SourceSansPro-Bold.ttf": ("normal", "700"),
    "SourceSansPro-BoldIt.ttf": ("italic", "700"),
}
# PDF/UA-1 asks for its part number in the metadata; PDF/A asks that every schema of its own be described there.
_UA_METADATA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
# Signs that no font may claim to know (private use, tags, halves of pairs), and what is printed for a sign without a glyph.
_WITHOUT_GLYPH = re.compile("[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff]")
_EMPTY_BOX = "\N{WHITE VERTICAL RECTANGLE}"
_LINE = (
    '<!doctype html><html lang="fi"><style>html { font: 11pt "Source Sans Pro", "DejaVu Sans" } table { table-layout: fixed }'
    "</style><h1>Näyte</h1><p>Rivi <b>tekstiä</b>.</p><table><tr><th>Tieto<td>Arvo</table>"
)


class NoFetch(URLFetcher):
    """Refuses every address, whatever the scheme, and stops the document that names one."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        raise FatalURLFetchingError("asiakirja viittaa ulkoiseen tiedostoon")


class FontFetch(NoFetch):
    """Knows the four faces of our own typeface, straight from the installed package, and nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(_FONT_SCHEME)
        if not url.startswith(_FONT_SCHEME) or name not in _FACES:
            return super().fetch(url, headers)
        content = (files("font_source_sans_pro") / "files" / name).read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})


class _MissingGlyphs(logging.Handler):
    """Hears which signs WeasyPrint found no glyph for; nothing of it is written anywhere."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.signs: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.signs.add(str(record.args[0]))


class Engine:
    """WeasyPrint with our typeface loaded and warmed, ready to be copied by fork for each job."""

    def __init__(self) -> None:
        self._missing = _MissingGlyphs()
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self._missing]  # its warnings quote the document's text: they go nowhere else
        logger.propagate = False
        self._fonts = FontConfiguration()
        faces = "".join(
            f'@font-face {{ font-family: "Source Sans Pro"; src: url("{_FONT_SCHEME}{name}");'
            f" font-style: {style}; font-weight: {weight} }}"
            for name, (style, weight) in _FACES.items()
        )
        self._css = CSS(string=faces, font_config=self._fonts, url_fetcher=FontFetch())
        self.pdf(Job((files("rekisteri.kernel.pdf") / "sample.html").read_text(), "Näyte"))
        gc.collect()
        gc.freeze()

    def touch(self) -> None:
        """In a child just forked: print a line, so that the memory every document needs is its own beforehand."""
        self.pdf(Job(_LINE, "Näyte"))

    def pdf(self, job: Job) -> bytes:
        """The document as PDF/A-3a and PDF/UA-1 bytes; the same job gives the same bytes.

        A sign that no installed font has is printed as an empty box: never as another sign, and never as a gap.
        """
        self._missing.signs.clear()
        html = _WITHOUT_GLYPH.sub(_EMPTY_BOX, job.html)
        printed = self._write(html, job)
        if not self._missing.signs:
            return printed
        return self._write(html.translate({ord(sign): _EMPTY_BOX for sign in self._missing.signs}), job)

    def _write(self, html: str, job: Job) -> bytes:
        source = HTML(string=html, url_fetcher=NoFetch())
        document = source.render(font_config=self._fonts, stylesheets=[self._css], pdf_variant="pdf/a-3a")
        metadata = document.metadata
        metadata.title = job.title
        metadata.lang = metadata.lang or "fi"
        plain = metadata.generate_rdf_metadata
        metadata.generate_rdf_metadata = lambda *args: plain(*args).replace(b"</rdf:RDF>", _UA_METADATA)
        return document.write_pdf(pdf_variant="pdf/a-3a", attachments=[_attachment(file) for file in job.attachments])


def _attachment(file: EmbeddedFile) -> Attachment:
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=file.at,
        modified=file.at,
        url_fetcher=NoFetch(),
    )
