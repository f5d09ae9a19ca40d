"""Where an objection or a withdrawn consent binds: every use of customers' data asks here through `customers.uses`."""

from functools import partial

from sqlalchemy import ColumnElement, exists

from rekisteri.customers.models import Customer
from rekisteri.customers.uses import WIDER, add_bar
from rekisteri.objections import rules
from rekisteri.objections.models import Objection, ObjectionUse

SENTENCE = "Asiakas on vastustanut tätä käyttöä tai peruuttanut suostumuksensa siihen: {use}."


def stopped(use: str) -> ColumnElement[bool]:
    """Whether a customer has said no to this use, and has not allowed it again, whatever is left of the request."""
    return exists().where(
        ObjectionUse.objection_id == Objection.id,
        ObjectionUse.use == use,
        ObjectionUse.bound_on.is_not(None),
        Objection.customer_id == Customer.id,
        Objection.ended_on.is_(None),
    )


for _use, _label in rules.USES.items():
    add_bar(
        f"vastustettu: {_label.lower()}",
        WIDER.get(_use, {_use}),
        partial(stopped, _use),
        SENTENCE.format(use=_label.lower()),
    )
