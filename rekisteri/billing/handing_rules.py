"""For what a partner is given an invoice, a collection or an application for credit, and which data go with it."""

from collections.abc import Collection
from dataclasses import dataclass

FIELDS = {
    "person": ("last_name", "first_name", "street", "postcode", "city", "country"),
    "organisation": ("name", "business_id", "street", "postcode", "city", "country"),
}
"""What goes unless the clerk says otherwise: whom it concerns and where they are reached by post."""
CLAIM = ("Laskun numero", "Laskupäivä", "Eräpäivä", "Summa (€)", "Maksettu (€)", "Maksamatta (€)")
APPLICATION = ("Hakemuksen päivä", "Haettu luotto (€)")


@dataclass(frozen=True)
class Kind:
    """One kind of hand-over: its name, its ground and purpose as the ledger tells them, and what goes beside the name and

    the address: `content` by its code in the ledger, `columns` by their names in a file.
    """

    name: str
    ground: str
    purpose: str
    content: str
    columns: tuple[str, ...]


KINDS = {
    "invoice": Kind("Laskutus", "billing", "Laskun toimittaminen ja laskutus", "claim", CLAIM),
    "collection": Kind("Perintä", "collection", "Avoimen laskun perintä", "claim", CLAIM),
    "application": Kind(
        "Luottopäätös", "credit", "Luottotietojen kysyminen luottopäätöstä varten", "application", APPLICATION
    ),
}


def fields_for(allowed: Collection[str]) -> list[str]:
    """The name and the address, as far as the partner has been agreed to get them; all of them without an agreed list."""
    asked = dict.fromkeys(field for fields in FIELDS.values() for field in fields)
    return [field for field in asked if not allowed or field in allowed]


def euros(cents: int) -> str:
    """A sum as a table has it, so that the partner's program reads it: 1234,50."""
    return f"{cents // 100},{cents % 100:02}"
