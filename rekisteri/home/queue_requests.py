"""What the odd turns of requests put on the desk: objections to decide, and questions that nobody has answered."""

from datetime import date

from flask import url_for

from rekisteri.cases import queue
from rekisteri.cases.models import Case
from rekisteri.home.part import SHOWN, Part
from rekisteri.kernel.formats import fi_date
from rekisteri.kernel.gate import can
from rekisteri.objections import queue as objections
from rekisteri.objections.rules import KINDS


def parts(on: date) -> list[Part]:
    """The heaps of this person; questions without an answer are shown only when there are some."""
    found = [_objections()] if can("objections.decide") else []
    if can("cases.edit"):
        found.append(
            _unanswered("tunnistamatta", "Henkilöllisyyttä ei ole vahvistettu ajoissa", queue.unproven(on, SHOWN))
        )
        found.append(_unanswered("maksut", "Maksuun ei ole vastattu ajoissa", queue.unpaid(on, SHOWN)))
    return [part for part in found if part.count]


def _objections() -> Part:
    count, rows = objections.waiting(SHOWN)
    return Part(
        "vastustamiset",
        "Ratkaistavat vastustamiset ja valitukset",
        count,
        "info",
        ["Asianumero", "Esittäjä", "Asia", "Määräaika"],
        [
            [
                (matter.case.number, url_for("objections.show", id=matter.id)),
                matter.case.requester_name,
                KINDS[matter.kind],
                fi_date(matter.case.deadline),
            ]
            for matter in rows
        ],
        "Ratkaistavia vastustamisia ja valituksia ei ole.",
        url_for("objections.index"),
    )


def _unanswered(id: str, title: str, found: tuple[int, list[Case]]) -> Part:
    count, rows = found
    return Part(
        id,
        title,
        count,
        "warn",
        ["Asianumero", "Esittäjä", "Saapunut", "Määräaika"],
        [
            [
                (case.number, url_for("cases.show", id=case.id)),
                case.requester_name,
                fi_date(case.received_on),
                fi_date(case.deadline),
            ]
            for case in rows
        ],
        "Kaikkiin kysymyksiin on vastattu.",
    )
