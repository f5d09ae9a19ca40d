"""The day and the desk of these tests: Monday 23.11.2026, a handler signed in, the letterhead complete."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.settings.factories import fill_settings


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None]) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")


@pytest.fixture
def clerk(sign_in: Callable[..., Any]) -> Any:
    """A handler at the desk, with a letterhead that can be printed."""
    user = sign_in("kasittelija", full_name="Kaisa Käsittelijä", title="asiakassihteeri")
    fill_settings()
    return user
