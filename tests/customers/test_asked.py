"""What the list of customers is asked for, and what it does with what no page of ours can have sent."""

import pytest

from rekisteri.customers.asked import Asked, read


def test_an_empty_question_asks_for_the_first_page_of_those_in_the_register():
    assert read({}, text="") == Asked()
    assert Asked().wanted == {"text": "", "state": "active", "before": None, "after": None}


def test_everybody_is_asked_for_without_a_state():
    assert read({"state": "all"}, text="").wanted["state"] is None
    assert read({"state": "archived"}, text="").wanted["state"] == "archived"


@pytest.mark.parametrize("state", ["merged", "incoming", "", "ACTIVE", "active'--", "\x00"])
def test_a_state_that_no_list_has_is_the_usual_list(state):
    assert read({"state": state}, text="").state == "active"


@pytest.mark.parametrize("cursor", ["", "-1", "1.5", "x", "²", "٣", "9" * 10, " 7"])
def test_a_cursor_that_is_no_id_starts_from_the_beginning(cursor):
    asked = read({"after": cursor, "before": cursor}, text="")
    assert asked.after is None and asked.before is None


def test_a_cursor_is_the_id_of_the_neighbour():
    assert read({"after": "17"}, text="").wanted["after"] == 17


@pytest.mark.parametrize(
    ("typed", "searched"), [("  Maija \t Virtanen ", "Maija Virtanen"), ("A\u0308ija\u0308", "Äijä")]
)
def test_what_is_searched_for_is_cleaned_as_all_text_is(typed, searched):
    assert read({}, text=typed).text == searched


@pytest.mark.parametrize(("typed", "sentence"), [("x" * 201, "enintään 200 merkkiä"), ("131052-308T", "Henkilötunnus")])
def test_what_may_not_be_searched_for_is_refused_and_kept_in_the_box(typed, sentence):
    asked = read({}, text=typed)
    assert sentence in asked.errors[0] and asked.status == 422
    assert asked.text == typed and asked.wanted == {}


def test_the_page_says_why_and_shows_the_usual_list(client, sign_in):
    sign_in("lukija")
    page = client.submit("/asiakkaat/", {"q": "131052-308T"})
    assert page.status_code == 422 and "Henkilötunnus" in page.main


def test_a_state_that_no_list_has_shows_the_usual_page(client, sign_in):
    sign_in("lukija")
    assert client.get("/asiakkaat/?state=merged").status_code == 200
