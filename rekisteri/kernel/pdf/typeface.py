"""Our typeface as the drawer uses it: how wide a text is, how it is written, and how the face is put into a file."""

from importlib.resources import files

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

FACE = "SourceSansPro-Regular.ttf"
_EMPTY_BOX = "\N{WHITE VERTICAL RECTANGLE}"
_MAPPING = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def
/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
{} endcmap CMapName currentdict /CMap defineresource pop end end"""
_AT_ONCE = 100


class _Writing(dict[int, str]):
    """Sign → the code of its glyph; a sign without a glyph is written as an empty box, never as nothing."""

    def __missing__(self, _sign: int) -> str:
        return "0000"


class _Widths(dict[str, int]):
    """Sign → its width in thousandths of the size; of a sign without a glyph that of the empty box."""

    def __init__(self, widths: dict[str, int], empty_box: int) -> None:
        super().__init__(widths)
        self._empty_box = empty_box

    def __missing__(self, _sign: str) -> int:
        return self._empty_box


class Typeface:
    """Source Sans, read once in a process."""

    def __init__(self) -> None:
        self._content = (files("font_source_sans_pro") / "files" / FACE).read_bytes()
        self._font = TTFont(files("font_source_sans_pro") / "files" / FACE, lazy=True)
        names: dict[int, str] = self._font.getBestCmap()
        scale = 1000 / self._font["head"].unitsPerEm
        metrics = self._font["hmtx"].metrics
        self._glyphs = {sign: self._font.getGlyphID(name) for sign, name in names.items()}
        widths = {chr(sign): round(metrics[name][0] * scale) for sign, name in names.items()}
        self._widths = _Widths(widths, round(metrics[".notdef"][0] * scale))
        self._writing = _Writing({sign: f"{glyph:04x}" for sign, glyph in self._glyphs.items()})

    def width(self, text: str, size: float) -> float:
        """How wide a line is at a size, both in points."""
        return sum(map(self._widths.__getitem__, text)) * size / 1000

    def written(self, text: str) -> str:
        """A line as it stands in a page's drawing: the codes of its glyphs."""
        return text.translate(self._writing)

    def embed(self, pdf: Pdf) -> pikepdf.Object:
        """Put the whole face into a file; lines are then found and copied as text."""
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.SourceSansPro, Flags=32, FontBBox=Array([-454, -293, 2159, 968]),
            ItalicAngle=0, Ascent=984, Descent=-273, CapHeight=660, StemV=84,
            FontFile2=pdf.make_stream(self._content, Length1=len(self._content)),
        )  # fmt: skip
        by_glyph = {glyph: self._widths[chr(sign)] for sign, glyph in self._glyphs.items()}
        widths = Array([item for glyph in sorted(by_glyph) for item in (glyph, Array([by_glyph[glyph]]))])
        drawn = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.SourceSansPro, CIDToGIDMap=Name.Identity, DW=500,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor), W=widths,
        )  # fmt: skip
        face = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.SourceSansPro, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(drawn)]), ToUnicode=pdf.make_stream(self._mapping()),
        )  # fmt: skip
        return pdf.make_indirect(face)

    def _mapping(self) -> bytes:
        """Which glyph stands for which sign, so that a text can be searched and read aloud."""
        signs: dict[int, int] = {0: ord(_EMPTY_BOX)}
        for sign, glyph in self._glyphs.items():
            signs.setdefault(glyph, sign)
        pairs = [f"<{glyph:04x}> <{chr(sign).encode('utf-16-be').hex()}>" for glyph, sign in sorted(signs.items())]
        parts = [pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE)]
        told = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
        return _MAPPING.format(told).encode()
