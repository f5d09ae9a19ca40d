"""What the register knows of recipients and the notice must tell: to which countries data go (GDPR art. 13(1)(f))."""

from collections.abc import Mapping

from rekisteri.customers.countries import country_name
from rekisteri.disclosures.recipients import all_recipients
from rekisteri.kernel.formats import fold
from rekisteri.notice.checks import add_asker

ROW = "transfers"


def untold(words: Mapping[str, str]) -> list[str]:
    """Recipients outside the EU and EEA whose country the notice's row of transfers does not name, in whatever case."""
    said = fold(words.get(ROW, ""))
    return [
        f"Kerro siirroista EU:n ja ETA:n ulkopuolelle myös tämä: {one.name}, {country_name(one.country)}."
        for one in all_recipients()
        if one.active and one.transfer.abroad and _stem(country_name(one.country)) not in said
    ]


def _stem(name: str) -> str:
    """As much of a country's name as stays the same when it is inflected: ”yhdysval” of Yhdysvaltoihin."""
    return fold(name)[: max(4, len(name) - 3)]


add_asker(untold)
