"""The day and the desk of these tests: Monday 23.11.2026, a clerk signed in, a notice that tells of consents."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.notice.factories import published


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None]) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")


@pytest.fixture
def clerk(sign_in: Callable[..., Any]) -> Any:
    """Somebody who maintains the register and may decide."""
    return sign_in("kasittelija", "vastuuhenkilo", full_name="Ilmari Kiviharju", title="toimitusjohtaja")


@pytest.fixture
def told(app: Any) -> Any:
    """The notice in force tells of consents."""
    return published()
