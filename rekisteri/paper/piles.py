"""Entering a pile of cards: one source and one day, card after card, the last one undone when it was wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from rekisteri.audit import service as audit
from rekisteri.customers import holdings, recognising
from rekisteri.customers import service as customers
from rekisteri.customers.duplicates import Likeness, likely_duplicates
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import events, rules, storing, ticks
from rekisteri.paper.models import PaperBinder, PaperItem, PaperPile
from rekisteri.paper.service import next_number, take

NEW, NOBODY = "new", "nobody"
SHOWN = 10


@dataclass(frozen=True)
class Doubts:
    """Who the card may be of: those who are in the register already, and somebody who has been erased or has forbidden it."""

    alike: list[Likeness] = field(default_factory=list)
    warning: str | None = None

    def __bool__(self) -> bool:
        return bool(self.alike or self.warning)

    @property
    def sentence(self) -> str:
        """What to do about it."""
        if self.warning:
            return self.warning
        return "Rekisterissä on jo samankaltainen asiakas. Valitse, onko kyse samasta henkilöstä."

    def choices(self) -> list[tuple[str, str]]:
        """The answers: each of those alike, a new customer, or that the card is not entered at all."""
        known = [(str(one.customer.id), _same(one)) for one in self.alike]
        new = (
            "Henkilön tiedot saa kirjata: tallenna uutena asiakkaana"
            if self.warning
            else "Eri henkilö: tallenna uutena"
        )
        return [*known, (NEW, new), (NOBODY, "Tietoja ei kirjata: kortti hävitetään")]


def _same(one: Likeness) -> str:
    place = f", {one.customer.place}" if one.customer.place else ""
    return f"Sama kuin {one.customer.display_name}{place} ({', '.join(one.reasons).lower()})"


def doubts(values: Mapping[str, str]) -> Doubts:
    """What ordinary entry would warn of."""
    return Doubts(likely_duplicates("person", values), recognising.warning("person", values))


def find(pile_id: int) -> PaperPile | None:
    """The pile with this id."""
    return db.session.get(PaperPile, pile_id)


def open_piles() -> Sequence[PaperPile]:
    """Piles whose entering goes on."""
    return db.session.scalars(select(PaperPile).filter_by(state="open").order_by(PaperPile.id)).all()


def begin(*, binder: PaperBinder, by: Any, on: date) -> PaperPile:
    """Begin to enter the cards of a binder; their source and day are the binder's. One pile at a time for each binder.

    Who enters cards has them on the desk: a binder in its place is put on record as taken out.
    """
    handler = storing.check_handles(by)
    if binder.holds != "cards" or binder.destroyed_on is not None:
        raise RuleViolation("Tästä aineistosta ei kirjata kortteja.")
    under_way = db.session.scalar(select(PaperPile).filter_by(binder_id=binder.id, state="open"))
    if under_way is not None:
        return under_way
    pile = PaperPile(binder=binder, source_id=binder.source_id, obtained_on=binder.collected_on, begun_by_id=by.id)
    db.session.add(pile)
    db.session.flush()
    audit.record(events.PILE_BEGUN, subject=f"paper_pile:{pile.id}", by=by, source_id=pile.source_id)
    if binder.place is not None and binder.loan is None:
        due_on = on + timedelta(rules.LOAN_DAYS)
        take(binder=binder, handler=handler, due_on=due_on, reason=rules.TAKEN_FOR_ENTRY, by=by, on=on)
    return pile


def enter(
    *,
    pile: PaperPile,
    values: Mapping[str, str],
    ticked: Collection[str],
    answer: str | None,
    by: Any,
    on: date,
) -> PaperItem:
    """Enter one card: a new customer, one who was known, or nobody; what is ticked on the card binds from now on.

    :param answer: what was chosen of `Doubts.choices`, when there were doubts.
    :raises RuleViolation: the user may not handle cards, a value is not kept, or the doubts were not answered.
    """
    storing.check_handles(by)
    _check_open(pile)
    found = doubts(values)
    if found and answer not in dict(found.choices()):
        raise RuleViolation(found.sentence, field="answer")
    item = PaperItem(binder=pile.binder, pile_id=pile.id, number=next_number(pile.binder), entered_by_id=by.id)
    if found and answer == NOBODY:
        item.outcome, item.state, item.leaving_on = NOBODY, "leaving", on
    else:
        customer = _customer(pile, values, answer if found else None, by=by)
        item.outcome = "known" if found and answer != NEW else NEW
        item.customer = customer
        account = ticks.record(customer, ticked, told_on=pile.obtained_on, by=by, on=on)
        item.account = {"ticks": account, "version": customer.version}
    db.session.add(item)
    db.session.flush()
    audit.record(events.CARD_ENTERED, subject=f"paper_pile:{pile.id}", by=by, item=item.id, outcome=item.outcome)
    return item


def _customer(pile: PaperPile, values: Mapping[str, str], answer: str | None, *, by: Any) -> Customer:
    if answer and answer != NEW:
        known = customers.find(int(answer))
        if known is None:
            raise RuleViolation("Asiakasta ei enää ole rekisterissä. Valitse uudelleen.", field="answer")
        return known
    return customers.create(kind="person", values=values, source=pile.source, obtained_on=pile.obtained_on, by=by)


def last(pile: PaperPile, limit: int = SHOWN) -> list[PaperItem]:
    """The cards entered last, the latest first."""
    query = select(PaperItem).filter_by(pile_id=pile.id).order_by(PaperItem.number.desc()).limit(limit)
    return list(db.session.scalars(query))


def counts(pile: PaperPile) -> dict[str, int]:
    """How many cards became a new customer, belong to one who was known, or were not entered."""
    query = select(PaperItem.outcome, func.count()).where(PaperItem.pile_id == pile.id).group_by(PaperItem.outcome)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {outcome: found.get(outcome, 0) for outcome in (NEW, "known", NOBODY)}


def undo_last(*, pile: PaperPile, item_id: int | None, by: Any, on: date) -> PaperItem:
    """Take back the card entered last, with the customer it made; not when the customer has been touched since.

    :param item_id: the card that the page showed as the last one: a second click does not take another.
    """
    storing.check_handles(by)
    _check_open(pile)
    item = next(iter(last(pile, 1)), None)
    if item is None or item.id != item_id:
        raise RuleViolation("Kortti on jo kumottu, tai sen jälkeen on kirjattu toinen.")
    customer, account = item.customer, item.account
    if item.outcome == NEW and (customer is None or customer.version != account.get("version")):
        raise RuleViolation(
            "Asiakkaan tietoja on muutettu kortin kirjaamisen jälkeen, joten kirjausta ei voi kumota tästä."
        )
    ticks.undo(account.get("ticks", {}))
    made = customer.id if item.outcome == NEW and customer else None
    db.session.delete(item)
    db.session.flush()
    if made:
        _unmake(made, on)
    audit.record(events.CARD_UNDONE, subject=f"paper_pile:{pile.id}", by=by, item=item_id)
    return item


def _unmake(customer_id: int, on: date) -> None:
    """Let go of a customer who was made a moment ago, room by room, as when somebody is erased."""
    for holding in holdings.all_holdings():
        holding.erase([customer_id], on)
        db.session.flush()
    db.session.expire_all()
    if db.session.get(Customer, customer_id) is not None:
        raise RuleViolation("Asiakkaalla on jo muita tietoja, joten kirjausta ei voi kumota tästä.")


def end(*, pile: PaperPile, by: Any) -> None:
    """The whole pile has been entered."""
    _check_open(pile)
    pile.state, pile.ended_at = "done", now()
    db.session.flush()
    audit.record(events.PILE_ENDED, subject=f"paper_pile:{pile.id}", by=by, count=sum(counts(pile).values()))


def _check_open(pile: PaperPile) -> None:
    if pile.state != "open":
        raise RuleViolation("Nipun kirjaaminen on päätetty.")
    if pile.binder.destroyed_on is not None:
        raise RuleViolation("Kortit on hävitetty.")
