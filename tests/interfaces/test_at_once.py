"""Eight programs at once: nobody is turned away, nothing is written twice, everything is in the ledger."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from rekisteri.disclosures.models import Outgoing
from rekisteri.interfaces.models import Call
from rekisteri.kernel.db import db
from rekisteri.orders.models import Order
from tests.customers.factories import make_clerk, make_person
from tests.interfaces.factories import Program, make_connection, make_key

CLIENTS, EACH = 8, 4


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_eight_clients_read_and_order_at_once_without_an_error(app):
    connection = make_connection(rate=6000)
    key, number = make_key(connection), connection.id
    make_clerk()
    people = [make_person(first_name="Asiakas", email=f"{turn}@esimerkki.fi").id for turn in range(CLIENTS)]
    db.session.remove()

    def work(turn: int) -> list[int]:
        program = Program(app, key, number)
        found = []
        for again in range(EACH):
            found.append(program.get(f"/customers/{people[turn]}").status_code)
            found.append(program.order(people[turn], once=f"tilaus-{again // 2:04}-{turn}").status_code)
        return found

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(work, range(CLIENTS)))
    assert answers == [[200, 201] * EACH] * CLIENTS
    assert count(Order) == CLIENTS * EACH // 2, "each was sent twice and entered once"
    assert count(Outgoing) == 2 * CLIENTS * EACH, "each answer is in the ledger"
    assert count(Call) == 2 * CLIENTS * EACH
