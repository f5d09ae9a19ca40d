"""The day on which these tests happen."""

from collections.abc import Callable

import pytest


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None]) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")
