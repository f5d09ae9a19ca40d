"""What an open demand says to the merging of two customers: the datum it speaks of must stay where it is."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from rekisteri.cases.models import Case
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.customers.rules import FIELDS
from rekisteri.kernel.db import db
from rekisteri.rectification.models import Item, Rectification


def in_the_way(customer_ids: Sequence[int], after: Mapping[str, int]) -> list[str]:
    """The undecided demands on these customers' data whose datum would end or move, each as a sentence.

    A decision is given on what stood in the register when the demand was itemised; a merge must not decide it in passing.
    """
    query = (
        select(Item.field, Item.datum_id, Case.number)
        .join(Rectification, Item.rectification_id == Rectification.id)
        .join(Case, Rectification.case_id == Case.id)
        .where(Case.customer_id.in_(customer_ids), Case.state.in_(OPEN_STATES), Item.decision.is_(None))
        .order_by(Case.id, Item.position)
    )
    labels = {**FIELDS["organisation"], **FIELDS["person"]}
    return [
        f"Pyynnössä {number} vaaditaan korjattavaksi tieto ”{labels[field]}”. Valitse yhdistettäessä, että se jää "
        "paikalleen, vaihda säilyvä asiakas tai ratkaise vaatimus ensin."
        for field, datum_id, number in db.session.execute(query)
        if after.get(field) != datum_id
    ]
