"""Answering a request to have the data moved: the copy is made once, a letter tells of it, a clerk hands it over (GDPR art. 20)."""

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any

from rekisteri.access import portable, rules
from rekisteri.access.answering import check_decider, settle, told_of
from rekisteri.access.draft import customer_of
from rekisteri.access.models import AccessMatter, PortableCopy
from rekisteri.access.preparing import check_workable, hindrances
from rekisteri.audit import service as audit
from rekisteri.cases import refusals
from rekisteri.cases import service as cases
from rekisteri.customers import chapters
from rekisteri.customers.chapters import Chapter
from rekisteri.disclosures import door
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.documents.wording import add_letter
from rekisteri.kernel.clock import today
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import service as settings

LETTER = "portability_letter"
MADE = audit.event(
    "access.copy_made", "siirtotiedosto tehty", fields={"rows": int, "sha256": str, "way": str, "document": int}
)
DOWNLOADED = audit.event("access.copy_downloaded", "siirtotiedosto ladattu luovutusta varten")
HANDED = audit.event("access.copy_handed", "siirtotiedosto luovutettu", fields={"on": str, "way": str})

add_letter(LETTER, "Tietojen siirtäminen järjestelmästä toiseen")


def offered(matter: AccessMatter) -> dict[str, Chapter]:
    """What could be in the copy now."""
    customer = customer_of(matter)
    return portable.portable(chapters.chapters(customer)) if customer else {}


def make_copy(
    *,
    matter: AccessMatter,
    chosen: Collection[str],
    ground: str | None,
    reasons: str,
    way: str | None,
    receiver: str,
    by: Any,
    on: date,
) -> PortableCopy:
    """Make the copy of the chosen chapters and the letter that tells of it.

    :param ground: why the chapters not chosen do not belong to the copy; `reasons` tell it in plain words.
    :param receiver: the controller to whom the person wants the data moved directly, when `way` says so.
    :raises RuleViolation: something hinders it, nothing would be in it, or the ground is missing.
    """
    check_decider(by)
    check_workable(matter)
    rules.check_hindrances(hindrances(matter))
    available = offered(matter)
    rules.check_copy(chosen=chosen, offered=available, ground=ground, reasons=reasons)
    rules.check_way(way, receiver)
    told = {key: chapter for key, chapter in available.items() if key in chosen}
    content = portable.packed(told, controller=settings.current().controller(), on=on)
    counts = {key: len(chapter.data) for key, chapter in told.items()}
    matter.copy = PortableCopy(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        counts=counts,
        way=way or "",
        receiver=receiver.strip(),
    )
    letter = _issue_letter(matter, told, by=by, on=on)
    left = [chapter.title for key, chapter in available.items() if key not in told]
    if left:
        _certify(matter, left, [chapter.title for chapter in told.values()], ground or "", reasons, by=by, on=on)
    rows = sum(counts.values())
    facts = {"rows": rows, "sha256": matter.copy.sha256, "way": way, "document": letter.id}
    audit.record(MADE, subject=matter.case.subject, by=by, **facts)
    settle(matter, "told", letter, by=by, on=on)
    return matter.copy


def _issue_letter(matter: AccessMatter, told: dict[str, Chapter], *, by: Any, on: date) -> Document:
    copy = matter.copy
    assert copy is not None
    return documents.issue(
        kind=LETTER,
        number=cases.next_document_number(matter.case),
        title="Tietojenne siirtäminen järjestelmästä toiseen",
        template="access/paper/transfer.html",
        context={
            "controller": settings.current().controller(),
            "case": told_of(matter.case),
            "signer": {"name": by.full_name, "title": by.title},
            "contents": [(chapter.title, f"{key}.csv", len(chapter.data)) for key, chapter in told.items()],
            "way": rules.WAYS_TOLD.get(copy.way, ""),
            "receiver": copy.receiver,
            "sha256": copy.sha256,
        },
        addressee=matter.case.addressee,
        subject=matter.case.subject,
        by=by,
        on=on,
    )


def _certify(
    matter: AccessMatter, left: list[str], granted: list[str], ground: str, reasons: str, *, by: Any, on: date
) -> None:
    why = rules.PORTABILITY_GROUNDS[ground]
    items = [
        {
            "title": title,
            "demanded": "Tietojen siirtäminen",
            "reasons": f"{why.sentence}\n{reasons.strip()}",
            "ground": why.article,
        }
        for title in left
    ]
    certificate = refusals.issue_certificate(
        case=matter.case, right=matter.kind, items=items, granted=granted, by=by, on=on
    )
    matter.certificate_id = certificate.id


def take(*, copy: PortableCopy, by: Any) -> bytes:
    """The file, to be handed over; that it was taken is on record.

    :raises RuleViolation: it has been handed over, and is no longer kept.
    """
    if copy.content is None:
        how = "on jo luovutettu" if copy.handed_on else "on poistettu, koska pyyntö on päättynyt"
        raise RuleViolation(f"Siirtotiedosto {how}, eikä sitä enää säilytetä.")
    case = copy.matter.case
    if case.customer_id:
        door.let_out(
            kind="portability",
            use="customer_relation",
            people=[case.customer_id],
            fields=["copy"],
            purpose=f"Tietojen siirtäminen, pyyntö {case.number}",
            by=by,
            way="file",
            to_the_person=True,
            origin=case.subject,
        )
    audit.record(DOWNLOADED, subject=case.subject, by=by)
    return copy.content


def hand_over(*, copy: PortableCopy, handed_on: date, by: Any) -> None:
    """Record that the person, or the controller the person named, has the file; ours is thrown away."""
    if copy.handed_on is not None:
        raise RuleViolation("Siirtotiedosto on jo merkitty luovutetuksi.")
    if copy.content is None:
        raise RuleViolation("Pyyntö on päättynyt, eikä siirtotiedostoa enää ole.")
    rules.check_handed(handed_on, made=copy.matter.answered_on or handed_on, today=today())
    copy.handed_on, copy.handed_by_id, copy.content = handed_on, by.id, None
    audit.record(HANDED, subject=copy.matter.case.subject, by=by, on=handed_on.isoformat(), way=copy.way)
