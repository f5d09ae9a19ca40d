"""Entering by hand somebody whom the register has erased: the clerk is warned and decides (GDPR art. 17, 21(3))."""

from collections.abc import Collection, Mapping

from rekisteri.customers import rules, service
from rekisteri.customers.importing.recognisers import Candidate, verdicts
from rekisteri.customers.models import Customer
from rekisteri.kernel.errors import RuleViolation

ALONE = {"email", "phone", "business_id"}
"""What tells of a person without the name beside it."""
TOGETHER = {"last_name", "first_name", "name", "street", "postcode"}


def warning(kind: str, values: Mapping[str, str]) -> str | None:
    """What a clerk should know before these data are kept; also that nobody could be recognised just now."""
    try:
        verdict = verdicts([Candidate(kind, values)]).get(0)
    except RuleViolation as violation:
        return violation.sentence
    return verdict.sentence if verdict else None


def warning_of_change(customer: Customer, changed: Collection[str]) -> str | None:
    """The same of what has just been changed on a card; what stood there before is not told of again."""
    bases = {rules.base(field) for field in changed}
    asked = (ALONE & bases) | (TOGETHER if TOGETHER & bases else set())
    held = service.current(customer).items()
    fresh = {field: datum.value for field, datum in held if field in changed or rules.base(field) in TOGETHER}
    values = {field: value for field, value in fresh.items() if rules.base(field) in asked}
    return warning(customer.kind, values) if values else None
