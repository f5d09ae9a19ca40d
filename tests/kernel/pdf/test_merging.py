"""Files put together: in order, under bookmarks, by a process that no file can hurt."""

import io

import pikepdf
import pymupdf
import pytest

from rekisteri.kernel.pdf import Part, PdfError, feeding, merge, render
from tests.kernel.pdf.pages import whole


def paper(said: str, pages: int = 1) -> bytes:
    breaks = '<p style="break-before: page">lisää</p>' * (pages - 1)
    return render(whole(f"<h1>{said}</h1>{breaks}"), title=said)


def merged(*parts: Part, two_sided: bool = False) -> tuple[bytes, list[int | None]]:
    outcome = merge(parts, title="Koe", two_sided=two_sided)
    with outcome.file as file:
        return file.read(), outcome.pages


def words(content: bytes) -> list[str]:
    with pymupdf.open(stream=content) as file:
        return [" ".join(page.get_text().split()) for page in file]


def test_the_parts_follow_each_other_under_their_bookmarks() -> None:
    content, pages = merged(Part("Eka", paper("Ensimmäinen", 2)), Part("Toka", paper("Toinen")))
    assert pages == [2, 1]
    assert words(content) == ["Ensimmäinen", "lisää", "Toinen"]
    with pymupdf.open(stream=content) as file:
        assert [(name, page) for _, name, page in file.get_toc()] == [("Eka", 1), ("Toka", 3)]


def test_the_file_tells_its_title_and_language() -> None:
    content, _ = merged(Part("Eka", paper("Ensimmäinen")))
    with pikepdf.open(io.BytesIO(content)) as file:
        assert file.docinfo["/Title"] == "Koe"
        assert file.Root.Lang == "fi"
        assert file.Root.ViewerPreferences.DisplayDocTitle


def test_for_both_sides_of_the_paper_an_odd_part_gets_an_empty_page() -> None:
    content, pages = merged(Part("a", paper("Yksi")), Part("b", paper("Kaksi", 2)), two_sided=True)
    assert pages == [1, 2]
    assert words(content) == ["Yksi", "", "Kaksi", "lisää"]


def test_nothing_at_all_is_an_empty_file_and_no_failure() -> None:
    content, pages = merged()
    assert pages == []
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("content", [b"", b"rubbish", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\0" * 5000])
def test_a_doubtful_file_that_cannot_be_read_is_attached_and_told_of(content: bytes) -> None:
    file = Part("Skannaus", content, doubtful=True, name="skannaus.pdf", instead=paper("Ei voi näyttää"))
    written, pages = merged(Part("Eka", paper("Ensimmäinen")), file)
    assert pages == [1, None]
    assert words(written) == ["Ensimmäinen", "Ei voi näyttää"]
    with pymupdf.open(stream=written) as whole_file:
        assert whole_file.embfile_get("skannaus.pdf") == content


def test_a_doubtful_file_gives_its_pages_and_nothing_that_acts() -> None:
    with pikepdf.open(io.BytesIO(paper("Skannattu"))) as file:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        file.Root.OpenAction = action
        file.pages[0].obj.AA = pikepdf.Dictionary(O=action)
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        file.pages[0].obj.Annots = pikepdf.Array([link])
        foreign = io.BytesIO()
        file.save(foreign)
    content, pages = merged(Part("Skannaus", foreign.getvalue(), doubtful=True, name="s.pdf", instead=b""))
    assert pages == [1]
    assert words(content) == ["Skannattu"]
    with pikepdf.open(io.BytesIO(content)) as file:
        assert "/OpenAction" not in file.Root
        assert not {"/AA", "/Annots"} & set(file.pages[0].obj.keys())


def test_a_file_locked_with_a_password_is_attached() -> None:
    with pikepdf.open(io.BytesIO(paper("Salattu"))) as file:
        locked = io.BytesIO()
        file.save(locked, encryption=pikepdf.Encryption(owner="salainen", user="salainen"))
    part = Part("Salattu", locked.getvalue(), doubtful=True, name="salattu.pdf", instead=paper("Lukossa"))
    assert merged(part)[1] == [None]


def test_a_file_of_our_own_that_is_broken_stops_everything_with_a_sentence() -> None:
    with pytest.raises(PdfError, match="Asiakirjoja ei voitu koota"):
        merge([Part("Eka", paper("Ensimmäinen")), Part("Toka", b"rubbish")], title="Koe")


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "SECONDS", 0)
    with pytest.raises(PdfError, match="yritä uudelleen"):
        merge([Part("Eka", paper("Ensimmäinen"))], title="Koe")


def test_a_failure_while_the_parts_are_gathered_is_told_as_itself() -> None:
    def gathered() -> object:
        yield Part("Eka", paper("Ensimmäinen"))
        raise PdfError("Kirjettä ei voitu tulostaa.")

    with pytest.raises(PdfError, match="Kirjettä ei voitu tulostaa"):
        merge(gathered(), title="Koe")  # type: ignore[arg-type]
