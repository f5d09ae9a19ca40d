"""The day of these tests, and the company whose name stands on the prints."""

import pytest

from tests.settings.factories import fill_settings


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-11-23")


@pytest.fixture
def company(app):
    return fill_settings()
