"""Requests that were never joined to anybody, though whoever made them is in the register now.

Somebody asks, is not in the register and is told so; later the same person becomes a customer. The old request is then
also about the customer: it is told with the others, and goes with them.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from rekisteri.cases.models import Case
from rekisteri.customers import rules
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fold


def of_people(customer_ids: Sequence[int]) -> list[Case]:
    """Requests joined to nobody, that one of these customers made under the own name, from an address known of them."""
    names = [_words(one.full_name) for one in db.session.scalars(select(Customer).where(Customer.id.in_(customer_ids)))]
    known = select(Datum.field, Datum.value).where(Datum.customer_id.in_(customer_ids))
    values: dict[str, set[str]] = {}
    for field, value in db.session.execute(known):
        values.setdefault(rules.base(field), set()).add(fold(value))
    first = {word for value in values.get("first_name", ()) for word in _words(value)}
    return [case for case in _joined_to_nobody() if _is_from(case, names, first, values)]


def _joined_to_nobody() -> Sequence[Case]:
    """Of those who spoke for themselves: whoever spoke for another asked about the other."""
    where = (Case.customer_id.is_(None), Case.person_state != "erased", Case.requester_role == "self")
    return db.session.scalars(select(Case).where(*where).order_by(Case.id)).all()


def _is_from(case: Case, names: Collection[set[str]], first: set[str], values: dict[str, set[str]]) -> bool:
    """Of an e-mail address the first name is enough, for a surname changes; of a street, where families live, it is not."""
    words = _words(case.requester_name)
    named = any(name and name <= words for name in names)
    by_email = fold(case.requester_email) in values.get("email", set()) and (named or bool(first & words))
    return by_email or (named and fold(case.requester_street) in values.get("street", set()))


def _words(name: str) -> set[str]:
    return set(fold(name.replace(",", " ")).split())
