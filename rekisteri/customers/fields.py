"""The fields of the register: what may be told of a person and of an organisation, and nothing more (GDPR art. 5(1)(c)).

A customer may have several e-mail addresses, phone numbers and postal addresses. The first stand in the main fields, the
others in slots: `email_2`, `phone_3`, and an address whole in one slot: `street_2`, `postcode_2`, `city_2`, `country_2`.
A slot is a field like any other, so all that is done with a datum is done with it too.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

ADDRESS = ("street", "postcode", "city", "country")
GROUPS: dict[str, tuple[str, ...]] = {"email": ("email",), "phone": ("phone",), "address": ADDRESS}
"""What a customer may have several of, each with the fields it is made of; the first of them tells its use and validity."""
DATED = ("email", "phone", "street")
SLOTS = range(1, 6)

_REACHED = {
    "email": "Sähköpostiosoite",
    "phone": "Puhelinnumero",
    "street": "Katuosoite",
    "postcode": "Postinumero",
    "city": "Postitoimipaikka",
    "country": "Maa",
}
MAIN_FIELDS: dict[str, dict[str, str]] = {
    "person": {
        "last_name": "Sukunimi",
        "first_name": "Etunimi",
        "organisation": "Edustettu yhteisö",
        **_REACHED,
        "orders": "Aikaisemmat tilaukset",
    },
    "organisation": {"name": "Nimi", "business_id": "Y-tunnus", **_REACHED, "orders": "Aikaisemmat tilaukset"},
}
_SLOTTED = re.compile(rf"({'|'.join(_REACHED)})_([2-5])")


@cache
def base(field: str) -> str:
    """The main field that a field is another of: `email` for `email_2`; a main field itself."""
    slotted = _SLOTTED.fullmatch(field)
    return slotted[1] if slotted else field


def slot(field: str) -> int:
    """Which of several a field is; 1 for a main field."""
    slotted = _SLOTTED.fullmatch(field)
    return int(slotted[2]) if slotted else 1


def in_slot(main: str, number: int) -> str:
    """The field of a slot: `email` for 1, `email_2` for 2."""
    return main if number == 1 else f"{main}_{number}"


@cache
def slots(main: str) -> tuple[str, ...]:
    """Every field in which such a datum may stand: `email`, `email_2` … `email_5`."""
    return tuple(in_slot(main, number) for number in SLOTS) if main in _REACHED else (main,)


def country_of(field: str) -> str:
    """The field that tells the country of the same address."""
    return in_slot("country", slot(field))


def group_of(field: str) -> str:
    """To what a field belongs (`address`); empty for one that there is only one of."""
    return next((group for group, members in GROUPS.items() if base(field) in members), "")


def group_fields(group: str, number: int) -> tuple[str, ...]:
    """The fields of one e-mail address, phone number or postal address."""
    return tuple(in_slot(main, number) for main in GROUPS[group])


def free_slot(group: str, held: Collection[str]) -> int | None:
    """The first slot that nothing stands in; None when all are taken."""
    return next((number for number in SLOTS if not set(group_fields(group, number)) & set(held)), None)


def _labelled(main: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The main fields in their order, the slots of each group after it."""
    for field, label in main.items():
        yield field, label
        group = group_of(field)
        if group and field == GROUPS[group][-1]:
            for number in SLOTS[1:]:
                for member in GROUPS[group]:
                    yield in_slot(member, number), f"{main[member]} {number}"


FIELDS: dict[str, dict[str, str]] = {kind: dict(_labelled(main)) for kind, main in MAIN_FIELDS.items()}
"""Every field with its label, by kind of customer."""


def offered(kind: str, held: Collection[str]) -> dict[str, str]:
    """The fields that a page shows or a form offers: the main ones always, a slot only when something stands in it."""
    return {field: label for field, label in FIELDS[kind].items() if field in MAIN_FIELDS[kind] or field in held}
