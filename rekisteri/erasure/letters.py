"""The papers of an erasure: word to sources and recipients, the certificate with its proof, the refusal of what stays.

What they say is gathered before anything goes, and printed only when the search has been made: so the search finds the
register without them, and the certificate can tell what it found.
"""

import json
import zlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from rekisteri.cases import codes
from rekisteri.cases import service as cases
from rekisteri.customers import service as customers
from rekisteri.customers.holdings import GROUNDS, all_holdings
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.customers.own_holdings import staying_data
from rekisteri.customers.rules import FIELDS, shown
from rekisteri.disclosures import hearing
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Recipient
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.documents.wording import add_letters
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.erasure.planning import recipients_of, sources_of
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.formats import fi_date, fi_datetime, fi_number
from rekisteri.settings import service as settings

NOTICE = "erasure_notice"
CERTIFICATE = "erasure_certificate"
add_letters(
    {NOTICE: "Ilmoitus tietojen poistamisesta lähteelle tai saajalle", CERTIFICATE: "Todistus tietojen poistamisesta"}
)


def pack(told: dict[str, Any]) -> bytes:
    """What the letters will say, out of the search's way: compressed, it cannot be taken for a leftover."""
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode())


def unpack(packed: bytes | None) -> dict[str, Any]:
    """What `pack` packed; nothing when it has been emptied."""
    return json.loads(zlib.decompress(packed)) if packed else {}


def gather(erasure: Erasure, ids: list[int], on: date) -> dict[str, Any]:
    """All that the letters need to know, while the register still knows it."""
    case, customer = erasure.case, db.session.get_one(Customer, ids[0])
    going = _going(ids, on)
    return {
        "person": customer.full_name,
        "addressee": list(case.addressee or customers.addressee(customer) or (customer.full_name,)),
        "case": {
            "number": case.number,
            "received_on": fi_date(case.received_on),
            "channel": codes.CHANNEL_WORDS.get(case.channel, ""),
            "for_oneself": case.requester_role == "self",
        },
        "notices": [*_from_sources(ids, going), *_to_recipients(ids, going)],
    }


def _going(ids: list[int], on: date) -> dict[int, Datum]:
    stay = set(staying_data(ids, on))
    every = db.session.scalars(select(Datum).where(Datum.customer_id.in_(ids)).order_by(Datum.id))
    return {datum.id: datum for datum in every if datum.id not in stay}


def _notice(
    party: Source | Recipient, data: list[Datum], *, is_source: bool, by_interface: bool = False
) -> dict[str, Any]:
    labels = {**FIELDS["organisation"], **FIELDS["person"]}
    rows = dict.fromkeys((labels[datum.field], shown(datum.field, datum.value)) for datum in data)
    return {
        "name": party.name,
        "addressee": list(party.addressee or (party.name,)),
        "is_source": is_source,
        "by_interface": by_interface,
        "rows": [list(row) for row in rows],
    }


def _from_sources(ids: list[int], going: dict[int, Datum]) -> list[dict[str, Any]]:
    told = [(source, [datum for datum in going.values() if datum.source_id == source.id]) for source in sources_of(ids)]
    return [_notice(source, data, is_source=True) for source, data in told if data]


def _to_recipients(ids: list[int], going: dict[int, Datum]) -> list[dict[str, Any]]:
    received: dict[int, list[Datum]] = {}
    query = select(Disclosure.recipient_id, DisclosedDatum.datum_id).join(DisclosedDatum)
    for recipient_id, datum_id in db.session.execute(query.where(Disclosure.customer_id.in_(ids))):
        if datum_id in going:
            received.setdefault(recipient_id, []).append(going[datum_id])
    parties = [recipient for recipient in recipients_of(ids) if recipient.id in received]
    return [_notice(one, received[one.id], is_source=False, by_interface=hearing.hears(one.id, ids)) for one in parties]


def issue_all(found: ErasureRound, told: dict[str, Any], *, by: Any, on: date) -> Document:
    """Print what was gathered: a letter to each source and recipient, and the certificate; returns the certificate."""
    for notice in told["notices"]:
        if notice.get("by_interface"):  # the partner has been told there, in the transaction of the erasure
            continue
        _issue_notice(found, told, notice, by=by, on=on)
    return _issue_certificate(found, told, by=by, on=on)


def _context(told: dict[str, Any], kind: str, on: date) -> dict[str, Any]:
    current = settings.current()
    return {
        "controller": current.controller(),
        "place": current.place,
        "date": fi_date(on),
        "case": told["case"],
        "person": told["person"],
        "anonymised": kind == "anonymisation",
    }


def _issue_notice(found: ErasureRound, told: dict[str, Any], notice: dict[str, Any], *, by: Any, on: date) -> Document:
    case = found.erasure.case
    return documents.issue(
        kind=NOTICE,
        number=cases.next_document_number(case),
        title="Ilmoitus henkilötietojen poistamisesta",
        template="erasure/paper/notice.html",
        context=_context(told, found.erasure.kind, on) | {"is_source": notice["is_source"], "rows": notice["rows"]},
        addressee=notice["addressee"],
        subject=case.subject,
        by=by,
        on=on,
    )


def _issue_certificate(found: ErasureRound, told: dict[str, Any], *, by: Any, on: date) -> Document:
    erasure = found.erasure
    anonymised = erasure.kind == "anonymisation"
    return documents.issue(
        kind=CERTIFICATE,
        number=f"PT {on.year}/{next_number('erasure_certificate', on.year):04}",
        title="Todistus tietojen anonymisoinnista" if anonymised else "Todistus tietojen poistamisesta",
        template="erasure/paper/certificate.html",
        context=_context(told, erasure.kind, on)
        | {
            "whole": found.whole,
            "again": found.number > 1,
            "held_before": found.gone == erasure.gone,
            "executed_at": fi_datetime(found.executed_at),
            "rows": went(found),
            "holds": told_holds(found),
            "told": [notice["name"] for notice in told["notices"]],
            "proof": _told_proof(found.proof or {}),
            "refused_apart": bool(found.holds) and found.number == 1,
        },
        addressee=told["addressee"],
        subject=erasure.case.subject,
        by=by,
        on=on,
    )


def went(found: ErasureRound) -> list[list[str]]:
    """What went, kind by kind, and how many rows."""
    titles = {holding.key: holding.title for holding in all_holdings()}
    return [[titles.get(key, key), fi_number(count)] for key, count in found.counts.items()]


def told_holds(found: ErasureRound) -> list[dict[str, str]]:
    """What stays, as the certificate and the page tell it: ground, sentence, until when, provision."""
    return [
        {
            "title": GROUNDS[hold["ground"]][0],
            "text": hold["text"],
            "until": fi_date(date.fromisoformat(hold["until"])) if hold["until"] else "",
            "provision": GROUNDS[hold["ground"]][1],
        }
        for hold in found.holds
    ]


def _told_proof(proof: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": fi_datetime(datetime.fromisoformat(proof["at"])),
        "texts": fi_number(proof["texts"]),
        "patterns": fi_number(proof["patterns"]),
        "megabytes": fi_number(max(1, round(proof["bytes"] / 1_000_000))),
        "places": proof["places"],
        "shared": proof["shared"],
    }
