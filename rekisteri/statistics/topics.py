"""What the page shows of each subject, in its order: a new subject is one more topic and its counting function."""

from dataclasses import dataclass

from rekisteri.cases import matters
from rekisteri.cases.codes import CHANNELS
from rekisteri.customers.rules import SOURCE_KINDS
from rekisteri.disclosures.rules import GROUNDS, ROLES
from rekisteri.rectification.rules import DECISIONS
from rekisteri.statistics.areas import NAMES as AREA_NAMES
from rekisteri.statistics.customers import KINDS
from rekisteri.statistics.dealings import ORDER_STATES
from rekisteri.statistics.requests import OUTCOMES
from rekisteri.statistics.service import Snapshot
from rekisteri.statistics.tables import Column, Divided, OverTime, Range, Table

BY_KIND = tuple(Column(kind, name) for kind, name in KINDS.items())


@dataclass(frozen=True)
class Topic:
    """One subject on the page: its heading and its tables."""

    subject: str
    title: str
    tables: tuple[OverTime | Divided, ...]


def topics() -> list[Topic]:
    """Everything that is told, in the order of the page."""
    return [_customers(), _orders(), _requests(), _disclosures()]


def _customers() -> Topic:
    return Topic(
        "customers",
        "Asiakkaat",
        (
            OverTime(
                "uudet-asiakkaat", "Uudet asiakkaat", BY_KIND, "Rekisteriin lisätyt asiakkaat lisäyspäivän mukaan."
            ),
            OverTime(
                "arkistoidut-asiakkaat",
                "Arkistoidut asiakkaat",
                (Column("archived", "Arkistoinnit"),),
                "Arkistoon siirretyt asiakkaat siirtopäivän mukaan.",
            ),
            Divided(
                "asiakkaat-lahteittain",
                "Asiakkaat lähteittäin",
                "Lähde",
                "source",
                SOURCE_KINDS,
                BY_KIND,
                yearly=False,
                note="Kaikki rekisterissä nyt olevat asiakkaat sen mukaan, mistä ensimmäinen tieto saatiin.",
            ),
            Divided(
                "asiakkaat-alueittain",
                "Asiakkaat postinumeroalueittain",
                "Alue",
                "area",
                AREA_NAMES,
                BY_KIND,
                yearly=False,
                note="Kaikki rekisterissä nyt olevat asiakkaat postinumeron kahden ensimmäisen numeron mukaan.",
            ),
        ),
    )


def _orders() -> Topic:
    number, value = Column("orders", "Tilauksia"), Column("orders", "Arvo", "cents")
    return Topic(
        "orders",
        "Tilaukset",
        (
            OverTime(
                "tilaukset",
                "Tilaukset ja niiden arvo",
                (number, value),
                "Tilaukset tilauspäivän mukaan. Tarjoukset ja perutut tilaukset eivät ole mukana.",
            ),
            Divided("tilausten-tilat", "Tilaukset tiloittain", "Tila", "state", ORDER_STATES, (number,)),
            Divided("tilausten-arvo", "Tilausten arvo tiloittain", "Tila", "state", ORDER_STATES, (value,)),
        ),
    )


def _requests() -> Topic:
    number = Column("requests", "Pyyntöjä")
    rights = {kind.code: kind.label for kind in matters.kinds()}
    channels = {code: name[:1].upper() + name[1:] for code, name in CHANNELS.items()}
    return Topic(
        "requests",
        "Pyynnöt",
        (
            OverTime("pyynnot", "Saapuneet pyynnöt", (number,), "Pyynnöt saapumispäivän mukaan."),
            OverTime(
                "vastausajat",
                "Vastausaika",
                (Column("days", "Mediaani, päivää", "days"),),
                "Montako päivää pyynnön saapumisesta vastaukseen kuluu: puolet pyynnöistä on saanut vastauksen "
                "viimeistään tässä ajassa.",
            ),
            Divided("maaraajat", "Määräajat", "Vastaus", "outcome", OUTCOMES, (number,)),
            Divided("pyynnot-tavoittain", "Pyynnöt esitystavoittain", "Esitystapa", "channel", channels, (number,)),
            Divided(
                "pyynnot-oikeuksittain", "Pyynnöt oikeuksittain", "Oikeus", "right", rights, (Column("rights", ""),)
            ),
            Divided("ratkaisut", "Vaatimusten ratkaisut", "Ratkaisu", "decision", DECISIONS, (Column("demands", ""),)),
        ),
    )


def _disclosures() -> Topic:
    number = Column("disclosures", "Luovutuksia")
    return Topic(
        "disclosures",
        "Luovutukset",
        (
            OverTime("luovutukset", "Tietojen luovutukset", (number,), "Luovutukset luovutuspäivän mukaan."),
            Divided(
                "luovutukset-saajittain", "Luovutukset vastaanottajittain", "Vastaanottaja", "role", ROLES, (number,)
            ),
            Divided("luovutukset-perusteittain", "Luovutukset perusteittain", "Peruste", "ground", GROUNDS, (number,)),
        ),
    )


def build(topic: Topic, snapshot: Snapshot, chosen: Range) -> list[Table]:
    """A topic's tables for the chosen months."""
    return [table.build(snapshot.figures[topic.subject], chosen) for table in topic.tables]


def find(id: str, snapshot: Snapshot, chosen: Range) -> Table | None:
    """The table of an address."""
    for topic in topics():
        for table in topic.tables:
            if table.id == id:
                return table.build(snapshot.figures[topic.subject], chosen)
    return None
