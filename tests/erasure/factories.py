"""A person who wants to be forgotten, with something in every room. Nobody in them exists."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers.models import Customer, Source
from rekisteri.disclosures.models import Recipient
from rekisteri.documents import service as documents
from rekisteri.erasure import service
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.settings import service as settings
from tests.billing.factories import tell
from tests.customers.factories import make_clerk, make_note, make_person, make_source
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user

NAME, EMAIL, STREET = "Örsfelt Äijä", "aija.orsfelt@kaukola.example", "Tuulimyllynkuja 87 Ö 4"
WORDS = "Soitti ja kertoi muuttaneensa Kaukolan kylään tuulimyllyn viereen."
PERSON = {
    "last_name": "Örsfelt",
    "first_name": "Äijä",
    "email": EMAIL,
    "phone": "044 987 6501",
    "street": STREET,
    "postcode": "37120",
    "city": "Nokia",
}


@dataclass
class Desk:
    """Everything a story needs, by name."""

    clerk: Any
    owner: Any
    customer: Customer
    source: Source
    recipient: Recipient
    case: Case
    erasure: Erasure

    @property
    def customer_id(self) -> int:
        """As it was, also when the customer is no more."""
        return self._customer_id

    def __post_init__(self) -> None:
        self._customer_id = self.customer.id


def make_desk(kind: str = "erasure", **values: Any) -> Desk:
    """A registered and identified request of a person whose data came from a fair and went to a collector."""
    fill_settings(company_name="Esimerkkitukku Oy", owner_name="Ilmari Kiviharju")
    tell()
    clerk, owner = make_clerk(), make_user("vastuuhenkilo", full_name="Ilmari Kiviharju")
    source = make_source()
    customer = make_person(**(PERSON | {"source": source} | values))
    make_note(customer, WORDS)
    recipient = make_recipient()
    make_disclosure(customer, recipient, "last_name", "email")
    case = ask(customer, kind, by=clerk)
    erasure = service.of_case(case, kind)
    assert erasure is not None
    return Desk(clerk, owner, customer, source, recipient, case, erasure)


def ask(customer: Customer, *kinds: str, by: Any = None, identified: bool = True) -> Case:
    """The person's letter, registered today."""
    clerk = by or make_clerk()
    with transaction():
        case = cases.register(
            received_on=today(),
            channel="letter",
            requester=cases.Requester("Äijä Örsfelt", STREET, "37120", "Nokia", email=EMAIL),
            kinds=list(kinds),
            by=clerk,
            on=today(),
            signature="signed",
            customer=customer,
        )
        if identified:
            cases.record_identity(case=case, method="known_address", checked_on=today(), by=clerk, on=today())
    return case


def propose(desk: Desk, on: date | None = None) -> ErasureRound:
    """The clerk proposes."""
    with transaction():
        return service.propose(erasure=again(desk), by=desk.clerk, on=on or today())


def approve(desk: Desk, on: date | None = None, by: Any = None) -> ErasureRound:
    """The person responsible approves; the search and the letters follow."""
    erasure = again(desk)
    assert erasure.proposal is not None
    with transaction():
        done = service.approve(erasure=erasure, proposal=erasure.proposal, by=by or desk.owner, on=on or today())
        number = done.id
    return db.session.get_one(ErasureRound, number)


def erase(desk: Desk, on: date | None = None) -> ErasureRound:
    """Proposed and approved."""
    propose(desk, on)
    return approve(desk, on)


def again(desk: Desk) -> Erasure:
    """The matter as it now stands."""
    db.session.rollback()
    found = service.find(desk.erasure.id)
    assert found is not None
    return found


def post_everything(case_id: int, by: Any) -> None:
    """Every letter of the case is taken to the post today."""
    for paper in documents.for_subject(f"case:{case_id}"):
        if paper.state == "waiting":
            with transaction():
                documents.mark_posted(document=paper, on=today(), way="post", by=by)


def close(desk: Desk) -> None:
    """The letters leave and the request is closed."""
    case_id = again(desk).case_id
    post_everything(case_id, desk.clerk)
    with transaction():
        found = cases.find(case_id)
        assert found is not None
        cases.close(found, desk.clerk, today())


def allow_one_person(owner: Any) -> None:
    """The company has one pair of eyes and says so in its settings."""
    version = settings.current().version
    with transaction():
        settings.change(changes={"erase_alone": True}, version=version, by=owner, on=today())
