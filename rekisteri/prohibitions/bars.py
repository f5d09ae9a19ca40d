"""Where a prohibition binds: every use of customers' data asks here through `customers.uses`, and the names bear a mark."""

from functools import partial

from sqlalchemy import ColumnElement, exists, func, select

from rekisteri.customers import marks
from rekisteri.customers.models import Customer
from rekisteri.customers.uses import WIDER, add_bar
from rekisteri.prohibitions import rules
from rekisteri.prohibitions.models import Prohibition

ONE, MANY = marks.Mark("Kielto", "warn"), marks.Mark("Kieltoja", "warn")


def forbidden(kind: str) -> ColumnElement[bool]:
    """Whether the customer has forbidden it and not taken it back."""
    return exists().where(
        Prohibition.customer_id == Customer.id, Prohibition.kind == kind, Prohibition.withdrawn_on.is_(None)
    )


_STANDING = (
    select(func.count())
    .where(Prohibition.customer_id == Customer.id, Prohibition.withdrawn_on.is_(None))
    .correlate(Customer)
    .scalar_subquery()
)
marks.add_mark(_STANDING, lambda count: ONE if count == 1 else MANY)
for _kind, _label in rules.KINDS.items():
    add_bar(
        f"kielto: {_label.lower()}",
        WIDER.get(_kind, {_kind}),
        partial(forbidden, _kind),
        f"Asiakas on kieltänyt tämän käytön: {_label.lower()}. Kielto päättyy vain asiakkaan omalla ilmoituksella.",
    )
