"""Whatever happened and whenever the backup was taken: after a restore nobody is free who was bound, nobody back who was gone."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rekisteri.backup import service as backups
from rekisteri.customers import merging
from rekisteri.customers.service import find
from rekisteri.erasure.letting_go import let_go
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import service as prohibitions
from rekisteri.restrictions import service as restrictions
from tests.backup.factories import forget_keys
from tests.customers.factories import make_clerk, make_person
from tests.prohibitions.factories import TODAY, forbid
from tests.restrictions import factories as desks

WHO = st.integers(0, 2)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("forbid"), WHO, st.sampled_from(["direct_mail", "listing"])),
        st.tuples(st.just("allow"), WHO, st.none()),
        st.tuples(st.just("restrict"), WHO, st.sampled_from(["claim", "accuracy"])),
        st.tuples(st.just("end"), WHO, st.none()),
        st.tuples(st.just("merge"), WHO, WHO),
        st.tuples(st.just("erase"), WHO, st.sampled_from(["erasure", "anonymisation"])),
    ),
    min_size=4,
    max_size=10,
)


@dataclass
class Story:
    """Three people and what happens to them; whoever is gone has nothing more done."""

    clerk: Any
    people: list[int] = field(default_factory=lambda: [make_person().id for _one in range(3)])

    def do(self, act: str, who: int, what: Any) -> None:
        customer = find(self.people[who])
        if customer is not None:
            with suppress(RuleViolation):  # what the register refuses does not happen
                getattr(self, f"_{act}")(customer, what)
        db.session.rollback()

    def _forbid(self, customer: Any, kind: str) -> None:
        forbid(customer, kind)

    def _allow(self, customer: Any, _nothing: None) -> None:
        for one in prohibitions.of_customer(customer.id)[:1]:
            if one.stands:
                with transaction():
                    prohibitions.withdraw(prohibition=one, told_on=TODAY, channel="phone", by=self.clerk, on=TODAY)

    def _restrict(self, customer: Any, ground: str) -> None:
        with transaction():
            restrictions.restrict(customer=customer, ground=ground, by=self.clerk, on=TODAY)

    def _end(self, customer: Any, _nothing: None) -> None:
        for one in restrictions.in_force(customer.id)[:1]:
            desk = desks.Desk(self.clerk, customer, None)
            desks.lift(desk, one)
            desks.post(desk, one)
            desks.end(desk, one)

    def _merge(self, customer: Any, other: int) -> None:
        dropped = find(self.people[other])
        if dropped is not None and dropped.id != customer.id:
            with transaction():
                merging.merge(kept=customer, dropped=dropped, choices={}, by=self.clerk)

    def _erase(self, customer: Any, kind: str) -> None:
        with transaction():
            let_go(customer_id=customer.id, kind=kind, forbidden=False, on=today())

    def bound(self) -> list[set[str] | None]:
        """By each of the three: what binds now; None when the register knows the person no more."""
        db.session.rollback()
        found = [find(number) for number in self.people]
        return [self._bound(one.id) if one else None for one in found]

    def _bound(self, number: int) -> set[str]:
        return {*prohibitions.standing(number), *(one.ground for one in restrictions.in_force(number))}


@pytest.fixture
def told(app, tmp_path: Path) -> tuple[Any, Path]:
    desks.fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    return make_clerk(), tmp_path


@pytest.mark.promise("oikeus.unohdus")
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, share=st.floats(0, 1))
def test_nobody_who_was_bound_is_free_and_nobody_who_was_erased_is_back(told, command, acts, share) -> None:
    clerk, folder = told
    story, moment = Story(clerk), int(share * len(acts))
    for act in acts[:moment]:
        story.do(*act)
    backups.create(folder / "kopio.tar")
    for act in acts[moment:]:
        story.do(*act)
    before = story.bound()
    done = command("backup", "restore", folder / "kopio.tar", "--yes")
    forget_keys()
    assert done.exit_code == 0, done.output
    after = story.bound()
    for was, now in zip(before, after, strict=True):
        assert (was is None) == (now is None), (before, after)
        assert was is None or now is None or was <= now, (before, after)
    if not any(act[0] == "merge" for act in acts):
        assert after == before
