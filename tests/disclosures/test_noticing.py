"""What the notice must tell of recipients outside the EU and EEA."""

import pytest

from rekisteri.disclosures.noticing import untold
from tests.disclosures.factories import make_recipient, make_recipient_abroad


@pytest.mark.promise("siirto.eu")
def test_the_notice_names_each_country_to_which_data_go(app):
    make_recipient()
    make_recipient_abroad(name="Cloud Inc.")
    make_recipient_abroad("IN", name="Support Ltd")

    assert untold({"transfers": "Tietoja siirretään Yhdysvaltoihin vakiolausekkeiden nojalla."}) == [
        "Kerro siirroista EU:n ja ETA:n ulkopuolelle myös tämä: Support Ltd, Intia."
    ]
    assert len(untold({})) == 2
