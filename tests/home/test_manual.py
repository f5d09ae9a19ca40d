"""The manual: a page for each role, whose links lead somewhere."""

import pytest

from rekisteri.home.help import PAGES
from rekisteri.staff.rules import ROLES


def test_every_role_has_a_page():
    assert set(ROLES) <= set(PAGES)


def test_the_contents_list_every_page(client, sign_in):
    sign_in("lukija")
    page = client.get("/ohje/")
    for entry in PAGES.values():
        assert entry.title in page.main


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_everybody_and_its_links_lead_to_pages(client, sign_in, name):
    sign_in("kasittelija", "vastuuhenkilo", "paakayttaja")
    page = client.get(f"/ohje/{name}")
    assert page.status_code == 200
    for link in page.page.select("main a[href^='/']"):
        assert client.get(link["href"]).status_code == 200, link["href"]


def test_an_unknown_page_is_not_found(client, sign_in):
    sign_in("lukija")
    assert client.get("/ohje/olematon").status_code == 404
