"""Orders that come in by machine: entered once, however often they are sent."""

import hashlib
import json

from sqlalchemy import select

from rekisteri.customers import service as customers
from rekisteri.disclosures import door
from rekisteri.interfaces.models import Write
from rekisteri.interfaces.operations import Answered, Asked
from rekisteri.interfaces.problems import Problem
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.orders import service as orders
from rekisteri.orders.rules import Line


def create_order(asked: Asked) -> Answered:
    """Enter an order; the same call again gets the same answer, another content under its key is refused."""
    content = _fingerprint(asked)
    done = db.session.scalar(select(Write).filter_by(connection_id=asked.connection.id, key=asked.key))
    if done is not None:
        if done.content != content:
            raise Problem("another-content")
        outgoing_id = _let_out(asked, done.order.customer_id)
        return Answered(done.answer, outgoing_id, headers={"Idempotent-Replayed": "true"})
    customer = customers.find(asked.body["customer"])
    if customer is None:
        raise Problem("not-found")
    lines = [Line(**line) for line in asked.body["lines"]]
    order = orders.create(
        customer=customer, state="ordered", lines=lines, on=asked.body.get("ordered_on") or today(), by=None
    )
    answer = {
        "number": order.number,
        "customer": customer.id,
        "ordered_on": order.opened_on.isoformat(),
        "total": f"{order.total // 100}.{order.total % 100:02}",
    }
    db.session.add(
        Write(connection_id=asked.connection.id, key=asked.key, content=content, answer=answer, order_id=order.id)
    )
    return Answered(answer, _let_out(asked, customer.id))


def _let_out(asked: Asked, number: int) -> int:
    """The partner hears the order's number and sum, however often it asks: each answer stands in the ledger."""
    connection = asked.connection
    return door.let_out(
        kind="order",
        use="dealing",
        people=[number],
        fields=["order"],
        purpose=connection.purpose,
        by=None,
        recipient=connection.recipient,
        ground=connection.ground,
        way="interface",
        origin=connection.subject,
    ).outgoing_id


def _fingerprint(asked: Asked) -> str:
    """What is compared: the content as it was understood, so that spaces and the order of names make no difference."""
    return hashlib.sha256(json.dumps(asked.body, sort_keys=True, default=str).encode()).hexdigest()
