"""One application that many tests use in turn, each on a database of its own."""

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import make_url

from rekisteri.kernel.db import db


class StandingApplication:
    """An open application whose settings go back to what they were, and whose connections lead where they are told to."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._settings, self._extensions = dict(app.config), dict(app.extensions)
        self._url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
        with app.app_context():
            event.listen(db.engine, "do_connect", self._lead, insert=True)

    def _lead(self, dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        if dialect.name == "sqlite":
            arguments[0] = self._url.database
        else:
            options["dbname"] = self._url.database

    def as_new(self, url: str, data: Path) -> Flask:
        """The application with the settings it was opened with, on another database and data directory."""
        data.mkdir(mode=0o700, exist_ok=True)
        self._url = make_url(url)
        own = {"DATA": data, "SQLALCHEMY_DATABASE_URI": url}
        for kept, now in ((self._settings | own, self.app.config), (self._extensions, self.app.extensions)):
            now.clear()
            now.update(kept)
        self.let_go()
        return self.app

    def let_go(self) -> None:
        """Keep no connection to the last test's database; the engine tells where the next one leads."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
            db.engine.url = self._url
