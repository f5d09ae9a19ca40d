"""Whatever a clerk does in whatever order, a request keeps what the law says of it (a state machine over the use cases)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from rekisteri.cases import codes, rules, service
from rekisteri.cases.models import Case
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import TODAY, make_case
from tests.cases.rights import known_right
from tests.customers.factories import make_person

REASON = "Tietoja on selvitettävä usealta lähteeltä."
DAYS = st.integers(0, 60).map(lambda days: TODAY - timedelta(days))


class Life(RuleBasedStateMachine):
    """One case on one desk. Each step either does what it says or says why not; nothing is left in between."""

    clerk: Any
    customer: Any

    def __init__(self) -> None:
        super().__init__()
        self.case: Case = make_case(by=self.clerk, kinds=["koeoikeus"])
        self.letters: list[Any] = []
        self.refusals: list[str] = []
        self.extended_before = False
        self.ended_as: str | None = None

    def attempt(self, step: Callable[[], Any]) -> Any:
        """Do it, or take the refusal: a sentence in Finnish."""
        try:
            with transaction():
                return step()
        except RuleViolation as refusal:
            self.refusals.append(refusal.sentence)
            return None

    @rule()
    def find_the_person(self) -> None:
        self.attempt(lambda: service.set_person(case=self.case, customer=self.customer, by=self.clerk))

    @rule()
    def find_nobody(self) -> None:
        self.attempt(lambda: service.person_not_found(case=self.case, by=self.clerk))

    @rule(method=st.sampled_from([*codes.IDENTITY_METHODS, "kopio"]), day=DAYS)
    def identify(self, method: str, day: date) -> None:
        self.attempt(
            lambda: service.record_identity(case=self.case, method=method, checked_on=day, by=self.clerk, on=TODAY)
        )

    @rule(ground=st.sampled_from(["complexity", "number", "kiire"]), reason=st.sampled_from([REASON, ""]))
    def extend(self, ground: str, reason: str) -> None:
        letter = self.attempt(
            lambda: service.extend(case=self.case, ground=ground, reason=reason, by=self.clerk, on=TODAY)
        )
        if letter is not None:
            assert not self.extended_before, "the time was extended twice"
            self.extended_before = True
            self.letters.append(letter.id)

    @rule()
    def acknowledge(self) -> None:
        letter = self.attempt(lambda: service.acknowledge(case=self.case, by=self.clerk, on=TODAY))
        if letter is not None:
            self.letters.append(letter.id)

    @precondition(lambda self: self.letters)
    @rule()
    def post_the_oldest_letter(self) -> None:
        letter = documents.find(self.letters.pop(0))
        self.attempt(lambda: documents.mark_posted(document=letter, on=TODAY, way="post", by=self.clerk))

    @rule(received=DAYS)
    def mend_the_day_of_receipt(self, received: date) -> None:
        self.attempt(
            lambda: service.amend(
                case=self.case,
                received_on=received,
                channel="letter",
                signature="unsigned",
                requester=service.Requester("Maija Virtanen"),
                by=self.clerk,
                on=TODAY,
            )
        )

    @rule(state=st.sampled_from(list(codes.STATES)))
    def advance(self, state: str) -> None:
        before = self.case.state
        self.attempt(lambda: service.advance(case=self.case, state=state, by=self.clerk))
        assert self.case.state == before or self.case.state in rules.OPEN_STATES

    @rule(day=DAYS)
    def withdraw(self, day: date) -> None:
        self.attempt(
            lambda: service.withdraw(case=self.case, channel="phone", withdrawn_on=day, by=self.clerk, on=TODAY)
        )

    @rule()
    def close(self) -> None:
        undone = service.blockers(self.case)
        self.attempt(lambda: service.close(self.case, by=self.clerk, on=TODAY))
        assert not (self.case.state == "closed" and undone and self.ended_as is None), "closed with something undone"

    @invariant()
    def the_deadline_is_what_the_law_computes(self) -> None:
        expected = rules.extended_due_on if self.case.extended_on else rules.due_on
        assert self.case.deadline == expected(self.case.received_on)

    @invariant()
    def an_extension_has_its_ground_and_reason(self) -> None:
        if self.case.extended_on:
            assert self.case.extension_ground in codes.EXTENSION_GROUNDS
            assert self.case.extension_reason == REASON

    @invariant()
    def what_has_ended_has_its_day_and_stays_ended(self) -> None:
        if self.ended_as is not None:
            assert self.case.state == self.ended_as
        if not self.case.is_open:
            self.ended_as = self.case.state
            assert self.case.received_on <= self.case.closed_on <= TODAY
        else:
            assert self.case.closed_on is None

    @invariant()
    def the_person_is_known_exactly_when_found(self) -> None:
        assert (self.case.customer_id is not None) == (self.case.person_state == "found")

    @invariant()
    def the_signature_never_stood_in_the_way(self) -> None:
        assert self.case.signature in codes.SIGNATURES

    @invariant()
    def every_refusal_is_a_whole_sentence(self) -> None:
        assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in self.refusals)

    @invariant()
    def nothing_waits_half_done(self) -> None:
        assert not (db.session.new or db.session.dirty or db.session.deleted)


def test_whatever_is_done_in_whatever_order_the_law_holds(clerk: Any) -> None:
    Life.clerk, Life.customer = clerk, make_person()
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    with known_right():
        run_state_machine_as_test(
            Life,
            settings=settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=slow),
        )
