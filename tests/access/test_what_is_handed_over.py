"""What is handed over of a request, to whom, and what happens to it when the request ends."""

from datetime import date
from typing import Any

import pytest

from rekisteri.access import transferring
from rekisteri.access.models import AccessMatter
from rekisteri.cases import queue
from rekisteri.cases import service as cases
from rekisteri.consents import service as consents
from rekisteri.customers import chapters
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import service as prohibitions
from tests.access.factories import Request, make_request
from tests.cases.factories import TODAY, png, upload
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient

SPRING = date(2027, 3, 1)


def moved(request: Request, owner: Any) -> AccessMatter:
    """The file for the person has been made and waits."""
    matter = request.again("portability")
    with transaction():
        transferring.make_copy(
            matter=matter, chosen=list(transferring.offered(matter)), ground=None, reasons="",
            way="pickup", receiver="", by=owner, on=TODAY,
        )  # fmt: skip
    return matter


@pytest.mark.parametrize("page", ["anna", "luonnos.pdf", "taydenna"])
def test_who_wants_the_data_moved_is_not_answered_with_the_letter_of_access(
    client: ReadingClient, owner: Any, page: str
) -> None:
    matter = make_request(owner, "portability").again("portability")
    assert client.get(f"/tarkastukset/{matter.id}/{page}").status_code == 404


def test_the_file_of_a_withdrawn_request_is_thrown_away(owner: Any) -> None:
    fill_settings()
    request = make_request(owner, "portability", "access")
    matter = moved(request, owner)
    case = cases.find(matter.case_id)
    with transaction():
        cases.withdraw(case=case, channel="phone", withdrawn_on=TODAY, by=owner, on=TODAY)
    copy = request.again("portability").copy
    assert copy is not None
    assert copy.content is None
    with pytest.raises(RuleViolation, match="pyyntö on päättynyt"), transaction():
        transferring.take(copy=copy, by=owner)
    with pytest.raises(RuleViolation, match="eikä siirtotiedostoa enää ole"), transaction():
        transferring.hand_over(copy=copy, handed_on=TODAY, by=owner)


def test_a_file_that_still_lies_at_the_office_is_late_though_its_letter_has_left(owner: Any) -> None:
    fill_settings()
    request = make_request(owner, "portability")
    case = moved(request, owner).case
    with transaction():
        for letter in documents.for_subject(case.subject):
            documents.mark_posted(document=letter, on=TODAY, way="post", by=owner)
    assert queue.late(SPRING)[0] == 1
    with transaction():
        copy = request.again("portability").copy
        assert copy is not None
        transferring.hand_over(copy=copy, handed_on=TODAY, by=owner)
    assert queue.late(SPRING)[0] == 0


def test_the_papers_by_which_a_person_forbade_or_consented_are_told(owner: Any) -> None:
    request = make_request(owner)
    person = db.session.get_one(Customer, request.customer.id)
    scan = documents.examine_one([_file("kielto.png")], several="Yksi riittää.")
    with transaction():
        prohibitions.record(
            customer=person, kinds=["direct_mail"], told_on=TODAY, channel="letter", by=owner, on=TODAY, paper=scan
        )
    told = chapters.chapters(person)["papers"].rows
    assert any("kielto.png" in row[1] for row in told)
    assert any(subject.startswith("prohibition:") for subject in chapters.subjects(person))
    assert consents.of_customer(person.id) == []


def _file(name: str) -> Any:
    from werkzeug.datastructures import FileStorage

    content, _name = upload(png(), name)
    return FileStorage(content, filename=name)
