"""The notice in a real browser: written in the middle of the page, published, read by anybody; with and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.notice.factories import COMPLETED, published, start
from tests.settings.factories import fill_settings

WalkIn = Callable[..., Any]
Look = Callable[[Page], None]
Picture = Callable[[Page, str], None]
DRAFT = "/tietosuojaseloste/luonnos"


def row(page: Page, heading: str) -> Any:
    """The section of the draft with this heading."""
    return page.locator(".notice > section", has=page.get_by_role("heading", name=heading, exact=True))


def test_a_clerk_writes_a_section_in_the_middle_of_the_page(
    app: Flask, page: Page, walk_in: WalkIn, axe: Look, take_picture: Picture
) -> None:
    fill_settings()
    start(**COMPLETED | {"retention": "Säilytämme tietoja [aika]."})
    walk_in(page, "kasittelija")
    page.goto(DRAFT)
    expect(page.get_by_text("Täydennä ennen julkaisemista")).to_be_visible()
    take_picture(page, "notice-draft")
    row(page, "Tietojen säilytysaika").get_by_role("link", name="Muokkaa").click()
    text = page.get_by_label("Teksti")
    expect(text).to_be_visible()
    axe(page)
    text.fill("Säilytämme tietoja:\n- **kolme** vuotta")
    expect(page.locator(".notice-preview strong")).to_have_text("kolme")
    take_picture(page, "notice-edit")
    page.get_by_role("button", name="Tallenna kohta").click()
    expect(page.get_by_label("Teksti")).to_have_count(0)
    expect(row(page, "Tietojen säilytysaika").locator("li")).to_have_text("kolme vuotta")
    expect(page.get_by_text("Luonnoksessa ei ole täydennettäviä paikkoja.")).to_be_visible()
    assert page.url.endswith(DRAFT)


def test_a_section_is_closed_without_saving(app: Flask, page: Page, walk_in: WalkIn) -> None:
    start()
    walk_in(page, "kasittelija")
    page.goto(DRAFT)
    row(page, "Tarkastusoikeus").get_by_role("link", name="Muokkaa").click()
    page.get_by_label("Teksti").fill("Jotain muuta.")
    page.get_by_role("link", name="Peruuta").click()
    expect(page.get_by_label("Teksti")).to_have_count(0)
    expect(page.get_by_text("Jotain muuta.")).to_have_count(0)


def test_the_preview_button_answers_too(app: Flask, page: Page, walk_in: WalkIn) -> None:
    start()
    walk_in(page, "kasittelija")
    page.goto(DRAFT)
    row(page, "Tarkastusoikeus").get_by_role("link", name="Muokkaa").click()
    page.get_by_role("button", name="Esikatsele").click()
    expect(page.locator(".notice-preview")).to_contain_text("Voit kysyä meiltä")
    assert page.url.endswith(DRAFT)


def test_without_scripts_everything_is_done_on_pages_of_its_own(app: Flask, no_js_page: Page, walk_in: WalkIn) -> None:
    page = no_js_page
    fill_settings()
    start(**COMPLETED | {"retention": "[aika]"})
    walk_in(page, "vastuuhenkilo")
    page.goto(DRAFT)
    row(page, "Tietojen säilytysaika").get_by_role("link", name="Muokkaa").click()
    page.get_by_label("Teksti").fill("Säilytämme tietoja **kolme** vuotta.")
    page.get_by_role("button", name="Esikatsele").click()
    expect(page.locator(".notice-preview strong")).to_have_text("kolme")
    page.get_by_role("button", name="Tallenna kohta").click()
    expect(row(page, "Tietojen säilytysaika").locator("strong")).to_have_text("kolme")
    page.get_by_role("link", name="Tarkista ja julkaise").click()
    page.get_by_role("button", name="Julkaise versio 1").click()
    expect(page.get_by_role("heading", name="Tietosuojaselosteen versiot")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/tietosuojaseloste")
    expect(page.locator(".notice")).to_contain_text("Säilytämme tietoja kolme vuotta.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_for_everybody(
    app: Flask, page: Page, walk_in: WalkIn, axe: Look, take_picture: Picture, scheme: Any
) -> None:
    published()
    published(retention="Säilytämme tietoja viisi vuotta asiakassuhteen päättymisestä.")
    start(cookies="Verkkosivumme käyttävät yhtä evästettä.")
    page.emulate_media(color_scheme=scheme)
    public = ["", "/versiot", "/versiot/1", "/vertailu"]
    editing = [
        "/luonnos",
        "/luonnos/julkaise",
        "/luonnos/muutokset",
        "/luonnos/otsikko",
        "/luonnos/kohdat/uusi",
        "/luonnos/hylkaa",
    ]
    for width in (320, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        look_at(page, [f"/tietosuojaseloste{path}" for path in public], axe, take_picture, f"{scheme}-{width}")
    walk_in(page, "vastuuhenkilo")
    settings = ["/asetukset/", "/asetukset/yritys", "/asetukset/tietosuojavaltuutettu"]
    for width in (320, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        look_at(
            page, [f"/tietosuojaseloste{path}" for path in editing] + settings, axe, take_picture, f"{scheme}-{width}"
        )


def look_at(page: Page, paths: list[str], axe: Look, take_picture: Picture, name: str) -> None:
    """Open each page: axe finds nothing, and nothing runs out of the window."""
    for path in paths:
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        take_picture(page, f"{path.strip('/').replace('/', '-')}-{name}")
