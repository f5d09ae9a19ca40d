"""A process that erases one person and is killed at a given moment: `python -m tests.erasure.crashing URL FOLDER WHEN`."""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import select

from rekisteri import create_app
from rekisteri.customers.models import Customer
from rekisteri.erasure import proof, service
from rekisteri.erasure.models import Erasure
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import before_commit, db, transaction
from rekisteri.staff.models import User
from tests.support.schema import settings_for


def die(*_anything: object) -> None:
    """As the power goes."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    url, folder, when = sys.argv[1:]
    app = create_app(settings_for(url, Path(folder)))
    with app.app_context():
        erasure = db.session.scalars(select(Erasure)).unique().one()
        owner = db.session.scalars(select(User).where(User.full_name == "Ilmari Kiviharju")).one()
        proposal = erasure.proposal
        assert proposal is not None
        if when == "before the commit":
            before_commit(die)
        if when == "before the search":
            proof.places.settle = die  # type: ignore[assignment]
        with transaction():
            service.approve(erasure=erasure, proposal=proposal, by=owner, on=today())
        assert db.session.scalar(select(Customer.id)) is None
