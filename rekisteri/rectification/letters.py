"""The papers of a decision: the letter to the person, the refusal certificate, letters to sources and recipients."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import refusals
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Source
from rekisteri.customers.rules import shown
from rekisteri.disclosures import hearing
from rekisteri.disclosures.models import Recipient
from rekisteri.documents import service as documents
from rekisteri.documents import wording
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted
from rekisteri.kernel.formats import fi_date
from rekisteri.rectification import decisions, demands, rules
from rekisteri.rectification.models import Certificate, Item, Notification, Rectification
from rekisteri.restrictions import service as restrictions
from rekisteri.restrictions.rules import lifting_day
from rekisteri.settings import service as settings

ISSUED = audit.event("rectification.issued", "päätös annettu", fields={"outcome": str, "letters": int})
TOLD = audit.event("rectification.told", "ilmoitus oikaisusta laadittu", fields={"items": int, "document": int})
# Nobody records it any more (`cases.refusals` does); the logs of registers in use hold it.
audit.event("rectification.certified", "kieltäytymistodistus annettu", fields={"number": str, "replaces": str})

APART = "Siitä, mitä on hyväksytty, saatte erillisen päätöksen."
RESTRICTED = (
    "Kiistämienne tietojen käsittely on ollut rajoitettuna asian selvittämisen ajan. Rajoitus päättyy {} "
    "(yleisen tietosuoja-asetuksen 18 artiklan 3 kohta)."
)
STATEMENT = (
    "Voitte toimittaa meille oman kirjallisen selvityksenne siitä, miksi pidätte tietoa virheellisenä tai puutteellisena. "
    "Liitämme selvityksen tietoihinne (yleisen tietosuoja-asetuksen 16 artikla)."
)
DECIDED = "Tietojen paikkansapitävyys on tarkistettu ja oikaisupyyntö ratkaistu."
CHANNELS = {
    "letter": "kirjeenä",
    "visit": "käydessänne asiakaspalvelussa",
    "email": "sähköpostitse",
    "phone": "puhelimitse",
    "own_initiative": "rekisterinpitäjän omasta aloitteesta",
}


def issue(*, matter: Rectification, by: Any, on: date) -> None:
    """Give the decision: every paper it needs, numbered and frozen, in this one transaction.

    :raises RuleViolation: something is undecided, the decision has been given already, or the letterhead is incomplete.
    """
    _check_decider(by)
    demands.check_workable(matter)
    rules.check_issue(
        matter.decisions, already_issued=matter.issued_on is not None, missing_settings=settings.missing()
    )
    matter.issued_on, matter.issued_by_id = on, by.id
    letters = tell_everybody(matter=matter, by=by, on=on)
    answers = []
    if rules.needs_letter(matter.decisions):
        answers.append(_issue_decision_letter(matter, by=by, on=on))
    if rules.needs_certificate(matter.decisions):
        answers.append(_issue_certificate(matter, by=by, on=on).document)
    letters += len(answers)
    restrictions.lift_of_case(case=matter.case, reason=DECIDED, by=by, on=on, letter=answers[0])
    cases.advance(case=matter.case, state="decided", by=by)
    outcome = rules.whole_or_part(matter.decisions)
    audit.record(ISSUED, subject=matter.case.subject, by=by, outcome=outcome, letters=letters)


def replace_certificate(*, matter: Rectification, reasons: dict[int, str], why: str, by: Any, on: date) -> Certificate:
    """Give a mended certificate, with a number of its own, that names the one whose place it takes.

    :param reasons: the reasons as they should have been, by item id; items left out keep theirs.
    """
    _check_decider(by)
    rules.check_certificate(matter.decisions)
    rules.check_replacement(issued=bool(matter.certificates), why=why)
    for item in matter.items:
        if item.id in reasons and item.decision != "granted":
            rules.check_refusal(ground=item.refusal_ground, reasons=reasons[item.id])
            item.reasons = reasons[item.id].strip()
    return _issue_certificate(matter, by=by, on=on, replaces=matter.certificates[-1], why=why)


def tell_everybody(*, matter: Rectification, by: Any, on: date) -> int:
    """Write to each source and recipient not yet told: one letter each, with all that concerns them. Returns how many."""
    waiting: dict[tuple[str, int], list[Notification]] = {}
    for notification in decisions.notifications(matter):
        if notification.document_id is None and not told_otherwise(notification):
            key = (
                ("source", notification.source_id or 0)
                if notification.source_id
                else ("recipient", notification.recipient_id or 0)
            )
            waiting.setdefault(key, []).append(notification)
    for together in waiting.values():
        document = _issue_notice_of_correction(matter, together, by=by, on=on)
        for notification in together:
            notification.document_id = document.id
        audit.record(TOLD, subject=matter.case.subject, by=by, items=len(together), document=document.id)
    return len(waiting)


def told_otherwise(notification: Notification) -> bool:
    """Whether the recipient has been told by the interface, or hears of it there when it next asks."""
    customer = demands.customer_of(notification.item.rectification)
    if notification.told_on is not None:
        return True
    return customer is not None and hearing.hears(notification.recipient_id, [customer.id])


def _check_decider(by: Any) -> None:
    refusal = by.why_not("rectification.decide")
    if refusal:
        raise NotPermitted(refusal)


def _issue_decision_letter(matter: Rectification, *, by: Any, on: date) -> Document:
    told = sorted({_name(n.source or n.recipient) for n in decisions.notifications(matter)})
    granted = [_row(matter, item) for item in matter.items if item.decision in {"granted", "partly_granted"}]
    context = _context(matter, on) | {
        "granted": granted,
        "told": told,
        "has_refusals": rules.needs_certificate(matter.decisions),
    }
    return documents.issue(
        kind="rectification_decision",
        number=cases.next_document_number(matter.case),
        title="Tietojenne oikaisu" if matter.own_initiative else "Päätös oikaisupyyntöön",
        template="rectification/paper/decision.html",
        context=context,
        addressee=_addressee(matter),
        subject=matter.case.subject,
        by=by,
        on=on,
    )


def _issue_certificate(
    matter: Rectification, *, by: Any, on: date, replaces: Certificate | None = None, why: str = ""
) -> Certificate:
    rules.check_certificate(matter.decisions)
    granted = [_granted(matter, item) for item in matter.items if item.decision != "refused"]
    ends_on = _end_of_restriction(matter.case, on)
    notes = [*([APART] if granted else []), *([RESTRICTED.format(ends_on)] if ends_on else []), STATEMENT]
    document = refusals.issue_certificate(
        case=matter.case,
        right="rectification",
        items=[_refused(_row(matter, item)) for item in matter.items if item.decision != "granted"],
        granted=granted,
        notes=notes,
        replaces=replaces.document if replaces else None,
        why=why,
        by=by,
        on=on,
    )
    certificate = Certificate(
        rectification_id=matter.id,
        number=document.number,
        issued_on=on,
        document=document,
        replaces_id=replaces.id if replaces else None,
        why=why.strip(),
    )
    db.session.add(certificate)
    return certificate


def _refused(row: dict[str, str]) -> dict[str, str]:
    part = f"Hyväksytään osittain: tieto on oikaistu muotoon ”{row['granted']}”. Muilta osin vaatimus evätään."
    return {
        "title": f"{row['what']} (vaadittu oikaistavaksi, koska tieto olisi {row['kind']})",
        "held": row["now"] or "Rekisterissä ei ole tietoa.",
        "demanded": row["demanded"],
        "grounds": row["grounds"],
        "decision": part if row["decision"] == "partly_granted" else "Vaatimus evätään.",
        "reasons": f"{row['refusal']}\n{row['reasons']}",
        "ground": row["article"],
    }


def _granted(matter: Rectification, item: Item) -> str:
    what, done = demands.field_labels(matter)[item.field], "oikaistu" if item.granted_value else "poistettu"
    return f"{what} on {done} {'pyyntönne mukaisesti' if item.decision == 'granted' else 'osittain'}."


def _issue_notice_of_correction(
    matter: Rectification, notifications: list[Notification], *, by: Any, on: date
) -> Document:
    told = notifications[0].source or notifications[0].recipient
    assert told is not None
    context = _context(matter, on) | {
        "is_source": notifications[0].source is not None,
        "rows": [_row(matter, notification.item) for notification in notifications],
    }
    return documents.issue(
        kind="correction_notice",
        number=cases.next_document_number(matter.case),
        title="Ilmoitus henkilötiedon oikaisemisesta",
        template="rectification/paper/correction_notice.html",
        context=context,
        addressee=told.addressee or (told.name,),
        subject=matter.case.subject,
        by=by,
        on=on,
    )


def _addressee(matter: Rectification) -> tuple[str, ...]:
    """Whom the answer goes to: the requester, on own initiative the customer; the name alone when there is no address."""
    case, customer = matter.case, demands.customer_of(matter)
    if matter.own_initiative and customer is not None:
        return customers.addressee(customer) or (customer.full_name,)
    return case.addressee or (case.requester_name,)


def _name(party: Source | Recipient | None) -> str:
    return party.name if party else ""


def _context(matter: Rectification, on: date) -> dict[str, Any]:
    case, customer = matter.case, demands.customer_of(matter)
    return {
        "person": customer.display_name if customer else "",
        "controller": settings.current().controller(),
        "place": settings.current().place,
        "date": fi_date(on),
        "case": {
            "number": case.number,
            "received_on": fi_date(case.received_on),
            "dated_on": fi_date(case.request_dated_on),
            "channel": CHANNELS[case.channel],
            "requester": case.requester_name,
            "role": case.requester_role,
            "due_on": fi_date(case.due_on),
            "extended_due_on": fi_date(case.extended_due_on),
        },
        "own_initiative": matter.own_initiative,
        "restriction_ends_on": _end_of_restriction(case, on),
    }


def _end_of_restriction(case: Case, on: date) -> str:
    """The day on which what was restricted by itself is in use again; the answer tells it beforehand (GDPR art. 18(3))."""
    return fi_date(lifting_day(on)) if restrictions.automatic_of_case(case) else ""


def _row(matter: Rectification, item: Item) -> dict[str, str]:
    ground = rules.REFUSAL_GROUNDS.get(item.refusal_ground or "")
    return {
        "what": demands.field_labels(matter)[item.field],
        "kind": rules.KINDS[item.kind],
        "now": shown(item.field, item.current_value or ""),
        "demanded": shown(item.field, item.requested_value) or "Tieto poistetaan.",
        "grounds": item.ground,
        "decision": item.decision or "",
        "decided_on": fi_date(item.decided_on),
        "granted": shown(item.field, item.granted_value or "") or "Tieto on poistettu.",
        "refusal": ground.sentence if ground else "",
        "article": ground.article if ground else "",
        "reasons": item.reasons,
    }


def undone(notifications: Iterable[Notification]) -> int:
    """How many sources and recipients have neither a letter yet nor another way to hear."""
    return sum(one.document_id is None and not told_otherwise(one) for one in notifications)


wording.add_letters(
    {
        "rectification_decision": "Oikaisupäätös",
        "correction_notice": "Ilmoitus henkilötiedon oikaisemisesta",
    }
)
