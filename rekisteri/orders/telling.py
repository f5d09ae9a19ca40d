"""A customer's orders, told to the customer; as records line by line (GDPR art. 15 and 20)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date, fi_decimal, fi_money
from rekisteri.orders.models import Order, OrderLine
from rekisteri.orders.rules import CANCEL_REASONS, STATES

FIELDS = {
    "order": "tilauksen numero; samalla numerolla on yhtä monta riviä kuin tilauksessa",
    "state": "tilauksen vaihe: quote tarjous, ordered tilattu, confirmed vahvistettu, delivered toimitettu, cancelled "
    "peruttu",
    "opened_on": "päivä, jona tarjous tai tilaus tehtiin",
    "delivered_on": "toimituspäivä; tyhjä, jos tilausta ei ole toimitettu",
    "position": "rivin järjestysnumero tilauksessa, ensimmäinen on 1",
    "product": "tuote tai palvelu",
    "quantity": "määrä desimaalilukuna, desimaalierotin on piste",
    "unit": "yksikkö: kpl, pari, pkt, erä, h, pv, kk, kg, t, l, m, m², m³, km",
    "unit_price": "yksikköhinta euroina desimaalilukuna, desimaalierotin on piste; alennus on negatiivinen",
}


def tell(customer: Customer) -> Chapter | None:
    """Every quote and order, archived ones too. Read as plain rows: a customer may have hundreds."""
    orders = _rows(select(*Order.__table__.c).filter_by(customer_id=customer.id), Order.opened_on, Order.id)
    if not orders:
        return None
    wanted = select(*OrderLine.__table__.c).join(Order, Order.id == OrderLine.order_id)
    lines: dict[int, list[Any]] = {}
    for line in _rows(wanted.where(Order.customer_id == customer.id), OrderLine.order_id, OrderLine.position):
        lines.setdefault(line.order_id, []).append(line)
    return Chapter(
        title="Tilauksenne",
        lead="Mukana ovat myös tarjoukset sekä perutut ja arkistoidut tilaukset.",
        head=["Numero", "Päivä", "Vaihe", "Mitä on tilattu", "Yhteensä"],
        rows=[
            [
                order.number,
                fi_date(order.opened_on),
                _state(order),
                _content(lines.get(order.id, ())),
                fi_money(order.total),
            ]
            for order in orders
        ],
        data=[_record(order, place, line) for order in orders for place, line in enumerate(lines.get(order.id, ()), 1)],
        provided=True,
    )


def _rows(query: Any, *order: Any) -> list[Row[Any]]:
    return list(db.session.execute(query.order_by(*order)))


def _state(order: Row[Any]) -> str:
    if order.state == "delivered":
        return f"Toimitettu {fi_date(order.delivered_on)}"
    if order.state == "cancelled":
        return f"Peruttu {fi_date(order.cancelled_on)}\n{CANCEL_REASONS.get(order.cancel_reason, '')}".strip()
    return STATES[order.state]


def _content(lines: Any) -> str:
    return "\n".join(f"{line.product}, {fi_decimal(line.quantity)} {line.unit}" for line in lines)


def _record(order: Row[Any], place: int, line: Row[Any]) -> dict[str, Any]:
    return {
        "order": order.number,
        "state": order.state,
        "opened_on": order.opened_on.isoformat(),
        "delivered_on": order.delivered_on.isoformat() if order.delivered_on else None,
        "position": place,
        "product": line.product,
        "quantity": _decimal(line.quantity, 1000),
        "unit": line.unit,
        "unit_price": f"{Decimal(line.unit_price) / 100:.2f}",
    }


def _decimal(whole: int, parts: int) -> str:
    """A number kept in parts, with the decimals it needs: 1500 thousandths is 1.5."""
    return f"{(Decimal(whole) / parts).normalize():f}"


add_chapter(20, "orders", tell, fields=FIELDS)
