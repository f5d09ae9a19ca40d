"""The rows of the notice, in the notice's order, and the names they have gone by.

The fifteen rows of the register's notice come first; after them stand what GDPR art. 13 and 14 ask for and the rows do not
tell. A company may add sections of its own.
"""

import re
from dataclasses import dataclass

TITLE = "Asiakasrekisteri – tietosuojaseloste"


@dataclass(frozen=True)
class Row:
    """One row: its key, its heading in a new notice, its older headings with a bar between them, how it is filled in."""

    key: str
    heading: str
    names: str = ""
    automatic: bool = False
    hint: str = ""

    @property
    def headings(self) -> list[str]:
        """Every heading that means this row."""
        return [self.heading, *(name for name in self.names.split("|") if name)]


ROWS = (
    Row(
        "drafted",
        "Laatimispäivä",
        "Laadittu|Päiväys|Selosteen laatimispäivä|Laatimispäivämäärä|Päivitetty|Viimeksi päivitetty",
        automatic=True,
        hint="Julkaisupäivä. Jos seloste on laadittu jo aiemmin, kirjoita silloinen päivä.",
    ),
    Row(
        "controller",
        "Rekisterinpitäjä",
        "Rekisterin pitäjä|Rekisterinpitäjän tiedot|Rekisterinpitäjä ja yhteystiedot|Yhtiön tiedot",
        automatic=True,
        hint="Yrityksen nimi, Y-tunnus ja yhteystiedot.",
    ),
    Row(
        "contact",
        "Yhteyshenkilö rekisteriä koskevissa asioissa",
        "Yhteyshenkilö|Rekisterin yhteyshenkilö|Rekisteriasioiden yhteyshenkilö|"
        "Rekisteriasioista vastaava henkilö|Rekisteriä koskevien asioiden yhteyshenkilö|"
        "Yhteyshenkilö tietosuoja-asioissa|Tietosuoja-asioiden yhteyshenkilö|Rekisteristä vastaava yhteyshenkilö|"
        "Rekisteristä vastaava henkilö",
        automatic=True,
        hint="Se, jolta rekisteröity saa vastauksen rekisteriä koskeviin kysymyksiin.",
    ),
    Row(
        "name",
        "Rekisterin nimi",
        "Henkilörekisterin nimi",
        automatic=True,
        hint="Sama nimi, jota käytetään osoitelähteenä lähetyksissä.",
    ),
    Row(
        "purpose",
        "Henkilötietojen käsittelyn tarkoitus",
        "Käsittelyn tarkoitus|Henkilötietojen käsittelyn tarkoitukset|Käsittelyn tarkoitukset|"
        "Rekisterin käyttötarkoitus|Rekisterin tarkoitus|Henkilötietojen käyttötarkoitus|"
        "Henkilötietojen käsittelyn tarkoitus ja oikeusperuste|Henkilötietojen käsittelyn tarkoitus ja peruste|"
        "Oikeusperuste ja henkilötietojen käsittelyn tarkoitus",
        hint="Mihin tietoja käytetään, tarkoitus kerrallaan.",
    ),
    Row(
        "content",
        "Rekisterin tietosisältö",
        "Tietosisältö|Käsiteltävät henkilötiedot|Käsiteltävät tiedot|Kerättävät tiedot|Kerättävät henkilötiedot|"
        "Henkilötietoryhmät|Rekisteröityjen ryhmät ja tietosisältö|Rekisteriin tallennettavat tiedot|"
        "Mitä tietoja keräämme",
        hint="Mitä tietoja rekisterissä on ja keistä.",
    ),
    Row(
        "sources",
        "Säännönmukaiset tietolähteet",
        "Tietolähteet|Rekisterin säännönmukaiset tietolähteet|Rekisterin tietolähteet|"
        "Henkilötietojen tietolähteet|Mistä tiedot saadaan|Tietojen lähteet",
        hint="Mistä tiedot saadaan: rekisteröidyltä, messuilta, kumppaneilta, luottotietoyhtiöltä.",
    ),
    Row(
        "disclosures",
        "Tietojen säännönmukaiset luovutukset",
        "Säännönmukaiset luovutukset|Säännönmukaiset tietojen luovutukset|Tietojen luovutus|"
        "Tietojen luovuttaminen|Tietojen luovutukset|Henkilötietojen luovutukset|Henkilötietojen luovuttaminen|"
        "Henkilötietojen vastaanottajat|Vastaanottajat|Henkilötietojen vastaanottajat tai vastaanottajaryhmät",
        hint="Kenelle tietoja annetaan ja missä asiassa. Erota luovutus ja yrityksen lukuun tehty käsittely.",
    ),
    Row(
        "transfers",
        "Tietojen siirto EU:n tai ETA:n ulkopuolelle",
        "Tietojen siirto EU ja ETA alueen ulkopuolelle|Tietojen siirtäminen EU:n tai ETA:n ulkopuolelle|"
        "Tietojen siirto EU:n ja ETA:n ulkopuolelle|Tietojen siirto EU- tai ETA-alueen ulkopuolelle|"
        "Henkilötietojen siirto EU:n tai ETA:n ulkopuolelle|Tietojen siirto EU:n ulkopuolelle|"
        "Siirto EU:n tai ETA:n ulkopuolelle|Siirto EU/ETA-alueen ulkopuolelle|Tietojen siirto kolmansiin maihin|"
        "Siirrot kolmansiin maihin|Henkilötietojen siirto kolmansiin maihin",
        hint="Siirretäänkö tietoja, minne ja millä suojatoimella. Jos ei siirretä, kirjoita sekin.",
    ),
    Row(
        "paper",
        "Rekisterin suojauksen periaatteet A: Manuaalinen aineisto",
        "Rekisterin suojauksen periaatteet A|Manuaalinen aineisto|Paperiaineisto|Paperiaineiston suojaus",
        hint="Miten paperit säilytetään ja kuka niitä käsittelee.",
    ),
    Row(
        "system",
        "Rekisterin suojauksen periaatteet B: Sähköisesti käsiteltävät tiedot",
        "Rekisterin suojauksen periaatteet B: ATK:lla käsiteltävät toiminnot|Rekisterin suojauksen periaatteet B|"
        "Rekisterin suojauksen periaatteet|ATK:lla käsiteltävät toiminnot|ATK:lla käsiteltävät tiedot|"
        "Sähköisesti käsiteltävät tiedot|Sähköisesti tallennetut tiedot|Sähköinen aineisto|Rekisterin suojaus|"
        "Tietojen suojaus|Tietoturva|Henkilötietojen suojaaminen",
        hint="Kuka järjestelmää käyttää ja miten se on suojattu.",
    ),
    Row(
        "cookies",
        "Evästeet",
        "Evästeiden käyttö|Evästekäytännöt|Evästekäytäntö|Cookies|Evästeet (cookies)",
        hint="Mitä evästeitä yrityksen verkkopalvelut käyttävät.",
    ),
    Row(
        "access",
        "Tarkastusoikeus",
        "Rekisteröidyn tarkastusoikeus|Oikeus tarkastaa tiedot|Oikeus saada pääsy tietoihin|"
        "Oikeus tutustua tietoihin|Rekisteröidyn oikeus saada pääsy henkilötietoihin",
        hint="Miten rekisteröity saa nähdä tietonsa.",
    ),
    Row(
        "rectification",
        "Oikeus vaatia tiedon korjaamista",
        "Tiedon korjaaminen|Tietojen korjaaminen|Oikeus vaatia tiedon oikaisemista|Oikeus tietojen oikaisemiseen|"
        "Oikeus tietojen korjaamiseen|Oikeus vaatia tietojen korjaamista|Virheellisen tiedon korjaaminen|"
        "Rekisteröidyn oikeus vaatia tiedon korjaamista|Korjausoikeus",
        hint="Miten virheellinen tieto oikaistaan ja mitä tapahtuu, jos pyyntöä ei hyväksytä.",
    ),
    Row(
        "other_rights",
        "Muut henkilötietojen käsittelyyn liittyvät oikeudet",
        "Muut oikeudet|Rekisteröidyn muut oikeudet|Rekisteröidyn oikeudet|Oikeutesi|Muut rekisteröidyn oikeudet",
        hint="Poistaminen, rajoittaminen, tietojen siirtäminen järjestelmästä toiseen.",
    ),
)

FURTHER = (
    Row(
        "objection",
        "Oikeus vastustaa käsittelyä ja suoramarkkinointia",
        "Vastustamisoikeus|Kielto-oikeus|Oikeus vastustaa|Suoramarkkinointikielto|Oikeus kieltää suoramarkkinointi",
    ),
    Row(
        "legal_basis",
        "Käsittelyn oikeusperuste",
        "Oikeusperuste|Käsittelyperuste|Henkilötietojen käsittelyn oikeusperuste|Käsittelyn oikeudellinen peruste",
    ),
    Row(
        "retention",
        "Tietojen säilytysaika",
        "Säilytysaika|Säilytysajat|Henkilötietojen säilytysaika|Tietojen säilytysajat|"
        "Henkilötietojen säilyttäminen|Tietojen säilyttäminen|Henkilötietojen säilytysajat",
    ),
    Row(
        "provision",
        "Onko tiedot pakko antaa",
        "Tietojen antamisen pakollisuus|Henkilötietojen antamisen vaatimus",
    ),
    Row(
        "automated",
        "Automaattinen päätöksenteko ja profilointi",
        "Automaattinen päätöksenteko|Profilointi|Profilointi ja automaattinen päätöksenteko|"
        "Automatisoitu päätöksenteko",
    ),
    Row(
        "complaint",
        "Oikeus tehdä valitus tietosuojavaltuutetulle",
        "Valitusoikeus|Oikeus tehdä valitus|Oikeus tehdä valitus valvontaviranomaiselle|"
        "Oikeus valittaa valvontaviranomaiselle|Valvontaviranomainen",
    ),
    Row(
        "consent",
        "Suostumuksen peruuttaminen",
        "Oikeus peruuttaa suostumus",
    ),
    Row(
        "dpo",
        "Tietosuojavastaava",
        "Tietosuojavastaavan yhteystiedot",
    ),
)
KNOWN = {row.key: row for row in ROWS + FURTHER}
FIXED = tuple(row.key for row in ROWS)


def normalised(heading: str) -> str:
    """A heading as it is compared: no numbering, no punctuation, no case."""
    text = re.sub(r"^\s*(?:\d{1,2}[.)]?|[a-z]\))+\s+", "", heading.casefold())
    return " ".join(re.findall(r"\w+", text))


_BY_NAME = {normalised(name): row.key for row in KNOWN.values() for name in row.headings}


def recognised(heading: str) -> str | None:
    """The key of the row that a heading means, by any of its known names; None when it is not one of them."""
    return _BY_NAME.get(normalised(heading))
