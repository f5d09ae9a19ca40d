"""What is kept of a customer's requests: the requests, the letters, the scanned papers, the forms (GDPR art. 15).

Who spoke for the customer is told by the role: an agent is another person.
"""

from sqlalchemy import select

from rekisteri.cases import codes, matters, strays
from rekisteri.cases.models import Case, RequestForm
from rekisteri.customers import chapters
from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.disclosures import posted
from rekisteri.documents.models import Document, Scan
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date

FOR_ONESELF = "self"
ROLES = {"agent": "asiamiehenne", "guardian": "huoltajanne tai edunvalvojanne"}


def requests(customer: Customer) -> Chapter | None:
    """Every request, as it was registered, and how it ended."""
    found = _cases(customer)
    if not found:
        return None
    return Chapter(
        title="Pyyntönne",
        lead="",
        head=["Asianumero", "Saapunut", "Mitä koskee", "Kirjattu sisältö", "Tila"],
        rows=[[case.number, _arrival(case), matters.listed(case.kinds), case.content, _state(case)] for case in found],
        free_text=True,
    )


def _cases(customer: Customer) -> list[Case]:
    """Those joined to the customer, and those made before the register knew whose they were."""
    joined = db.session.scalars(select(Case).filter_by(customer_id=customer.id))
    return sorted([*joined, *strays.of_people(chapters.same_person(customer))], key=lambda case: case.id)


def _arrival(case: Case) -> str:
    if case.own_initiative:
        return f"{fi_date(case.received_on)}, oma aloitteemme"
    by = f"\nesittäjä: {ROLES[case.requester_role]}" if case.requester_role != FOR_ONESELF else ""
    return f"{fi_date(case.received_on)}, {codes.CHANNELS[case.channel]}{by}"


def _state(case: Case) -> str:
    return f"{codes.STATES[case.state]} {fi_date(case.closed_on)}".strip()


def papers(customer: Customer) -> Chapter | None:
    """The letters issued and the papers scanned, by title and day; they themselves are given on asking."""
    subjects = chapters.subjects(customer)
    letters = select(Document).where(Document.subject.in_(subjects)).order_by(Document.issued_on, Document.id)
    scans = select(Scan).where(Scan.subject.in_(subjects)).order_by(Scan.id)
    forms = select(RequestForm).filter_by(customer_id=customer.id).order_by(RequestForm.id)
    rows = [[fi_date(paper.issued_on), paper.title, paper.number] for paper in db.session.scalars(letters)]
    rows += [[fi_date(scan.uploaded_at), f"Skannattu asiakirja: {scan.name}", ""] for scan in db.session.scalars(scans)]
    rows += [
        [fi_date(form.printed_on), "Teitä varten esitäytetty pyyntölomake", ""] for form in db.session.scalars(forms)
    ]
    if not rows:
        return None
    return Chapter(
        title="Asiakirjat",
        lead="Saatte jäljennöksen jokaisesta teitä koskevasta asiakirjasta, kun pyydätte sitä.",
        head=["Päivä", "Asiakirja", "Numero"],
        rows=rows,
    )


def _subjects(customer: Customer) -> list[str]:
    return [case.subject for case in _cases(customer)]


chapters.add_subjects(_subjects)
add_chapter(60, "requests", requests)
add_chapter(62, "papers", papers)
posted.add_reader("case", lambda number: case.customer_id if (case := db.session.get(Case, number)) else None)
