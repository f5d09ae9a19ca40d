"""The living style guide shows every component in every state, and what it shows is right."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.support.client import ReadingClient

ROOT = Path(__file__).parents[2]
GUIDE = [ROOT / "templates/home/styleguide.html", *sorted((ROOT / "templates/home/guide").glob("*.html"))]


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{selector} is on the page {len(found)} times"
    return found[0]


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def field(page: BeautifulSoup, name: str) -> Tag:
    """The field `name` of the form in which everything is wrong."""
    return one(page, f'[name="vaara-{name}"]:not([type=hidden])')


def example(page: BeautifulSoup, title: str) -> Tag:
    heading = next(heading for heading in page.select(".example h3") if words(heading) == title)
    assert isinstance(heading.parent, Tag)
    return heading.parent


def test_the_style_guide_shows_every_component(office: Flask) -> None:
    with office.test_request_context():
        offered = {
            name
            for name in vars(office.jinja_env.get_template("components/ui.html").module)
            if not name.startswith("_")
        }
    files = {"page", "mistakes", "fields", "choosing", "buttons", "lists", "tables"}
    shown = {name for path in GUIDE for name in re.findall(r"\bui\.(\w+)\(", path.read_text(encoding="utf-8"))}
    assert offered - files - shown == set()
    assert shown <= offered


def test_the_style_guide_is_for_those_who_have_signed_in(office: Flask) -> None:
    answer = office.test_client().get("/tyyliopas")
    assert answer.status_code in {302, 303}
    assert "/kirjaudu" in answer.headers["Location"]


def test_every_error_in_the_summary_leads_to_a_field_that_tells_the_same(guide: BeautifulSoup) -> None:
    links = guide.select("#virheet a")
    assert len(links) >= 10
    for link in links:
        target = guide.find(id=str(link["href"])[1:])
        assert isinstance(target, Tag), f"{link['href']} leads nowhere"
        told = target if target.get("aria-describedby") else target.find_parent("fieldset")
        assert isinstance(told, Tag)
        errors = [guide.find(id=name) for name in str(told["aria-describedby"]).split()]
        assert words(link) in " ".join(words(error) for error in errors if isinstance(error, Tag))


def test_an_error_that_belongs_to_no_field_stands_in_the_summary_without_a_link(guide: BeautifulSoup) -> None:
    alone = [item for item in guide.select("#virheet li") if item.find("a") is None]
    assert [words(item) for item in alone] == ["Pyynnön määräaika on jo kulunut, joten sitä ei voi enää jatkaa."]


@pytest.mark.parametrize(
    "name", ["surname", "email", "postcode", "received", "way", "reasons", "scans", "secret", "sure"]
)
def test_a_wrong_field_says_so_to_the_eye_and_to_the_ear(guide: BeautifulSoup, name: str) -> None:
    wrong = field(guide, name)
    assert wrong["aria-invalid"] == "true"
    assert f"vaara-{name}-error" in str(wrong["aria-describedby"]).split()
    error = one(guide, f"#vaara-{name}-error")
    assert words(error).startswith("Virhe: ")
    assert "wrong" in str(wrong.find_parent("div", class_="wrong"))


def test_what_was_typed_stays_in_the_wrong_field(guide: BeautifulSoup) -> None:
    assert field(guide, "surname")["value"] == "VIRTANEN"
    assert field(guide, "received")["value"] == "31.2.2026"


def test_a_password_is_never_given_back(guide: BeautifulSoup) -> None:
    assert not field(guide, "secret").get("value")


def test_a_hint_is_read_before_the_error(guide: BeautifulSoup) -> None:
    assert field(guide, "email")["aria-describedby"] == "vaara-email-hint vaara-email-error"


def test_a_field_in_order_is_not_marked_wrong(guide: BeautifulSoup) -> None:
    fresh = one(guide, "[name=tyhja-surname]")
    assert not fresh.get("aria-invalid")
    assert not fresh.get("aria-describedby")


def test_a_field_that_may_be_left_empty_says_so(guide: BeautifulSoup) -> None:
    assert "(vapaaehtoinen)" in words(one(guide, "label[for=tyhja-postcode]"))
    assert "(vapaaehtoinen)" not in words(one(guide, "label[for=tyhja-surname]"))


def test_the_server_judges_a_form_and_the_browser_cuts_nothing_off(guide: BeautifulSoup) -> None:
    fresh = one(guide, "[name=tyhja-surname]")
    assert fresh["aria-required"] == "true"
    assert not fresh.has_attr("required")
    assert not fresh.has_attr("maxlength")


def test_a_date_shows_how_it_is_written(guide: BeautifulSoup) -> None:
    assert words(one(guide, "#tyhja-received-hint")) == "Esimerkiksi 5.3.2026"


def test_radio_buttons_and_tick_boxes_stand_in_a_named_group_and_keep_their_values(guide: BeautifulSoup) -> None:
    ground = one(guide, "fieldset#tyhja-ground")
    assert [button["value"] for button in ground.select("input[type=radio]")] == ["oikaisu", "taydennys", "poisto"]
    bans = one(guide, "fieldset#tyhja-bans")
    assert [box["value"] for box in bans.select("input[type=checkbox]")] == ["suora", "eta", "tutkimus"]
    assert words(one(bans, "legend")) == "Kiellot"


def test_an_option_carries_its_own_hint(guide: BeautifulSoup) -> None:
    option = one(guide, "#tyhja-ground input[value=poisto]")
    assert "pysyvästi" in words(one(guide, f"#{option['aria-describedby']}"))


def test_several_files_can_be_chosen_at_once(guide: BeautifulSoup) -> None:
    assert one(guide, "[name=tyhja-scans]").has_attr("multiple")


def test_a_field_can_be_shown_locked(guide: BeautifulSoup) -> None:
    assert one(guide, "[name=lukittu-surname]").has_attr("disabled")
    assert one(guide, "[name=lukittu-postcode]").has_attr("readonly")


def test_after_a_conflict_only_what_differs_is_compared(guide: BeautifulSoup) -> None:
    table = one(example(guide, "Joku muu ehti tallentaa"), "table")
    assert [words(cell) for cell in table.select("tbody th, tbody td")] == ["Sukunimi", "Virtanen", "Virtanen-Šakki"]


def test_the_dense_table_has_fifty_rows_whose_cells_know_their_columns(guide: BeautifulSoup) -> None:
    table = one(example(guide, "Pitkä ja tiheä taulukko"), "table")
    heads = [words(head) for head in table.select("thead th")]
    rows = table.select("tbody tr")
    assert len(rows) == 50
    for row in rows:
        assert [cell["data-label"] for cell in row.select("td")] == heads[1:]
        assert one(row, "th")["scope"] == "row"


def test_figures_stand_in_columns_of_their_own(guide: BeautifulSoup) -> None:
    table = one(example(guide, "Taulukko"), "table")
    assert [words(cell) for cell in table.select("tbody .num")] == ["12", "1204", "3"]
    assert words(one(table, "thead .num")) == "Kertoja"


def test_a_missing_value_shows_as_a_dash(guide: BeautifulSoup) -> None:
    table = one(example(guide, "Taulukko"), "table")
    assert "–" in [words(cell) for cell in table.select("td")]
    facts = example(guide, "Tietoluettelo ja vastausten tarkistus")
    assert "–" in [words(value) for value in facts.select("dd")]


def test_the_sorted_column_says_its_direction(guide: BeautifulSoup) -> None:
    sorted_by = one(guide, "th[aria-sort]")
    assert sorted_by["aria-sort"] == "ascending"
    assert words(one(sorted_by, "a")) == "Nimi"


def test_a_change_link_says_what_it_changes(guide: BeautifulSoup) -> None:
    assert "Muuta sukunimi" in [words(link) for link in guide.select("dd.act a")]


def test_a_task_that_cannot_be_begun_is_not_a_link(guide: BeautifulSoup) -> None:
    tasks = {words(one(task, ".name")): task for task in guide.select(".tasks li")}
    assert tasks["Tunnista pyytäjä"].find("a")
    waiting = next(task for name, task in tasks.items() if name.startswith("Päätä asia"))
    assert waiting.find("a") is None


def test_the_diary_shows_moments_in_finnish_time(guide: BeautifulSoup) -> None:
    moments = [words(moment) for moment in guide.select(".timeline .at")]
    assert moments == ["23.11.2026 klo 10.05", "25.11.2026", "Joulukuussa 2026"]


def test_one_step_is_the_current_one_and_the_earlier_ones_are_done(guide: BeautifulSoup) -> None:
    assert words(one(guide, ".steps [aria-current=step]")) == "3. Vaatimukset"
    assert all("(valmis)" in words(step) for step in guide.select(".steps .past"))


def test_every_tone_is_shown(guide: BeautifulSoup) -> None:
    for tone in ("neutral", "info", "good", "warn", "bad"):
        assert guide.select(f".tag-{tone}"), tone
        assert guide.select(f".callout-{tone}"), tone


def test_every_kind_of_button_is_shown_at_work_and_at_rest(guide: BeautifulSoup) -> None:
    for kind in ("primary", "secondary", "danger", "quiet"):
        assert guide.select(f"button.button-{kind}"), kind
    assert guide.select("button[disabled]")


def test_the_next_page_of_a_search_is_a_button_of_that_search(guide: BeautifulSoup) -> None:
    button = one(guide, ".pager button")
    assert button["form"] == one(guide, "form#naytehaku")["id"]
    assert (button["name"], button["value"]) == ("sivu", "2")


def test_what_is_searched_for_never_stands_in_an_address(guide: BeautifulSoup) -> None:
    searches = guide.select("form[role=search]")
    assert len(searches) == 2
    assert {str(form["method"]).lower() for form in searches} == {"post"}


def test_the_sample_search_finds_by_post(reader: ReadingClient) -> None:
    page = reader.submit("/tyyliopas", {"q": "ŠAKKI"}, action="/tyyliopas").page
    assert {words(item).split()[0] for item in page.select("#nayte-osumat li")} == {"Šakki"}
    assert one(page, "#naytehaku [name=q]")["value"] == "ŠAKKI"


def test_a_search_that_finds_nothing_says_so_and_what_to_do(reader: ReadingClient) -> None:
    page = reader.submit("/tyyliopas", {"q": "Olematon"}, action="/tyyliopas").page
    found = one(page, "#nayte-osumat")
    assert found["data-announce"] == "Ei osumia"
    assert "Tarkista kirjoitusasu" in words(found)


def test_every_colour_shown_is_a_token(guide: BeautifulSoup) -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    own = (ROOT / "static/css/styleguide.css").read_text(encoding="utf-8")
    for sample in guide.select(".swatches code"):
        name = words(sample)
        assert f"{name}:" in tokens, name
        assert f".swatch-{name[2:]} " in own, name


def test_long_finnish_words_are_part_of_the_guide(guide: BeautifulSoup) -> None:
    assert max(len(word) for word in words(guide).split()) > 50
