"""The description of the interface: whole, true, and nothing that a fuzzer finds wrong."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from rekisteri.interfaces.catalogue import OPERATIONS
from rekisteri.interfaces.rules import SCOPES
from tests.customers.factories import make_clerk, make_person
from tests.interfaces.factories import ROOT, Program, make_connection, make_key
from tests.prohibitions.factories import forbid


@pytest.fixture
def served(app):
    """A program on this very machine, in a register where something has happened to the first customer."""
    connection = make_connection(networks="127.0.0.0/8", rate=6000, scopes=list(SCOPES), ground="billing")
    program = Program(app, make_key(connection), connection.id)
    make_clerk()
    for name in ("Maija", "Eero"):
        program.get(f"/customers/{make_person(first_name=name).id}", address="127.0.0.1")
    forbid(make_person(first_name="Aino"), "profiling")
    return program


@pytest.fixture
def described(app, served):
    """The description as a partner's tools read it, over WSGI."""
    schema = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", app)
    schema.config.headers = {"Authorization": f"Bearer {served.key}"}
    return schema


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_fuzzer_finds_nothing_wrong(described, operation, mode):
    told = described[operation.path][operation.method]

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(case=told.as_strategy(generation_mode=mode))
    def fuzz(case):
        case.call_and_validate()

    fuzz()
