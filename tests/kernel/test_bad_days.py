"""Power cuts, full disks, lost rights: what was saved stays, what was not is said, what was typed is given back."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from rekisteri.kernel.db import WRITE_LOCK, db, next_number, transaction
from tests.house.source import ROOT
from tests.kernel.notepad import CANARY, Note
from tests.kernel.troubles import full_disk, impatient, is_sqlite, nowhere, read_only, small_disk
from tests.support.client import ReadingClient

OURS = {"Origin": "http://localhost"}
LONG = "Tätä kirjoitettiin kauan. " * 400


def titles() -> list[str]:
    db.session.rollback()
    return [note.title for note in db.session.query(Note).order_by(Note.id)]


def fill_in(client: ReadingClient, **typed: str) -> dict[str, str]:
    """A new note's form as the page gives it, filled in."""
    token = client.get("/muistio/uusi").page.select_one("main [name=csrf_token]")["value"]
    return {"csrf_token": token, "once": "avain-0123456789", **typed}


def test_a_process_killed_in_mid_transaction_leaves_the_last_whole_state(app: Flask, tmp_path: Path) -> None:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-m", "tests.kernel.crashing", url, str(tmp_path / "data")]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "half way\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert titles() == ["Tallessa"]
    with transaction():
        assert next_number("note", 2026) == 2


def test_a_full_disk_saves_nothing_keeps_the_form_and_heals_by_itself(
    make_ground: Callable[..., Flask], app: Flask, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        of_sqlite = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{disk}/r.sqlite"} if is_sqlite() else {}
        app = make_ground(PROPAGATE=False, **of_sqlite)
        with app.app_context():
            client = app.test_client()
            client.submit("/muistio/uusi", {"title": "Ennen"})
            sent = fill_in(client, title="Liikaa", text=LONG[:3999])
            with full_disk(disk):
                refused = client.post("/muistio/uusi", data=sent, headers=OURS)
                assert refused.status_code == 503
                assert "Mitään ei tallennettu" in refused.main
                assert refused.page.select_one("[name=text]")["value"] == LONG[:3999]
                assert client.get("/muistio/").status_code == 200
                assert titles() == ["Ennen"]
            again = {field["name"]: field["value"] for field in refused.page.select("main form input")}
            assert client.post("/muistio/uusi", data=again).status_code == 303
            assert titles() == ["Ennen", "Liikaa"]
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def locked_away(make_ground: Callable[..., Flask], app: Flask) -> ReadingClient:
    """A visitor of a register whose database may only be read."""
    with transaction():
        db.session.add(Note(title="Luettavissa"))
    return make_ground(SQLALCHEMY_DATABASE_URI=read_only(), tables=False, PROPAGATE=False).test_client()


def test_a_database_that_can_only_be_read_is_still_read(locked_away: ReadingClient) -> None:
    page = locked_away.get("/muistio/")
    assert page.status_code == 200
    assert "Luettavissa" in page.main


def test_a_database_that_can_only_be_read_gives_the_typed_form_back(
    locked_away: ReadingClient, caplog: pytest.LogCaptureFixture
) -> None:
    sent = fill_in(locked_away, title=CANARY)
    refused = locked_away.post("/muistio/uusi", data=sent, headers=OURS)
    assert refused.status_code == 503
    assert "Tallennus ei onnistu juuri nyt" in refused.main
    assert CANARY in refused.main
    assert CANARY not in caplog.text
    assert titles() == ["Luettavissa"]


def test_htmx_is_told_in_a_sentence_because_the_form_stays_on_its_page(locked_away: ReadingClient) -> None:
    sent = fill_in(locked_away, title="Pysyy")
    refused = locked_away.post("/muistio/uusi", data=sent, headers={**OURS, "HX-Request": "true"})
    assert refused.status_code == 503
    assert "<html" not in refused.text
    assert "Mitään ei tallennettu" in refused.page.select_one("[data-sentence]")["data-sentence"]


def test_whoever_waits_for_a_lock_in_vain_is_told_and_keeps_the_form(app: Flask, client: ReadingClient) -> None:
    sent = fill_in(client, title="Odottaja", text="Odotettu teksti")
    with impatient(app):
        keeper = db.engine.connect()
        keeper.exec_driver_sql("DELETE FROM trial_tally" if is_sqlite() else f"SELECT pg_advisory_lock({WRITE_LOCK})")
        refused = client.post("/muistio/uusi", data=sent, headers=OURS)
        keeper.invalidate()
        keeper.close()
        assert refused.status_code == 503
        assert refused.page.select_one("[name=text]")["value"] == "Odotettu teksti"
        assert client.post("/muistio/uusi", data=sent).status_code == 303
    assert titles() == ["Odottaja"]


@pytest.fixture
def without_database(make_ground: Callable[..., Flask], app: Flask, tmp_path: Path) -> Flask:
    """A register whose database has gone."""
    url = nowhere(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    return make_ground(SQLALCHEMY_DATABASE_URI=url, tables=False, PROPAGATE=False)


def test_a_database_that_is_gone_gives_a_page_that_says_so(without_database: Flask) -> None:
    page = without_database.test_client().get("/muistio/")
    assert page.status_code == 503
    assert "Rekisteri ei vastaa juuri nyt" in page.main
    assert "tallen" not in page.main


def test_the_error_page_does_not_need_the_database_that_is_gone(without_database: Flask) -> None:
    @without_database.context_processor
    def asks_the_database() -> dict[str, object]:
        return {"register_name": db.session.query(Note).first()}

    client = without_database.test_client()
    page = client.get("/muistio/")
    assert page.status_code == 503
    assert "Rekisteri ei vastaa juuri nyt" in page.words
    assert client.htmx("/muistio/").status_code == 503
    assert client.get("/ei/ole").status_code == 404
