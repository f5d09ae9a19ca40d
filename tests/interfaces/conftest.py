"""What the tests of the interface share: a partner's program with a key."""

import pytest

from tests.interfaces.factories import Program, make_connection, make_key


@pytest.fixture
def program(app, freeze):
    """The program of a processor that runs the web shop; it may do everything."""
    freeze("2026-11-24")
    connection = make_connection()
    return Program(app, make_key(connection), connection.id)
