"""A restored backup that knows a request of somebody whose erasure has since been carried out and answered."""

from pathlib import Path
from typing import Any

import pytest

from rekisteri.cases import service as cases
from rekisteri.erasure import finishing, queue, service
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from tests.backup.factories import back_up, forget_keys
from tests.customers.factories import make_clerk
from tests.erasure.factories import approve, close, make_desk, propose


@pytest.mark.usefixtures("app")
def test_the_request_is_known_to_be_done_and_is_only_closed(tmp_path: Path, command: Any) -> None:
    desk = make_desk()
    propose(desk)
    case_id, erasure_id = desk.case.id, desk.erasure.id
    back_up(tmp_path / "kopio.tar")
    done = approve(desk)
    close(desk)
    finishing.carry_on(done.id)
    db.session.remove()
    assert command("backup", "restore", tmp_path / "kopio.tar", "--yes").exit_code == 0
    forget_keys()
    db.session.rollback()
    erasure = service.find(erasure_id)
    assert erasure is not None
    assert (erasure.state, erasure.proposal, erasure.case.requester_name) == ("done", None, "")
    assert queue.waiting(today()) == []
    clerk = make_clerk()
    with transaction():
        case = cases.find(case_id)
        assert case is not None
        cases.close(case, clerk, today())
