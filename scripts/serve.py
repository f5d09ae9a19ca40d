"""Brings the database up to date and serves the register, in one process: the application is loaded only once."""

import sys

from gunicorn.app import wsgiapp

from rekisteri.kernel.config import SettingError
from rekisteri.kernel.db import db


def prepare(*words: str) -> None:
    """Run `flask init` with these words, here, before the workers are parted from this process."""
    from app import app

    with app.app_context():
        app.cli.commands["init"].main(list(words), standalone_mode=False)
        db.session.remove()
        db.engine.dispose()  # a connection does not survive the parting


def serve(host: str, port: str, *words: str) -> None:
    """Prepare, then serve until told to stop."""
    prepare(*words, "--address", f"http://{host}:{port}")
    sys.argv = ["gunicorn", "--config", "scripts/gunicorn.conf.py", "--bind", f"{host}:{port}", "app:app"]
    wsgiapp.run()


if __name__ == "__main__":
    try:
        serve("127.0.0.1", *sys.argv[1:])
    except SettingError as error:
        sys.exit(str(error))
