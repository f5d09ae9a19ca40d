"""Files go in and out on the command line as they do on the pages."""

import pytest

from rekisteri.customers import search, service
from tests.customers.factories import make_clerk, make_person
from tests.customers.importing.factories import AINO, BERTTA, table

OWN = "Rekisteröity itse"


@pytest.fixture
def file(app, tmp_path):
    make_clerk()
    path = tmp_path / "asiakkaat.csv"
    path.write_bytes(table(AINO, BERTTA, AINO, "Ei;Kelpaa;x;;;;"))
    return str(path)


def test_a_file_is_imported_and_the_numbers_are_told(file, command):
    result = command("customers", "import", file, "--source", OWN, "--date", "5.3.2026", "--by", "kirjaaja")
    assert result.exit_code == 0, result.output
    for told in ("Uusia: 2", "Epäselviä: 1", "Hylättyjä: 1", "Tuonti 1 on valmis."):
        assert told in result.output
    aino = search.page().rows[0]
    assert aino.display_name == "Aho, Aino"
    assert service.current(aino)["phone"].obtained_on.isoformat() == "2026-03-05"


def test_a_dry_run_brings_nothing_in(file, command):
    result = command("customers", "import", file, "--source", OWN, "--dry-run")
    assert "mitään ei tuotu" in result.output
    assert "Uusia: 2" in result.output
    assert search.page().rows == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--source", "Tuntematon"], "ei ole rekisterissä"),
        (["--source", OWN, "--date", "32.1.2026"], "kalenterissa"),
        (["--source", OWN, "--date", "1.1.2099"], "tulevaisuudessa"),
        (["--source", OWN, "--by", "joku"], "Käyttäjää joku ei ole"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(file, command, words, told):
    result = command("customers", "import", file, *words)
    assert result.exit_code == 1
    assert told in result.output


def test_a_file_that_is_no_table_is_told(app, command, tmp_path):
    (tmp_path / "kuva.csv").write_bytes(b"%PDF-1.7")
    result = command("customers", "import", str(tmp_path / "kuva.csv"), "--source", OWN)
    assert "PDF-tiedosto" in result.output


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_customers_are_exported_to_a_file_of_one_s_own(app, command, tmp_path, ending):
    make_person()
    path = tmp_path / f"asiakkaat.{ending}"
    result = command("customers", "export", str(path), "--purpose", "Kokeilu", "--by", "kirjaaja")
    assert "Tiedostossa on 1 asiakasta." in result.output
    assert path.stat().st_mode & 0o777 == 0o600
    again = command("customers", "import", str(path), "--source", OWN)
    assert "Ennallaan: 1" in again.output


def test_nothing_is_exported_without_a_purpose_or_customers(app, command, tmp_path):
    assert command("customers", "export", str(tmp_path / "a.csv")).exit_code == 2
    result = command("customers", "export", str(tmp_path / "a.csv"), "--purpose", "Kokeilu")
    assert "yhtään asiakasta" in result.output
    assert not (tmp_path / "a.csv").exists()
