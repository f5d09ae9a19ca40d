"""The day of these tests: Monday 23.11.2026."""

import pytest


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-11-23")
