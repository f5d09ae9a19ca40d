"""All rights at once, in any order: whatever is asked, decided, restricted, erased and posted, these things hold.

A short run stands among the other tests. `scripts/test --long` makes it a thousand lives of fifty steps.
"""

import functools
import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import LargeBinary, TextClause, func, select, text

from rekisteri.access.models import AccessMatter
from rekisteri.audit import service as audit
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.cases.refusals import KIND as CERTIFICATE
from rekisteri.customers import uses
from rekisteri.customers.models import Customer, Datum
from rekisteri.documents.models import Document, DocumentSource
from rekisteri.erasure.models import ErasureRound
from rekisteri.forgotten import service as forgotten
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db
from rekisteri.objections.models import Objection, ObjectionUse
from rekisteri.prohibitions.models import Prohibition
from rekisteri.restrictions.bars import FOR_MANY
from rekisteri.restrictions.models import Restriction
from tests.rights.answers import Answers
from tests.rights.office import NAMES
from tests.rights.world import World
from tests.support.databases import Stock

LONG = bool(os.environ.get("REKISTERI_LONG"))
LIVES, STEPS = (int(os.environ.get("REKISTERI_LIVES", "1000")), 50) if LONG else (6, 25)
RIGHTS = [
    "rectification",
    "erasure",
    "anonymisation",
    "restriction",
    "objection",
    "consent_withdrawal",
    "complaint",
    "access",
    "portability",
]
PICK = st.integers(0, 40)
NEWEST = -1
USES = ["direct_mail", "distance_selling", "profiling", "market_research", "listing", "disclosure", "statistics"]
OPEN_WORLD = Callable[[], Any]


class EveryRight(RuleBasedStateMachine):
    """One register from its first customer on, with everything that may happen in it."""

    world: OPEN_WORLD

    def __init__(self) -> None:
        super().__init__()
        self._world = type(self).world()
        self._world.__enter__()
        self.office = Answers()
        self.erased: dict[str, int] = {}
        self.copied: Any = None

    def teardown(self) -> None:
        self._world.__exit__(None, None, None)

    @initialize()
    def somebody_is_in_the_register(self) -> None:
        self.office.enter()
        self.office.enter()

    @rule()
    def enter(self) -> None:
        self.office.enter()

    @rule(pick=PICK, kinds=st.lists(st.sampled_from(RIGHTS), min_size=1, max_size=3, unique=True))
    def ask(self, pick: int, kinds: list[str]) -> None:
        self.office.ask(pick, kinds)

    @rule(pick=PICK, kind=st.sampled_from(["erasure", "anonymisation"]))
    def erase(self, pick: int, kind: str) -> None:
        self.office.ask(pick, [kind])
        self.office.propose(NEWEST)
        self.office.approve(NEWEST, by_clerk=False)

    @rule(pick=PICK, city=st.sampled_from(["Tampere", "Vaasa"]), granted=st.booleans())
    def rectify(self, pick: int, city: str, granted: bool) -> None:
        self.office.ask(pick, ["rectification"])
        self.office.contest(NEWEST, "city", city)
        self.office.decide_demand(NEWEST, granted)

    @rule(pick=PICK, use=st.sampled_from(USES), granted=st.booleans())
    def say_no(self, pick: int, use: str, granted: bool) -> None:
        self.office.ask(pick, ["objection"])
        self.office.object_to(NEWEST, [use])
        self.office.decide_objection(NEWEST, granted)

    @rule()
    def tidy_the_desk(self) -> None:
        self.take_the_post()
        for pick in range(5):
            self.close(pick)
        self.office.carry_on()

    @rule(
        pick=PICK, wanted=st.sampled_from([("city", "Tampere"), ("phone", ""), ("street", "Uusitie 1"), ("city", "")])
    )
    def contest(self, pick: int, wanted: tuple[str, str]) -> None:
        self.office.contest(pick, *wanted)

    @rule(pick=PICK, granted=st.booleans())
    def decide_demand(self, pick: int, granted: bool) -> None:
        self.office.decide_demand(pick, granted)

    @rule(pick=PICK, ground=st.sampled_from(["accuracy", "unlawful", "claim", "objection"]), whole=st.booleans())
    def restrict(self, pick: int, ground: str, whole: bool) -> None:
        self.office.restrict(pick, ground, None if whole else ["city", "street"])

    @rule(pick=PICK)
    def lift(self, pick: int) -> None:
        self.office.lift(pick)

    @rule(pick=PICK, uses=st.lists(st.sampled_from(USES), min_size=1, max_size=3, unique=True))
    def object_to(self, pick: int, uses: list[str]) -> None:
        self.office.object_to(pick, uses)

    @rule(pick=PICK, granted=st.booleans())
    def decide_objection(self, pick: int, granted: bool) -> None:
        self.office.decide_objection(pick, granted)

    @rule(pick=PICK, kinds=st.lists(st.sampled_from(USES[:-1]), min_size=1, max_size=3, unique=True))
    def forbid(self, pick: int, kinds: list[str]) -> None:
        self.office.forbid(pick, kinds)

    @rule(pick=PICK)
    def allow(self, pick: int) -> None:
        self.office.allow(pick)

    @rule(pick=PICK)
    def propose(self, pick: int) -> None:
        self.office.propose(pick)

    @rule(pick=PICK, by_clerk=st.sampled_from([False, False, True]))
    def approve(self, pick: int, by_clerk: bool) -> None:
        self.office.approve(pick, by_clerk)

    @rule(pick=PICK, deliver=st.booleans())
    def order(self, pick: int, deliver: bool) -> None:
        self.office.order(pick, deliver)

    @rule(pick=PICK, pay=st.booleans())
    def invoice(self, pick: int, pay: bool) -> None:
        self.office.invoice(pick, pay)

    @rule(pick=PICK)
    def disclose(self, pick: int) -> None:
        chosen = self.office.customer(pick)
        barred = bool(uses.why_not(chosen.id, "disclosure")) if chosen else True
        assert self.office.disclose(pick) is None or not barred

    @rule(pick=PICK, city=st.sampled_from(["Turku", "Oulu", "Lahti"]))
    def change(self, pick: int, city: str) -> None:
        chosen, before = self.office.customer(pick), self.office.towns()
        held = {
            one.customer_id for one in db.session.scalars(select(Restriction).filter_by(ended_on=None)) if binds(one)
        }
        self.office.change(pick, city)
        assert chosen is None or chosen.id not in held or self.office.towns() == before

    @rule(first=PICK, second=PICK)
    def merge(self, first: int, second: int) -> None:
        self.office.merge(first, second)

    @rule()
    def take_the_post(self) -> None:
        self.office.post_all()
        assert not self.waiting(), "a letter that no post takes"

    @rule(pick=PICK)
    def close(self, pick: int) -> None:
        closed = self.office.close(pick)
        assert closed is None or not self.waiting(Document.subject == closed), "closed with a letter on the desk"

    def waiting(self, *where: Any) -> list[str]:
        """The letters that wait to be posted, also those of what outlives its request: a hold's end, a restriction's."""
        return list(db.session.scalars(select(Document.number).where(Document.state == "waiting", *where)))

    @rule(pick=PICK)
    def ask_to_see(self, pick: int) -> None:
        self.office.ask(pick, ["access"])
        self.office.tell(NEWEST)

    @rule(pick=PICK, every=st.booleans())
    def take_along(self, pick: int, every: bool) -> None:
        self.office.ask(pick, ["portability"])
        self.office.copy(NEWEST, every)

    @rule(pick=PICK)
    def refuse_answer(self, pick: int) -> None:
        self.office.refuse_answer(pick)

    @rule(pick=PICK)
    def refuse_at_the_door(self, pick: int) -> None:
        self.office.refuse_at_the_door(pick)

    @rule(pick=PICK)
    def move_in(self, pick: int) -> None:
        self.office.move_in(pick)

    @rule(first=PICK, second=PICK)
    def merge_by_mistake(self, first: int, second: int) -> None:
        self.office.merge(first, second)
        self.office.undo(NEWEST)

    @rule(pick=PICK)
    def undo(self, pick: int) -> None:
        self.office.undo(pick)

    @rule()
    def meet_at_a_fair(self) -> None:
        self.office.come_from_a_fair()

    @rule(pick=PICK)
    def inform(self, pick: int) -> None:
        self.office.inform(pick)

    @rule()
    def import_the_erased(self) -> None:
        for word in [one for one in self.erased if not self.was_anonymised(one)][:1]:
            assert self.office.bring_in(word)[0] in {"doubtful", "refused"}

    @precondition(lambda self: self._world.can_be_copied)
    @rule()
    def back_up(self) -> None:
        self._world.back_up()
        self.copied = dict(self.office.known), dict(self.office.before_merge)

    @precondition(lambda self: self.copied is not None)
    @rule()
    def lose_the_disk(self) -> None:
        self._world.restore()
        self.office.known, self.office.before_merge = map(dict, self.copied)

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        self.office.withdraw(pick)

    @rule(days=st.sampled_from([1, 8, 40]))
    def time_goes_by(self, days: int) -> None:
        self.office.day += timedelta(days=days)
        self._world.travel(self.office.day)
        self.office.carry_on()

    @invariant()
    def the_log_is_whole(self) -> None:
        assert audit.verify() is None

    @invariant()
    def every_no_is_a_sentence(self) -> None:
        assert all(sentence.strip()[-1:] in {".", "?", "!", "”"} for sentence in self.office.sentences)

    @invariant()
    def whoever_is_restricted_is_in_no_list(self) -> None:
        bound = set(db.session.scalars(select(Restriction.customer_id).where(Restriction.ended_on.is_(None))))
        for use in FOR_MANY if bound else ():
            asked = uses.permitted(select(Customer.id).where(Customer.id.in_(bound)), use)
            assert not list(db.session.scalars(asked)), use

    @invariant()
    def what_is_forbidden_is_forbidden_everywhere(self) -> None:
        for one in db.session.scalars(select(Prohibition).filter_by(withdrawn_on=None)):
            assert uses.why_not(one.customer_id, one.kind)
            allowed = uses.permitted(select(Customer.id).where(Customer.id == one.customer_id), one.kind)
            assert db.session.scalar(allowed) is None

    @invariant()
    def whoever_said_no_is_not_used_so(self) -> None:
        query = select(Case.customer_id, ObjectionUse.use).join(Objection, Objection.case_id == Case.id)
        bound = query.join(ObjectionUse).where(ObjectionUse.bound_on.is_not(None), Objection.ended_on.is_(None))
        for customer_id, use in db.session.execute(bound.where(Case.customer_id.is_not(None))):
            assert uses.why_not(customer_id, use)

    @invariant()
    def every_refusal_has_its_certificate(self) -> None:
        refused = [
            (Objection.case_id, Objection.decision == "refused"),
            (AccessMatter.case_id, AccessMatter.outcome == "refused"),
            (CaseMatter.case_id, CaseMatter.outcome == "refused"),
        ]
        given = set(db.session.scalars(select(Document.subject).where(Document.kind == CERTIFICATE)))
        for case_id, condition in refused:
            assert {f"case:{one}" for one in db.session.scalars(select(case_id).where(condition))} <= given

    @invariant()
    def a_letter_is_to_somebody(self) -> None:
        letters = select(Document.number).where(Document.state == "waiting", func.trim(Document.addressee) == "")
        assert not list(db.session.scalars(letters))

    @invariant()
    def whoever_came_from_a_fair_is_told_or_waits_to_be(self) -> None:
        told = select(Duty.customer_id)
        people = select(Datum.customer_id).where(Datum.source_id == self.office.fair_id, Datum.customer_id.not_in(told))
        assert not list(db.session.scalars(people))

    @invariant()
    def a_deadline_is_after_the_day_of_receipt(self) -> None:
        assert not db.session.scalar(select(func.count()).where(Case.deadline <= Case.received_on))

    @invariant()
    def what_was_issued_is_what_was_decided(self) -> None:
        query = select(Document.sha256, DocumentSource.content).join(DocumentSource)
        assert all(hashlib.sha256(content).hexdigest() == sha256 for sha256, content in db.session.execute(query))

    @invariant()
    def nobody_erases_alone(self) -> None:
        alone = ErasureRound.proposed_by_id == ErasureRound.approved_by_id
        assert not db.session.scalar(select(func.count()).where(alone))

    @invariant()
    def the_erased_are_gone_and_recognised(self) -> None:
        left = set(db.session.scalars(select(Customer.id)))
        for customer_id in set(self.office.known) - left:
            for word in self.office.known.pop(customer_id).split():
                self.erased[word] = customer_id
        register = held() if self.erased else ""
        for word in self.erased:
            assert word.lower() not in register, [line for line in register.splitlines() if word.lower() in line]
        for word in list(self.erased)[:2]:
            values = {"last_name": word, "first_name": "Äijä", "email": f"{word.lower()}@esimerkki.example"}
            assert forgotten.recognised("person", values) is not None or self.was_anonymised(word)

    def was_anonymised(self, word: str) -> bool:
        """An anonymised person left no mark either: there is nobody to be recognised."""
        return any(done.erasure.kind == "anonymisation" for done in db.session.scalars(select(ErasureRound)))


def binds(restriction: Restriction) -> bool:
    """Whether a town may not change because of it."""
    return restriction.fields is None or "city" in restriction.fields


PASSING = {"document", "document_source", "document_print", "erasure_round", "submission"}
"""Where letters about an erasure stand until they have reached the person."""


@functools.cache
def everywhere() -> TextClause:
    """One question to all tables: what stands in a row that holds the text."""
    asked = []
    for table in db.metadata.sorted_tables:
        texts = [column.name for column in table.columns if not isinstance(column.type, LargeBinary)]
        together = " || ' ' || ".join(f"coalesce(CAST(\"{name}\" AS TEXT), '')" for name in texts)
        if table.name not in PASSING:
            asked.append(
                f"SELECT '{table.name}', lower({together}) FROM \"{table.name}\" WHERE lower({together}) LIKE :text"
            )
    return text(" UNION ALL ".join(asked))


def held() -> str:
    """Every row of the register in which any of the office's invented names stands."""
    rows = db.session.execute(everywhere(), {"text": f"%{NAMES.lower()}%"})
    return "\n".join(f"{table}: {row}" for table, row in rows)


def test_whatever_is_asked_in_whatever_order_no_promise_is_broken(
    standing: Callable[..., Flask], database: Stock, tmp_path: Path
) -> None:
    class Lives(EveryRight):
        world = staticmethod(lambda: World(standing, database, tmp_path))

    run_state_machine_as_test(
        Lives,
        settings=hypothesis.settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not LONG,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )
