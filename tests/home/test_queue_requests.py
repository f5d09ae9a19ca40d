"""What the odd turns of requests put on the desk, and that an empty heap takes no room."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from rekisteri.cases import pauses, unfounded
from rekisteri.kernel.db import transaction
from tests.cases.factories import TODAY, make_case
from tests.objections.factories import itemise, make_matter
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient

REASONS = "Olette pyytänyt samaa kolme kertaa tänä vuonna."


@pytest.fixture
def owner(freeze: Callable[[str], None], sign_in: Callable[..., Any]) -> Any:
    """The person responsible for the register, on Monday 23.11.2026."""
    freeze("2026-11-23")
    fill_settings()
    return sign_in("vastuuhenkilo")


def heaps(client: ReadingClient) -> str:
    """The front page's main part."""
    return str(client.get("/").main)


def test_an_objection_waits_on_the_desk_until_it_is_decided(client: ReadingClient, owner: Any) -> None:
    assert "Ratkaistavat vastustamiset" not in heaps(client)
    itemise(make_matter(owner), "profiling", by=owner)
    assert "Ratkaistavat vastustamiset ja valitukset" in heaps(client)


def test_a_question_that_nobody_answered_comes_back_to_the_desk(client: ReadingClient, owner: Any) -> None:
    case = make_case(by=owner)
    with transaction():
        pauses.pause(
            case=case, reason="Käsiala on outo tässä.", wanted="Soittakaa meille numerostanne.",
            reply_by=TODAY + timedelta(7), by=owner, on=TODAY,
        )  # fmt: skip
    assert "vahvistettu ajoissa" not in heaps(client)
    with transaction():
        case.pauses[0].reply_by = TODAY - timedelta(1)
    assert "vahvistettu ajoissa" in heaps(client)


def test_a_fee_that_nobody_answered_comes_back_to_the_desk(client: ReadingClient, owner: Any) -> None:
    case = make_case(by=owner)
    with transaction():
        fee = unfounded.ask_fee(
            case=case, kinds=["rectification"], ground="excessive", reasons=REASONS, amount=2000,
            costs="Tunti työtä ja postimaksu.", reply_by=TODAY + timedelta(1), by=owner, on=TODAY,
        )  # fmt: skip
        fee.reply_by = TODAY - timedelta(1)
    assert "Maksuun ei ole vastattu ajoissa" in heaps(client)
