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
    assert "huomio    Varmuuskopiota ei ole otettu. Ajasta öisin: flask backup create" in told
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
