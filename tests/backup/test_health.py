"""What `flask check` tells of backups: that they are missing, old, never rehearsed, or could not be restored."""

import pytest

from rekisteri.forgotten import keys as forgotten_keys
from tests.backup.factories import back_up, data, fill
from tests.forgotten.factories import erase, forget


@pytest.fixture
def check(command):
    return lambda: command("check").output


def test_a_register_without_a_backup_is_warned_of(app, check):
    told = check()
    assert "huomio    Varmuuskopiota ei ole otettu. Ajasta öisin: flask backup create KANSIO" in told
    assert "harjoiteltu" not in told, "one thing at a time"


def test_with_a_backup_a_rehearsal_and_copied_keys_all_is_well(app, check, command, tmp_path, freeze):
    freeze("2026-11-24")
    fill()
    command("backup", "create", tmp_path / "kopio.tar")
    assert "Palautusta ei ole harjoiteltu. Harjoittele: flask backup drill" in check()
    command("backup", "drill")
    assert "Avaimia ei ole kopioitu talteen. Kopioi: flask backup keys KANSIO" in check()
    command("backup", "keys", tmp_path / "tikku")
    assert "kunnossa  Varmuuskopio on otettu 24.11.2026 klo\xa012.00." in check()


def test_old_backups_and_rehearsals_are_warned_of(app, check, command, tmp_path, freeze):
    freeze("2026-06-01")
    fill()
    back_up(tmp_path / "kopio.tar")
    command("backup", "drill")
    freeze("2026-06-03")
    assert "päivää" not in check()
    freeze("2026-06-04")
    assert "Viimeisin varmuuskopio on 3 päivää vanha." in check()
    freeze("2026-09-30")
    assert "Palautusta on harjoiteltu viimeksi 121 päivää sitten." in check()


@pytest.fixture
def folder(app, command, tmp_path, freeze):
    """A folder into which a backup was taken on the first of June, as it is every night."""
    freeze("2026-06-01")
    fill()
    (tmp_path / "kopiot").mkdir()
    assert command("backup", "create", tmp_path / "kopiot").exit_code == 0
    return tmp_path / "kopiot"


def test_what_lies_in_the_folder_counts_and_not_what_was_once_put_there(folder, check, freeze):
    assert "kopio" not in check().replace("Avaimia ei ole kopioitu talteen. Kopioi", "")
    for path in folder.iterdir():
        path.unlink()
    assert "huomio    Kansiossa, johon varmuuskopiot otetaan, ei ole yhtään kopiota." in check()
    (folder / "rekisteri-2026-05-28-030000.tar").write_bytes(b"")
    assert "huomio    Viimeisin varmuuskopio on 4 päivää vanha." in check()


def test_a_folder_that_cannot_be_reached_is_warned_of_until_it_is_forgotten(folder, check, command):
    folder.rename(folder.with_name("irrotettu"))
    assert f"huomio    Varmuuskopioiden kansiota {folder} ei tavoiteta." in check()
    assert command("backup", "forget", folder).exit_code == 0
    assert "ei tavoiteta" not in check()
    assert "Kansioon ei ole otettu varmuuskopioita" in command("backup", "forget", folder).output


def test_backups_kept_for_too_long_in_a_folder_are_warned_of(folder, check, command):
    (folder / "rekisteri-2026-04-01-030000.tar").write_bytes(b"")
    assert f"Kansiossa {folder} on säilytysaikaa vanhempia varmuuskopioita: 1." in check()
    command("backup", "create", folder)
    assert "säilytysaikaa vanhempia" not in check()


def test_a_spoiled_list_of_folders_stops_no_backup(folder, check, command):
    (data() / "backup-folders.json").write_text("{rikki")
    assert "virhe" not in check()
    assert command("backup", "create", folder).exit_code == 0
    folder.rename(folder.with_name("irrotettu"))
    assert "ei tavoiteta" in check()


def test_the_front_page_of_the_one_who_looks_after_the_machine_tells_of_it(folder, sign_in, client, freeze, app):
    sign_in("paakayttaja")
    assert "Varmuuskopiot" not in client.get("/").page.select_one("main").get_text()
    freeze("2026-06-05")
    sign_in("paakayttaja", username="toinen")
    assert "Viimeisin varmuuskopio on 4 päivää vanha." in client.get("/").text
    clerk = app.test_client()
    sign_in("kasittelija", client=clerk)
    assert "varmuuskopio" not in clerk.get("/").text


def test_a_journal_that_lacks_lines_is_warned_of_and_completed(app, check, tmp_path):
    erase(7)
    (data() / "erasures.jsonl").unlink()
    assert "Poistojen luettelosta erasures.jsonl puuttuu rivejä: 1." in check()
    back_up(tmp_path / "kopio.tar")
    assert "puuttuu rivejä" not in check()


def test_a_damaged_journal_is_a_fault(app, command):
    erase(7)
    path = data() / "erasures.jsonl"
    path.write_text(f'{path.read_text()}"rikki\n')
    done = command("check")
    assert done.exit_code == 1
    assert "virhe     Poistojen luettelon erasures.jsonl rivi 2 on vioittunut" in done.output


def test_a_lost_key_of_the_forgotten_is_a_fault(app, command):
    forget()
    forgotten_keys.key_file().unlink()
    done = command("check")
    assert done.exit_code == 1
    assert "virhe     Poistettuja asiakkaita ei voi tunnistaa, koska avain forgotten.key puuttuu" in done.output
