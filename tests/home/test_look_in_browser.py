"""How the pages look and answer in a real browser: at every width, in both themes, by keyboard, on paper."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.customers.factories import make_person
from tests.support.browser import overflows

WIDTHS = (320, 400, 768, 1024, 1280, 1920)
SMALLER_THAN_24 = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({checkVisibilityCSS: true}) && !one.closest("p, li, blockquote, dd, td, th"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && (box.width < 24 || box.height < 24) && getComputedStyle(one).display !== "inline")
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""
HIDDEN_BY_HEAD = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + 2);
  return box.top < 0 || !(document.activeElement.contains(top) || top === document.activeElement);
}"""


@pytest.fixture
def guide(page: Page, walk_in: Callable[..., Any]) -> Page:
    walk_in(page, "kasittelija", full_name="Aino-Kaarina Nieminen")
    page.goto("/tyyliopas")
    return page


@pytest.fixture
def guide_with_faults(
    browser: Browser, browser_context_args: dict[str, Any], walk_in: Callable[..., Any]
) -> Iterator[Page]:
    """The style guide in a browser whose console may complain: the test breaks its requests on purpose."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    walk_in(page, "lukija")
    page.goto("/tyyliopas")
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_style_guide(
    guide: Page, axe: Callable[[Page], None], take_picture: Callable[[Page, str], None], scheme: Any, width: int
) -> None:
    guide.set_viewport_size({"width": width, "height": 900})
    guide.emulate_media(color_scheme=scheme)
    axe(guide)
    take_picture(guide, f"tyyliopas-{width}-{scheme}")


def test_no_width_needs_sideways_scrolling(guide: Page) -> None:
    for width in WIDTHS:
        guide.set_viewport_size({"width": width, "height": 900})
        assert overflows(guide) == 0, f"the style guide overflows at {width} px"


def test_at_four_hundred_per_cent_everything_is_reached_by_scrolling_down(guide: Page) -> None:
    guide.set_viewport_size({"width": 1280 // 4, "height": 1024 // 4})
    assert overflows(guide) == 0
    assert (
        guide.locator("thead th").first.evaluate("head => getComputedStyle(head.parentElement.parentElement).position")
        == "absolute"
    )


def test_what_is_pressed_is_at_least_24_pixels_each_way(guide: Page) -> None:
    for width in (320, 1280):
        guide.set_viewport_size({"width": width, "height": 900})
        assert guide.evaluate(SMALLER_THAN_24) == []


def test_on_a_narrow_page_a_row_becomes_a_list_with_the_names_of_the_columns(guide: Page) -> None:
    cell = guide.locator("td[data-label=Puhelin]").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    guide.set_viewport_size({"width": 320, "height": 900})
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    assert "Puhelin" in cell.evaluate("cell => getComputedStyle(cell, '::before').content")


def test_the_sticky_head_never_hides_what_has_the_focus(guide: Page) -> None:
    links = guide.locator("#taulukot .columns-many tbody a")
    links.nth(30).focus()
    for _ in range(25):
        guide.keyboard.press("Shift+Tab")
        assert not guide.evaluate(HIDDEN_BY_HEAD)


def test_the_head_of_a_long_table_stays_in_sight(guide: Page) -> None:
    guide.locator("#taulukot .columns-many tbody tr").nth(40).scroll_into_view_if_needed()
    top = guide.locator("#taulukot .columns-many thead th").first.bounding_box()
    assert top is not None
    assert -1 <= top["y"] < 60


def test_the_first_tab_shows_the_way_to_the_content(guide: Page) -> None:
    guide.keyboard.press("Tab")
    skip = guide.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    guide.keyboard.press("Enter")
    expect(guide.locator("main")).to_be_focused()


def test_the_focus_is_drawn_thick_and_in_its_own_colour(guide: Page) -> None:
    guide.keyboard.press("Tab")
    guide.keyboard.press("Tab")
    drawn = guide.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert drawn == "3px"


def test_the_slash_leads_to_the_search_but_not_while_writing(guide: Page) -> None:
    guide.keyboard.press("/")
    search = guide.locator("#asiakashaku")
    expect(search).to_be_focused()
    guide.locator("[name=tyhja-surname]").focus()
    guide.keyboard.type("a/b")
    expect(guide.locator("[name=tyhja-surname]")).to_have_value("a/b")


def test_the_slash_can_be_switched_off_and_stays_off(guide: Page) -> None:
    guide.get_by_role("button", name="Aino-Kaarina Nieminen").click()
    guide.locator("#pikanappain").uncheck()
    guide.reload()
    guide.keyboard.press("/")
    expect(guide.locator("#asiakashaku")).not_to_be_focused()


def test_the_menu_of_a_narrow_page_opens_and_closes_by_keyboard(guide: Page) -> None:
    guide.set_viewport_size({"width": 320, "height": 700})
    expect(guide.locator("nav.index")).to_be_hidden()
    guide.get_by_role("button", name="Valikko").focus()
    guide.keyboard.press("Enter")
    expect(guide.get_by_role("link", name="Asiakkaat")).to_be_visible()
    guide.keyboard.press("Escape")
    expect(guide.locator("nav.index")).to_be_hidden()
    expect(guide.get_by_role("button", name="Valikko")).to_be_focused()


def test_menus_open_without_javascript(no_js_page: Page, walk_in: Callable[..., Any]) -> None:
    walk_in(no_js_page, "lukija", full_name="Aino-Kaarina Nieminen")
    no_js_page.goto("/tyyliopas")
    no_js_page.set_viewport_size({"width": 320, "height": 700})
    no_js_page.get_by_role("button", name="Valikko").click()
    expect(no_js_page.locator("nav.index")).to_be_visible()
    no_js_page.keyboard.press("Escape")
    no_js_page.get_by_role("button", name="Aino-Kaarina Nieminen").click()
    expect(no_js_page.get_by_role("button", name="Kirjaudu ulos")).to_be_visible()


def test_a_search_answers_while_one_types_and_says_how_many(guide: Page) -> None:
    guide.locator("#naytehaku-sana").press_sequentially("šakki")
    expect(guide.locator("#nayte-osumat li")).to_have_text([re.compile("Šakki")] * 5)
    expect(guide.locator("#kuulutus")).to_have_text("5 osumaa")
    assert guide.url.endswith("/tyyliopas")
    expect(guide.locator("#naytehaku-sana")).to_be_focused()


def test_the_same_search_works_without_javascript(no_js_page: Page, walk_in: Callable[..., Any]) -> None:
    walk_in(no_js_page, "lukija")
    no_js_page.goto("/tyyliopas")
    no_js_page.locator("#naytehaku-sana").fill("žukov")
    no_js_page.locator("#naytehaku button").click()
    expect(no_js_page.locator("#nayte-osumat li").first).to_contain_text("Žukov")


def test_a_lost_connection_is_told_and_forgotten_when_it_is_back(guide_with_faults: Page) -> None:
    guide_with_faults.context.set_offline(True)
    guide_with_faults.locator("#naytehaku-sana").press_sequentially("a")
    expect(guide_with_faults.locator("#yhteysvirhe")).to_contain_text("Yhteys rekisteriin ei toimi")
    guide_with_faults.context.set_offline(False)
    guide_with_faults.locator("#naytehaku-sana").press_sequentially("i")
    expect(guide_with_faults.locator("#yhteysvirhe")).to_have_count(0)


def test_a_fault_of_the_server_is_told_in_its_own_words(guide_with_faults: Page) -> None:
    sentence = '<div id="virhe" data-sentence="Tietokantaan ei voi kirjoittaa juuri nyt."></div>'
    guide_with_faults.route(
        "**/tyyliopas", lambda route: route.fulfill(status=503, content_type="text/html", body=sentence)
    )
    guide_with_faults.locator("#naytehaku-sana").press_sequentially("a")
    expect(guide_with_faults.locator("#yhteysvirhe")).to_have_text("Tietokantaan ei voi kirjoittaa juuri nyt.")


def test_an_error_link_leads_to_its_field(guide: Page) -> None:
    guide.locator("#virheet a", has_text="Päivää 31.2.2026 ei ole kalenterissa").click()
    expect(guide.locator("[name=vaara-received]")).to_be_focused()


def test_after_a_refused_form_the_errors_have_the_focus(page: Page) -> None:
    page.goto("/kirjaudu")
    page.locator("input[name=username]").evaluate("field => { field.form.noValidate = true; }")
    page.locator("main button[type=submit]").click()
    expect(page.locator("#virheet")).to_be_focused()
    expect(page).to_have_title(re.compile("^Virhe: "))


def test_a_half_typed_form_is_not_left_by_accident(guide: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    guide.goto("/asiakkaat/uusi/henkilo")
    guide.on("dialog", stay)
    guide.locator("main form input[type=text]").first.press_sequentially("Vir")
    guide.locator(".nameplate").click(no_wait_after=True)
    guide.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert "/asiakkaat/uusi" in guide.url


def test_a_button_pressed_twice_sends_once(guide: Page) -> None:
    sent: list[str] = []
    guide.goto("/asiakkaat/uusi/henkilo")
    guide.route("**/asiakkaat/uusi/**", lambda route: sent.append(route.request.method))  # never answered
    guide.locator("main form").last.evaluate(
        "form => { const press = form.querySelector('button.button-primary'); press.click(); press.click(); }"
    )
    guide.wait_for_timeout(300)
    assert sent == ["POST"]


def test_a_print_has_the_matter_and_not_the_frame(guide: Page) -> None:
    guide.emulate_media(media="print", color_scheme="dark")
    for gone in (".spine-search", "nav.index", ".person-menu", ".actions", ".pager"):
        assert guide.locator(gone).first.is_hidden(), gone
    expect(guide.locator(".nameplate")).to_be_visible()
    ground, ink = guide.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert guide.locator("td").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"


def test_with_forced_colours_the_open_tab_and_the_states_are_still_told(
    browser: Browser, browser_context_args: dict[str, Any], walk_in: Callable[..., Any]
) -> None:
    context = browser.new_context(forced_colors="active", **browser_context_args)
    page = context.new_page()
    walk_in(page, "lukija")
    page.goto("/ohje/")
    marked = page.locator("nav.index [aria-current]").evaluate("tab => getComputedStyle(tab).borderTopWidth")
    other = page.locator("nav.index a:not([aria-current])").first.evaluate(
        "tab => getComputedStyle(tab).borderTopWidth"
    )
    assert (marked, other) == ("2px", "1px")
    page.goto("/tyyliopas")
    assert page.locator(".tag").first.evaluate("tag => getComputedStyle(tag).borderTopStyle") == "solid"
    context.close()


def test_the_focus_stays_where_one_works_when_a_part_of_the_page_changes(
    page: Page, walk_in: Callable[..., Any]
) -> None:
    walk_in(page, "kasittelija")
    customer = make_person()
    page.goto(f"/asiakkaat/{customer.id}")
    page.locator("#tieto-phone .act a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tieto-phone form [name=value]")).to_be_focused()
    page.locator("#tieto-phone a", has_text="Peruuta").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tieto-phone .act a")).to_be_focused()
