"""The refusal certificate: every right has the same paper, and it never lacks reasons or a way on."""

from collections.abc import Callable
from typing import Any

import pytest

from rekisteri.cases import grounds, refusals
from rekisteri.cases.models import Case
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import TODAY, make_case
from tests.settings.factories import fill_settings
from tests.support.paper import words_of

REASONS = "Lasku 1042 on avoinna, ja sen perimiseksi tarvitsemme nimenne ja osoitteenne."
ITEM = {
    "title": "Nimi ja osoite",
    "demanded": "Tietojen poistaminen kokonaan",
    "reasons": REASONS,
    "ground": "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta",
}


@pytest.fixture
def case(sign_in: Callable[..., Any]) -> Case:
    """Maija Virtanen's request, and somebody who may decide on it."""
    fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    return make_case(by=sign_in("vastuuhenkilo"))


def certified(case: Case, right: str = "erasure", **changes: Any) -> Document:
    """The certificate given of one refused thing, unless told otherwise."""
    told: dict[str, Any] = {"items": [ITEM], "by": case.registered_by, "on": TODAY}
    with transaction():
        return refusals.issue_certificate(case=case, right=right, **(told | changes))


def words(document: Document) -> str:
    """What stands on the paper."""
    return words_of(documents.content(document))


def test_a_certificate_tells_what_was_refused_why_on_what_ground_and_where_to_take_it(case: Case) -> None:
    told = words(certified(case))
    for sentence in (
        "Kieltäytymistodistus",
        "Todistus poistopyynnön epäämisestä",
        "Esimerkkitukku Oy ei hyväksy poistopyyntöänne.",
        "Tietojen poistaminen kokonaan",
        REASONS,
        "17 artiklan 3 kohdan e alakohta",
        "77 artikla ja tietosuojalain 1050/2018 21 §",
        "79 artikla",
        "Tietosuojavaltuutetun toimisto",
        "Ilmari Kiviharju",
        "saapunut 16.11.2026, esitetty kirjallisesti",
        "KT 2026/0001",
    ):
        assert sentence in told, sentence


@pytest.mark.parametrize("right", sorted(grounds.RIGHTS))
def test_every_right_has_its_own_words(case: Case, right: str) -> None:
    told = words(certified(case, right))
    assert f"Todistus {grounds.RIGHTS[right].of_it} {grounds.RIGHTS[right].refusal}" in told
    assert f"ei hyväksy {grounds.RIGHTS[right].yours}." in told
    assert grounds.RIGHTS[right].article in told


def test_a_right_that_has_no_words_of_its_own_is_a_request() -> None:
    assert grounds.right_called("koeoikeus").of_it == "pyynnön"


def test_what_was_granted_stands_beside_what_was_refused(case: Case) -> None:
    told = words(certified(case, granted=["Sähköpostiosoite on poistettu."]))
    assert "ei hyväksy kaikilta osin poistopyyntöänne." in told
    assert "Mitä on hyväksytty" in told
    assert "Sähköpostiosoite on poistettu." in told


def test_certificates_of_all_rights_share_one_gapless_series(case: Case) -> None:
    numbers = [certified(case, right).number for right in ("access", "erasure", "complaint")]
    assert numbers == ["KT 2026/0001", "KT 2026/0002", "KT 2026/0003"]
    assert [paper.number for paper in refusals.certificates_of(case)] == numbers


def test_a_mended_certificate_names_the_one_it_replaces_and_says_why(case: Case) -> None:
    first = certified(case)
    second = certified(case, replaces=first, why="Laskun numero oli väärä.")
    assert f"korvaa 23.11.2026 annetun kieltäytymistodistuksen {first.number}. Laskun numero oli väärä." in words(
        second
    )
    assert second.number != first.number
    with pytest.raises(RuleViolation, match="miksi todistus korvataan"):
        certified(case, replaces=first)


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([], "vain evätystä"),
        ([ITEM | {"reasons": "Ei käy."}], "Pelkkä peruste ei riitä"),
        ([ITEM | {"ground": ""}], "otsikko ja peruste"),
        ([ITEM | {"title": ""}], "otsikko ja peruste"),
    ],
)
def test_a_certificate_without_reasons_or_ground_is_not_given(
    case: Case, items: list[dict[str, str]], sentence: str
) -> None:
    with pytest.raises(RuleViolation, match=sentence):
        certified(case, items=items)
    assert refusals.certificates_of(case) == []


def test_a_certificate_waits_for_a_complete_letterhead(case: Case) -> None:
    fill_settings(owner_name="")
    with pytest.raises(RuleViolation, match="Täydennä ensin asetuksiin"):
        certified(case)
