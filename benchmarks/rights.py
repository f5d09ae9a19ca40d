"""The rights: the letter of access of a person with hundreds of orders, our whole road against a bare, warm WeasyPrint call."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from benchmarks import scale
from benchmarks.desk import application, office
from benchmarks.measure import Ratio, medians
from benchmarks.paper import bare

ORDERS, FEW = 500, 20


def ratios() -> Iterator[Ratio]:
    """Gathering everything that is held, composing the letter and printing it as PDF/A-3a and PDF/UA-1."""
    with office(customers=30, cases=2) as data:
        yield from letter(application(data), FEW if scale.QUICK else ORDERS)


def letter(app: Flask, orders: int) -> Iterator[Ratio]:
    """The letter to a person with so many orders, made from the register each time anew."""
    with app.app_context(), app.test_request_context():
        road, html = _road(_request(orders))
        plain = bare()
        ours, theirs = medians(road, lambda: plain(html), rounds=scale.rounds(5), warm=1)
    yield Ratio(f"Tarkastuskirje, {orders} tilausta, koko tie / WeasyPrint lämpimänä", ours / theirs, 1.30)


def _request(orders: int) -> int:
    """Enter a person with so many orders, who asks to see the data; the matter's id."""
    from rekisteri.access import preparing
    from rekisteri.cases import service as cases
    from rekisteri.customers import service as customers
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import db, transaction
    from rekisteri.orders import bulk
    from rekisteri.orders.rules import Line
    from rekisteri.staff.service import find_user

    with transaction():
        by = find_user("vastuuhenkilo")
        person = customers.create(
            kind="person",
            values={"last_name": "Mittari", "first_name": "Maija", "street": "Mittakatu 1", "postcode": "00100", "city": "Helsinki"},
            source=customers.self_source(),
            obtained_on=today(),
            by=by,
        )  # fmt: skip
        bulk.enter_many([_order(bulk.Row, person.id, number, Line) for number in range(orders)], by_id=None)
        case = cases.register(
            received_on=today(),
            channel="letter",
            signature="signed",
            requester=cases.Requester("Maija Mittari", "Mittakatu 1", "00100", "Helsinki"),
            kinds=["access"],
            customer=person,
            by=by,
            on=today(),
        )
        matter = preparing.of_case(case, "access")
        assert matter is not None
        db.session.flush()
        return matter.id


def _order(row: Any, customer_id: int, number: int, line: Any) -> Any:
    from rekisteri.kernel.clock import today

    day = today() - timedelta(days=3 * number)
    lines = [line(f"Tuote {number % 17}", 1000 * (1 + number % 4), "kpl", 12_50), line("Toimitus", 1000, "kpl", 9_90)]
    return row(customer_id, day, lines, dict.fromkeys(("ordered", "confirmed", "delivered"), day))


def _road(matter_id: int) -> tuple[Callable[[], bytes], str]:
    """Our whole road, and the page that the bare call prints."""
    from rekisteri.access import answering
    from rekisteri.access import draft as drafts
    from rekisteri.access.models import AccessMatter
    from rekisteri.documents import composition
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import db
    from rekisteri.kernel.pdf import EmbeddedFile, render
    from rekisteri.staff.service import find_user

    def page() -> str:
        db.session.rollback()
        matter, by = db.session.get_one(AccessMatter, matter_id), find_user("vastuuhenkilo")
        told = answering.context(matter, drafts.make(matter, on=today()), by=by)
        context = told | {"addressee": matter.case.addressee}
        return composition.page(answering.TEMPLATE, title=answering.TITLE, on=today(), number="1", context=context)

    def road() -> bytes:
        html = page()
        source = EmbeddedFile("lahde.html", html.encode(), "Lähde", datetime.now(UTC))
        return render(html, title=answering.TITLE, attachments=[source])

    return road, page()
