"""The letters of the intake: acknowledgement, request for details, extension. Each is issued once and tracked until posted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import codes, deadlines, events, intake_rules, matters, rules
from rekisteri.cases.matter_changes import check_undecided, end_matters
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.documents import service as documents
from rekisteri.documents import wording
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import service as settings


def next_document_number(case: Case) -> str:
    """The next document number under the case's diary number: 2026/0007-1, 2026/0007-2 …"""
    return f"{case.number}-{next_number(f'case {case.number}', case.registered_on.year)}"


def letters_of(case: Case) -> list[Document]:
    """Everything issued in the case, oldest first."""
    return documents.for_subject(case.subject)


def unposted_letters(case: Case) -> list[Document]:
    """Letters of the case that are neither posted nor shown impossible to post."""
    return [letter for letter in letters_of(case) if letter.state == "waiting"]


def acknowledge(*, case: Case, by: Any, on: date) -> Document:
    """Tell the requester that the request has come, and by when it is answered."""
    check_letter(case)
    letter = issue_letter(case, "acknowledgement", "Ilmoitus pyynnön vastaanottamisesta", {}, by=by, on=on)
    audit.record(events.ACKNOWLEDGED, subject=case.subject, by=by, document=letter.id)
    return letter


def ask_for_details(*, case: Case, wanted: str, reply_by: date, by: Any, on: date) -> Document:
    """Ask the requester to itemise or to prove what is in doubt; the deadline keeps running."""
    check_letter(case)
    rules.check_details_wanted(wanted, reply_by=reply_by, on=on)
    told = {"wanted": wanted, "reply_by": reply_by}
    letter = issue_letter(case, "details_request", "Täydennyspyyntö", told, by=by, on=on)
    audit.record(events.DETAILS_ASKED, subject=case.subject, by=by, document=letter.id)
    return letter


def extend(*, case: Case, ground: str, reason: str, by: Any, on: date, kinds: Sequence[str] | None = None) -> Document:
    """Extend the deadline to three months from receipt, once, and tell the requester why (GDPR art. 12(3)).

    :param kinds: the matters whose time is extended, when a simple one in the same letter is answered within its month;
        all that are undecided unless told otherwise.
    """
    check_letter(case)
    paused = deadlines.paused_days(case)
    rules.check_extension(
        received=case.received_on,
        extended=case.extended_on,
        ground=ground,
        reason=reason,
        on=on,
        paused=deadlines.paused_days(case, on=on),
    )
    until = rules.extended_due_on(case.received_on, paused)
    chosen = _extended_matters(case, kinds)
    for matter in chosen:
        matter.extended_due_on = until
    case.extended_on, case.extension_ground, case.extension_reason = on, ground, reason
    deadlines.settle(case)
    db.session.flush()
    partly = len(chosen) < len(matters.alive(case))
    told = {"until": until, "concerned": matters.listed(matter.kind for matter in chosen) if partly else ""}
    letter = issue_letter(case, "extension", "Ilmoitus määräajan jatkamisesta", told, by=by, on=on)
    audit.record(
        events.EXTENDED, subject=case.subject, by=by, ground=ground, until=until.isoformat(), document=letter.id
    )
    return letter


def _extended_matters(case: Case, kinds: Sequence[str] | None) -> list[CaseMatter]:
    waiting = matters.undecided(case) or matters.alive(case)
    if kinds is None:
        return waiting
    chosen = [matter for matter in waiting if matter.kind in kinds]
    if not chosen:
        raise RuleViolation("Valitse, minkä asian määräaikaa jatketaan.", field="kinds")
    return chosen


def answer_not_held(*, case: Case, by: Any, on: date) -> Document:
    """Answer a person whom the register does not know: we hold no data of you, and where to go if you think otherwise.

    The confirmation that nothing is processed is an answer of its own (GDPR art. 15(1)); for the other rights it tells
    why nothing is done (art. 12(4)).
    """
    check_letter(case)
    intake_rules.check_not_held(case.person_state)
    waiting = [matter.kind for matter in matters.undecided(case)]
    check_undecided(case, waiting)
    letter = issue_letter(case, "not_held", "Vastaus pyyntöönne: emme käsittele tietojanne", {}, by=by, on=on)
    audit.record(events.NOT_HELD_TOLD, subject=case.subject, by=by, document=letter.id)
    end_matters(case=case, kinds=waiting, outcome="not_held", document=letter, by=by, on=on)
    return letter


def check_letter(case: Case) -> None:
    """A letter has somebody to go to, belongs to an open case, and has a complete letterhead."""
    rules.check_open(case.state)
    if case.own_initiative:
        raise RuleViolation("Omasta aloitteesta tehdyssä oikaisussa ei ole pyynnön esittäjää, jolle kirjoittaa.")
    missing = settings.missing()
    if missing:
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing)}.")


def issue_letter(case: Case, kind: str, title: str, told: dict[str, Any], *, by: Any, on: date) -> Document:
    """Issue one letter to the requester; one without a postal address is handed over or sent otherwise."""
    return documents.issue(
        kind=kind,
        number=next_document_number(case),
        title=title,
        template=f"cases/paper/{kind}.html",
        context={
            "case": _told_of(case),
            "controller": settings.current().controller(),
            "signer": {"name": by.full_name, "title": by.title},
            **told,
        },
        addressee=case.addressee,
        subject=case.subject,
        by=by,
        on=on,
        mailed=True,
    )


def _told_of(case: Case) -> dict[str, Any]:
    """What letters tell of the case, as plain values."""
    return {
        "number": case.number,
        "concerns": matters.listed(matter.kind for matter in matters.alive(case)),
        "for_oneself": case.requester_role == "self",
        "person": case.customer.full_name if case.customer else "",
        "received_on": case.received_on,
        "dated_on": case.request_dated_on,
        "channel": codes.CHANNEL_WORDS.get(case.channel, ""),
        "due_on": case.due_on,
        "deadline": case.extended_due_on or case.due_on,
        "unpaused_due_on": rules.due_on(case.received_on),
        "latest": rules.extended_due_on(case.received_on, deadlines.paused_days(case)),
        "extended_due_on": case.extended_due_on,
        "extension_ground": codes.EXTENSION_GROUNDS.get(case.extension_ground or "", ""),
        "extension_reason": case.extension_reason,
    }


wording.add_letters(
    {
        "acknowledgement": "Ilmoitus pyynnön vastaanottamisesta",
        "details_request": "Täydennyspyyntö",
        "extension": "Ilmoitus määräajan jatkamisesta",
        "fee_notice": "Ilmoitus pyynnön maksullisuudesta",
        "identity_request": "Pyyntö vahvistaa henkilöllisyys",
        "not_held": "Vastaus: emme käsittele tietoja",
        "refusal_certificate": "Kieltäytymistodistus",
    }
)
