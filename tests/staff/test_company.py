"""What the users' room knows of the company, once the settings have been filled in."""

import pytest

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import service as settings
from rekisteri.staff import company, passwords


@pytest.fixture
def filled_in(app):
    with transaction():
        changes = {"company_name": "Esimerkkikirjakauppa Oy", "register_name": "Lukijarekisteri"}
        settings.change(changes=changes, version=0, by=None, on=today())


def test_an_empty_register_knows_no_company_name(app):
    assert company.controller()["name"] == ""


def test_the_company_is_called_what_the_settings_say(filled_in):
    assert company.controller()["name"] == "Esimerkkikirjakauppa Oy"
    assert company.names() == ["Esimerkkikirjakauppa Oy", "Lukijarekisteri"]


@pytest.mark.promise("atk.tunnus")
@pytest.mark.parametrize("password", ["esimerkkikirjakauppa on ihana", "kaunis lukijarekisteri aukeaa"])
def test_no_password_holds_the_name_of_the_company_or_its_register(filled_in, password):
    with pytest.raises(RuleViolation, match="nimeä"):
        passwords.accept(password, names=[])


def test_another_companys_name_is_no_obstacle(filled_in):
    assert passwords.accept("vadelmakirjasto on ihana paikka", names=[])


def test_the_printed_commitment_names_the_employer(filled_in, client, sign_in):
    import pymupdf

    sign_in("kasittelija")
    with pymupdf.open(stream=client.get("/kayttajat/oma/sitoumus.pdf").data) as document:
        words = " ".join(page.get_text() for page in document)
    assert "Esimerkkikirjakauppa Oy" in words
