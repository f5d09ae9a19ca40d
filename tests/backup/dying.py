"""A process that is killed in the middle of a backup or a restore: `python -m tests.backup.dying URL FOLDER POINT WORDS…`.

POINT names a function (`kill -9` when it returns) or a function before which the process dies (`!function`). The WORDS are a
command, or `forbid` and the number of a customer who forbids direct mail.
"""

import os
import re
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from rekisteri import create_app
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from tests.prohibitions.factories import forbid
from tests.support.schema import settings_for

ROOMS = re.compile(r"/rekisteri/(backup/|forgotten/lines\.py)")


def die_at(point: str) -> None:
    """Let this process be killed by the operating system, with no chance to tidy up."""
    name, moment = point.lstrip("!"), "call" if point.startswith("!") else "return"

    def look(frame: FrameType, event: str, _value: Any) -> None:
        if event == moment and frame.f_code.co_name == name and ROOMS.search(frame.f_code.co_filename):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


if __name__ == "__main__":
    app = create_app(settings_for(sys.argv[1], Path(sys.argv[2])))
    die_at(sys.argv[3])
    if sys.argv[4] == "forbid":
        with app.app_context():
            forbid(db.session.get_one(Customer, int(sys.argv[5])), "direct_mail")
    app.test_cli_runner().invoke(args=sys.argv[4:])
