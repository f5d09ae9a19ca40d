"""Parts of pages are kept, and what belongs to one person never is."""

import re

import pytest

PERMISSIONS = ("lukija", "kasittelija", "vastuuhenkilo")


def tokens(page):
    return set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text))


def names(page):
    return page.page.select_one("header").get_text()


@pytest.fixture
def two_clerks(app, client, sign_in):
    other = app.test_client()
    sign_in("kasittelija", full_name="Aino Yksi")
    sign_in("kasittelija", client=other, full_name="Eino Kaksi")
    return client, other


def test_two_people_of_one_role_get_form_tokens_of_their_own(two_clerks):
    one, other = two_clerks
    for address in ("/asiakkaat/", "/tilaukset/", "/"):
        mine, theirs = tokens(one.get(address)), tokens(other.get(address))
        assert len(mine) == len(theirs) == 1
        assert mine != theirs


def test_the_token_on_a_kept_part_opens_ones_own_forms_and_nobody_elses(two_clerks):
    one, other = two_clerks
    (mine,), (theirs,) = tokens(one.get("/asiakkaat/")), tokens(other.get("/asiakkaat/"))
    assert one.post("/asiakkaat/", data={"q": "aino", "csrf_token": mine}).status_code == 200
    assert one.post("/kirjaudu-ulos", data={"csrf_token": theirs}).status_code == 400
    assert one.post("/kirjaudu-ulos", data={"csrf_token": mine}).status_code == 303


def test_the_header_names_the_person_who_looks(two_clerks):
    one, other = two_clerks
    assert "Aino Yksi" in names(one.get("/asiakkaat/"))
    assert "Eino Kaksi" in names(other.get("/asiakkaat/"))
    assert "Aino Yksi" not in names(other.get("/asiakkaat/"))


@pytest.mark.parametrize("order", [PERMISSIONS, PERMISSIONS[::-1]])
def test_what_one_role_has_looked_at_leads_no_other_role_further(app, sign_in, order):
    led = {}
    for role in order:
        client = app.test_client()
        sign_in(role, client=client)
        page = client.get("/asiakkaat/").page
        led[role] = {link["href"] for link in page.select("main a[href], nav a[href]")}
    assert "/asiakkaat/uusi" not in led["lukija"] and "/asiakkaat/uusi" in led["kasittelija"]
    assert "/asiakkaat/vienti" in led["vastuuhenkilo"] and "/asiakkaat/vienti" not in led["kasittelija"]
    assert "/laskutus/" not in led["lukija"]


def test_no_page_shows_the_mark_that_stands_for_the_token(two_clerks):
    from rekisteri.kernel.parts import _PLACE

    one, _other = two_clerks
    assert not [address for address in ("/", "/asiakkaat/", "/tilaukset/", "/ohje/") if _PLACE in one.get(address).text]
