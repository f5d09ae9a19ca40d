"""Whether a notice tells of a group of data: in whatever form of a word people write it, and not by a word like it."""

from datetime import date, timedelta

import pytest
from flask import Flask

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond, publishing
from rekisteri.notice.importing.service import import_notice
from rekisteri.notice.importing.source import decoded, read
from tests.notice.factories import COMPLETED, OLD_NOTICE, published, start, write
from tests.settings.factories import fill_settings

BASIC = "Tallennamme etu- ja sukunimen, yhteisön, yhteystiedot ja aikaisemmat tilaukset."


def told_in(words: str) -> set[str]:
    return {key for key, group in beyond.GROUPS.items() if group.mentioned_in(words)}


@pytest.mark.parametrize(
    "words",
    [
        "yhteydenotto",
        "yhteydenotot",
        "Yhteydenottojen ajankohdat",
        "yhteydenotoista tehdyt merkinnät",
        "tiedot yhteydenotoistasi",
        "YHTEYDENOTOT",
        "muistiinpano",
        "muistiinpanot puheluista",
        "omia muistiinpanojamme",
        "asiakkaan yhteydenottohistoria",
    ],
)
def test_contacts_are_told_of_in_any_form_of_the_word(words: str) -> None:
    assert told_in(words) == {"contact_notes"}


@pytest.mark.parametrize(
    "words",
    [
        "tehtävä",
        "työtehtävästäsi",
        "asema",
        "asemasi yhteisössä",
        "rooli",
        "roolista",
        "Nimike",
        "ammatti",
        "toimenkuva",
    ],
)
def test_a_role_is_told_of_in_any_form_of_the_word(words: str) -> None:
    assert told_in(words) == {"roles"}


@pytest.mark.parametrize(
    "words",
    ["lasku", "laskut", "laskuista", "laskutustiedot", "LASKUTUS", "maksutiedot", "maksutietoja", "ostolaskujen"],
)
def test_invoices_are_told_of_in_any_form_of_the_word(words: str) -> None:
    assert told_in(words) == {"invoices"}


@pytest.mark.parametrize(
    "words", ["perintä", "perinnän vaiheet", "perintää varten", "Perintätiedot", "perittävät saatavat", "perinnässä"]
)
def test_collections_are_told_of_in_any_form_of_the_word(words: str) -> None:
    assert told_in(words) == {"collections"}


@pytest.mark.parametrize(
    "words", ["luottotiedot", "luottopäätös", "luottopäätöksistä", "luotto", "Luottohakemukset", "luottorajan"]
)
def test_credit_is_told_of_in_any_form_of_the_word(words: str) -> None:
    assert told_in(words) == {"credit"}


@pytest.mark.parametrize(
    "words", ["suostumus", "suostumuksesi", "SUOSTUMUKSET", "markkinointiluvat", "Markkinointilupa"]
)
def test_consents_are_told_of_in_any_form_of_the_word(words: str) -> None:
    assert told_in(words) == {"consents"}


@pytest.mark.parametrize(
    "words",
    [
        BASIC,
        "",
        "Yhteydenpitoa varten tarvitsemme sähköpostiosoitteen.",
        "Ota yhteyttä, jos tiedoissa on virhe.",
        "Käsittelemme tietoja luottamuksellisesti.",
        "Luotettava rekisteri perustuu sinun ilmoitukseesi.",
        "Perinteinen asiakasrekisteri paperilla.",
        "Perinnöllisiä tietoja emme tallenna.",
        "Periaatteemme on, että tietoja on mahdollisimman vähän.",
        "Etunimi, sukunimi ja yhteisön nimi.",
        "Maksutapa sovitaan erikseen.",
    ],
)
def test_words_that_only_look_alike_tell_of_nothing(words: str) -> None:
    assert told_in(words) == set()


def test_several_groups_may_stand_in_one_sentence() -> None:
    words = "Lisäksi tallennamme asemasi, yhteydenotot, suostumukset, laskut, niiden perinnän ja luottopäätökset."
    assert told_in(words) == set(beyond.GROUPS)


def test_a_word_is_found_on_any_line_of_a_long_list() -> None:
    lines = [f"– tieto numero {number}" for number in range(500)]
    assert told_in("\n".join([*lines, "– laskut", *lines])) == {"invoices"}


@pytest.mark.parametrize("group", list(beyond.GROUPS))
def test_what_is_not_told_is_named_in_its_own_words(group: str) -> None:
    """The missing word stands in the sentence itself: whoever copies it into the notice has told of it."""
    assert group in told_in(beyond.GROUPS[group].told_of)


@pytest.mark.parametrize("group", list(beyond.GROUPS))
def test_the_reason_tells_what_cannot_be_recorded_and_what_to_do(app: Flask, group: str) -> None:
    published(content=BASIC)
    sentence = beyond.why_not(group) or ""

    assert sentence.startswith(f"{beyond.GROUPS[group].recorded} ei voi kirjata")
    assert f"ei kerro {beyond.GROUPS[group].told_of}." in sentence
    assert sentence.endswith("julkaise seloste.")


def test_there_is_no_reason_against_what_is_told(app: Flask) -> None:
    published(content=BASIC + " Kirjaamme myös yhteydenotot.")

    assert beyond.why_not("contact_notes") is None
    assert beyond.check_declared("contact_notes") is None
    with pytest.raises(RuleViolation, match="Laskuja ei voi kirjata"):
        beyond.check_declared("invoices")


def test_a_word_counts_though_it_is_emphasised_or_in_a_list(app: Flask) -> None:
    published(content=BASIC + "\n\n- **yhteyden**otot\n- *laskut*")

    assert {group for group in beyond.GROUPS if beyond.declares(group)} == {"contact_notes", "invoices"}


def test_a_notice_to_come_allows_nothing_before_its_day(app: Flask, freeze) -> None:
    freeze("2026-11-23")
    published(content=BASIC)
    published(valid_from=date(2026, 12, 1), content=BASIC + " Kirjaamme yhteydenotot.")
    assert not beyond.declares("contact_notes")

    freeze("2026-11-30")
    assert not beyond.declares("contact_notes")
    freeze("2026-12-01")
    assert beyond.declares("contact_notes")


def test_a_notice_that_no_longer_tells_of_it_ends_the_recording(app: Flask, freeze) -> None:
    freeze("2026-11-23")
    published(content=BASIC + " Kirjaamme yhteydenotot.")
    assert beyond.declares("contact_notes")

    freeze("2026-11-24")
    published(content=BASIC)
    assert not beyond.declares("contact_notes")


def test_a_first_notice_dated_back_counts_at_once(app: Flask) -> None:
    published(valid_from=today() - timedelta(days=30), content=BASIC + " Kirjaamme yhteydenotot.")

    assert beyond.declares("contact_notes")


def test_a_draft_on_the_desk_changes_nothing_of_what_is_in_force(app: Flask) -> None:
    published(content=BASIC)
    start(content=BASIC + " Kirjaamme yhteydenotot ja laskut.")

    assert not any(beyond.declares(group) for group in beyond.GROUPS)


def test_an_imported_notice_in_force_allows_only_what_its_own_words_tell(app: Flask) -> None:
    """The old notice speaks of billing in the row of its content, and of nothing else beyond the basic data."""
    fill_settings()
    with transaction():
        draft = import_notice(source=read(decoded(OLD_NOTICE.read_bytes()))).version
    assert not beyond.declares("invoices")

    with transaction():
        write(draft, {section.key: COMPLETED[section.key] for section in draft.sections if section.key in COMPLETED})
    with transaction():
        publishing.publish(version=draft.version, valid_from=today(), change_note="", by=None, on=today())
    assert {group for group in beyond.GROUPS if beyond.declares(group)} == {"invoices"}


@pytest.mark.parametrize("row", ["purpose", "disclosures", "retention", "sources"])
def test_words_in_another_row_do_not_tell_what_the_register_holds(app: Flask, row: str) -> None:
    published(content=BASIC, **{row: "Kerromme tässä yhteydenotoista, asemasta, laskuista, perinnästä ja luotoista."})

    assert not any(beyond.declares(group) for group in beyond.GROUPS)
