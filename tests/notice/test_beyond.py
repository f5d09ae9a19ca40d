"""What may be recorded beyond the basic data: only what the notice in force tells of."""

import pytest
from flask import Flask

from rekisteri.kernel.clock import today
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond, wording
from rekisteri.notice.checks import SILENT, check
from rekisteri.notice.richtext import from_markup, plain
from tests.notice.factories import published, start
from tests.settings.factories import fill_settings

BASIC = "Tallennamme etu- ja sukunimen, yhteisön, yhteystiedot ja aikaisemmat tilaukset."


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """What the register holds, as the rooms above would tell."""
    held = {"contact_notes": True, "roles": False}
    monkeypatch.setattr(beyond, "_held", {})
    for group in held:
        beyond.add_held(group, lambda group=group: held[group])
    return held


@pytest.mark.promise("sisalto.kentat")
def test_nothing_beyond_the_basic_data_may_be_recorded_before_a_notice_is_published(app: Flask) -> None:
    start()

    assert not any(beyond.declares(group) for group in beyond.GROUPS)


@pytest.mark.promise("sisalto.kentat")
def test_a_notice_of_our_own_wording_tells_of_all_that_the_register_may_hold(app: Flask) -> None:
    published()

    assert all(beyond.declares(group) for group in beyond.GROUPS)


@pytest.mark.promise("sisalto.kentat")
def test_a_notice_that_tells_of_the_basic_data_only_allows_no_more(app: Flask) -> None:
    published(content=BASIC)

    with pytest.raises(RuleViolation) as refused:
        beyond.check_declared("contact_notes", field="text")

    assert refused.value.field == "text"
    assert refused.value.sentence == (
        "Yhteydenottoja ei voi kirjata, koska voimassa oleva tietosuojaseloste ei kerro yhteydenotoista. "
        "Täydennä selosteen kohtaa ”Rekisterin tietosisältö” ja julkaise seloste."
    )


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("contact_notes", "Kirjaamme yhteydenotot."),
        ("contact_notes", "Teemme MUISTIINPANOJA tapaamisista."),
        ("roles", "yhteisö ja asemasi siinä"),
        ("roles", "Tallennamme työtehtävän."),
        ("roles", "rooli yhteisössä"),
        ("invoices", "Säilytämme laskut ja maksutiedot."),
        ("collections", "perintä"),
        ("credit", "luottohakemukset"),
    ],
)
def test_each_group_is_known_by_the_stem_of_its_word(group: str, words: str) -> None:
    assert beyond.GROUPS[group].mentioned_in(words)
    assert not beyond.GROUPS[group].mentioned_in(BASIC)


def test_only_the_row_of_the_content_counts(app: Flask) -> None:
    published(content=BASIC, purpose="Pidämme yhteyttä ja kirjaamme yhteydenotot.")

    assert beyond.why_not("contact_notes")


def test_our_own_wording_mentions_every_group_in_words_a_person_reads() -> None:
    words = plain(from_markup(wording.TEXTS["content"]))

    assert [key for key, group in beyond.GROUPS.items() if not group.mentioned_in(words)] == []


def test_a_group_that_nobody_knows_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        beyond.add_held("shoe_size", lambda: True)


def test_the_check_warns_of_what_is_held_and_not_told(app: Flask, held: dict[str, bool]) -> None:
    fill_settings()
    draft = start(content=BASIC)

    found = [finding.sentence for finding in check(draft, on=today()) if finding.group == SILENT]

    assert found == ["Kerro kohdassa ”Rekisterin tietosisältö” myös yhteydenotoista."]


def test_the_check_is_silent_when_nothing_is_held_or_all_is_told(app: Flask, held: dict[str, bool]) -> None:
    told = start()
    assert SILENT not in {finding.group for finding in check(told, on=today())}

    held["contact_notes"] = False
    assert beyond.undeclared(BASIC) == []


def test_the_draft_shows_what_it_does_not_tell(app: Flask, client, sign_in, held: dict[str, bool]) -> None:
    fill_settings()
    start(content=BASIC)
    sign_in("kasittelija")

    page = client.get("/tietosuojaseloste/luonnos").main

    assert "Rekisterissä on tietoja, joista seloste ei kerro" in page
    assert "Kerro kohdassa ”Rekisterin tietosisältö” myös yhteydenotoista." in page
