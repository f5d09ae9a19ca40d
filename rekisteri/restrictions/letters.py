"""The letters of a restriction: to the person who asked for it and before it ends, to those who have received the data."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import codes
from rekisteri.cases import service as cases
from rekisteri.customers import service as customers
from rekisteri.customers.models import Datum
from rekisteri.customers.rules import FIELDS
from rekisteri.disclosures import hearing
from rekisteri.disclosures.models import DisclosedDatum, Disclosure
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.formats import fi_date
from rekisteri.restrictions import events, rules
from rekisteri.restrictions.models import Restriction, RestrictionMatter, RestrictionNotice
from rekisteri.settings import service as settings


def received(restriction: Restriction) -> dict[int, list[str]]:
    """Who has received any of the restricted data, in whatever wording, and which: recipients' ids → fields in order."""
    query = (
        select(Disclosure.recipient_id, Datum.field)
        .join(DisclosedDatum, DisclosedDatum.disclosure_id == Disclosure.id)
        .join(Datum, Datum.id == DisclosedDatum.datum_id)
        .where(Disclosure.customer_id == restriction.customer_id)
        .distinct()
    )
    gone: dict[int, set[str]] = {}
    for recipient_id, field in db.session.execute(query):
        if restriction.fields is None or field in restriction.fields:
            gone.setdefault(recipient_id, set()).add(field)
    order = FIELDS[restriction.customer.kind]
    return {recipient: [field for field in order if field in gone[recipient]] for recipient in sorted(gone)}


def remember_recipients(restriction: Restriction, *, more: Collection[str] = ()) -> None:
    """Put on the list everybody who has received what is restricted and is not on it yet (GDPR art. 19).

    :param more: the data that came to be restricted besides: who has received any of them has not been told all.
    """
    given = received(restriction)
    known = {notice.recipient_id for notice in restriction.told}
    for notice in restriction.told:
        if not set(more).isdisjoint(given.get(notice.recipient_id, ())):
            notice.document_id = notice.told_on = None
    restriction.told += [RestrictionNotice(recipient_id=recipient) for recipient in given if recipient not in known]
    db.session.flush()


def hears(notice: RestrictionNotice) -> bool:
    """Whether the recipient hears of it by the interface when it next asks."""
    return hearing.hears(notice.recipient_id, [notice.restriction.customer_id])


def untold(restriction: Restriction) -> list[RestrictionNotice]:
    """Recipients who have no letter yet of the beginning, or of the end of what they were told of, and no other way to hear."""
    return [notice for notice in _waiting(restriction) if not hears(notice)]


def _waiting(restriction: Restriction) -> list[RestrictionNotice]:
    if restriction.in_force:
        return [notice for notice in restriction.told if not (notice.document_id or notice.told_on)]
    began = [notice for notice in restriction.told if notice.document_id or notice.told_on or hears(notice)]
    return [notice for notice in began if not (notice.end_document_id or notice.end_told_on)]


def _tell_by_interface(restriction: Restriction) -> None:
    given = received(restriction)
    for notice in _waiting(restriction):
        hearing.tell(
            recipient_id=notice.recipient_id,
            customer_id=restriction.customer_id,
            what="restricted" if restriction.in_force else "released",
            fields=given.get(notice.recipient_id, ()),
            origin=f"restriction_{'notice' if restriction.in_force else 'end'}:{notice.id}",
        )


def tell_recipients(*, restriction: Restriction, by: Any, on: date) -> int:
    """Write to each recipient not yet told; returns how many letters; none while the letterhead is not complete.

    Who hears by the interface is told there.
    """
    _tell_by_interface(restriction)
    waiting = [] if settings.missing() else untold(restriction)
    given = received(restriction) if waiting else {}
    labels = FIELDS[restriction.customer.kind]
    for notice in waiting:
        ending = not restriction.in_force
        document = _issue(
            restriction,
            kind="restriction_notice",
            title="Ilmoitus käsittelyn rajoituksen päättymisestä" if ending else "Ilmoitus käsittelyn rajoittamisesta",
            template="restrictions/paper/notice.html",
            told={
                "ending": ending,
                "ended_on": fi_date(restriction.ended_on),
                "data": rules.begun_large(rules.what(given.get(notice.recipient_id, ()), labels)),
            },
            addressee=notice.recipient.addressee or (notice.recipient.name,),
            by=by,
            on=on,
        )
        if ending:
            notice.end_document_id = document.id
        else:
            notice.document_id = document.id
    if waiting:
        db.session.flush()
        audit.record(
            events.TOLD, subject=restriction.customer.subject, by=by, restriction=restriction.id, letters=len(waiting)
        )
    return len(waiting)


def issue_end_letter(restriction: Restriction, *, reason: str, ends_on: date, by: Any, on: date) -> Document:
    """Tell the person why and on which day the restriction ends, before it does (GDPR art. 18(3))."""
    told = {"reason": reason, "ends_on": fi_date(ends_on)}
    return _issue(
        restriction,
        kind="restriction_end",
        title="Ilmoitus käsittelyn rajoituksen päättymisestä",
        template="restrictions/paper/end.html",
        told=told,
        addressee=_person(restriction),
        by=by,
        on=on,
    )


def issue_decision(matter: RestrictionMatter, restriction: Restriction, *, by: Any, on: date) -> Document:
    """Tell the requester what is restricted, for how long and what it means (GDPR art. 12(3), 18)."""
    told = {
        "decision": matter.decision,
        "recipients": [notice.recipient.name for notice in restriction.told],
        "request": _told_of_request(matter),
    }
    return _issue(
        restriction,
        kind="restriction_decision",
        title="Päätös käsittelyn rajoittamisesta",
        template="restrictions/paper/decision.html",
        told=told,
        addressee=matter.case.addressee or (matter.case.requester_name,),
        by=by,
        on=on,
    )


def _person(restriction: Restriction) -> Sequence[str]:
    """Whom the end is told to: who asked, or the customer at the address in the register."""
    case = restriction.case
    if case is not None and not case.own_initiative and case.addressee:
        return case.addressee
    return customers.addressee(restriction.customer) or (restriction.customer.full_name,)


def _issue(
    restriction: Restriction,
    *,
    kind: str,
    title: str,
    template: str,
    told: dict[str, Any],
    addressee: Sequence[str],
    by: Any,
    on: date,
) -> Document:
    case = restriction.case
    return documents.issue(
        kind=kind,
        number=cases.next_document_number(case) if case else _own_number(restriction),
        title=title,
        template=template,
        context=_context(restriction, on) | told,
        addressee=addressee,
        subject=case.subject if case else restriction.customer.subject,
        by=by,
        on=on,
    )


def _own_number(restriction: Restriction) -> str:
    """A letter's number where there is no request: RA 2026/0003-1, RA 2026/0003-2 …"""
    return f"{restriction.number}-{next_number(f'letter {restriction.number}', restriction.begun_on.year)}"


def _context(restriction: Restriction, on: date) -> dict[str, Any]:
    ground, company = rules.GROUNDS[restriction.ground], settings.current()
    labels = FIELDS[restriction.customer.kind]
    return {
        "controller": company.controller(),
        "place": company.place,
        "date": fi_date(on),
        "person": restriction.customer.full_name,
        "number": restriction.case.number if restriction.case else restriction.number,
        "begun_on": fi_date(restriction.begun_on),
        "what": rules.begun_large(rules.what(restriction.fields, labels)),
        "ground": {
            "sentence": ground.sentence,
            "lasts": ground.lasts,
            "article": rules.begun_large(ground.article),
            "asked": ground.asked,
        },
    }


def _told_of_request(matter: RestrictionMatter) -> dict[str, Any]:
    case = matter.case
    return {
        "number": case.number,
        "received_on": fi_date(case.received_on),
        "channel": codes.CHANNEL_WORDS.get(case.channel, ""),
        "for_oneself": case.requester_role == "self",
    }
