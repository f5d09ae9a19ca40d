"""Inventing what the invented customers have ordered: the same seed and the same day make the same orders."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.orders.bulk import Row
from rekisteri.orders.rules import Line

MOST = 6
"""From none to six a customer: about three."""
SILENT = timedelta(days=3 * 365)
GOODS = (
    ("Toimistotuoli", "kpl", 189_00),
    ("Säilytyskaappi", "kpl", 329_00),
    ("Mappi A4, 20 kpl", "pkt", 54_90),
    ("Työpöytä 140 × 70 cm", "kpl", 415_00),
    ("Kirjekuori C5, 500 kpl", "pkt", 38_50),
    ("Valaisin", "kpl", 79_00),
    ("Arkistolaatikko, 12 kpl", "pkt", 46_80),
    ("Leimasin", "kpl", 24_90),
    ("Vihko A5, 40 kpl", "pkt", 62_00),
    ("Seinäkalenteri", "kpl", 12_90),
)
WORK = (("Kokoaminen", "h", 48_00), ("Kuljetus", "km", 1_20), ("Sisustussuunnittelu", "h", 85_00))
REASONS = ("customer", "customer", "unavailable", "mistake", "other")


def orders(dice: random.Random, today: date) -> Iterator[Row]:
    """Orders of the customers in the register, the oldest first, so that their numbers follow the days.

    Each is made after its customer came into the register; the latest days have the most of them.
    """
    for opened_on, customer_id in _when_and_whose(dice, today):
        days, reason = _course(dice, opened_on, today)
        yield Row(customer_id, opened_on, _lines(dice), days, reason, _put_away(dice, days, today))


def _when_and_whose(dice: random.Random, today: date) -> list[tuple[date, int]]:
    living = select(Customer.id, Customer.active_on).filter_by(state="active").order_by(Customer.id)
    living = living.where(Customer.active_on > today - SILENT)  # the others have not been heard of for years
    return sorted(
        (today - timedelta(days=int((today - since).days * dice.random() ** 1.15)), customer_id)
        for customer_id, since in db.session.execute(living)
        for _ in range(dice.randint(0, MOST))
    )


def _course(dice: random.Random, opened_on: date, today: date) -> tuple[dict[str, date], str]:
    """What has happened to an order by today, and why it was cancelled if it was."""
    quoted, broken = dice.random() < 0.35, dice.random() < 0.1
    steps = ["quote"] * quoted + ["ordered", "confirmed", "delivered"]
    end = dice.randrange(1, len(steps)) if broken else len(steps)
    days, day = {}, opened_on
    for step in steps[:end]:
        days[step] = day
        day += timedelta(days=dice.randint(0, 12))
        if day > today:
            return days, ""
    if not broken:
        return days, ""
    return days | {"cancelled": day}, "expired" if list(days) == ["quote"] else dice.choice(REASONS)


def _put_away(dice: random.Random, days: dict[str, date], today: date) -> date | None:
    """Most of what was finished more than a year ago is in the archive."""
    last, done = list(days.items())[-1]
    away = done + timedelta(days=365 + dice.randint(0, 60))
    return away if last in {"delivered", "cancelled"} and away <= today and dice.random() < 0.9 else None


def _lines(dice: random.Random) -> list[Line]:
    lines = [
        Line(name, dice.randint(1, 12) * 1000, unit, price)
        for name, unit, price in dice.sample(GOODS, dice.randint(1, 3))
    ]
    if dice.random() < 0.3:
        name, unit, price = dice.choice(WORK)
        lines.append(Line(name, dice.randint(1, 80) * 500, unit, price))
    return lines
