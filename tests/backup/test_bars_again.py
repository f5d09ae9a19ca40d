"""Prohibitions and restrictions recorded after the backup bind in the restored register, and those that ended do not."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from rekisteri.customers import merging, undoing
from rekisteri.customers.models import Customer
from rekisteri.documents.models import Document
from rekisteri.forgotten import journal
from rekisteri.forgotten.models import BarEntry
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import service as prohibitions
from rekisteri.prohibitions.models import Prohibition
from rekisteri.restrictions.bars import frozen
from rekisteri.restrictions.journaling import WHY_AGAIN
from rekisteri.restrictions.models import Restriction, RestrictionException
from rekisteri.restrictions.service import in_force
from tests.backup.factories import data
from tests.backup.histories import Snapshot
from tests.customers.factories import make_clerk, make_person
from tests.prohibitions.factories import TODAY, forbid, standing
from tests.restrictions import factories as restrictions


@pytest.fixture
def yesterday(app):
    """Take the register of this moment, and later let it be what stands in the database again."""
    return Snapshot


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return restrictions.make_desk(make_clerk())


def again() -> journal.bars.Replayed:
    db.session.rollback()
    return journal.replay(journal.read(journal.journal_file()))


def withdraw(one: Prohibition) -> None:
    clerk = make_clerk()
    with transaction():
        prohibitions.withdraw(prohibition=one, told_on=TODAY, channel="phone", by=clerk, on=TODAY)


@pytest.mark.promise("oikeus.unohdus")
def test_what_was_forbidden_after_the_backup_is_forbidden_again(yesterday):
    customer = make_person()
    before = yesterday()
    forbid(customer, "direct_mail", "listing")
    before.restore()
    assert standing(customer) == []
    assert again().given == 2
    assert standing(customer) == ["direct_mail", "listing"]
    row = db.session.scalars(select(Prohibition)).first()
    assert (row.since, row.channel, row.recorded_by) == (TODAY, "phone", None)


def test_what_was_taken_back_after_the_backup_is_allowed_again(yesterday):
    customer = make_person()
    one, _other = forbid(customer, "direct_mail", "listing")
    before = yesterday()
    withdraw(one)
    before.restore()
    assert standing(customer) == ["direct_mail", "listing"]
    assert again().ended == 1
    assert standing(customer) == ["listing"]


def test_a_second_restore_of_the_same_backup_changes_nothing_more(yesterday):
    customer = make_person()
    before = yesterday()
    withdraw(forbid(customer, "direct_mail")[0])
    forbid(customer, "direct_mail")
    written = (data() / "erasures.jsonl").read_text()
    for _ in range(2):
        before.restore()
        assert again().given == 1
        assert again().count == 0
        assert standing(customer) == ["direct_mail"]
    assert (data() / "erasures.jsonl").read_text() == written, "a replay is no new act"


def test_what_ends_after_a_restore_is_ended_in_the_next_one(yesterday):
    customer = make_person()
    before = yesterday()
    forbid(customer, "direct_mail")
    before.restore()
    again()
    withdraw(prohibitions.of_customer(customer.id)[0])
    before.restore()
    assert again().count == 0
    assert standing(customer) == []


def test_a_customer_whom_the_backup_does_not_know_is_told_of_and_nobody_else_is_bound(yesterday):
    before = yesterday()
    lost = make_person()
    number = lost.id
    forbid(lost, "direct_mail")
    before.restore()
    done = again()
    assert (done.given, done.unknown) == (0, 1)
    newcomer = make_person(last_name="Uusi", first_name="Ulla", email="ulla@esimerkki.fi", phone="040 765 4321")
    assert newcomer.id == number or db.engine.dialect.name != "sqlite", "the number is free again"
    assert again().unknown == 0
    assert standing(newcomer) == []


class TestMergedCustomers:
    """Whoever is one customer now may be two in the backup, or the other way round: the person is bound in each."""

    @pytest.fixture
    def both(self, app):
        return make_person(), make_person()

    def merge(self, kept, dropped):
        clerk = make_clerk()
        with transaction():
            return merging.merge(kept=kept, dropped=dropped, choices={}, by=clerk)

    def test_what_the_one_forbade_binds_the_two_that_the_backup_knows(self, yesterday, both):
        kept, dropped = both
        before = yesterday()
        self.merge(kept, dropped)
        forbid(kept, "direct_mail")
        before.restore()
        again()
        assert standing(kept) == standing(dropped) == ["direct_mail"]

    def test_what_one_of_them_forbade_before_binds_the_other_as_well(self, yesterday, both):
        kept, dropped = both
        forbid(dropped, "direct_mail")
        before = yesterday()
        self.merge(kept, dropped)
        before.restore()
        again()
        assert standing(kept) == standing(dropped) == ["direct_mail"]

    def test_when_the_merge_was_undone_only_the_one_who_forbade_is_bound(self, yesterday, both):
        kept, dropped = both
        forbid(dropped, "direct_mail")
        before = yesterday()
        done, clerk = self.merge(kept, dropped), make_clerk()
        with transaction():
            undoing.undo(merge=done, by=clerk)
        before.restore()
        again()
        assert (standing(kept), standing(dropped)) == ([], ["direct_mail"])

    def test_what_a_separated_customer_forbade_binds_the_one_that_the_backup_knows(self, yesterday, both):
        kept, dropped = both
        done, clerk = self.merge(kept, dropped), make_clerk()
        before = yesterday()
        with transaction():
            undoing.undo(merge=done, by=clerk)
        forbid(dropped, "direct_mail")
        before.restore()
        again()
        assert standing(kept) == ["direct_mail"]


class TestRestrictions:
    def test_one_begun_after_the_backup_binds_again_with_the_number_of_its_letter(self, yesterday, desk):
        before = yesterday()
        number = restrictions.restrict(desk).number
        before.restore()
        assert again().given == 1
        (one,) = in_force(desk.customer.id)
        assert (one.number, one.ground, one.fields, one.begun_on) == (number, "claim", None, TODAY)
        assert [notice.document_id for notice in one.told] == [None], "nothing shows that the recipient was told"
        assert restrictions.restrict(desk, "unlawful").number != number

    def test_no_letter_goes_out_once_more(self, yesterday, desk):
        before = yesterday()
        restrictions.restrict(desk)
        before.restore()
        again()
        assert db.session.scalars(select(Document)).all() == []

    def test_one_that_ended_after_the_backup_ends_again_without_its_letter(self, yesterday, desk):
        one = restrictions.restrict(desk)
        before = yesterday()
        restrictions.lift(desk, one)
        restrictions.post(desk, one)
        restrictions.end(desk, one)
        before.restore()
        assert again().ended == 1
        assert in_force(desk.customer.id) == []
        row = db.session.scalars(select(Restriction)).one()
        assert (row.ended_on, row.letter_id) == (restrictions.WEEK_LATER, None)

    def test_one_whose_end_has_only_been_told_of_still_binds(self, yesterday, desk):
        one = restrictions.restrict(desk)
        before = yesterday()
        restrictions.lift(desk, one)
        before.restore()
        again()
        assert len(in_force(desk.customer.id)) == 1

    def test_data_that_came_along_are_kept_from_change_again(self, yesterday, desk):
        one = restrictions.restrict(desk, "accuracy", fields=["phone"])
        before = yesterday()
        with transaction():
            restriction = db.session.get(Restriction, one.id)
            restriction.fields = ["phone", "street"]
            journal.bars.note("restriction", [restriction.key])
        before.restore()
        again()
        assert frozen([desk.customer.id])[desk.customer.id] == {"phone", "street"}

    def test_an_exception_stopped_since_is_stopped_and_one_made_since_is_made_again(self, yesterday, desk):
        one = restrictions.restrict(desk)
        restrictions.allow(desk, one, "dealing", until=TODAY + timedelta(30))
        before = yesterday()
        with transaction():
            restrictions.exceptions.stop(
                exception=db.session.get(Restriction, one.id).exceptions[0], by=desk.owner, on=TODAY
            )
        restrictions.allow(desk, one, "editing")
        before.restore()
        again()
        again()
        stopped, made = db.session.scalars(select(RestrictionException).order_by(RestrictionException.id)).all()
        assert (stopped.use, stopped.stopped_on) == ("dealing", TODAY)
        assert (made.use, made.ground, made.made_on, made.until, made.stopped_on) == (
            "editing", "consent", TODAY, TODAY, None,
        )  # fmt: skip
        assert (made.by, made.why) == (None, WHY_AGAIN)

    def test_one_given_again_has_its_exceptions(self, yesterday, desk):
        before = yesterday()
        restrictions.allow(desk, restrictions.restrict(desk), "dealing", until=TODAY + timedelta(30))
        before.restore()
        again()
        (one,) = in_force(desk.customer.id)
        assert [(made.use, made.until) for made in one.exceptions] == [("dealing", TODAY + timedelta(30))]


def test_a_process_that_died_before_writing_is_made_good_at_the_next_start(app):
    customer = make_person()
    withdraw(forbid(customer, "direct_mail")[0])
    forbid(customer, "listing")
    path = data() / "erasures.jsonl"
    before = journal.read(path).bars
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:-1]) + '\n{"bar": "' + next(iter(before)))
    assert journal.complete() == 1
    assert journal.read(path).bars == before and journal.fault() is None


def test_a_journal_of_codes_that_nobody_knows_stops_the_restore(yesterday):
    customer = make_person()
    before = yesterday()
    forbid(customer, "direct_mail")
    path = data() / "erasures.jsonl"
    path.write_text(path.read_text().replace("direct_mail", "rakkauskirjeet"))
    before.restore()
    with pytest.raises(RuleViolation, match="jota ei voi lukea"):
        again()
    assert standing(customer) == []


@pytest.mark.parametrize(("kind", "key"), [("prohibition", Prohibition), ("restriction", Restriction)])
def test_what_was_recorded_before_the_journal_knew_of_it_is_entered_once(desk, kind, key):
    from rekisteri.kernel import upgrades

    forbid(desk.customer, "direct_mail")
    restrictions.restrict(desk)
    with transaction():
        db.session.execute(update(key).values(key=""))
        db.session.execute(delete(BarEntry).where(BarEntry.kind == kind))
    (data() / "erasures.jsonl").unlink()
    upgrades.finish()
    (entry,) = db.session.scalars(select(BarEntry).filter_by(kind=kind))
    assert (entry.key, entry.binds) == (db.session.scalars(select(key.key)).one(), True)
    db.session.rollback()
    upgrades.finish()
    (line,) = (one for one in journal.read(journal.journal_file()).bars.values() if one["kind"] == kind)
    assert (line["bar"], line["turn"], line["customers"]) == (entry.key, 1, [desk.customer.id])


def test_no_personal_value_is_in_the_journal(desk):
    forbid(desk.customer, "direct_mail")
    restrictions.allow(desk, restrictions.restrict(desk), "dealing")
    text = (data() / "erasures.jsonl").read_text()
    held = db.session.get(Customer, desk.customer.id)
    for value in (held.display_name, "akki", "Maija", "suostumus", "Mäkitie", "401234567"):
        assert value not in text
