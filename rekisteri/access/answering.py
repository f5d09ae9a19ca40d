"""Answering a request to see the data: the letter with everything, or the certificate of what is not told (GDPR art. 15)."""

from datetime import date
from itertools import groupby
from typing import Any

from rekisteri.access import draft as drafts
from rekisteri.access import rules
from rekisteri.access.draft import Draft, Part
from rekisteri.access.models import AccessMatter
from rekisteri.access.preparing import check_workable, hindrances
from rekisteri.audit import service as audit
from rekisteri.cases import codes, refusals
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.documents.wording import add_letter
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted
from rekisteri.kernel.formats import fi_date
from rekisteri.settings import service as settings

DECIDE = "access.decide"
LETTER = "access_letter"
TITLE = "Tietonne rekisterissämme"
TEMPLATE = "access/paper/letter.html"
ENCLOSURE = "access_enclosure"
RELEASED = audit.event(
    "access.released",
    "tiedot annettu rekisteröidylle",
    fields={"rows": int, "left": int, "document": int},
)
REFUSED = audit.event("access.refused", "tietojen antaminen evätty", fields={"kind": str, "ground": str})

add_letter(LETTER, "Vastaus tarkastuspyyntöön")
add_letter(ENCLOSURE, "Liite tarkastuspyynnön vastaukseen")


def check_decider(by: Any) -> None:
    """Whoever hands a person's data out answers for their being the right person's."""
    refusal = by.why_not(DECIDE)
    if refusal:
        raise NotPermitted(refusal)


def release(*, matter: AccessMatter, read: str | None, by: Any, on: date) -> Document:
    """Give the data: the letter as it was read, and a certificate of what was left out of it.

    :param read: the fingerprint of the draft that the releasing person has read.
    :raises RuleViolation: something hinders it, the letter would lack something, or the data have changed since.
    """
    check_decider(by)
    check_workable(matter)
    rules.check_hindrances(hindrances(matter))
    draft = drafts.make(matter, on=on)
    rules.check_background(draft.lacking)
    rules.check_same_draft(read, draft.fingerprint)
    letter = documents.issue(
        kind=LETTER,
        number=cases.next_document_number(matter.case),
        title=TITLE,
        template=TEMPLATE,
        context=context(matter, draft, by=by),
        addressee=matter.case.addressee,
        subject=matter.case.subject,
        by=by,
        on=on,
    )
    _enclose(matter, draft, by=by, on=on)
    items = _not_told(draft)
    if items:
        granted = ["Muut teitä koskevat tiedot olette saanut erillisessä kirjeessä."]
        certificate = refusals.issue_certificate(
            case=matter.case, right=matter.kind, items=items, granted=granted, by=by, on=on
        )
        matter.certificate_id = certificate.id
    rows = sum(len(part.told) for part in draft.parts)
    audit.record(RELEASED, subject=matter.case.subject, by=by, rows=rows, left=draft.left, document=letter.id)
    settle(matter, "told", letter, by=by, on=on)
    return letter


def _enclose(matter: AccessMatter, draft: Draft, *, by: Any, on: date) -> None:
    """What does not fit in the letter, as enclosures that travel with it."""
    for title, parts in zip(_enclosures(draft), _papers(draft)[1:], strict=True):
        documents.issue(
            kind=ENCLOSURE,
            number=cases.next_document_number(matter.case),
            title=title,
            template="access/paper/enclosure.html",
            context={"controller": settings.current().controller(), "parts_of_it": parts},
            addressee=matter.case.addressee,
            subject=matter.case.subject,
            by=by,
            on=on,
        )


def _papers(draft: Draft) -> list[list[dict[str, Any]]]:
    return rules.papers([_printed(part) for part in draft.parts])


def _enclosures(draft: Draft) -> list[str]:
    return [f"Liite {number}: {TITLE}" for number in range(1, len(_papers(draft)))]


def _not_told(draft: Draft) -> list[dict[str, str]]:
    """What the certificate says was left out: how much, of which chapter, on what ground; never what stood there."""
    found = []
    for part in draft.parts:
        lines = sorted(
            part.left, key=lambda line: (line.left_out.ground, line.left_out.reasons) if line.left_out else ("", "")
        )
        for (code, reasons), group in groupby(lines, key=lambda line: (line.left_out.ground, line.left_out.reasons)):  # type: ignore[union-attr]
            count = len(list(group))
            ground = rules.LEAVING_GROUNDS[code]
            found.append(
                {
                    "title": f"{part.chapter.title}: {'1 kohta' if count == 1 else f'{count} kohtaa'}",
                    "demanded": "Kaikki teitä koskevat tiedot",
                    "reasons": f"{ground.sentence}\n{reasons}",
                    "ground": ground.article,
                }
            )
    return found


def refuse(*, matter: AccessMatter, ground: str | None, reasons: str, by: Any, on: date) -> Document:
    """Refuse the whole of it on its own merits, with a certificate."""
    check_decider(by)
    check_workable(matter)
    why = rules.check_refusal(right=matter.kind, ground=ground, reasons=reasons)
    item = {
        "title": rules.RIGHTS[matter.kind],
        "demanded": matter.case.content or rules.RIGHTS[matter.kind],
        "reasons": f"{why.sentence}\n{reasons.strip()}",
        "ground": why.article,
    }
    certificate = refusals.issue_certificate(case=matter.case, right=matter.kind, items=[item], by=by, on=on)
    matter.certificate_id = certificate.id
    audit.record(REFUSED, subject=matter.case.subject, by=by, kind=matter.kind, ground=ground)
    settle(matter, "refused", None, by=by, on=on)
    return certificate


def settle(matter: AccessMatter, outcome: str, letter: Document | None, *, by: Any, on: date) -> None:
    """The answer stands; what was written for it now stands in the letter, and nowhere else."""
    matter.outcome, matter.answered_on, matter.answered_by_id = outcome, on, by.id
    matter.document_id = letter.id if letter else None
    forget_preparation(matter)
    db.session.flush()
    cases.advance(case=matter.case, state="decided", by=by)


def forget_preparation(matter: AccessMatter) -> None:
    """Throw away what was written while the answer was prepared: it may speak of others (GDPR art. 5(1)(c))."""
    matter.hidden_words = matter.paper_findings = ""
    matter.supplement = {}


def context(matter: AccessMatter, draft: Draft, *, by: Any) -> dict[str, Any]:
    """What the letter is printed from, as plain values."""
    return {
        "controller": settings.current().controller(),
        "case": told_of(matter.case),
        "signer": {"name": by.full_name, "title": by.title},
        "parts_of_it": _papers(draft)[0],
        "enclosures": _enclosures(draft),
        "passages": [{"title": passage.title, "html": passage.html} for passage in draft.passages],
        "supplemented": bool(matter.supplement),
        "paper_findings": draft.paper_findings,
        "covers": draft.covers,
        "left": draft.left,
    }


def _printed(part: Part) -> dict[str, Any]:
    return {
        "title": part.chapter.title,
        "lead": part.chapter.lead,
        "head": part.chapter.head,
        "rows": part.told,
        "widths": part.widths,
        "left": len(part.left),
    }


def told_of(case: Case) -> dict[str, Any]:
    """What letters tell of the request, as plain values."""
    return {
        "number": case.number,
        "received_on": fi_date(case.received_on),
        "channel": codes.CHANNEL_WORDS.get(case.channel, ""),
        "for_oneself": case.requester_role == "self",
        "person": case.customer.full_name if case.customer else "",
    }
