"""Recording the signed confidentiality commitments, and their end."""

from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.documents.scans import store_scan
from rekisteri.kernel.db import db
from rekisteri.staff import events, rules
from rekisteri.staff.commitment_text import CURRENT
from rekisteri.staff.models import Commitment, User


def record_commitment(
    *,
    user: User,
    signed_on: date,
    today: date,
    place: str = "",
    file: Any = None,
    by: User | None,
    text_version: str = CURRENT,
) -> Commitment:
    """Record that a person has signed the commitment; from the day of signing they may see personal data.

    :param file: the scan of the signed paper, if there is one.
    :param by: who records; None for the command line.
    """
    rules.check_signing(signed_on, today=today)
    scan = store_scan(file=file, by=by, subject=user.subject) if file else None
    commitment = Commitment(
        user=user,
        text_version=text_version,
        signed_on=signed_on,
        place=place,
        recorded_by=by,
        scan_id=scan.id if scan else None,
    )
    db.session.add(commitment)
    db.session.flush()
    audit.record(
        events.COMMITMENT_RECORDED,
        subject=user.subject,
        by=by,
        commitment=commitment.id,
        signed_on=signed_on.isoformat(),
        text_version=text_version,
        with_scan=scan is not None,
    )
    return commitment


def revoke_commitment(*, commitment: Commitment, revoked_on: date, reason: str, by: User) -> None:
    """End a commitment: from that day on the person sees no personal data."""
    rules.check_revocation(commitment.signed, revoked_on, reason)
    commitment.revoked_on = revoked_on
    commitment.revoked_reason = reason
    commitment.revoked_by = by
    audit.record(
        events.COMMITMENT_REVOKED,
        subject=commitment.user.subject,
        by=by,
        commitment=commitment.id,
        revoked_on=revoked_on.isoformat(),
    )
