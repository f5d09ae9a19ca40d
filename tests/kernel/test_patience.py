"""How long the database may think: as long as somebody waits for a page, or as long as a command needs."""

import click
from flask import Flask
from sqlalchemy import text

from rekisteri.kernel.db import db


def limit_told(app: Flask) -> str:
    """What a command of the application sees as the limit of its statements; SQLite sets none."""

    @app.cli.command("patience")
    def patience() -> None:
        asked = "SHOW statement_timeout" if db.engine.dialect.name == "postgresql" else "SELECT 0"
        click.echo(db.session.scalar(text(asked)))

    return app.test_cli_runner().invoke(args=["patience"]).output.strip()


def test_a_command_takes_the_time_it_needs(make_app) -> None:
    assert limit_told(make_app()) == "0"
