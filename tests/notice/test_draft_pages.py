"""Writing the notice: a clerk at the pages, without any script."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db
from rekisteri.notice import service
from rekisteri.notice.rows import ROWS
from tests.notice.factories import form_of, published, section_of, start
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]
DRAFT = "/tietosuojaseloste/luonnos"


def kohta(key: str) -> str:
    """The address of a draft's section."""
    db.session.rollback()
    version = service.draft()
    assert version is not None
    return f"{DRAFT}/kohdat/{section_of(version, key).id}"


def test_a_new_register_starts_with_our_own_wording_in_the_notices_order(
    client: ReadingClient, sign_in: SignIn
) -> None:
    fill_settings()
    sign_in("kasittelija")
    page = client.submit(DRAFT, action="/aloita").page
    headings = [heading.text.strip() for heading in page.select("main section h2")]
    assert headings[0] == "Selosteen otsikko"
    assert headings[1:16] == [row.heading for row in ROWS]
    assert "Käsittelyn oikeusperuste" in headings[16:]
    assert "Kuusikon asiakasrekisteri – tietosuojaseloste" in page.text


def test_the_settings_fill_in_the_company_and_the_contact_person(client: ReadingClient, sign_in: SignIn) -> None:
    fill_settings()
    start()
    sign_in("kasittelija")
    page = client.get(DRAFT).main
    assert "Kuusikon Kello Oy Y-tunnus 9000009-7 Tehtaankuja 3 33100 TAMPERE" in page
    assert "Helmi Rauta" in page


def test_what_the_settings_lack_stands_as_a_place_to_be_completed(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    page = client.get(DRAFT).main
    assert "Täydennä ennen julkaisemista" in page
    assert "Täydennettävä paikka: [yrityksen nimi]" in page
    assert "Täydennettävä paikka: [luottotietoyhtiön nimi, tai poista kohta]" in page


def test_a_clerk_changes_one_section(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    page = client.submit(kohta("retention"), {"text": "Säilytämme tietoja:\n- **kolme** vuotta"})
    assert page.request.path == DRAFT
    section = page.page.select_one(f"#kohta-{kohta('retention').rpartition('/')[2]}")
    assert section.select_one("li strong").text == "kolme"
    assert "niin kauan kuin niitä tarvitaan" not in page.main


def test_the_text_comes_back_to_the_form_as_it_was_typed(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    typed = "Katso [lisää](https://tietosuoja.fi).\n\n- *yksi*\n- kaksi\n  jatkuu"
    client.submit(kohta("cookies"), {"text": typed})
    assert form_of(client.get(kohta("cookies")).page, kohta("cookies"))["text"] == typed


def test_a_text_from_the_settings_can_be_written_by_hand_instead(client: ReadingClient, sign_in: SignIn) -> None:
    fill_settings()
    start()
    sign_in("kasittelija")
    page = client.submit(kohta("name"), {"automatic": None, "text": "Asiakas- ja markkinointirekisteri"}).main
    assert "Asiakas- ja markkinointirekisteri" in page
    page = client.submit(kohta("name"), {"automatic": "y"}, strict=False).main
    assert "Kuusikon asiakasrekisteri" in page
    assert "Asiakas- ja markkinointirekisteri" not in page


def test_only_rows_that_the_settings_know_can_be_taken_from_them(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    client.submit(kohta("purpose"), {"automatic": "y", "text": "Huollot."}, strict=False)
    assert not section_of(service.get_draft(), "purpose").automatic


def test_an_empty_section_is_shown_empty_or_left_out_by_choice(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    page = client.submit(kohta("cookies"), {"text": ""}).main
    assert "Kohta on tyhjä, ja se näkyy selosteessa tyhjänä." in page
    page = client.submit(kohta("cookies"), {"hide_if_empty": "y"}, strict=False).main
    assert "Kohta on tyhjä, ja se jätetään pois selosteesta." in page


def test_the_preview_shows_what_was_typed_and_saves_nothing(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    url = kohta("retention")
    sent = form_of(client.get(url).page, url) | {"text": "**Kaksi** vuotta [täydennä]"}
    page = client.post(f"{url}/esikatsele", data=sent)
    assert page.status_code == 200
    assert page.page.select_one(".notice-preview strong").text == "Kaksi"
    assert page.page.select_one("textarea").text.strip() == "**Kaksi** vuotta [täydennä]"
    assert "Kaksi" not in client.get(DRAFT).main


def test_the_preview_alone_is_sent_to_htmx(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    url = kohta("retention")
    sent = form_of(client.get(url).page, url) | {"text": "- yksi"}
    answer = client.htmx(f"{url}/esikatsele", method="POST", data=sent)
    assert answer.page.select_one("[id^=esikatselu] li").text == "yksi"
    assert answer.page.find("html") is None


def test_a_section_opens_and_closes_in_the_middle_of_the_page(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    url = kohta("retention")
    assert client.htmx(url).page.select_one("section[id^=kohta] textarea") is not None
    closed = client.htmx(f"{url}/luku").page
    assert closed.select_one("section[id^=kohta]") is not None
    assert closed.select_one("textarea") is None
    assert client.get(f"{url}/luku").location.endswith(f"#kohta-{url.rpartition('/')[2]}")


def test_saving_in_the_middle_of_the_page_brings_the_state_up_to_date(client: ReadingClient, sign_in: SignIn) -> None:
    fill_settings()
    start()
    sign_in("kasittelija")
    answer = client.submit(kohta("retention"), {"text": "Kaksi vuotta asiakassuhteen päättymisestä."}, htmx=True)
    assert answer.page.select_one("section[id^=kohta]")["data-announce"] == "Kohta tallennettiin"
    state = answer.page.select_one("#luonnoksen-tila")
    assert state["hx-swap-oob"] == "true"
    assert "[aika" not in state.text


def test_two_clerks_in_one_section_do_not_overwrite_each_other(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    url = kohta("retention")
    first = form_of(client.get(url).page, url)
    client.submit(url, {"text": "Kaksi vuotta."})
    late = client.post(url, data=first | {"text": "Kolme vuotta."})
    assert late.status_code == 409
    assert "Kaksi vuotta." in late.main
    assert late.page.select_one("textarea").text.strip() == "Kolme vuotta."
    again = form_of(late.page, url)
    assert client.post(url, data=again).status_code == 303
    assert "Kolme vuotta." in client.get(DRAFT).main


def test_two_clerks_in_two_sections_do_not_disturb_each_other(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    one, other = kohta("retention"), kohta("cookies")
    waiting = form_of(client.get(one).page, one)
    client.submit(other, {"text": "Ei evästeitä."})
    assert client.post(one, data=waiting | {"text": "Kaksi vuotta."}).status_code == 303


def test_a_section_taken_away_meanwhile_is_told_and_the_text_is_kept(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    url = kohta("provision")
    typed = form_of(client.get(url).page, url) | {"text": "Pitkään kirjoitettu teksti."}
    client.submit(f"{url}/poista")
    assert client.get(url).status_code == 404
    late = client.post(url, data=typed)
    assert late.status_code == 409
    assert "Kohtaa ei enää ole" in late.main
    assert "Pitkään kirjoitettu teksti." in late.main


def test_own_sections_are_added_moved_and_removed(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    page = client.submit(f"{DRAFT}/kohdat/uusi", {"heading": "Tietosuojavastaava"})
    url = page.request.path
    client.submit(url, {"text": "Yrityksellä ei ole tietosuojavastaavaa."})
    assert headings(client)[-1] == "Tietosuojavastaava"
    client.submit(DRAFT, {"ylos": url.rpartition("/")[2]}, action="/jarjesta", strict=False)
    assert headings(client)[-2] == "Tietosuojavastaava"
    client.submit(DRAFT, {"alas": url.rpartition("/")[2]}, action="/jarjesta", strict=False)
    assert headings(client)[-1] == "Tietosuojavastaava"
    client.submit(f"{url}/poista")
    assert "Tietosuojavastaava" not in headings(client)


def headings(client: ReadingClient) -> list[str]:
    """The draft's headings in order."""
    return [heading.text.strip() for heading in client.get(DRAFT).page.select("main .notice h2")]


def test_the_notices_own_rows_are_not_removed(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    assert client.get(DRAFT).page.select_one(f"a[href='{kohta('cookies')}/poista']") is None
    refused = client.submit(f"{kohta('cookies')}/poista")
    assert refused.status_code == 422
    assert "Selosteen omaa riviä ei voi poistaa." in refused.main


def test_a_section_needs_a_heading(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    refused = client.submit(f"{DRAFT}/kohdat/uusi", {"heading": " "})
    assert refused.status_code == 422
    assert "Anna kohdalle otsikko." in refused.main


def test_the_title_is_the_companys_own(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    page = client.submit(f"{DRAFT}/otsikko", {"title": "Kellohuollon tietosuojaseloste"}).main
    assert "Kellohuollon tietosuojaseloste" in page


def test_a_draft_can_be_given_up(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    page = client.submit(f"{DRAFT}/hylkaa").main
    assert "Aloita luonnos" in page
    assert service.draft() is None


def test_a_draft_changed_meanwhile_is_not_given_up_unseen(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    stale = form_of(client.get(f"{DRAFT}/hylkaa").page, f"{DRAFT}/hylkaa")
    client.submit(kohta("cookies"), {"text": "Ei evästeitä."})
    assert client.post(f"{DRAFT}/hylkaa", data=stale).status_code == 409


def test_there_is_only_one_draft_at_a_time(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    stale = form_of(client.get(DRAFT).page, f"{DRAFT}/aloita")
    client.submit(DRAFT, action="/aloita")
    refused = client.post(f"{DRAFT}/aloita", data=stale | {"once": "toinen-avain"})
    assert refused.status_code == 422
    assert "Selosteesta on jo luonnos." in refused.main


def test_a_double_click_starts_one_draft(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    sent = form_of(client.get(DRAFT).page, f"{DRAFT}/aloita")
    answers = [client.post(f"{DRAFT}/aloita", data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_the_next_draft_begins_from_the_published_text(client: ReadingClient, sign_in: SignIn) -> None:
    published(cookies="Verkkokauppamme käyttää kolmea evästettä.")
    sign_in("kasittelija")
    page = client.submit(DRAFT, action="/aloita").main
    assert "Verkkokauppamme käyttää kolmea evästettä." in page
    assert "Versio 2" in page


def test_what_the_draft_changes_is_shown(client: ReadingClient, sign_in: SignIn) -> None:
    published()
    start(retention="Säilytämme tietoja viisi vuotta asiakassuhteen päättymisestä.")
    sign_in("kasittelija")
    page = client.get(f"{DRAFT}/muutokset")
    assert "viisi" in page.page.select_one("main ins").text
    assert "niin kauan kuin niitä tarvitaan" in page.page.select_one("main del").text


def test_a_text_over_the_limit_is_refused_and_kept(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    refused = client.submit(kohta("retention"), {"text": "a" * 70_000})
    assert refused.status_code == 422
    assert "liian pitkä" in refused.main
    assert len(refused.page.select_one("textarea").text) >= 70_000


def test_an_identity_code_does_not_get_into_the_notice(client: ReadingClient, sign_in: SignIn) -> None:
    start()
    sign_in("kasittelija")
    refused = client.submit(kohta("retention"), {"text": "Esimerkiksi 131052-308T."})
    assert refused.status_code == 422
    assert "Henkilötunnusta ei saa tallentaa" in refused.main


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "[x](javascript:alert(1))",
        "\u202egpj.exe 🙂 Šakki",
    ],
)
def test_hostile_text_is_shown_as_text(client: ReadingClient, sign_in: SignIn, payload: str) -> None:
    start()
    sign_in("kasittelija")
    with client.foreign_words():
        page = client.submit(kohta("retention"), {"text": payload, "heading": payload})
    assert payload.replace("\u202e", "") in page.main
    assert not page.page.select("main script, main img, main [onerror]")


@pytest.mark.parametrize(
    ("role", "status"), [("kasittelija", 200), ("vastuuhenkilo", 200), ("lukija", 403), ("paakayttaja", 403)]
)
def test_only_those_who_maintain_the_register_see_the_draft(
    client: ReadingClient, sign_in: SignIn, role: str, status: int
) -> None:
    start()
    sign_in(role)
    assert client.get(DRAFT).status_code == status


def test_the_log_tells_what_was_changed_by_whom_but_not_the_text(
    app: Flask, client: ReadingClient, sign_in: SignIn
) -> None:
    start()
    user = sign_in("kasittelija")
    client.submit(kohta("retention"), {"text": "Salainen sana."})
    db.session.rollback()
    row = db.session.query(AuditEvent).filter_by(event="notice.edited", actor_id=user.id).one()
    assert row.facts == {"number": 1, "part": "retention"}
