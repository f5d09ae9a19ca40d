"""The settings tests run with, and a database brought to today's schema with them."""

from pathlib import Path
from typing import Any

import flask_migrate

from rekisteri import create_app
from rekisteri.kernel.db import db

REVISIONS = Path(__file__).parents[2] / "migrations" / "versions"


def settings_for(url: str, data: Path) -> dict[str, Any]:
    """A test's settings: everything in its own folder, passwords cheap to hash."""
    return {
        "TESTING": True,
        "DATA": data,
        "SQLALCHEMY_DATABASE_URI": url,
        "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
        "PASSWORD_METHOD": "scrypt:256:8:1",
        "PRINT_AT_ONCE": False,  # a test that looks at paper prints it; the others need not wait for it
        "PROPAGATE": True,  # an unforeseen error fails the test instead of becoming an error page
    }


def bring_up_to_date(url: str, folder: Path) -> None:
    """Migrate the database at `url` to the newest revision."""
    app = create_app(settings_for(url, folder / "data"))
    with app.app_context():
        if any(REVISIONS.glob("*.py")):
            flask_migrate.upgrade()
        else:
            db.create_all()
        db.session.remove()
        db.engine.dispose()
