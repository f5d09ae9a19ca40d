"""An existing notice taken into use: its headings recognised, its wording kept, its faults told."""

import re
from pathlib import Path

import pytest
from flask import Flask

from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import service
from rekisteri.notice.importing.mending import mended
from rekisteri.notice.importing.service import Report, import_notice
from rekisteri.notice.importing.source import UnreadableFile, decoded, read
from rekisteri.notice.richtext import from_html, plain, to_html
from tests.notice.factories import OLD_NOTICE, section_of

OLD_PAGE = OLD_NOTICE.with_suffix(".html")


def imported(text: str, **options: bool) -> Report:
    """The notice made a draft, saved."""
    with transaction():
        return import_notice(source=read(text), **options)


def text_of(report: Report, key: str) -> str:
    """A row's words in the draft that was made."""
    return plain(from_html(section_of(report.version, key).body))


def test_all_rows_of_the_old_notice_find_their_places(app: Flask) -> None:
    report = imported(decoded(OLD_NOTICE.read_bytes()))
    assert len(report.placed) == 15
    assert report.absent == []
    assert report.unplaced == ["Lukijakilpailut"]
    assert report.version.title == "Tilaajarekisteri - tietosuojaseloste"
    assert text_of(report, "drafted") == "3.4.2017"


def test_the_old_headings_stay_as_they_were(app: Flask) -> None:
    report = imported(decoded(OLD_NOTICE.read_bytes()))
    heading = section_of(report.version, "system").heading
    assert heading == "Rekisterin suojauksen periaatteet B: ATK:lla käsiteltävät toiminnot"


def test_every_sentence_is_kept_word_for_word(app: Flask) -> None:
    source = decoded(OLD_NOTICE.read_bytes())
    report = imported(source)
    kept = " ".join(plain(from_html(section.body)) for section in report.version.sections)
    kept = " ".join(kept.split())
    values = [row.partition("\t")[2] for row in source.replace("</p>\n\n\t", " ").splitlines() if "\t" in row]
    told = [part.strip() for value in values for part in re.split(r"(?<=\.)\s+|<[^>]*>|- (?=[A-Z])|^\[.*\]$", value)]
    assert len([part for part in told if part]) == 20
    assert [part for part in told if part not in kept] == []


def test_a_row_left_empty_stays_empty_and_is_shown(app: Flask) -> None:
    cookies = section_of(imported(decoded(OLD_NOTICE.read_bytes())).version, "cookies")
    assert (cookies.body, cookies.hide_if_empty, cookies.left_out) == ("", False, False)


def test_a_row_that_is_only_a_place_is_filled_in_from_the_settings(app: Flask) -> None:
    report = imported(decoded(OLD_NOTICE.read_bytes()))
    assert section_of(report.version, "controller").automatic
    assert not section_of(report.version, "contact").automatic
    assert "Paikka [yritys, osoite, puhelin] täytetään asetuksista." in [note.sentence for note in report.notes]


def test_dashes_on_one_line_become_a_list(app: Flask) -> None:
    body = section_of(imported(decoded(OLD_NOTICE.read_bytes())).version, "content").body
    assert (
        body
        == "<p>Rekisterissä on:</p><ul><li>Tilaajan etu- ja sukunimi</li><li>Kotiosoite</li><li>Laskutustiedot</li></ul>"
    )


def test_a_sentence_cut_by_a_page_break_is_whole_again(app: Flask) -> None:
    report = imported(decoded(OLD_NOTICE.read_bytes()))
    assert "joka vie lehden tilaajan postilaatikkoon joka aamu." in text_of(report, "disclosures")
    assert "Kesken rivin katkennut virke on yhdistetty." in [note.sentence for note in report.notes]


def test_only_what_was_cut_is_joined() -> None:
    text = from_html("<p>Ensin tämä.</p><p>sitten tuo</p><p>Isolla alkava.</p>")
    assert mended(text) == (text, False)


def test_likely_mistakes_are_told_with_their_sections(app: Flask) -> None:
    report = imported(decoded(OLD_NOTICE.read_bytes()))
    told = [f"{found.heading}: {found.sentence}" for found in report.looks_wrong]
    for expected in (
        "Henkilötietojen käsittelyn tarkoitus: Täyttämättä jäänyt paikka: (s-postiosoite)",
        "Henkilötietojen käsittelyn tarkoitus: ”henkilötietolain” viittaa kumottuun lakiin",
        "Evästeet: Kohta on tyhjä.",
        "Tietojen säännönmukaiset luovutukset: Sama kappale on myös kohdassa ”Säännönmukaiset tietolähteet”",
        "Oikeus vaatia tiedon korjaamista: Allekirjoitusta ei saa asettaa",
        "Yhteyshenkilö rekisteriä koskevissa asioissa: Osoitteesta puuttuu postinumero.",
    ):
        assert any(sentence.startswith(expected) for sentence in told), expected


def test_a_web_page_is_read_by_its_headings_tables_and_lists(app: Flask) -> None:
    report = imported(decoded(OLD_PAGE.read_bytes()))
    assert report.version.title == "Tietosuojaseloste"
    assert text_of(report, "controller") == "Kuusikon Kello Oy Tehtaankuja 3 33100 Tampere"
    assert 'href="mailto:helmi@kuusikonkello.example"' in section_of(report.version, "contact").body
    assert section_of(report.version, "purpose").body.endswith("<ul><li>varaukset</li><li>muistutukset</li></ul>")
    assert "<strong>itse</strong>" in section_of(report.version, "sources").body
    assert text_of(report, "disclosures") == "Ei luovuteta."
    assert text_of(report, "retention") == "Kaksi vuotta huollosta."
    assert text_of(report, "cookies") == "Sivumme eivät käytä evästeitä. Lue lisää."
    assert report.unplaced == ["Takuu", "teksti ennen ensimmäistä otsikkoa"]
    assert "Tarkastusoikeus" in report.absent


def test_nothing_of_the_old_page_runs_or_leads_astray(app: Flask) -> None:
    bodies = "".join(section.body for section in imported(decoded(OLD_PAGE.read_bytes())).version.sections)
    assert "alert" not in bodies
    assert "vanha.example" not in bodies
    assert "color: red" not in bodies


def test_text_without_tabs_is_read_by_its_heading_lines(app: Flask) -> None:
    report = imported(
        "Tietosuojaseloste\n\n1. Rekisterinpitäjä\nKello Oy\n33100 Tampere\n\n2. Tietolähteet:\n- asiakas\n- messut\n\n"
        "Säilytysaika: kaksi vuotta *huollosta*\n"
    )
    assert text_of(report, "controller") == "Kello Oy 33100 Tampere"
    assert section_of(report.version, "sources").body == "<ul><li>asiakas</li><li>messut</li></ul>"
    assert text_of(report, "retention") == "kaksi vuotta *huollosta*"


def test_a_heading_that_comes_twice_keeps_both_texts(app: Flask) -> None:
    report = imported("Tietolähteet\tEnsimmäinen.\nEvästeet\tEi.\nTietolähteet\tToinen.\n")
    assert text_of(report, "sources") == "Ensimmäinen."
    assert report.unplaced == ["Tietolähteet"]
    assert any("Toinen." in section.body for section in report.version.sections)


def test_text_before_the_first_heading_is_kept(app: Flask) -> None:
    report = imported("Seloste\nJohdanto, joka kertoo yrityksestä.\nEvästeet\tEi.\n")
    assert report.version.sections[-1].heading == "Muut tiedot"
    assert "Johdanto, joka kertoo yrityksestä." in report.version.sections[-1].body


def test_a_file_without_a_known_heading_makes_no_draft(app: Flask) -> None:
    with pytest.raises(RuleViolation, match="ei tunnistettu yhtään"):
        imported("Kauppalista\nmaitoa\nleipää\n")
    assert service.draft() is None


def test_a_draft_that_exists_is_replaced_only_when_asked(app: Flask) -> None:
    imported("Evästeet\tEnsin.\n")
    with pytest.raises(RuleViolation, match="on jo luonnos"):
        imported("Evästeet\tSitten.\n")
    report = imported("Evästeet\tSitten.\n", replace=True)
    assert text_of(report, "cookies") == "Sitten."
    assert report.version.number == 1


def test_an_identity_code_is_not_imported(app: Flask) -> None:
    with pytest.raises(RuleViolation, match="Henkilötunnusta"):
        imported("Yhteyshenkilö\tHelmi Rauta 131052-308T\n")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_whatever_its_coding(coding: str) -> None:
    assert decoded("Säännönmukaiset – ”ä”".encode(coding)) == "Säännönmukaiset – ”ä”"


@pytest.mark.parametrize(
    ("content", "said"), [(b"%PDF-1.7\n\0\0", "ei ole tekstiä"), (b"a" * (1024 * 1024 + 1), "liian suuri")]
)
def test_what_is_no_text_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        decoded(content)


@pytest.mark.parametrize("hostile", ["<div>" * 5000, "<table><tr><td>" * 2000, "<ul><li>" * 5000, "<b>" * 20000])
def test_a_page_nested_without_end_is_still_read(app: Flask, hostile: str) -> None:
    report = imported(f"<h2>Evästeet</h2>{hostile}teksti")
    assert "teksti" in "".join(section.body for section in report.version.sections)


def test_an_imported_list_is_written_without_its_dashes_only_once() -> None:
    assert to_html(from_html("<ul><li>- yksi</li></ul>")) == "<ul><li>- yksi</li></ul>"


def test_the_two_test_notices_are_invented() -> None:
    for path in (OLD_NOTICE, OLD_PAGE):
        assert Path(path).stat().st_size < 5000
