"""Who reaches which page of customers."""

import pytest

from tests.customers.factories import make_person, make_source

ALLOWED, REFUSED = 200, 403
PAGES = {
    "/asiakkaat/": ("lukija", "kasittelija", "vastuuhenkilo"),
    "/asiakkaat/{customer}": ("lukija", "kasittelija", "vastuuhenkilo"),
    "/asiakkaat/lahteet": ("lukija", "kasittelija", "vastuuhenkilo"),
    "/asiakkaat/uusi": ("kasittelija", "vastuuhenkilo"),
    "/asiakkaat/uusi/henkilo": ("kasittelija", "vastuuhenkilo"),
    "/asiakkaat/{customer}/muokkaa": ("kasittelija", "vastuuhenkilo"),
    "/asiakkaat/{customer}/tieto/phone": ("kasittelija", "vastuuhenkilo"),
    "/asiakkaat/lahteet/uusi": ("kasittelija", "vastuuhenkilo"),
    "/asiakkaat/lahteet/{source}": ("kasittelija", "vastuuhenkilo"),
}


@pytest.mark.parametrize("role", ["lukija", "kasittelija", "vastuuhenkilo", "paakayttaja"])
@pytest.mark.promise("atk.nimetyt")
def test_a_role_reaches_its_pages_and_no_others(client, sign_in, role):
    ids = {"customer": make_person().id, "source": make_source().id}
    sign_in(role)

    reached = {page: client.get(page.format(**ids)).status_code for page in PAGES}

    assert reached == {page: ALLOWED if role in roles else REFUSED for page, roles in PAGES.items()}


@pytest.mark.promise("atk.sitoumus")
def test_a_clerk_without_a_commitment_sees_no_customer(client, sign_in):
    maija = make_person()
    sign_in("kasittelija", committed=False)

    for page in PAGES:
        answer = client.get(page.format(customer=maija.id, source=1))
        assert answer.status_code == REFUSED
        assert "Virtanen" not in answer.text


def test_a_stranger_is_led_to_sign_in(client):
    maija = make_person()

    for page in PAGES:
        answer = client.get(page.format(customer=maija.id, source=1))
        assert answer.status_code in (302, 303, 401)
        assert "Virtanen" not in answer.text
