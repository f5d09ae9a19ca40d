"""Files that were sent in and never accepted are forgotten by the clock, without waiting for the next file."""

from sqlalchemy import select

from rekisteri.billing import importing
from rekisteri.billing.models import InvoiceImport
from rekisteri.customers.importing import steps
from rekisteri.customers.importing.models import ImportPiece
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk
from tests.customers.importing.factories import AINO, BERTTA, checked, enter, received
from tests.notice.factories import published

INVOICES = "Laskun numero;Asiakasnumero;Laskupäivä;Eräpäivä;Summa\r\n1001;7;1.9.2026;15.9.2026;120,00"


def test_the_night_forgets_them_and_leaves_what_was_entered_to_a_person(command, app, freeze):
    freeze("2026-11-24")
    published()
    clerk = make_clerk()
    with transaction():
        importing.propose(content=INVOICES.encode(), filename="laskut.csv", by=clerk)
    lying, half, done = received("Muu;Matti;;;;;"), checked(AINO), enter(checked(BERTTA))
    with transaction():
        steps.accept(batch=half)
    steps.step(half)
    freeze("2026-12-24")

    assert command("retention", "run").exit_code == 0

    db.session.rollback()
    assert [batch.state for batch in (lying, half, done)] == ["cancelled", "cancelled", "done"]
    assert set(db.session.scalars(select(ImportPiece.batch_id))) == {done.id}
    assert list(db.session.scalars(select(Customer.display_name))) == ["Öhman, Bertta"]
    assert db.session.scalar(select(InvoiceImport.id)) is None


def test_a_dry_run_forgets_nothing(command, app, freeze):
    freeze("2026-11-24")
    lying = received(AINO)
    freeze("2026-12-24")
    assert command("retention", "run", "--dry-run").exit_code == 0
    assert set(db.session.scalars(select(ImportPiece.batch_id))) == {lying.id}
