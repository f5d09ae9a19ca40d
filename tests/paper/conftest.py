"""The day and the desk of these tests: Monday 23.11.2026, somebody who may do everything with paper signed in."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.paper.factories import name
from tests.settings.factories import fill_settings


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None]) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")


@pytest.fixture
def owner(sign_in: Callable[..., Any]) -> Any:
    """The person responsible for the register, who is also on the list of those who may handle paper."""
    fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    user = sign_in("kasittelija", "vastuuhenkilo", full_name="Ilmari Kiviharju", title="toimitusjohtaja")
    name(user, by=user)
    return user
