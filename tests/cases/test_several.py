"""Several rights in one letter: each has its own end and its own deadline, and one may come later or fall away."""

from datetime import date
from typing import Any

import pytest

from rekisteri.cases import matters, service
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import TODAY, again, make_case
from tests.cases.rights import Right, known_right
from tests.cases.test_case_page import url
from tests.customers.factories import make_person
from tests.support.client import ReadingClient
from tests.support.paper import words_of

REASON = "Tietojanne on selvitettävä kolmelta tietolähteeltä."


@pytest.fixture
def rights() -> Any:
    """Two rights of tests' own, both undecided."""
    with known_right("eka", "Eka oikeus") as first, known_right("toka", "Toka oikeus") as second:
        first.hindrances, second.hindrances = ["Eka on kesken."], ["Toka on kesken."]
        yield first, second


def both(clerk: Any, **changes: Any) -> Case:
    """A request for both."""
    return make_case(by=clerk, kinds=["eka", "toka"], customer=make_person(), **changes)


def matter_of(case: Case, kind: str) -> CaseMatter:
    """One matter as it stands in the database."""
    return next(matter for matter in again(case).matters if matter.kind == kind)


def test_the_first_of_two_decisions_leaves_the_case_in_review(clerk: Any, rights: tuple[Right, Right]) -> None:
    first, second = rights
    case = both(clerk)
    first.hindrances.clear()
    with transaction():
        service.advance(case=case, state="decided", by=clerk)
    assert again(case).state == "in_review"
    second.hindrances.clear()
    with transaction():
        service.advance(case=again(case), state="decided", by=clerk)
    assert again(case).state == "decided"


def test_a_simple_matter_keeps_its_month_when_a_complex_one_is_extended(
    client: ReadingClient, clerk: Any, rights: tuple[Right, Right]
) -> None:
    case = both(clerk)
    page = client.submit(url(case, "jatka"), {"ground": "complexity", "reason": REASON, "kinds": ["toka"]})
    assert "Osalle asioista on jatkettu määräaikaa" in page.main
    assert again(case).deadline == date(2026, 12, 16), "the simple one is still due"
    assert matter_of(case, "eka").deadline == date(2026, 12, 16)
    assert matter_of(case, "toka").deadline == date(2027, 2, 16)
    told = words_of(documents.content(db.session.query(Document).one()))
    assert "Toka oikeus" in told
    assert "Muilta osin vastaamme viimeistään 16.12.2026." in told


def test_when_the_simple_one_is_decided_the_case_waits_for_the_extended(
    clerk: Any, rights: tuple[Right, Right]
) -> None:
    case = both(clerk)
    with transaction():
        service.extend(case=case, ground="number", reason=REASON, kinds=["toka"], by=clerk, on=TODAY)
    rights[0].hindrances.clear()
    with transaction():
        service.advance(case=again(case), state="decided", by=clerk)
    assert again(case).deadline == date(2027, 2, 16)


def test_an_extension_of_nothing_is_not_made(clerk: Any, rights: tuple[Right, Right]) -> None:
    case = both(clerk)
    with pytest.raises(RuleViolation, match="minkä asian määräaikaa"), transaction():
        service.extend(case=case, ground="number", reason=REASON, kinds=["kolmas"], by=clerk, on=TODAY)


def test_a_right_named_later_joins_the_request(client: ReadingClient, clerk: Any, rights: tuple[Right, Right]) -> None:
    case = make_case(by=clerk, kinds=["eka"], customer=make_person())
    page = client.submit(url(case, "asiat"), {"kind": "toka"})
    assert "Asia on lisätty pyyntöön." in page.text
    assert again(case).kinds == ["eka", "toka"]
    assert len(rights[1].opened) == 1
    assert client.submit(url(case, "asiat"), {"kind": "toka"}, strict=False).status_code == 422


def test_a_decided_request_is_in_review_again_when_a_right_is_added(clerk: Any, rights: tuple[Right, Right]) -> None:
    case = make_case(by=clerk, kinds=["eka"], customer=make_person())
    rights[0].hindrances.clear()
    with transaction():
        service.advance(case=case, state="decided", by=clerk)
        service.add_matter(case=case, kind="toka", by=clerk, on=TODAY)
    assert again(case).state == "in_review"


@pytest.mark.parametrize("reason", ["withdrawn", "mistaken"])
def test_one_right_falls_away_and_the_others_go_on(
    client: ReadingClient, clerk: Any, rights: tuple[Right, Right], reason: str
) -> None:
    case = both(clerk)
    page = client.submit(url(case, "asiat/eka/poista"), {"reason": reason})
    assert "Asia on poistettu pyynnöstä." in page.text
    assert matter_of(case, "eka").outcome == reason
    assert service.blockers(again(case)) == ["Toka on kesken."]
    assert [kind.code for kind in matters.of(again(case))] == ["toka"]


def test_the_last_right_does_not_fall_away(client: ReadingClient, clerk: Any, rights: tuple[Right, Right]) -> None:
    case = make_case(by=clerk, kinds=["eka"], customer=make_person())
    page = client.submit(url(case, "asiat/eka/poista"), {"reason": "withdrawn"})
    assert page.status_code == 422
    assert "peruuta pyyntö" in page.main


def test_a_decided_right_does_not_fall_away(clerk: Any, rights: tuple[Right, Right]) -> None:
    case = both(clerk)
    rights[0].hindrances.clear()
    with pytest.raises(RuleViolation, match="jo ratkaistu"), transaction():
        service.remove_matter(case=case, kind="eka", reason="withdrawn", by=clerk, on=TODAY)


def test_when_the_undecided_one_falls_away_the_rest_is_decided(clerk: Any, rights: tuple[Right, Right]) -> None:
    case = both(clerk)
    rights[0].hindrances.clear()
    with transaction():
        service.remove_matter(case=case, kind="toka", reason="withdrawn", by=clerk, on=TODAY)
    assert again(case).state == "decided"


def test_the_room_is_told_when_its_matter_ends_or_the_request_is_taken_back(clerk: Any) -> None:
    told: list[str] = []
    with known_right("eka", "Eka oikeus") as first, known_right("toka", "Toka oikeus") as second:
        first.hindrances, second.hindrances = ["Eka on kesken."], ["Toka on kesken."]
        for right, code in ((first, "eka"), (second, "toka")):
            kind = right.kind(code, code)
            matters.add_kind(
                matters.MatterKind(
                    kind.code,
                    kind.label,
                    kind.open,
                    kind.url,
                    kind.tasks,
                    kind.blockers,
                    ended=lambda _case, _by, _on, code=code: told.append(code),
                )
            )
        case = both(clerk)
        with transaction():
            service.remove_matter(case=case, kind="eka", reason="mistaken", by=clerk, on=TODAY)
        assert told == ["eka"]
        with transaction():
            service.withdraw(case=again(case), channel="phone", withdrawn_on=TODAY, by=clerk, on=TODAY)
        assert told == ["eka", "toka"]


def test_the_page_lists_each_right_with_its_deadline_and_state(
    client: ReadingClient, clerk: Any, rights: tuple[Right, Right]
) -> None:
    case = both(clerk)
    rights[0].hindrances.clear()
    page = client.get(url(case))
    panel = page.page.select_one("#asiat").get_text(" ", strip=True)
    assert "Eka oikeus" in panel and "Ratkaistu" in panel
    assert "Toka oikeus" in panel and "Kesken" in panel


def test_a_right_that_the_request_does_not_concern_has_no_page_to_remove_it(client: ReadingClient, clerk: Any) -> None:
    assert client.get(url(make_case(by=clerk), "asiat/erasure/poista")).status_code == 404
