"""Where the signed papers of a request are: the room of paper is told of requests by their numbers, and when they go."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from rekisteri.cases import holding, service
from rekisteri.cases.models import Case
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.paper import destroying, requests


@requests.told_by
def _known(number: str) -> dict[str, Any] | None:
    case = service.find_by_number(number)
    return {"customer_id": case.customer_id} if case is not None and case.number == number else None


def _leave(case_ids: Sequence[int]) -> None:
    numbers = db.session.scalars(select(Case.number).where(Case.id.in_(case_ids))).all()
    destroying.leave_requests(numbers, on=today())


holding.add_follower(_leave)
