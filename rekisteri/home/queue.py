"""The work queue of the front page: what is late, due, waiting for a decision or for the post, and what to do first.

Each part costs the same however large the register is: a count by an index and at most `SHOWN` rows.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from rekisteri.access import queue as access
from rekisteri.backup import folders
from rekisteri.billing import lists as billing
from rekisteri.cases import queue as cases
from rekisteri.cases.models import Case
from rekisteri.cases.rules import Deadline
from rekisteri.customers import service as customers
from rekisteri.documents import service as documents
from rekisteri.home import (
    queue_erasure,
    queue_interfaces,
    queue_keeping,
    queue_paper,
    queue_requests,
    queue_restrictions,
)
from rekisteri.home.part import SHOWN, Part
from rekisteri.kernel.formats import fi_date, fi_money
from rekisteri.kernel.gate import can
from rekisteri.notice import service as notice
from rekisteri.orders import service as orders
from rekisteri.rectification import queue as rectification
from rekisteri.rectification.models import Rectification
from rekisteri.settings import service as settings

SOON_DAYS = 7


@dataclass
class Desk:
    """What the front page shows to one person."""

    parts: list[Part] = field(default_factory=list)
    first_steps: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def desk(on: date) -> Desk:
    """Everything that waits for this person today."""
    found = Desk(first_steps=_first_steps(on))
    if can("staff.manage"):
        found.warnings += folders.warnings()
    if can("cases.view"):
        found.parts += [_late(on), _soon(on), _decisions(on)]
        if can("rectification.decide"):
            found.parts.append(_issues(on))
        if can("access.decide"):
            found.parts.append(_access(on))
    found.parts += queue_requests.parts(on)
    found.parts += queue_restrictions.parts(on)
    found.parts += queue_erasure.parts(on)
    if can("documents.view"):
        found.parts.append(_post())
    if can("orders.edit"):
        found.parts.append(_orders())
    if can("billing.view"):
        found.parts.append(_overdue(on))
    found.parts += queue_keeping.parts(on)
    found.parts += queue_paper.parts(on)
    found.parts += queue_interfaces.parts(on)
    return found


HEAD = ["Asianumero", "Pyynnön esittäjä", "Saapunut", "Määräaika"]


def _case_row(case: Case, on: date, url: str | None = None) -> list[Any]:
    who = case.requester_name or ("Oma aloite" if case.own_initiative else "")
    return [
        (case.number, url or url_for("cases.show", id=case.id)),
        who,
        fi_date(case.received_on),
        _deadline(case, on),
    ]


def _deadline(case: Case, on: date) -> str:
    return f"{fi_date(case.deadline)}, {Deadline(case.deadline, on).words}" if case.deadline else ""


def _late(on: date) -> Part:
    count, rows = cases.late(on, SHOWN)
    return Part(
        "myohassa",
        "Myöhässä",
        count,
        "bad",
        HEAD,
        [_case_row(case, on) for case in rows],
        "Mikään pyyntö ei ole myöhässä.",
        url_for("cases.index", tila="myohassa"),
    )


def _soon(on: date) -> Part:
    count, rows = cases.due_within(SOON_DAYS, on, SHOWN)
    return Part(
        "viikko",
        "Määräaika viikon sisällä",
        count,
        "warn",
        HEAD,
        [_case_row(case, on) for case in rows],
        "Viikon sisällä ei pääty määräaikoja.",
        url_for("cases.index", tila="viikko"),
    )


def _matter_rows(rows: list[Rectification], on: date, endpoint: str) -> list[list[Any]]:
    return [_case_row(matter.case, on, url_for(endpoint, id=matter.id)) for matter in rows]


def _decisions(on: date) -> Part:
    count, rows = rectification.waiting_for_decision(SHOWN)
    return Part(
        "ratkaistavat",
        "Odottaa ratkaisua",
        count,
        "info",
        HEAD,
        _matter_rows(rows, on, "rectification.show"),
        "Ratkaistavia vaatimuksia ei ole.",
    )


def _issues(on: date) -> Part:
    count, rows = rectification.waiting_for_issue(SHOWN)
    return Part(
        "annettavat",
        "Ratkaistu, päätös antamatta",
        count,
        "info",
        HEAD,
        _matter_rows(rows, on, "rectification.issue"),
        "Annettavia päätöksiä ei ole.",
    )


def _access(on: date) -> Part:
    count, rows = access.waiting(SHOWN)
    return Part(
        "tarkastukset",
        "Tietonsa pyytäneet",
        count,
        "info",
        HEAD,
        [_case_row(matter.case, on, url_for("access.show", id=matter.id)) for matter in rows],
        "Kaikille tietojaan pyytäneille on vastattu.",
    )


def _post() -> Part:
    count, rows = documents.waiting_for_post(SHOWN)
    shown = [
        [
            (document.number, url_for("documents.show", id=document.id)),
            document.title,
            document.addressee_name,
            fi_date(document.issued_on),
        ]
        for document in rows
    ]
    return Part(
        "posti",
        "Odottaa postitusta",
        count,
        "info",
        ["Numero", "Asiakirja", "Vastaanottaja", "Annettu"],
        shown,
        "Kaikki kirjeet on postitettu.",
        url_for("documents.index"),
    )


def _overdue(on: date) -> Part:
    count, rows = billing.overdue_uncollected(on, SHOWN)
    shown = [
        [
            (invoice.number, url_for("billing.show", id=invoice.id)),
            invoice.customer.display_name,
            fi_date(invoice.due_on),
            fi_money(invoice.unpaid),
        ]
        for invoice in rows
    ]
    return Part(
        "saatavat",
        "Erääntyneet laskut ilman perintää",
        count,
        "warn",
        ["Lasku", "Asiakas", "Eräpäivä", "Maksamatta"],
        shown,
        "Kaikki erääntyneet laskut ovat perinnässä.",
        url_for("billing.index", tila="eraantyneet"),
    )


def _orders() -> Part:
    count, rows = orders.unconfirmed(SHOWN)
    return Part(
        "vahvistettavat",
        "Vahvistettavat tilaukset",
        count,
        "info",
        ["Numero", "Asiakas", "Päivä", "Summa"],
        [
            [
                (order.number, url_for("orders.show", id=order.id)),
                order.customer.display_name,
                fi_date(order.opened_on),
                fi_money(order.total),
            ]
            for order in rows
        ],
        "Kaikki tilaukset on vahvistettu.",
        url_for("orders.index", tila="ordered"),
    )


def _first_steps(on: date) -> list[dict[str, Any]]:
    """What a new register lacks, in the order in which a company does it; empty once all is done."""
    steps = []
    if can("settings.view"):
        missing = settings.missing()
        steps.append(
            _step(
                "Täydennä yrityksen tiedot",
                url_for("settings.show"),
                not missing,
                "Tulostuvat kirjeisiin ja selosteeseen",
            )
        )
    if can("notice.edit"):
        published = notice.in_force(on) is not None
        steps.append(
            _step("Julkaise tietosuojaseloste", url_for("notice.draft"), published, "Valmis pohja odottaa täydennystä")
        )
    if can("customers.edit"):
        steps.append(
            _step(
                "Lisää ensimmäinen asiakas",
                url_for("customers.choose_kind"),
                customers.any_customers(),
                "Henkilö tai yhteisö",
            )
        )
    if can("cases.edit"):
        steps.append(
            _step(
                "Kirjaa ensimmäinen pyyntö",
                url_for("cases.create"),
                cases.any_cases(),
                "Paperi, sähköposti, puhelu tai käynti",
            )
        )
    return steps if any(step["tone"] == "info" for step in steps) else []


def _step(title: str, url: str, done: bool, hint: str) -> dict[str, Any]:
    return {
        "title": title,
        "url": url,
        "status": "Tehty" if done else "Tekemättä",
        "tone": "good" if done else "info",
        "hint": hint,
    }
