"""The day and the desk of these tests: Monday 23.11.2026, somebody who may decide signed in."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None]) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")


@pytest.fixture
def owner(sign_in: Callable[..., Any]) -> Any:
    """The person responsible for the register."""
    return sign_in("vastuuhenkilo", full_name="Ilmari Kiviharju", title="toimitusjohtaja")
