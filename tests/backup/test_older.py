"""A backup outlives the release that made it: an older one is brought up to date as it is restored, a newer one is refused."""

import pytest

from rekisteri.audit import service as audit
from rekisteri.backup import archive, looking
from rekisteri.customers.reindexing import stale
from rekisteri.customers.service import search
from tests.backup.factories import forget_keys, names
from tests.backup.older import make_older_backup, run
from tests.house.test_migrations import revisions


@pytest.fixture
def restore(command):
    def put_back(file, keys):
        done = command("backup", "restore", file, "--keys", keys, "--yes")
        forget_keys()
        return done

    return put_back


@pytest.mark.parametrize("revision", ["0002", "0003"])
def test_a_backup_of_an_earlier_release_comes_back_as_a_register_of_today(
    app, database, restore, command, tmp_path, revision
):
    file, keys = make_older_backup(database, tmp_path / "vanha", revision)
    before = file.read_bytes()
    done = restore(file, keys)
    assert done.exit_code == 0, done.output
    assert file.read_bytes() == before
    assert "Kopio oli ohjelman aiemmasta versiosta, ja sen rakenne päivitettiin nykyiseen." in done.output
    assert names() == ["Aho, Aino", "Virtanen, Maija"]
    assert looking.revision() == revisions()[-1]
    assert [one.display_name for one in search("virt")] == ["Virtanen, Maija"] and not stale()
    assert audit.verify() is None
    assert command("check").exit_code == 0


def test_a_table_that_has_gone_since_is_no_loss(app, database, restore, tmp_path):
    """Another time had other tables; what was in them goes with the step that took them away."""
    file, keys = make_older_backup(
        database, tmp_path / "vanha", "0002", lambda: run("CREATE TABLE entinen (id integer)")
    )
    assert archive.verify(file).counts["entinen"] == 0
    assert restore(file, keys).exit_code == 0
