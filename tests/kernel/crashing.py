"""A process that saves one note, begins another, and waits to be killed: `python -m tests.kernel.crashing URL FOLDER`."""

import sys
import time
from pathlib import Path

from rekisteri import create_app
from rekisteri.kernel.db import db, next_number, transaction
from tests.kernel.notepad import Note
from tests.support.schema import settings_for

if __name__ == "__main__":
    app = create_app(settings_for(sys.argv[1], Path(sys.argv[2])), rooms=())
    with app.app_context():
        with transaction():
            db.session.add(Note(title="Tallessa", number=next_number("note", 2026)))
        with transaction():
            db.session.add(Note(title="Kesken", number=next_number("note", 2026)))
            db.session.flush()
            sys.stdout.write("half way\n")
            sys.stdout.flush()
            time.sleep(60)
