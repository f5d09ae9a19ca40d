"""Where backups work: one at a time, unseen by others, and nothing of anybody left behind."""

import stat
from contextlib import suppress

import pytest

from rekisteri.backup import places
from rekisteri.backup.places import kept_folders, workplace
from rekisteri.kernel.errors import RuleViolation
from tests.backup.factories import data


def test_a_workplace_is_private_and_gone_afterwards(app):
    with workplace() as place:
        assert place.parent == data(), "on the same disk, so that a rename is one step"
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        (place / "rekisteri.sqlite").write_text("Maija Virtanen")
    assert not place.exists()


def test_a_workplace_is_gone_also_when_the_work_fails(app):
    seen = []
    with suppress(ZeroDivisionError), workplace() as place:
        seen.append(place)
        place.joinpath("kesken").write_text(str(1 / 0))
    assert seen and not seen[0].exists()


def test_a_second_worker_is_told_to_wait_and_takes_nothing_from_the_first(app):
    with workplace() as place:
        with pytest.raises(RuleViolation, match="kesken"), workplace():
            raise AssertionError("nobody comes here")
        assert place.exists()
    with workplace() as again:
        assert again.exists()


def test_the_lock_is_for_this_user_only_and_stays(app):
    with workplace():
        assert stat.S_IMODE((data() / places.LOCK).stat().st_mode) == 0o600
    assert (data() / places.LOCK).exists()


def test_replaced_registers_are_listed_in_their_order(app):
    assert kept_folders() == []
    for name in ("ennen-palautusta-20261124031502", "ennen-palautusta-20260101000000", "muuta"):
        (data() / name).mkdir()
    assert kept_folders() == ["ennen-palautusta-20260101000000", "ennen-palautusta-20261124031502"]
