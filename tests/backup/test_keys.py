"""The keys are copied once, to another place than the backups, and recognised by a fingerprint."""

import pytest

from rekisteri.backup import keys, service
from rekisteri.kernel.errors import RuleViolation
from tests.backup.factories import data, fill
from tests.forgotten.factories import forget


def test_both_keys_are_copied_for_this_user_only(app, command, tmp_path):
    fill()
    forget()
    done = command("backup", "keys", tmp_path / "tikku")
    assert done.exit_code == 0
    for name in ("audit.key", "forgotten.key"):
        copy = tmp_path / "tikku" / name
        assert copy.read_bytes() == (data() / name).read_bytes()
        assert copy.stat().st_mode & 0o077 == 0
        assert f"Kopioitu {name}, tunniste " in done.output
    assert not (tmp_path / "tikku" / "secret.key").exists()


def test_a_fingerprint_tells_keys_apart_and_nothing_of_them(app):
    fill()
    held = keys.at_hand(data())
    told = keys.fingerprints(held)
    assert told != keys.fingerprints({name: key + b"x" for name, key in held.items()})
    assert told["audit.key"] not in held["audit.key"].decode()
    assert len(told["audit.key"]) == 16


def test_copying_again_to_the_same_place_is_harmless(app, tmp_path):
    fill()
    assert service.copy_keys(tmp_path) == service.copy_keys(tmp_path)


def test_the_key_of_another_register_is_not_written_over(app, command, tmp_path):
    fill()
    (tmp_path / "audit.key").write_text("toinen avain, jota ei saa hävittää")
    done = command("backup", "keys", tmp_path)
    assert done.exit_code == 1 and "Kansiossa on jo toinen audit.key" in done.output
    assert (tmp_path / "audit.key").read_text() == "toinen avain, jota ei saa hävittää"


def test_there_is_nothing_to_copy_before_the_first_row(app, tmp_path):
    with pytest.raises(RuleViolation, match="Avaimia ei vielä ole"):
        keys.copy_to(tmp_path)


def test_a_key_that_came_later_must_be_copied_too(app, tmp_path):
    fill()
    assert not service.keys_are_copied()
    service.copy_keys(tmp_path)
    assert service.keys_are_copied()
    forget()
    assert not service.keys_are_copied(), "forgotten.key came with the first erasure"
    service.copy_keys(tmp_path)
    assert service.keys_are_copied()
