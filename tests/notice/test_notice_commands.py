"""The notice at the terminal."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from rekisteri.notice import service
from tests.notice.factories import OLD_NOTICE, published, start
from tests.settings.factories import fill_settings
from tests.support.commands import CommandLine

Freeze = Callable[[str], None]


def test_import_makes_a_draft_and_tells_what_became_of_the_notice(app: Flask, command: CommandLine) -> None:
    result = command("notice", "import", str(OLD_NOTICE))
    assert result.exit_code == 0
    assert "Selosteesta tehtiin luonnos, versio 1: Tilaajarekisteri - tietosuojaseloste" in result.output
    assert "Tunnistetut otsikot: 15" in result.output
    assert "(teksti säilyi omana kohtanaan): 1\n  – Lukijakilpailut" in result.output
    assert "Evästeet: Kohta on tyhjä." in result.output
    assert service.draft().number == 1


def test_import_tells_which_rows_were_not_there(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "seloste.txt"
    file.write_text("Evästeet\tEi ole.\n", encoding="utf-8")
    result = command("notice", "import", str(file))
    assert "Rivit, joita tuodussa selosteessa ei ollut (jäivät tyhjiksi): 14" in result.output


def test_import_says_why_it_made_nothing(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "lista.txt"
    file.write_text("maitoa\nleipää\n", encoding="utf-8")
    result = command("notice", "import", str(file))
    assert result.exit_code == 1
    assert "ei tunnistettu yhtään tietosuojaselosteen otsikkoa" in result.output
    assert service.draft() is None


def test_import_refuses_a_file_that_is_no_text(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "seloste.pdf"
    file.write_bytes(b"%PDF-1.7\0\0")
    result = command("notice", "import", str(file))
    assert result.exit_code == 1
    assert "ei ole tekstiä" in result.output


def test_import_replaces_a_draft_only_when_told_to(app: Flask, command: CommandLine) -> None:
    start()
    refused = command("notice", "import", str(OLD_NOTICE))
    assert refused.exit_code == 1
    assert "Selosteesta on jo luonnos." in refused.output
    assert command("notice", "import", str(OLD_NOTICE), "--replace").exit_code == 0


def test_a_missing_file_is_told(app: Flask, command: CommandLine) -> None:
    assert command("notice", "import", "olematon.txt").exit_code != 0


def test_pdf_writes_the_print_that_was_issued(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    published()
    out = tmp_path / "seloste.pdf"
    result = command("notice", "pdf", str(out))
    assert result.exit_code == 0
    assert f"Version 1 tuloste on tiedostossa {out}." in result.output
    assert out.read_bytes().startswith(b"%PDF-")


def test_pdf_without_a_published_notice_says_so(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    start()
    result = command("notice", "pdf", str(tmp_path / "seloste.pdf"))
    assert result.exit_code == 1
    assert "Yhtään selostetta ei ole vielä julkaistu" in result.output


def test_pdf_into_a_folder_that_is_not_there_says_so(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    published()
    result = command("notice", "pdf", str(tmp_path / "ei" / "seloste.pdf"))
    assert result.exit_code == 1
    assert "ei voi kirjoittaa" in result.output


def test_check_of_a_sound_notice_finds_nothing(app: Flask, command: CommandLine) -> None:
    published()
    result = command("notice", "check")
    assert result.exit_code == 0
    assert "Selosteen version 1 tarkistuksessa ei löytynyt huomautettavaa." in result.output


def test_check_tells_what_the_law_asks_for_and_where_the_register_disagrees(app: Flask, command: CommandLine) -> None:
    fill_settings()
    command("notice", "import", str(OLD_NOTICE))
    result = command("notice", "check")
    assert result.exit_code == 1
    assert "Selosteen luonnoksen (versio 1) tarkistuksessa löytyi huomautettavaa" in result.output
    assert "Säilytysaika (13 artiklan 2 kohdan a alakohta)." in result.output
    assert "Asetuksissa rekisterin nimi on Kuusikon asiakasrekisteri, mutta selosteessa sitä ei ole." in result.output


def test_check_looks_at_the_draft_when_asked(app: Flask, command: CommandLine) -> None:
    published()
    start(retention="")
    assert command("notice", "check").exit_code == 0
    result = command("notice", "check", "--draft")
    assert result.exit_code == 1
    assert "Tietojen säilytysaika: Kohta on tyhjä." in result.output


def test_check_without_any_notice_says_so(app: Flask, command: CommandLine) -> None:
    result = command("notice", "check")
    assert result.exit_code == 1
    assert "Selostetta ei ole" in result.output
    assert "Luonnosta ei ole." in command("notice", "check", "--draft").output
