"""What the checks find in a text: things the law asks for, places nobody filled in, mistakes."""

import pytest
from flask import Flask

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.notice import service, wording
from rekisteri.notice.checklist import ITEMS, Part, lacking
from rekisteri.notice.checks import check
from rekisteri.notice.comparison import CHANGED, GONE, NEW, SAME, Piece, compare
from rekisteri.notice.defects import defects, is_only_a_place
from rekisteri.notice.richtext import from_markup, plain
from rekisteri.notice.rows import KNOWN
from tests.notice.factories import COMPLETED, published, start, write
from tests.settings.factories import fill_settings


def part(key: str | None, words: str, heading: str = "Kohta") -> Part:
    return Part(key, heading, words)


def codes(*parts: Part) -> set[str]:
    return {item.code for item in lacking(parts)}


def sentences(*parts: Part) -> list[str]:
    return [defect.sentence for defect in defects(parts)]


def test_our_own_wording_tells_everything_the_law_asks_for() -> None:
    parts = [Part(key, KNOWN[key].heading, plain(from_markup(text))) for key, text in wording.TEXTS.items()]
    assert lacking([*parts, part("controller", "Kuusikon Kello Oy")]) == []


def test_our_own_wording_has_no_mistake_but_the_places_to_complete() -> None:
    parts = [Part(key, KNOWN[key].heading, plain(from_markup(text))) for key, text in wording.TEXTS.items()]
    assert all(defect.blocks for defect in defects(parts))


def test_an_empty_notice_lacks_everything() -> None:
    assert codes() == {item.code for item in ITEMS}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("legal_basis", "Käsittely perustuu sopimukseen."),
        ("legitimate_interest", "Perusteena on yrityksen oikeutettu etu."),
        ("retention", "Tiedot säilytetään kaksi vuotta."),
        ("retention", "Säilytysaika määräytyy kirjanpitolain mukaan."),
        ("restriction", "Voit vaatia käsittelyn rajoittamista."),
        ("portability", "Saat tiedot koneluettavassa muodossa."),
        ("withdraw_consent", "Voit peruuttaa antamasi suostumuksen."),
        ("complaint", "Voit tehdä valituksen valvontaviranomaiselle."),
        ("provision", "Tietojen antaminen on vapaaehtoista."),
        ("automated", "Emme tee automaattisia päätöksiä."),
        ("erasure", "Tiedot poistetaan pyynnöstä."),
    ],
)
def test_a_thing_told_anywhere_counts_as_told(code: str, words: str) -> None:
    assert code in codes(part(None, "Jotain muuta."))
    assert code not in codes(part(None, words))


def test_paper_kept_in_a_locked_room_is_no_retention_period() -> None:
    assert "retention" in codes(part("paper", "Paperit säilytetään lukitussa tilassa."))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Tietoja ei siirretä EU:n ulkopuolelle.", True),
        ("Tietoja ei siirretä EU:n ulkopuolelle, ellei se ole tarpeen.", False),
        ("Tietoja siirretään Yhdysvaltoihin komission vakiolausekkeiden nojalla.", True),
        ("Tietoja siirretään Yhdysvaltoihin.", False),
    ],
)
def test_a_transfer_needs_its_safeguard_and_a_denial_needs_none(words: str, told: bool) -> None:
    assert ("transfers" not in codes(part("transfers", words))) is told


def test_the_right_to_object_must_stand_apart() -> None:
    assert "objection_separate" in codes(part("other_rights", "Voit vastustaa suoramarkkinointia."))
    assert "objection_separate" not in codes(part("objection", "Voit vastustaa suoramarkkinointia."))


def test_each_thing_names_its_place_in_the_law() -> None:
    places = {item.code: item.law for item in ITEMS}
    assert places["legal_basis"] == "13 artiklan 1 kohdan c alakohta"
    assert places["source"] == "14 artiklan 2 kohdan f alakohta"
    assert places["objection_separate"] == "21 artiklan 4 kohta"


def test_a_place_in_brackets_keeps_the_notice_from_being_published() -> None:
    found = defects([part("sources", "Lähteet: [kumppanien nimet].")])
    assert [(defect.sentence, defect.blocks) for defect in found] == [
        ("Täydennettävä paikka: [kumppanien nimet]", True)
    ]
    assert is_only_a_place(" [nimi, osoite] ")
    assert not is_only_a_place("Soita [numero]")


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("cookies", " ", "Kohta on tyhjä."),
        ("purpose", "Kirjoita meille (s-postiosoite).", "Täyttämättä jäänyt paikka: (s-postiosoite)"),
        ("purpose", "Tietoja käsitellään henkilötietolain mukaan.", "”henkilötietolain” viittaa kumottuun"),
        ("purpose", "Lain 523/1999 nojalla.", "”523/1999” viittaa kumottuun"),
        ("content", "Nimi <br> osoite", "Tekstissä on HTML-merkintä <br>"),
        ("system", "ATK-laitteet ovat lukossa.", "”ATK” on vanhentunut sana"),
        ("access", "Pyyntö tulee tehdä kirjallisena.", "Pyyntöä ei saa vaatia kirjallisena"),
        ("rectification", "Pyyntö tehdään omakätisesti allekirjoitetulla kirjeellä.", "Allekirjoitusta ei saa asettaa"),
        ("controller", "Kello Oy, Tehtaankuja 3, Tampere", "Osoitteesta puuttuu postinumero."),
    ],
)
def test_a_likely_mistake_is_told_but_does_not_stop(key: str, words: str, sentence: str) -> None:
    found = [defect for defect in defects([part(key, words)]) if defect.sentence.startswith(sentence)]
    assert found
    assert not found[0].blocks


def test_a_sound_text_has_nothing_to_tell() -> None:
    assert sentences(part("controller", "Kello Oy\nTehtaankuja 3\n33100 TAMPERE"), part("access", "Kysy meiltä.")) == []


def test_a_paragraph_pasted_into_two_sections_is_noticed() -> None:
    text = "Tilaajan tietoja käytetään vain lehden omassa toiminnassa eikä niitä myydä kenellekään."
    found = sentences(part("sources", text, "Tietolähteet"), part("disclosures", f"Muuta.\n{text.upper()}"))
    assert found == [
        "Sama kappale on myös kohdassa ”Tietolähteet”: TILAAJAN TIETOJA KÄYTETÄÄN VAIN LEHDEN OMASSA TOIMINNASSA EI…"
    ]


def test_a_comparison_tells_new_gone_changed_and_unchanged_sections() -> None:
    old = [part("name", "Rekisteri"), part("content", "nimi\nosoite"), part(None, "vanha", "Kilpailut")]
    new = [part("name", "Rekisteri"), part("content", "nimi\npostiosoite\npuhelin"), part(None, "uusi", "Takuu")]
    kinds = [(difference.heading, difference.kind) for difference in compare(old, new)]
    assert kinds == [("Kohta", SAME), ("Kohta", CHANGED), ("Takuu", NEW), ("Kilpailut", GONE)]


def test_a_comparison_shows_the_words_that_went_and_came() -> None:
    (difference,) = compare(
        [part("name", "Säilytämme tietoja kaksi vuotta.")], [part("name", "Säilytämme tietoja kolme vuotta.")]
    )
    assert difference.paragraphs == [
        [Piece(SAME, "Säilytämme tietoja"), Piece(GONE, "kaksi"), Piece(NEW, "kolme"), Piece(SAME, "vuotta.")]
    ]


def test_a_changed_heading_is_a_change_too() -> None:
    (difference,) = compare([part("name", "x", "Nimi")], [part("name", "x", "Rekisterin nimi")])
    assert difference.kind == CHANGED
    assert difference.paragraphs[0] == [Piece(GONE, "Nimi"), Piece(NEW, "Rekisterin nimi")]


def test_two_books_are_compared_without_waiting() -> None:
    old, new = " ".join(map(str, range(4000))), " ".join(map(str, range(1, 4001)))
    (difference,) = compare([part("name", old)], [part("name", new)])
    assert difference.paragraphs == [[Piece(GONE, old), Piece(NEW, new)]]


def test_the_check_tells_where_the_settings_and_the_published_notice_disagree(app: Flask) -> None:
    version = published()
    assert check(version, on=today()) == []
    fill_settings(company_name="Kuusikon Kello ja Koru Oy", phone="03 2345671", owner_name="Tyyne Harju")
    told = [finding.sentence for finding in check(version, on=today())]
    assert told == [
        "Asetuksissa yrityksen nimi on Kuusikon Kello ja Koru Oy, mutta selosteessa sitä ei ole.",
        "Asetuksissa puhelinnumero on 03 234 5671, mutta selosteessa sitä ei ole.",
    ]


def test_a_phone_number_is_found_however_it_is_spaced(app: Flask) -> None:
    fill_settings()
    version = start(**COMPLETED)
    with transaction():
        version = service.get_draft()
        write(version, {"contact": "Helmi Rauta, p. 040-123 45 67, helmi.rauta@kuusikonkello.example, 33100 Tampere"})
    assert check(service.draft(), on=today()) == []


def test_the_check_tells_of_the_authoritys_new_contact_data(app: Flask) -> None:
    version = published()
    fill_settings(ombudsman_phone="029 1234567")
    told = [finding.sentence for finding in check(version, on=today())]
    assert told == ["Asetuksissa tietosuojavaltuutetun puhelinnumero on 029 123 4567, mutta selosteessa sitä ei ole."]
