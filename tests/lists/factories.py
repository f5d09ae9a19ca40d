"""What a clerk fills in when printing. Nobody in these tests exists."""

from typing import Any

from rekisteri.kernel.db import db
from rekisteri.lists.models import Printout
from rekisteri.selections.models import Selection
from tests.support.paper import words_of

PURPOSE = "Joulukirje asiakkaille"


def asked(selection: Selection, **told: Any) -> dict[str, Any]:
    """A form of labels filled in and sent for printing, unless told otherwise."""
    return {"selection": str(selection.id), "purpose": PURPOSE, "action": "print"} | told


def newest() -> Printout:
    """What was printed last."""
    db.session.rollback()
    return db.session.scalars(db.select(Printout).order_by(Printout.id.desc())).first()


def printed(client: Any, selection: Selection, what: str = "tarrat", **told: Any) -> str:
    """Print by the page and read what came out of the printer."""
    answer = made(client, selection, what, **told)
    return words_of(client.get(f"{answer}.pdf").data)


def made(client: Any, selection: Selection, what: str = "tarrat", **told: Any) -> str:
    """Print by the page; the address of what was made."""
    answer = client.submit(f"/luettelot/uusi/{what}", asked(selection, **told))
    assert "Tuloste on valmis" in answer.main
    return answer.request.path
