"""The company's own words in letters: what may be written, how blanks are filled, where they stand on the paper."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.documents import service, wording
from rekisteri.documents.wording_rules import BLANKS, LONGEST, check, filled
from rekisteri.kernel.errors import RuleViolation
from tests.documents.factories import TODAY, make_document
from tests.support.paper import words_of


@pytest.fixture
def own_words() -> Iterator[dict[str, tuple[str, str]]]:
    """Texts by kind of letter, told as the settings tell them."""
    texts: dict[str, tuple[str, str]] = {}
    before = list(wording._told)
    wording.told_by(lambda kind: texts.get(kind, ("", "")))
    yield texts
    wording._told[:] = before


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("  Palvelemme arkisin.  ", "Palvelemme arkisin."),
        ("Yksi.\n\n\nKaksi.\n", "Yksi.\nKaksi."),
        ("Hei {vastaanottaja}!", "Hei {vastaanottaja}!"),
        ("3 < 5 & 7 > 2", "3 < 5 & 7 > 2"),
    ],
)
def test_plain_text_is_kept_as_its_paragraphs(text: str, kept: str) -> None:
    assert check(text, field="opening") == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\nb\nc\nd", "enintään 3 kappaletta"),
        ("x" * (LONGEST + 1), "liian pitkä: enintään 600 merkkiä, nyt 601"),
        ("<b>Tärkeää</b>", "ilman HTML-merkintöjä"),
        ("</p>", "ilman HTML-merkintöjä"),
        ("Yritys&nbsp;Oy", "ilman HTML-merkintöjä"),
        ("Hei {nimi}!", "Paikkaa {nimi} ei tunneta"),
        ("Hei {}!", "Paikkaa {} ei tunneta"),
        ("Hei {numero", "Aaltosulku on auki"),
        ("Hei numero}", "Aaltosulku on auki"),
        ("{{numero}}", "Aaltosulku on auki"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check(text, field="closing")
    assert said in refused.value.sentence
    assert refused.value.field == "closing"


def test_every_blank_is_filled() -> None:
    text = " ".join(f"{{{blank}}}" for blank in BLANKS)
    assert filled(check(text, field="opening"), {blank: blank.upper() for blank in BLANKS}) == [
        " ".join(blank.upper() for blank in BLANKS)
    ]


@given(st.text(max_size=40))
def test_what_is_filled_in_is_never_read_as_a_blank_again(name: str) -> None:
    assert filled("Hei {vastaanottaja} {numero}", {"vastaanottaja": f"{name}{{numero}}", "numero": "1"}) == [
        f"Hei {name}{{numero}} 1".strip()
    ]


def test_own_words_stand_before_and_after_the_letters_matter(own_words: dict[str, tuple[str, str]]) -> None:
    own_words["koe"] = ("Hyvä {vastaanottaja}!\nKirje {numero}, {päiväys}.", "Terveisin {yritys}")
    document = make_document(kind="koe", number="KOE 1", paragraphs=["Kirjeen asia."])
    said = words_of(service.content(document))
    places = [
        said.index(text)
        for text in ("Hyvä Šakki Žukov!", "Kirje KOE 1, 23.11.2026.", "Kirjeen asia.", "Terveisin Kuusikon Kello Oy")
    ]
    assert places == sorted(places)


def test_a_name_with_markup_in_it_is_printed_as_it_is(own_words: dict[str, tuple[str, str]]) -> None:
    own_words["koe"] = ("Hyvä {vastaanottaja}!", "")
    document = make_document(kind="koe", addressee=("<b>A & B</b>", "Katu 1", "00100 HELSINKI"))
    assert "Hyvä <b>A & B</b>!" in words_of(service.content(document))


def test_a_letter_that_was_issued_keeps_the_words_it_had(own_words: dict[str, tuple[str, str]]) -> None:
    own_words["koe"] = ("Vanha alku.", "")
    document = make_document(kind="koe")
    own_words["koe"] = ("Uusi alku.", "")
    assert "Vanha alku." in words_of(service.content(document))
    assert "Uusi alku." not in words_of(service.content(document))


def test_without_own_words_nothing_is_added(own_words: dict[str, tuple[str, str]]) -> None:
    assert wording.in_letter("koe", number="1", on=TODAY, addressee=("A",), controller={}) == {
        "opening": [],
        "closing": [],
    }


def test_the_contact_persons_phone_goes_before_the_companys() -> None:
    controller = {"phone": "1", "email": "a@b.example", "contact": {"name": "Aino", "phone": "2"}}
    told = wording.paragraphs(
        ("{yhteyshenkilö} {puhelin} {sähköposti}", ""), number="", on=TODAY, addressee=(), controller=controller
    )
    assert told["opening"] == ["Aino 2 a@b.example"]


def test_the_letters_are_listed_by_name_and_all_of_them_first() -> None:
    names = list(wording.letters().values())
    assert names[0] == "Kaikki kirjeet"
    assert names[1:] == sorted(names[1:])
    assert "Kieltäytymistodistus" in names
