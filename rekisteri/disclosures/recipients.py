"""The partners and authorities to whom data may go: keeping their details."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers.countries import countries
from rekisteri.customers.rules import check_values
from rekisteri.disclosures import rules
from rekisteri.disclosures.models import Recipient
from rekisteri.documents.scans import store_scan
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.kernel.formats import sort_key
from rekisteri.staff.models import User

ADDED = audit.event("recipient.added", "vastaanottaja lisätty", fields={"role": str, "country": str})
CHANGED = audit.event("recipient.changed", "vastaanottajan tietoja muutettu", fields={"fields": list})

ADDRESS = ("name", "email", "phone", "street", "postcode", "city")
AGREEMENT = ("agreement_on", "agreement_until")
TRANSFER = ("country", "transfer_need", "transfer_basis", "transfer_safeguard")
DETAILS = (*ADDRESS, "contact", "role", "purpose", "fields", *TRANSFER, *AGREEMENT, "active")
DECIDE = "transfers.decide"
DECIDED = audit.event(
    "recipient.transfer_decided", "siirrosta EU:n ja ETA:n ulkopuolelle päätetty", fields={"country": str, "basis": str}
)


def all_recipients() -> list[Recipient]:
    """Every recipient on record, in Finnish order."""
    return list(db.session.scalars(select(Recipient).order_by(Recipient.sort_key, Recipient.id)))


def find_recipient(recipient_id: int) -> Recipient | None:
    """The recipient with this id."""
    return db.session.get(Recipient, recipient_id)


def add_recipient(*, by: User | None, scans: Sequence[Any] = (), **details: Any) -> Recipient:
    """Put a new recipient on record: `details` by the names of `DETAILS`.

    :raises RuleViolation: a detail is not kept as it is, or there is one of that name.
    """
    recipient = Recipient()
    _fill(recipient, details)
    db.session.add(recipient)
    db.session.flush()
    _keep_agreement(recipient, scans, by)
    audit.record(ADDED, subject=recipient.subject, by=by, role=recipient.role, country=recipient.country)
    return recipient


def change_recipient(*, recipient: Recipient, by: User | None, scans: Sequence[Any] = (), **details: Any) -> list[str]:
    """Change a recipient's details, or retire it, and return the names of what changed.

    What was decided of a transfer was decided of that country, need and safeguard: when they change, it is decided anew.
    """
    before = {field: getattr(recipient, field) for field in DETAILS}
    _fill(recipient, before | details)
    changed = [field for field, value in before.items() if getattr(recipient, field) != value]
    if set(changed) & set(TRANSFER):
        recipient.transfer_decided_by_id = recipient.transfer_decided_on = None
    if _keep_agreement(recipient, scans, by):
        changed.append("agreement_scan")
    if changed:
        audit.record(CHANGED, subject=recipient.subject, by=by, fields=changed)
    return changed


def decide_transfer(*, recipient: Recipient, by: User) -> None:
    """Let data go to a recipient outside the EU and EEA, as its account stands: who did is on record (GDPR art. 5(2), 44).

    :raises NotPermitted: the user does not answer for such decisions.
    :raises RuleViolation: the account is not whole, or there is nothing to decide.
    """
    if refusal := by.why_not(DECIDE):
        raise NotPermitted(refusal)
    transfer = recipient.transfer
    if not transfer.abroad:
        raise RuleViolation("Vastaanottaja on EU:n tai ETA:n alueella. Siirrosta ei tarvitse päättää.")
    rules.check_transfer(transfer)
    if not transfer.awaits_decision:
        raise RuleViolation(
            "Kirjaa ensin, miksi siirto on teknisesti välttämätön, millä perusteella se tehdään ja millä suojatoimilla."
            if transfer.lacking
            else "Siirto on jo hyväksytty."
        )
    recipient.transfer_decided_by_id, recipient.transfer_decided_on = by.id, today()
    db.session.flush()
    audit.record(DECIDED, subject=recipient.subject, by=by, country=recipient.country, basis=recipient.transfer_basis)


def _keep_agreement(recipient: Recipient, files: Sequence[Any], by: User | None) -> bool:
    """The signed agreement as a scan; an earlier one stays in the archive."""
    if not files:
        return False
    if len(files) > 1:
        raise RuleViolation("Anna sopimus yhtenä tiedostona.", field="agreement_scan")
    if recipient.agreement_on is None:
        raise RuleViolation("Kirjaa myös päivä, jona sopimus on tehty.", field="agreement_on")
    recipient.agreement_scan = store_scan(file=files[0], by=by, subject=recipient.subject)
    db.session.flush()
    return True


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
    for field in ("contact", "transfer_need", "transfer_basis", "transfer_safeguard"):
        setattr(recipient, field, details.get(field) or "")
    for field in AGREEMENT:
        setattr(recipient, field, details.get(field))
    recipient.sort_key, recipient.country = key, country
    recipient.role, recipient.purpose = details["role"], details["purpose"]
    recipient.fields = [field for field in rules.DATA if field in (details.get("fields") or ())]
    recipient.active = bool(details.get("active", True))


def _check(details: Mapping[str, Any], country: str) -> None:
    if details.get("role") not in rules.ROLES:
        raise RuleViolation("Valitse vastaanottajan rooli.", field="role")
    if not details.get("purpose"):
        raise RuleViolation("Kerro, mihin tarkoitukseen vastaanottaja saa tietoja.", field="purpose")
    if country not in countries():
        raise RuleViolation("Valitse maa luettelosta.", field="country")
    rules.check_agreement(
        agreement_on=details.get("agreement_on"), agreement_until=details.get("agreement_until"), today=today()
    )
    need, basis, safeguard = (details.get(field) or "" for field in TRANSFER[1:])
    rules.check_transfer(rules.Transfer(country, need, basis, safeguard))
