"""`flask audit verify` and `flask audit anchor`: one sentence in Finnish, and an exit code for cron."""

import json
from pathlib import Path

import pytest
from flask import Flask

from rekisteri.audit import service as audit
from rekisteri.audit.anchors import anchors_file, read_anchors, write_anchor
from rekisteri.audit.rules import Anchor
from rekisteri.kernel.errors import RuleViolation
from tests.audit.factories import take_a_guard_away, tamper, write_log
from tests.support.commands import CommandLine


def test_a_sound_log_is_told_with_its_length(app: Flask, command: CommandLine) -> None:
    write_log(3)
    command("audit", "anchor")
    told = command("audit", "verify")
    assert told.exit_code == 0
    assert told.output == "Loki on ehjä: rivejä 3, tarkisteita 1.\n"


def test_without_anchors_one_is_reminded_of_what_cannot_be_seen(app: Flask, command: CommandLine) -> None:
    write_log(3)
    told = command("audit", "verify")
    assert told.exit_code == 0
    assert "Ota tarkiste talteen: flask audit anchor." in told.output


def test_a_tampered_log_is_told_with_its_row_and_fails(app: Flask, command: CommandLine) -> None:
    write_log(3)
    tamper("UPDATE audit_event SET subject = 'trial:2' WHERE seq = 2")
    told = command("audit", "verify")
    assert told.exit_code == 1
    assert "Lokin riviä 2 on muutettu." in told.output


def test_a_shortened_log_is_found_against_anchors_kept_elsewhere(
    app: Flask, command: CommandLine, tmp_path: Path
) -> None:
    write_log(5)
    command("audit", "anchor")
    elsewhere = anchors_file().rename(tmp_path / "talteen.jsonl")
    tamper(
        "DELETE FROM audit_event WHERE seq > 3",
        "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_event WHERE seq = 3)",
    )
    assert command("audit", "verify").exit_code == 0
    told = command("audit", "verify", "--anchors", str(elsewhere))
    assert told.exit_code == 1
    assert "rivi 5 on otettu talteen, mutta sitä ei enää ole" in told.output


def test_an_anchor_is_told_and_kept(app: Flask, command: CommandLine) -> None:
    write_log(2)
    told = command("audit", "anchor")
    end = audit.head()
    assert told.exit_code == 0
    assert told.output == f"Rivi 2, tarkiste {end.hash}. Talletettu tiedostoon anchors.jsonl.\n"
    assert read_anchors(anchors_file()) == [end]
    assert anchors_file().stat().st_mode & 0o777 == 0o600


def test_anchors_gather_and_tell_when_they_were_taken(app: Flask, freeze) -> None:
    freeze("2026-11-23")
    for _ in range(3):
        write_log(1)
        write_anchor()
    lines = [json.loads(line) for line in anchors_file().read_text().splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3]
    assert {line["at"] for line in lines} == {"2026-11-23T10:00:00+00:00"}
    assert audit.verify(read_anchors(anchors_file())) is None


def test_an_empty_log_has_nothing_to_keep(app: Flask, command: CommandLine) -> None:
    told = command("audit", "anchor")
    assert told.exit_code == 0
    assert told.output == "Loki on tyhjä, joten tarkistetta ei vielä ole.\n"
    assert not anchors_file().exists()
    assert command("audit", "verify").exit_code == 0


@pytest.mark.parametrize("line", ["x", "7", "[]", "{}", '{"seq": "toinen", "hash": "a"}', '{"seq": 2'])
def test_a_spoilt_anchor_is_named_and_fails(app: Flask, command: CommandLine, line: str) -> None:
    write_log(1)
    write_anchor()
    with anchors_file().open("a") as file:
        file.write(f"\n{line}\n")
    told = command("audit", "verify")
    assert told.exit_code == 1
    assert "Tarkistetiedoston rivi 3 on viallinen." in told.output
    with pytest.raises(RuleViolation, match="rivi 3"):
        read_anchors(anchors_file())


def test_a_file_that_is_not_there_holds_no_anchors(tmp_path: Path) -> None:
    assert read_anchors(tmp_path / "ei-ole") == []


def test_a_named_file_that_is_not_there_fails(app: Flask, command: CommandLine, tmp_path: Path) -> None:
    assert command("audit", "verify", "--anchors", str(tmp_path / "ei-ole")).exit_code == 2


def test_a_lost_key_fails_in_a_sentence(app: Flask, command: CommandLine) -> None:
    write_log(1)
    (app.config["DATA"] / "audit.key").unlink()
    app.extensions.pop("audit_key")
    told = command("audit", "verify")
    assert told.exit_code == 1
    assert "Käsittelylokin avain audit.key puuttuu." in told.output


def test_an_anchor_read_is_the_anchor_written(app: Flask) -> None:
    write_log(1)
    assert isinstance(write_anchor(), Anchor)
    assert read_anchors(anchors_file()) == [audit.head()]


def test_the_doctor_looks_at_the_log_its_guards_and_its_anchors(app: Flask, command: CommandLine) -> None:
    write_log(3)
    write_anchor()
    assert "Käsittelyloki on ehjä (3 riviä)." in command("check").output
    tamper("UPDATE audit_event SET subject = 'trial:2' WHERE seq = 2")
    assert "Lokin riviä 2 on muutettu." in command("check").output
    anchors_file().write_text("rikki")
    take_a_guard_away()
    told = command("check")
    assert told.exit_code == 1
    assert "Tarkistetiedoston rivi 1 on viallinen." in told.output
    assert "Käsittelylokin suojauksia puuttuu tietokannasta: audit_event_no_" in told.output
