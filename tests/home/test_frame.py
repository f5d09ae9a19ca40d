"""The frame of every page: the spine, the index tabs by permission, the search, messages, the foot, errors."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, flash, render_template_string
from sqlalchemy import update

from rekisteri.kernel import web
from rekisteri.kernel.db import db, transaction
from rekisteri.staff.models import UserRole
from tests.staff.factories import PASSWORD, make_user
from tests.support.client import ReadingClient

EVERYBODY = ["Etusivu", "Tietosuojaseloste", "Ohje"]
READ = [
    *("Asiakkaat", "Tilaukset", "Pyynnöt", "Asiakirjat", "Luovutukset", "Kumppanit", "Tilastot"),
    *("Kiellot", "Suostumukset", "Rajoitukset", "Vastustamiset", "Poistot"),
    *("Valinnat", "Paperiaineisto"),
]
INDEX = {
    "lukija": [*READ, "Asetukset"],
    "kasittelija": [*READ, "Laskutus", "Informoinnit", "Luettelot ja tarrat", "Asetukset"],
    "vastuuhenkilo": [
        *(*READ, "Laskutus", "Informoinnit", "Luettelot ja tarrat", "Säilytysajat", "Rajapinnat", "Loki", "Asetukset")
    ],
    "paakayttaja": ["Käyttäjät", "Asetukset"],
}
PAGE = """{% extends "base.html" %}{% import "components/ui.html" as ui %}
{% block title %}Koe{% endblock %}{% block main %}{{ ui.header("Koe") }}{% endblock %}"""


def index(page: BeautifulSoup) -> dict[str, str]:
    """What the index tabs offer: text and address."""
    return {link.get_text(strip=True): str(link["href"]) for link in page.select("nav.index a")}


@pytest.mark.parametrize("role", INDEX)
def test_the_index_offers_what_the_role_may_open(client: ReadingClient, sign_in: Callable[..., Any], role: str) -> None:
    sign_in(role)
    offered = index(client.get("/tyyliopas").page)
    assert set(offered) == {*EVERYBODY, *INDEX[role]}


def test_a_tab_goes_at_once_with_the_role_that_opened_it(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    user = sign_in("vastuuhenkilo")
    assert "Loki" in index(client.get("/tyyliopas").page)
    with transaction():
        db.session.execute(update(UserRole).where(UserRole.user_id == user.id).values(role="lukija"))
    assert not {"Loki", "Laskutus"} & set(index(client.get("/tyyliopas").page))


def test_two_people_of_one_role_each_see_their_own_name_and_form_token(app: Flask) -> None:
    people = [make_user("lukija", full_name=name) for name in ("Maija Virtanen", "Antti Äijälä")]
    seen = []
    for person in people:
        browser = app.test_client()
        browser.sign_in(person.username, PASSWORD)
        page = browser.get("/tyyliopas").page
        assert person.full_name in page.select(".person-menu")[0].get_text()
        seen.append(str(page.select(".person-menu [name=csrf_token]")[0]["value"]))
    assert seen[0] != seen[1]
    assert all(len(token) > 40 for token in seen)


def test_without_a_commitment_the_index_leads_to_no_personal_data(
    client: ReadingClient, sign_in: Callable[..., Any]
) -> None:
    sign_in("kasittelija", committed=False)
    page = client.get("/tyyliopas").page
    assert not {"Asiakkaat", "Pyynnöt", "Luovutukset"} & set(index(page))
    assert not page.select(".spine-search")


def test_every_tab_opens(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("vastuuhenkilo", "paakayttaja")
    tabs = index(client.get("/tyyliopas").page)
    del tabs["Tietosuojaseloste"]  # there is none before the first one is published
    for text, url in tabs.items():
        assert client.get(url).status_code == 200, text


def test_the_tab_of_the_open_page_is_marked(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("kasittelija")
    marked = client.get("/asiakkaat/").page.select("nav.index [aria-current]")
    assert [tab.get_text(strip=True) for tab in marked] == ["Asiakkaat"]
    assert marked[0]["aria-current"] == "page"


def test_deeper_pages_mark_the_tab_they_belong_to(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("kasittelija")
    marked = client.get("/asiakkaat/uusi").page.select("nav.index [aria-current]")
    assert [tab.get_text(strip=True) for tab in marked] == ["Asiakkaat"]
    assert marked[0]["aria-current"] == "true"


def test_a_correction_is_found_under_the_requests(reader: ReadingClient) -> None:
    marked = reader.get("/oikaisut/999999").page.select("nav.index [aria-current]")
    assert [tab.get_text(strip=True) for tab in marked] == ["Pyynnöt"]


def test_the_front_page_is_not_marked_on_other_pages(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("lukija")
    marked = client.get("/ohje/").page.select("nav.index [aria-current]")
    assert [tab.get_text(strip=True) for tab in marked] == ["Ohje"]


def test_the_first_thing_the_keyboard_reaches_is_the_way_past_the_frame(reader: ReadingClient) -> None:
    page = reader.get("/tyyliopas").page
    first = page.select("body a, body button, body input:not([type=hidden])")[0]
    assert first["href"] == "#sisalto"
    assert page.select("main#sisalto")


def test_the_search_in_the_spine_sends_the_name_in_the_body_of_a_post(reader: ReadingClient) -> None:
    form = reader.get("/tyyliopas").page.select(".spine-search")[0]
    assert (form["method"], form["action"]) == ("post", "/asiakkaat/")
    assert form.select("[name=q]")
    assert form.select("[name=csrf_token]")


def test_the_search_in_the_spine_finds_customers(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("kasittelija")
    answer = client.submit("/tyyliopas", {"q": "Olematon"}, action="/asiakkaat/")
    assert answer.status_code == 200
    assert "Ei osumia" in answer.words


def test_the_user_sees_who_is_signed_in_and_can_sign_out(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    sign_in("lukija", full_name="Maija Virtanen")
    menu = client.get("/tyyliopas").page.select(".person-menu")[0]
    assert "Maija Virtanen" in menu.get_text()
    client.submit("/tyyliopas", action="/kirjaudu-ulos")
    assert client.get("/").status_code in {302, 303}


def test_a_stranger_sees_the_way_in_and_nothing_of_the_register(office: Flask) -> None:
    page = office.test_client().get("/kirjaudu").page
    assert not page.select("nav.index, .spine-search, .person-menu")
    assert page.select("main h1")
    assert "Tietosuojaseloste" in page.select("footer")[0].get_text()


def test_a_page_without_the_fetched_script_is_whole(
    office: Flask, reader: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(office.jinja_env.globals, "has_asset", lambda _name: False)
    page = reader.get("/tyyliopas").page
    assert not page.select("script[src*=htmx], meta[name=htmx-config]")
    assert page.select("main table")


def test_the_fetched_script_evaluates_nothing_and_keeps_nothing(
    office: Flask, reader: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(office.jinja_env.globals, "has_asset", lambda _name: True)
    page = reader.get("/tyyliopas").page
    config = json.loads(str(page.select("meta[name=htmx-config]")[0]["content"]))
    assert config["allowEval"] is False
    assert config["allowScriptTags"] is False
    assert config["selfRequestsOnly"] is True
    assert config["includeIndicatorStyles"] is False
    assert (config["historyCacheSize"], config["refreshOnHistoryMiss"]) == (0, True)
    assert {"code": "409|422", "swap": True} in config["responseHandling"]
    assert config["responseHandling"][-1] == {"code": "[45]..", "swap": False, "error": True}


def test_every_request_of_the_script_carries_the_token(reader: ReadingClient) -> None:
    page = reader.get("/tyyliopas").page
    headers = json.loads(str(page.select("body")[0]["hx-headers"]))
    assert headers["X-CSRFToken"] == page.select(".spine-search [name=csrf_token]")[0]["value"]


def test_style_sheets_and_scripts_are_named_after_their_content(office: Flask, reader: ReadingClient) -> None:
    page = reader.get("/tyyliopas").page
    for address in [link["href"] for link in page.select("link")] + [script["src"] for script in page.select("script")]:
        assert "?v=" in str(address), address
        assert office.test_client().get(str(address)).status_code == 200


@pytest.mark.parametrize(
    ("category", "tone"), [("success", "good"), ("message", "info"), ("error", "bad"), ("warn", "warn")]
)
def test_a_message_has_the_tone_of_its_category(office: Flask, category: str, tone: str) -> None:
    with office.test_request_context("/tyyliopas"):
        flash("Tiedot on tallennettu.", category)
        page = BeautifulSoup(render_template_string(PAGE), "html.parser")
    message = page.select("#ilmoitukset .callout")[0]
    assert f"callout-{tone}" in message["class"]
    assert message.get_text(strip=True) == "Tiedot on tallennettu."


def test_messages_travel_with_a_fragment_when_asked(office: Flask) -> None:
    source = '{% with swap=true %}{% include "components/_flash.html" %}{% endwith %}'
    with office.test_request_context("/tyyliopas"):
        flash("Tallennettu.", "success")
        region = BeautifulSoup(render_template_string(source), "html.parser").select("#ilmoitukset")[0]
    assert region["hx-swap-oob"] == "true"


def test_the_title_says_when_the_form_has_errors(client: ReadingClient) -> None:
    page = client.submit("/kirjaudu", {"username": "", "password": ""}).page
    assert page.title is not None
    assert page.title.get_text().startswith("Virhe: Kirjaudu sisään – ")
    assert page.select("#virheet a")


def test_a_page_that_is_not_there_says_the_code_and_what_to_do(reader: ReadingClient) -> None:
    answer = reader.get("/ei-ole")
    assert answer.status_code == 404
    assert "Virhekoodi 404" in answer.main
    assert answer.page.select("main a[href='/']")


def test_an_error_of_ours_asks_the_database_nothing_for_its_frame(
    office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database is away, the page that says so must still come."""

    def fail(_permission: str) -> bool:
        raise AssertionError("the error page asked for a permission")

    monkeypatch.setitem(office.jinja_env.globals, "can", fail)
    with office.test_request_context("/tyyliopas"):
        html = web.render("error.html", status=503, code=503, title="Ei nyt", text="Yritä myöhemmin.").get_data(
            as_text=True
        )
    page = BeautifulSoup(html, "html.parser")
    assert "Virhekoodi 503" in page.get_text()
    assert not page.select("nav.index, .person-menu")


def test_an_error_of_a_fragment_is_a_sentence_that_can_be_shown(office: Flask, reader: ReadingClient) -> None:
    answer = reader.get("/ei-ole", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert answer.page.select("[data-sentence]")
    assert "<html" not in answer.text
