"""Erasing a person, the proof included: what the approver waits for in a register of a million, against one of ten thousand.

The person has some two hundred rows in some fifteen tables. What is timed is all that follows on the approval: the erasing,
the search of every byte, the letters; each time of another person.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks import scale
from benchmarks.desk import application
from benchmarks.measure import Ratio, medians
from benchmarks.registers import register

LIMIT = 5
NOTES, DISCLOSURES, ORDERS = 25, 12, 15


def ratios() -> Iterator[Ratio]:
    """The large register against the small one, in turn."""
    large, small = eraser(register(*scale.HUGE)), eraser(register(*scale.SMALL))
    big, little = medians(large, small, rounds=scale.rounds(5), warm=1)
    yield Ratio(f"Poisto todisteineen, {scale.HUGE[0]} / {scale.SMALL[0]} asiakasta", big / little, LIMIT)


def eraser(data: str) -> Callable[[], None]:
    """What erases one more person of this register; the persons are entered beforehand."""
    app, rounds = application(data), scale.rounds(5) + 1
    with app.app_context():
        waiting = [proposed() for _ in range(rounds)]

    def erase() -> None:
        with app.app_context():
            approve(waiting.pop())

    return erase


def approve(erasure_id: int) -> None:
    """The person responsible approves; when this returns, the certificate has been given."""
    from rekisteri.erasure import service
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import db, transaction
    from rekisteri.staff.service import find_user

    with transaction():
        erasure, owner = service.find(erasure_id), find_user("vastuuhenkilo")
        assert erasure is not None and erasure.proposal is not None
        service.approve(erasure=erasure, proposal=erasure.proposal, by=owner, on=today())
    done = service.find(erasure_id)
    assert done is not None and done.latest is not None
    assert done.latest.state == "answered", done.latest.proof
    db.session.rollback()


def proposed() -> int:
    """Somebody with something in every room, whose erasure has been proposed; the erasure's id."""
    from sqlalchemy import func, select

    from rekisteri.cases import service as cases
    from rekisteri.customers import service as customers
    from rekisteri.erasure import service
    from rekisteri.erasure.models import Erasure
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import db, transaction
    from rekisteri.staff.service import find_user

    with transaction():
        # a register that is kept has met the earlier ones
        number = 1 + (db.session.scalar(select(func.max(Erasure.id))) or 0)
        clerk = find_user("kasittelija")
        person = customers.create(
            kind="person", values=_values(number), source=customers.self_source(), obtained_on=today(), by=clerk
        )
        _fill(person, number, by=clerk)
        _ask(person, "access", by=clerk)
        case = _ask(person, "erasure", by=clerk)
        cases.record_identity(case=case, method="known_address", checked_on=today(), by=clerk, on=today())
        db.session.flush()
        erasure = service.of_case(case, "erasure")
        assert erasure is not None
        service.propose(erasure=erasure, by=clerk, on=today())
        return erasure.id


def _values(number: int) -> dict[str, str]:
    word = _word(number)
    return {
        "last_name": word,
        "first_name": f"{_word(number + 7)[:5]}a",
        "email": f"{word.lower()}@mittaus.example",
        "phone": f"040 {number:07}",
        "street": f"{word}tie {number}",
        "postcode": "37120",
        "city": "Nokia",
    }


def _word(number: int) -> str:
    """A name that nobody else has."""
    letters = "".join("aeiouyklmnprstv"[number // 15**place % 15] for place in range(6))
    return f"Q{letters}qvist"


def _ask(person: Any, kind: str, *, by: Any) -> Any:
    from rekisteri.cases import service as cases
    from rekisteri.documents import service as documents
    from rekisteri.kernel.clock import today

    values = (person.full_name, "Mittakatu 1", "37120", "Nokia")
    case = cases.register(
        received_on=today(),
        channel="letter",
        signature="signed",
        requester=cases.Requester(*values),
        kinds=[kind],
        customer=person,
        by=by,
        on=today(),
    )
    letter = cases.acknowledge(case=case, by=by, on=today())
    documents.mark_posted(document=letter, on=today(), way="post", by=by)
    if kind == "access":
        cases.withdraw(case=case, channel="phone", withdrawn_on=today(), by=by, on=today())
    return case


def _fill(person: Any, number: int, *, by: Any) -> None:
    """Notes, orders, disclosures and prohibitions."""
    from rekisteri.customers import notes
    from rekisteri.customers import service as customers
    from rekisteri.disclosures import recipients
    from rekisteri.disclosures import service as disclosures
    from rekisteri.kernel.clock import today
    from rekisteri.orders import bulk
    from rekisteri.prohibitions import service as prohibitions

    day, own = today(), customers.self_source()
    for nth in range(NOTES):
        text = f"Asiakas {_word(number)} kertoi puhelimessa asian {nth}, josta sovittiin tarkemmin."
        notes.add_note(customer=person, happened_on=day, channel="phone", text=text, source=own, by=by)
    bulk.enter_many([_order(person.id, day - timedelta(days=40 * nth)) for nth in range(ORDERS)], by_id=by.id)
    recipient = recipients.add_recipient(
        by=by,
        name=f"Saatavat {person.id}-{number} Oy",
        role="controller",
        purpose="Erääntyneiden laskujen perintä",
        street="Perintäkatu 2",
        postcode="20100",
        city="Turku",
        country="FI",
    )
    for _ in range(DISCLOSURES):
        disclosures.record_disclosure(
            customer=person,
            recipient=recipient,
            fields=["last_name", "email", "phone"],
            disclosed_on=day,
            purpose="Mittauksen perintä",
            ground="collection",
            by=by,
        )
    prohibitions.record(customer=person, kinds=["profiling", "listing"], told_on=day, channel="phone", by=by, on=day)


def _order(customer_id: int, day: date) -> Any:
    from rekisteri.orders.bulk import Row
    from rekisteri.orders.rules import Line

    lines = [Line("Tuoli", 1000, "kpl", 12_50), Line("Toimitus", 1000, "kpl", 4_90)]
    return Row(customer_id, day, lines, dict.fromkeys(("ordered", "confirmed", "delivered"), day))
