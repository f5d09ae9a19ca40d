"""The desk at which a person's data are given out."""

import pytest

from tests.access.factories import DAY, fill_every_room, make_request


@pytest.fixture
def owner(app, freeze, sign_in):
    """The person responsible for the register, signed in."""
    freeze(DAY)
    return sign_in("vastuuhenkilo", full_name="Onni Saari", title="toimitusjohtaja")


@pytest.fixture
def asked(owner):
    """Maija Virtanen asks to see her data, of which every room holds something."""
    made = make_request(owner)
    fill_every_room(made.customer)
    return made


@pytest.fixture
def wanted(owner):
    """Maija Virtanen asks to have the data she gave moved."""
    made = make_request(owner, "portability")
    fill_every_room(made.customer)
    return made
