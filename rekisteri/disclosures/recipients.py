"""The partners and authorities to whom data may go: keeping their details."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers.countries import countries
from rekisteri.customers.rules import check_values
from rekisteri.disclosures import rules
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import sort_key
from rekisteri.staff.models import User

ADDED = audit.event("recipient.added", "vastaanottaja lisätty", fields={"role": str, "country": str})
CHANGED = audit.event("recipient.changed", "vastaanottajan tietoja muutettu", fields={"fields": list})

ADDRESS = ("name", "email", "street", "postcode", "city")
DETAILS = (*ADDRESS, "role", "purpose", "country", "transfer_need", "transfer_safeguard", "active")


def all_recipients() -> list[Recipient]:
    """Every recipient on record, in Finnish order."""
    return list(db.session.scalars(select(Recipient).order_by(Recipient.sort_key, Recipient.id)))


def find_recipient(recipient_id: int) -> Recipient | None:
    """The recipient with this id."""
    return db.session.get(Recipient, recipient_id)


def add_recipient(*, by: User | None, **details: Any) -> Recipient:
    """Put a new recipient on record: `details` by the names of `DETAILS`.

    :raises RuleViolation: a detail is not kept as it is, or there is one of that name.
    """
    recipient = Recipient()
    _fill(recipient, details)
    db.session.add(recipient)
    db.session.flush()
    audit.record(ADDED, subject=recipient.subject, by=by, role=recipient.role, country=recipient.country)
    return recipient


def change_recipient(*, recipient: Recipient, by: User | None, **details: Any) -> list[str]:
    """Change a recipient's details, or retire it, and return the names of what changed."""
    before = {field: getattr(recipient, field) for field in DETAILS}
    _fill(recipient, before | details)
    changed = [field for field, value in before.items() if getattr(recipient, field) != value]
    if changed:
        audit.record(CHANGED, subject=recipient.subject, by=by, fields=changed)
    return changed


def _fill(recipient: Recipient, details: Mapping[str, Any]) -> None:
    country = details.get("country") or "FI"
    _check(details, country)
    kept = check_values("organisation", {**{field: details.get(field) or "" for field in ADDRESS}, "country": country})
    key = sort_key(kept["name"])
    with db.session.no_autoflush:
        rivals = db.session.scalars(select(Recipient).filter_by(sort_key=key)).all()
    if any(rival is not recipient and rival.name == kept["name"] for rival in rivals):
        raise RuleViolation("Samanniminen vastaanottaja on jo rekisterissä.", field="name")
    for field in ADDRESS:
        setattr(recipient, field, kept.get(field, ""))
    recipient.sort_key, recipient.country = key, country
    recipient.role, recipient.purpose = details["role"], details["purpose"]
    recipient.transfer_need = details.get("transfer_need") or ""
    recipient.transfer_safeguard = details.get("transfer_safeguard") or ""
    recipient.active = bool(details.get("active", True))


def _check(details: Mapping[str, Any], country: str) -> None:
    if details.get("role") not in rules.ROLES:
        raise RuleViolation("Valitse vastaanottajan rooli.", field="role")
    if not details.get("purpose"):
        raise RuleViolation("Kerro, mihin tarkoitukseen vastaanottaja saa tietoja.", field="purpose")
    if country not in countries():
        raise RuleViolation("Valitse maa luettelosta.", field="country")
    rules.check_transfer(
        country=country,
        need=details.get("transfer_need") or "",
        safeguard=details.get("transfer_safeguard") or "",
    )
