"""The day on which these tests happen, and what the office has told its customers of."""

from collections.abc import Callable

import pytest

from tests.billing.factories import tell


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None]) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")


@pytest.fixture(autouse=True)
def told(request: pytest.FixtureRequest, office_day: None) -> None:
    """A notice that tells of invoices, collections and credit."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app")
        tell()
