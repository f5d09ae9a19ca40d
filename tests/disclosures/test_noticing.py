"""What the notice must tell of recipients: who they are and what for, and where and on what safeguard data go abroad."""

import pytest

from rekisteri.disclosures.noticing import untold
from tests.disclosures.factories import make_recipient, make_recipient_abroad


@pytest.mark.promise("siirto.eu")
def test_the_notice_names_each_country_to_which_data_go(app):
    make_recipient()
    make_recipient_abroad(name="Cloud Inc.")
    make_recipient_abroad("IN", name="Support Ltd")
    told = {"disclosures": "Saatavat Oy, Cloud Inc. ja Support Ltd."}
    assert untold(told | {"transfers": "Tietoja siirretään Yhdysvaltoihin vakiolausekkeiden nojalla."}) == [
        "Kerro siirroista EU:n ja ETA:n ulkopuolelle myös tämä: Support Ltd, Intia."
    ]
    assert len(untold(told)) == 2


def test_the_safeguard_is_told_with_the_country(app):
    make_recipient_abroad(name="Cloud Inc.")
    told = {"disclosures": "Cloud Inc. ylläpitää palvelinta.", "transfers": "Tietoja siirretään Yhdysvaltoihin."}
    (sentence,) = untold(told)
    assert "myös suojatoimi: Cloud Inc., Yhdysvallat, komission hyväksymät vakiosopimuslausekkeet" in sentence


def test_a_recipient_is_told_by_its_name_or_by_what_the_data_are_for(app):
    make_recipient()
    assert untold({"disclosures": "Tietoja luovutetaan maksamattoman laskun perintään."}) == []
    assert untold({"disclosures": "Tietoja saa Saatavat Oy."}) == []
    (sentence,) = untold({"disclosures": "Tietoja luovutetaan luottotietoyhtiölle."})
    assert sentence.endswith("tarkoituksesta: Saatavat Oy (toinen rekisterinpitäjä), erääntyneiden laskujen perintä.")


def test_an_authority_is_told_as_such_and_who_is_out_of_use_is_not_asked_for(app):
    make_recipient(name="Verohallinto", role="authority", purpose="Verotus")
    make_recipient(name="Vanha Oy", purpose="Postitus", active=False)
    assert untold({"disclosures": "Tietoja saa viranomainen, jolla on niihin lain mukaan oikeus."}) == []
