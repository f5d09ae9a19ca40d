"""An office in which anything may be asked in any order: what a clerk and the person responsible can do, by number.

Each deed is tried on whoever the number points at. It is done, or refused with a sentence; anything else is a fault.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from rekisteri.billing import service as billing
from rekisteri.billing.models import Invoice
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import merge_rules
from rekisteri.customers import service as customers
from rekisteri.customers.merging import merge
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.disclosures import service as disclosures
from rekisteri.disclosures.models import Recipient
from rekisteri.documents import post
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.erasure import finishing
from rekisteri.erasure import service as erasures
from rekisteri.erasure.models import Erasure
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import Conflict, NotPermitted, RuleViolation
from rekisteri.objections import service as objections
from rekisteri.objections.models import Objection
from rekisteri.orders import service as orders
from rekisteri.orders.models import Order
from rekisteri.prohibitions import service as prohibitions
from rekisteri.prohibitions.models import Prohibition
from rekisteri.rectification import decisions, demands
from rekisteri.rectification import letters as rectification_letters
from rekisteri.rectification.models import Item, Rectification
from rekisteri.rectification.rules import Demand
from rekisteri.restrictions import service as restrictions
from rekisteri.restrictions.models import Restriction
from tests.billing.factories import tell
from tests.customers.factories import make_clerk
from tests.disclosures.factories import make_recipient
from tests.orders.factories import CHAIRS
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user

Found = TypeVar("Found")
NAMES = "Qvarn"
BEGINS = date(2026, 11, 23)
REASONS = "Tieto on tarkistettu teiltä itseltänne, ja se on oikein."
MEASURES = "Emme enää käytä tietojanne tähän tarkoitukseen."


class Office:
    """Two people at their desks, and a calendar."""

    def __init__(self) -> None:
        fill_settings(company_name="Esimerkkitukku Oy", owner_name="Ilmari Kiviharju")
        tell()
        self.clerk, self.owner = make_clerk(), make_user("vastuuhenkilo", full_name="Ilmari Kiviharju")
        self.recipient_id = make_recipient().id
        self.day = BEGINS
        self.known: dict[int, str] = {}
        """The word by which each person can be found, by id."""
        self.before_merge: dict[tuple[int, int], tuple[str, str]] = {}
        """The words of the kept and of the dropped, as they were."""
        self.fair_id = 0
        self.sentences: set[str] = set()
        """Every reason that was given for not doing something."""
        self.entered, self.done, self.refused = 0, 0, 0

    def attempt(self, deed: Callable[[], Any]) -> Any:
        """Do it in a transaction of its own, or be told in a sentence why not."""
        try:
            with transaction():
                outcome = deed()
        except (RuleViolation, NotPermitted, Conflict) as refusal:
            self.sentences.add(refusal.sentence)
            self.refused += 1
            outcome = None
        else:
            self.done += 1
        db.session.rollback()
        db.session.expire_all()
        return outcome

    def one(self, model: type[Found], pick: int, *where: Any) -> Found | None:
        """The row that the number points at, if there is any."""
        key = next(iter(model.__table__.primary_key.columns))  # type: ignore[attr-defined]
        rows: Sequence[Found] = list(db.session.scalars(select(model).where(*where).order_by(key)).unique())
        return rows[pick % len(rows)] if rows else None

    def customer(self, pick: int) -> Customer | None:
        """Somebody who is in the register now."""
        return self.one(Customer, pick, Customer.state.in_(["active", "archived"]))

    def enter(self, *, at_fair: bool = False, **given: str) -> None:
        """A new person, with a name that nobody else has."""
        number = self.entered
        self.entered += 1
        word = f"{NAMES}{chr(97 + number // 26)}{chr(97 + number % 26)}lund"  # a name has no figures in it
        values = {
            "last_name": word,
            "first_name": "Äijä",
            "email": f"{word.lower()}@esimerkki.example",
            "phone": f"040 505 {number:04}",
            "street": f"Myllymäentie {number}",
            "postcode": "37120",
            "city": "Nokia",
        } | given

        def create() -> Customer:
            source = db.session.get_one(Source, self.fair_id) if at_fair else customers.self_source()
            return customers.create(kind="person", values=values, source=source, obtained_on=self.day, by=self.clerk)

        made = self.attempt(create)
        if made is not None:
            self.known[made.id] = word

    def ask(self, pick: int, kinds: Sequence[str]) -> None:
        """A signed letter that asks for these rights."""
        if (customer := self.customer(pick)) is None:
            return
        customer_id = customer.id

        def register() -> None:
            person = db.session.get_one(Customer, customer_id)
            name, street = person.full_name, customers.current(person)["street"].value
            case = cases.register(
                received_on=self.day,
                channel="letter",
                requester=cases.Requester(name, street, "37120", "Nokia"),
                kinds=list(kinds),
                by=self.clerk,
                on=self.day,
                signature="signed",
                customer=person,
            )
            cases.record_identity(case=case, method="known_address", checked_on=self.day, by=self.clerk, on=self.day)

        self.attempt(register)

    def contest(self, pick: int, field: str, value: str) -> None:
        """Write down what is to be rectified."""
        matter = self.one(Rectification, pick)
        if matter is not None:
            wanted = demands.Itemised(Demand(field, "wrong", value, "Tieto on väärä."))
            self.attempt(lambda: demands.itemise(matter=matter, demands=[wanted], by=self.clerk))

    def decide_demand(self, pick: int, granted: bool) -> None:
        """The person responsible grants or refuses a demand, and gives the decision when all are decided."""
        item = self.one(Item, pick)
        if item is None:
            return
        told: dict[str, Any] = {"item": item, "by": self.owner, "on": self.day}
        if granted:
            self.attempt(lambda: decisions.grant(**told))
        else:
            self.attempt(lambda: decisions.refuse(**told, ground="accurate", reasons=REASONS))
        matter = self.one(Rectification, pick)
        self.attempt(lambda: rectification_letters.issue(matter=matter, by=self.owner, on=self.day))

    def restrict(self, pick: int, ground: str, fields: Sequence[str] | None) -> None:
        """Restrict somebody's data, all or some."""
        if (customer := self.customer(pick)) is not None:
            self.attempt(
                lambda: restrictions.restrict(
                    customer=customer, ground=ground, fields=fields, by=self.owner, on=self.day
                )
            )

    def lift(self, pick: int) -> None:
        """Tell of a restriction's end, or end it."""
        found = self.one(Restriction, pick, Restriction.ended_on.is_(None))
        if found is None:
            return
        if found.letter_id is None:
            self.attempt(lambda: restrictions.lift(restriction=found, reason=REASONS, by=self.owner, on=self.day))
        else:
            self.attempt(lambda: restrictions.end(restriction=found, by=self.owner, on=self.day))

    def object_to(self, pick: int, uses: Sequence[str]) -> None:
        """Write down what a person says no to."""
        matter = self.one(Objection, pick)
        if matter is not None:
            self.attempt(
                lambda: objections.itemise(
                    matter=matter, what="Tietojeni käyttö", grounds="", uses=uses, by=self.clerk, on=self.day
                )
            )

    def decide_objection(self, pick: int, granted: bool) -> None:
        """The person responsible grants or refuses what was objected to."""
        matter = self.one(Objection, pick)
        if matter is None:
            return
        told = {"measures": MEASURES} if granted else {"ground": "compelling", "reasons": REASONS}
        decision = "granted" if granted else "refused"
        self.attempt(lambda: objections.decide(matter=matter, decision=decision, by=self.owner, on=self.day, **told))

    def forbid(self, pick: int, kinds: Sequence[str]) -> None:
        """A customer forbids something, by telephone."""
        if (customer := self.customer(pick)) is not None:
            self.attempt(
                lambda: prohibitions.record(
                    customer=customer, kinds=kinds, told_on=self.day, channel="phone", by=self.clerk, on=self.day
                )
            )

    def allow(self, pick: int) -> None:
        """A customer takes a prohibition back by the customer's own word."""
        found = self.one(Prohibition, pick, Prohibition.withdrawn_on.is_(None))
        if found is not None:
            self.attempt(
                lambda: prohibitions.withdraw(
                    prohibition=found, told_on=self.day, channel="phone", by=self.clerk, on=self.day
                )
            )

    def propose(self, pick: int) -> None:
        """The clerk proposes an erasure."""
        erasure = self.one(Erasure, pick)
        if erasure is not None:
            self.attempt(lambda: erasures.propose(erasure=erasure, by=self.clerk, on=self.day))

    def approve(self, pick: int, by_clerk: bool) -> None:
        """Somebody approves; whoever proposed it may not."""
        erasure = self.one(Erasure, pick)
        if erasure is None or erasure.proposal is None:
            return
        by, proposal = (self.clerk if by_clerk else self.owner), erasure.proposal
        self.attempt(lambda: erasures.approve(erasure=erasure, proposal=proposal, by=by, on=self.day))

    def order(self, pick: int, deliver: bool) -> None:
        """A new order, or the delivery of one."""
        if deliver:
            found = self.one(Order, pick, Order.state.in_(["ordered", "confirmed"]))
            if found is not None:
                self.attempt(lambda: orders.cancel(order=found, reason="customer", on=self.day, by=self.clerk))
        elif (customer := self.customer(pick)) is not None:
            self.attempt(
                lambda: orders.create(customer=customer, state="ordered", lines=(CHAIRS,), on=self.day, by=self.clerk)
            )

    def invoice(self, pick: int, pay: bool) -> None:
        """A new invoice, or the payment of one."""
        if pay:
            found = self.one(Invoice, pick, Invoice.state == "open")
            if found is not None:
                self.attempt(lambda: billing.pay(invoice=found, paid=found.unpaid, paid_on=self.day, by=self.clerk))
        elif (customer := self.customer(pick)) is not None:
            number = f"9{self.done:05}"
            self.attempt(
                lambda: billing.create(
                    customer=customer,
                    number=number,
                    invoiced_on=self.day,
                    due_on=self.day + timedelta(days=14),
                    amount=120_00,
                    by=self.clerk,
                )
            )

    def disclose(self, pick: int) -> Any:
        """Record that something of a person went to the collector; whether it was allowed."""
        if (customer := self.customer(pick)) is None:
            return None
        recipient = db.session.get_one(Recipient, self.recipient_id)
        made = self.attempt(
            lambda: disclosures.record_disclosure(
                customer=customer,
                recipient=recipient,
                fields=["last_name", "email"],
                disclosed_on=self.day,
                purpose="Avoimen laskun perintä",
                ground="collection",
                by=self.clerk,
            )
        )
        return customer.id if made is not None else None

    def change(self, pick: int, city: str) -> None:
        """A clerk changes a town."""
        if (customer := self.customer(pick)) is not None:
            self.attempt(
                lambda: customers.change(
                    customer=customer,
                    values={"city": city},
                    source=customers.self_source(),
                    obtained_on=self.day,
                    by=self.clerk,
                    reason="Tieto on muuttunut",
                )
            )

    def merge(self, first: int, second: int) -> None:
        """Two who are said to be the same become one."""
        kept, dropped = self.customer(first), self.customer(second)
        if kept is None or dropped is None or kept.id == dropped.id:
            return
        kept_id, dropped_id = kept.id, dropped.id

        def bring_together() -> bool:
            one, other = db.session.get_one(Customer, kept_id), db.session.get_one(Customer, dropped_id)
            open_ = merge_rules.differences(one.kind, customers.current(one), customers.current(other))
            merge(kept=one, dropped=other, choices={each.unit.code: each.default for each in open_}, by=self.clerk)
            return True

        if self.attempt(bring_together):
            self.before_merge[kept_id, dropped_id] = self.known[kept_id], self.known[dropped_id]
            self.known[kept_id] += " " + self.known.pop(dropped_id)

    def post_all(self) -> None:
        """The day's post: all that waits is gathered, taken to the post and marked; the rest was handed over."""
        gathered = self.attempt(lambda: post.gather(two_sided=False, by=self.clerk, on=self.day))
        if gathered is not None:
            ids = [letter.id for letter in post.letters(gathered)]
            self.attempt(lambda: post.send(post=gathered, chosen=ids, on=self.day, way="post", by=self.clerk))
        for document in db.session.scalars(select(Document).where(Document.state == "waiting")).all():
            self.attempt(
                lambda document=document: documents.mark_posted(
                    document=document, on=self.day, way="pickup", by=self.clerk
                )
            )

    def close(self, pick: int) -> str | None:
        """Close a request; refused while something of it waits. What was closed, as letters call it."""
        case = self.one(Case, pick, Case.state.in_(["registered", "in_review", "decided"]))
        if case is None:
            return None
        subject = case.subject

        def end() -> str:
            cases.close(case, self.owner, self.day)
            return subject

        return self.attempt(end)  # type: ignore[no-any-return]

    def withdraw(self, pick: int) -> None:
        """The person takes a request back."""
        case = self.one(Case, pick, Case.state.in_(["registered", "in_review"]))
        if case is not None:
            self.attempt(
                lambda: cases.withdraw(case=case, channel="phone", withdrawn_on=self.day, by=self.clerk, on=self.day)
            )

    def carry_on(self) -> None:
        """What the night does: erasures go on to their end."""
        for round_id in finishing.unfinished():
            finishing.carry_on(round_id)
        db.session.rollback()
        db.session.expire_all()

    def towns(self) -> dict[int, str]:
        """The town of everybody, by id."""
        query = select(Datum.customer_id, Datum.value).where(Datum.field == "city", Datum.ended_at.is_(None))
        return {row.customer_id: row.value for row in db.session.execute(query)}
