"""The rules of prohibitions: what may be forbidden, and that only the customer's own word takes it back.

Direct marketing may be forbidden at any time and without reasons, and the word binds at once (GDPR art. 21(2) and (3)); the
notice promises the same of market and opinion research, of lists, of profiling and of disclosures. Plain values in; an
answer or a `RuleViolation` with a Finnish sentence out.
"""

from collections.abc import Collection
from datetime import date

from rekisteri.cases.codes import CHANNELS
from rekisteri.kernel.errors import RuleViolation

KINDS = {
    "direct_mail": "Suoramainonta",
    "distance_selling": "Etämyynti",
    "direct_marketing": "Muu suoramarkkinointi",
    "market_research": "Markkinatutkimus",
    "opinion_research": "Mielipidetutkimus",
    "listing": "Luettelossa julkaiseminen",
    "profiling": "Profilointi ja kohdennettu sisältö",
    "disclosure": "Tietojen luovuttaminen muille",
}
MARKETING = ("direct_mail", "distance_selling", "direct_marketing")
"""What an erased person had forbidden is remembered of these: a later import refuses the same person."""


def check_kinds(kinds: Collection[str]) -> list[str]:
    """What is forbidden, each once and in the order of the table."""
    if not kinds:
        raise RuleViolation("Valitse, mitä asiakas kieltää.", field="kinds")
    if not set(kinds) <= set(KINDS):
        raise RuleViolation("Valitse kielto luettelosta.", field="kinds")
    return [kind for kind in KINDS if kind in kinds]


def check_told(*, channel: str | None, told_on: date, on: date) -> None:
    """The customer's word came some way, and not tomorrow."""
    if channel not in CHANNELS:
        raise RuleViolation("Valitse, miten asiakas ilmoitti asiasta.", field="channel")
    if told_on > on:
        raise RuleViolation("Ilmoituspäivä ei voi olla tulevaisuudessa.", field="told_on")


def check_withdrawal(*, stands: bool, channel: str | None, told_on: date, since: date, on: date) -> None:
    """A prohibition ends by the customer's own word alone, given after it was made."""
    if not stands:
        raise RuleViolation("Kielto on jo peruttu.")
    check_told(channel=channel, told_on=told_on, on=on)
    if told_on < since:
        raise RuleViolation("Kieltoa ei ole voinut perua ennen kuin se tehtiin.", field="told_on")
