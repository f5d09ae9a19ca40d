"""Finding customers: what a clerk types, and what comes up."""

import pytest

from rekisteri.customers import search, service
from rekisteri.customers.similar import similar
from rekisteri.kernel.db import transaction
from tests.customers.factories import OBTAINED, fill, make_clerk, make_organisation, make_person


def names(text: str) -> list[str]:
    return [customer.display_name for customer in service.search(text)]


@pytest.mark.parametrize("typed", ["äij", "ÄIJ", "Äijälä", "anna äijälä", "äijälä anna", "jäl"])
def test_capitals_and_letters_with_dots_are_found_as_finns_expect(app, typed):
    make_person(last_name="Äijälä", first_name="Anna")
    make_person(last_name="Aijala", first_name="Aino")

    assert names(typed) == ["Äijälä, Anna"]


@pytest.mark.parametrize(
    "typed",
    ["041 505 8567", "0415058567", "041-505 8567", "+358 41 505 8567", "+358 (0)41 5058567", "00358415058567", "5058"],
)
def test_a_phone_number_is_found_in_any_writing(app, typed):
    make_person(phone="+358 41 505 8567")
    make_person(last_name="Muu", phone="09 123 4567")

    assert names(typed) == ["Virtanen, Maija"]


@pytest.mark.parametrize("typed", ["mäkitie", "00100", "maija.virtanen@", "esimerkki.fi", "virtanen helsinki"])
def test_address_and_email_are_searched_as_well(app, typed):
    make_person()
    make_organisation()

    assert names(typed) == ["Virtanen, Maija"]


def test_a_foreign_name_is_found_without_its_accents_but_ä_is_not_a(app):
    make_person(last_name="Žukov", first_name="Šakki")
    make_person(last_name="Hämäläinen")

    assert names("sakki zukov") == ["Žukov, Šakki"]
    assert names("hamalainen") == []


@pytest.mark.parametrize("typed", ["%", "_", "\\", "*", '"', "'", "NEAR(", "%%%", "a_b", "--", "\x00"])
def test_signs_that_mean_something_to_a_database_mean_nothing_in_a_search(app, typed):
    make_person()

    assert names(typed) == []


def test_a_percent_sign_in_a_name_is_found_by_a_percent_sign(app):
    make_organisation("Säästä 50 % Oy")
    make_organisation("Säästä 50 Oy")

    assert names("50 %") == ["Säästä 50 % Oy"]


def test_an_empty_search_finds_nobody(app):
    make_person()

    assert names("") == names("   ") == []


def test_ten_thousand_letters_are_searched_by_their_beginning_and_find_nobody(app):
    make_person()

    assert names("ä" * 10_000) == []


def test_the_archived_are_found_last(app):
    gone = make_person(last_name="Aalto")
    with transaction():
        service.archive(customer=gone, by=make_clerk())
    make_person(last_name="Östman")

    assert names("maija") == ["Östman, Maija", "Aalto, Maija"]


IN_FINNISH_ORDER = [
    "Aho",
    "Essen",
    "Virtanen",
    "Virtanen-Aho",
    "Virtaneva",
    "von Essen",
    "Wirtanen",
    "Zidane",
    "Åberg",
    "Äijälä",
    "Öhman",
]


def test_lists_are_in_finnish_order(app):
    for name in reversed(IN_FINNISH_ORDER):
        make_person(last_name=name, first_name="")

    assert [row.display_name for row in search.page().rows] == IN_FINNISH_ORDER


def test_pages_follow_each_other_without_gaps_or_doubles_there_and_back(app):
    for number in range(7):
        make_person(last_name="Aho" if number < 4 else "Öhman", first_name="")

    first = search.page(size=3)
    second = search.page(size=3, after=first.after)
    third = search.page(size=3, after=second.after)
    back = search.page(size=3, before=third.before)

    ids = [row.id for part in (first, second, third) for row in part.rows]
    assert len(ids) == len(set(ids)) == 7
    assert (first.before, third.after) == (None, None)
    assert [row.id for row in back.rows] == [row.id for row in second.rows]
    assert search.page(size=3, before=back.before).before is None


def test_a_page_continued_from_a_customer_who_is_gone_begins_from_the_start(app):
    make_person()

    assert len(search.page(after=4711).rows) == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ä", ["Äijälä, Anna"]),
        ("Ä", ["Äijälä, Anna"]),
        ("v", ["Virtanen, Maija"]),
        ("vi", ["Virtanen, Maija", "Aalto, Ville"]),
        ("a", ["Aalto, Ville"]),
    ],
)
def test_one_and_two_letters_answer_with_the_names_that_begin_so(app, typed, found):
    for last, first in (("Äijälä", "Anna"), ("Virtanen", "Maija"), ("Aalto", "Ville")):
        make_person(last_name=last, first_name=first, email="", street="", city="")

    assert names(typed) == found


def test_those_whose_name_begins_as_typed_come_before_those_who_have_it_elsewhere(app):
    make_person(last_name="Aho", first_name="Marja", street="Lahtitie 1")
    make_person(last_name="Salahti", first_name="Eero")
    make_person(last_name="Lahtinen", first_name="Pekka")
    make_organisation("Lahti Oy")

    assert names("lahti") == ["Lahti Oy", "Lahtinen, Pekka", "Aho, Marja", "Salahti, Eero"]


@pytest.mark.parametrize(
    "typed", ["virtanen maija", "Virtanen, Maija", "maija virtanen", "maija v", "virt mai", "mai vir hels"]
)
def test_every_word_must_match_whatever_the_order(app, typed):
    make_person()
    make_person(last_name="Virtanen", first_name="Eero", email="eero@esimerkki.fi", city="Espoo")
    make_person(last_name="Korhonen", first_name="Maija", email="mk@esimerkki.fi", city="Turku")

    assert names(typed) == ["Virtanen, Maija"]


def test_one_letter_beside_a_word_means_the_beginning_of_a_word(app):
    make_person(street="Mäkitie 4 A 3")
    make_person(last_name="Muu", street="Mäkitie 4 B 13")

    assert names("mäkitie 4 a") == ["Virtanen, Maija"]
    assert names("mäkitie 4 b 1") == ["Muu, Maija"]


def test_what_is_typed_together_is_not_found_across_two_data(app):
    make_person(last_name="Aho", first_name="Eero", email="virta@esimerkki.fi")

    assert names("eerovirta") == []
    assert names("eero virta") == ["Aho, Eero"]


@pytest.mark.parametrize("state", ["merged", "incoming"])
@pytest.mark.parametrize(
    "typed", ["virtanen", "v", "maija", "041 505 8567", "maija.virtanen@esimerkki.fi", "virtannen"]
)
def test_who_was_merged_or_waits_for_an_import_is_never_found(app, state, typed):
    hidden = make_person()
    with transaction():
        hidden.state = state

    assert names(typed) == []
    assert similar(typed) == similar(typed, state=None) == []
    for shown in ("active", "archived", None):
        assert search.page(text=typed, state=shown).rows == search.page(state=shown).rows == []


def change(customer, **values: str) -> None:
    clerk = make_clerk()
    with transaction():
        whence = {"source": service.self_source(), "obtained_on": OBTAINED, "by": clerk, "reason": "changed"}
        service.change(customer=service.find(customer.id), values=values, **whence)


def test_a_whole_address_is_found_with_its_present_holder(app):
    left = make_person(last_name="Entinen", phone="")
    change(left, email="uusi@esimerkki.fi")
    make_person(last_name="Nykyinen", phone="")

    assert names("maija.virtanen@esimerkki.fi") == ["Nykyinen, Maija"]
    assert names("UUSI@esimerkki.fi") == ["Entinen, Maija"]


def test_what_is_changed_is_found_as_it_now_is_and_no_more_as_it_was(app):
    maija = make_person()
    change(maija, last_name="Öhman", email="")

    assert names("öhm") == ["Öhman, Maija"]
    assert names("rtane") == names("maija virtanen") == []


def turned(text: str, size: int, **asked) -> list[list[str]]:
    """The pages of a search, turned one by one to the last."""
    page = search.page(text=text, size=size, **asked)
    pages = [page]
    while page.after:
        page = search.page(text=text, size=size, after=page.after, **asked)
        pages.append(page)
    return [[row.display_name for row in page.rows] for page in pages]


def test_pages_of_a_search_follow_each_other_over_the_border_of_its_parts(app):
    for name in ("Lahtinen", "Lahti", "Lahtela"):
        make_person(last_name=name, first_name="")
    for name in ("Aho", "Öhman", "Kivi", "Salahti"):
        make_person(last_name=name, first_name="", street="Lahtitie 1")

    assert turned("laht", 4) == [["Lahtela", "Lahti", "Lahtinen", "Aho"], ["Kivi", "Salahti", "Öhman"]]
    second = search.page(text="laht", size=4, after=search.page(text="laht", size=4).after)
    first = search.page(text="laht", size=4, before=second.before)
    assert [row.display_name for row in first.rows] == ["Lahtela", "Lahti", "Lahtinen", "Aho"]
    assert (first.before, second.after) == (None, None)
    middle = search.page(text="laht", size=4, before=second.rows[-1].id)
    assert [row.display_name for row in middle.rows] == ["Lahtinen", "Aho", "Kivi", "Salahti"]


def test_of_too_many_hits_the_newest_are_shown_and_that_is_said(app):
    fill(search.MOST_HITS + 20, last_name="Aho{0:04}", street="Kaikkitie {0}")

    page = search.page(text="kaikkitie")

    assert page.too_many
    assert len(page.rows) == search.PAGE_SIZE
    assert page.rows[0].display_name == "Aho0020, Maija"
    assert sum(map(len, turned("kaikkitie", 200))) == search.MOST_HITS
    assert not search.page(text="kaikkitie 519").too_many


def test_those_in_the_archive_do_not_use_up_the_bound_of_the_others(app):
    fill(10, last_name="Vanha{0:04}", street="Kaikkitie {0}", state="archived")
    fill(search.MOST_HITS, last_name="Uusi{0:04}", street="Kaikkitie {0}")

    assert sum(map(len, turned("kaikkitie", 200, state="archived"))) == 10
    assert sum(map(len, turned("kaikkitie", 200, state="active"))) == search.MOST_HITS


@pytest.mark.parametrize(
    "typed", ['"maija"', "mai*", "maija OR eero", "NEAR(maija)", "-maija", "^maija", "search_text:maija", "maija%"]
)
def test_the_index_has_no_language_of_its_own(app, typed):
    make_person()

    assert names(typed) == []


@pytest.mark.parametrize(
    "typed", ["a-b", "x_y", "...", "a.b.c", "½½½", "漢字", "😀😀😀", "{|}", "{", "|", "~", "'''", '"""']
)
def test_any_signs_may_be_searched_for_and_are_found_where_they_are(app, typed):
    make_person()
    assert names(typed) == []

    make_organisation(f"Yhtiö {typed} Oy")
    assert names(f"yhtiö {typed}") == [f"Yhtiö {typed} Oy"]
