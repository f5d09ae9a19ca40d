"""The health check and the doctor."""

import pytest
from sqlalchemy import text

from rekisteri.kernel.db import db
from tests.rectification.factories import make_desk
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user


def test_health_answers_without_signing_in_and_tells_nothing_personal(client):
    answer = client.get("/terveys")
    assert answer.status_code == 200
    assert answer.json == {"tila": "kunnossa"}


def test_health_says_503_when_the_database_does_not_answer(make_app):
    app = make_app(SQLALCHEMY_DATABASE_URI="sqlite:////nonexistent/folder/register.sqlite", PROPAGATE=False)
    answer = app.test_client().get("/terveys")
    assert answer.status_code == 503
    assert answer.json == {"tila": "tietokanta ei vastaa"}


class TestTheDoctor:
    def test_finds_a_fresh_installation_without_faults(self, app, command):
        make_user("vastuuhenkilo")
        result = command("check")
        assert result.exit_code == 0, result.output
        assert "virhe " not in result.output
        assert "Käsittelyloki on ehjä" in result.output

    def test_reminds_of_what_is_not_filled_in_and_of_the_notice(self, app, command):
        output = command("check").output
        assert "Asetuksista puuttuu" in output
        assert "Tietosuojaselostetta ei ole julkaistu." in output

    def test_is_quiet_of_settings_that_are_filled_in(self, app, command):
        fill_settings()
        assert "Asetuksista puuttuu" not in command("check").output

    def test_names_a_log_that_was_changed(self, app, command):
        make_desk(make_user("vastuuhenkilo"))
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("DROP TRIGGER audit_event_no_update"))
            else:
                connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
            connection.execute(text("UPDATE audit_event SET event = 'x.y' WHERE seq = 2"))
            connection.commit()
        result = command("check")
        assert result.exit_code != 0
        assert "riviä 2" in result.output

    def test_warns_of_files_that_others_can_read(self, app, command):
        loose = app.config["DATA"] / "avoin.txt"
        loose.write_text("x")
        loose.chmod(0o644)
        assert "avoin.txt" in command("check").output

    @pytest.mark.parametrize("insecure", [True, False])
    def test_tells_of_unprotected_connections(self, make_app, insecure):
        app = make_app(INSECURE_HTTP=insecure)
        with app.app_context():
            output = app.test_cli_runner().invoke(args=["check"]).output
            db.session.remove()
        assert ("Yhteyttä ei salata" in output) == insecure
