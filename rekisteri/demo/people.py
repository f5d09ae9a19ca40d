"""Inventing customers: the same seed makes the same people."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.fi import ytunnus

from rekisteri.demo import words


@dataclass(frozen=True)
class Invented:
    """A customer that does not exist, as the register's fields."""

    kind: str
    values: dict[str, str]


def customers(dice: random.Random, count: int) -> Iterator[Invented]:
    """So many invented customers: one in six an organisation, the people partly working for the latest of them."""
    employer = ""
    for number in range(count):
        if number % 6 == 0:
            values = _organisation(dice, number)
            employer = values["name"]
            yield Invented("organisation", values)
        else:
            yield Invented("person", _person(dice, number, employer if dice.random() < 0.4 else ""))


def _place(dice: random.Random) -> dict[str, str]:
    postcode, city = dice.choice(words.PLACES)
    street = f"{dice.choice(words.STREETS)} {dice.randint(1, 98)}"
    if dice.random() < 0.5:
        street += f" {dice.choice('ABCD')} {dice.randint(1, 60)}"
    return {"street": street, "postcode": postcode, "city": city}


def _person(dice: random.Random, number: int, employer: str) -> dict[str, str]:
    first, last = dice.choice(words.GIVEN_NAMES), dice.choice(words.SURNAMES)
    values = {"last_name": last, "first_name": first, **_place(dice)}
    if employer:
        values["organisation"] = employer
    if dice.random() < 0.8:
        values["email"] = f"{_latin(first)}.{_latin(last)}.{number}@posti.example"
    if dice.random() < 0.8:
        values["phone"] = f"040 555 {dice.randint(0, 9999):04}"
    if dice.random() < 0.5:
        bought = ", ".join(dice.sample(words.GOODS, dice.randint(1, 3)))
        values["orders"] = f"Tilaus {dice.randint(1000, 9999)}/{dice.randint(2023, 2026)}: {bought}"
    return values


def _organisation(dice: random.Random, number: int) -> dict[str, str]:
    return {
        "name": _company_name(number // 6),
        "business_id": business_id(9_000_010 + number * 3),
        "email": f"toimisto{number}@yritys.example",
        "phone": f"09 555 {dice.randint(0, 9999):04}",
        **_place(dice),
    }


def _company_name(number: int) -> str:
    """A name of its own for each: trade, owner's name and form run through all their combinations in turn."""
    rest, trade = divmod(number, len(words.TRADES))
    rest, owner = divmod(rest, len(words.SURNAMES))
    forms = ("Oy", "Ky", "Tmi", "Oyj")
    again = f" {rest // len(forms) + 1}" if rest >= len(forms) else ""
    return f"{words.TRADES[trade]} {words.SURNAMES[(owner * 7 + trade * 3) % len(words.SURNAMES)]}{again} {forms[rest % len(forms)]}"


def business_id(start: int) -> str:
    """The first well-formed business id from a series (9…) that is not given out."""
    for number in range(start, start + 3):
        for check in range(10):
            if ytunnus.is_valid(f"{number:07}-{check}"):
                return f"{number:07}-{check}"
    raise ValueError("three numbers in a row without a check digit")


def _latin(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().replace(" ", "-"))
    return "".join(sign for sign in bare if sign.isascii() and (sign.isalnum() or sign == "-")).strip("-") or "nimi"
