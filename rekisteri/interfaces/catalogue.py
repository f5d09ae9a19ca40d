"""Every operation of the interface."""

from rekisteri.interfaces import changes, handing, ordering, reading, schemas
from rekisteri.interfaces.operations import Operation
from rekisteri.interfaces.shapes import Whole

_CUSTOMER = {"customer": Whole("Asiakkaan numero rekisterissä", example=7)}
OPERATIONS = (
    Operation(
        "read_customer",
        "GET",
        "/customers/{customer}",
        "customers.read",
        "Lue asiakkaan tiedot",
        "Yhden asiakkaan tiedot siihen käyttöön, johon liittymä on avattu, esimerkiksi kirjautuneelle asiakkaalle "
        "kohdennettua sisältöä varten. Vastauksessa on vain ne tiedot, joihin liittymä oikeuttaa. Asiakkaan kiellot ja "
        "käsittelyn rajoitukset otetaan huomioon. Jokainen vastaus kirjataan luovutuksiin.",
        reading.read_customer,
        schemas.CUSTOMER,
        query={"fields": schemas.ASKED_FIELDS},
        places=_CUSTOMER,
        problems=("use-forbidden", "not-found"),
    ),
    Operation(
        "find_customer",
        "POST",
        "/customers/search",
        "customers.find",
        "Etsi asiakkaan numero",
        "Asiakkaan numero sähköpostiosoitteella, jonka verkkopalvelu on varmistanut asiakkaan omaksi. Osoite kulkee "
        "pyynnön rungossa, jottei se jää lokeihin. Jos osoite on kahdella asiakkaalla tai asiakas on kieltänyt tietojensa "
        "käytön, vastaus on 404.",
        reading.find_customer,
        schemas.FOUND,
        body=schemas.SOUGHT,
        problems=("not-found",),
    ),
    Operation(
        "create_order",
        "POST",
        "/orders",
        "orders.create",
        "Kirjaa tilaus",
        "Kirjaa asiakkaan tilauksen. Otsakkeessa Idempotency-Key on tilauksen oma tunniste: sama pyyntö uudelleen "
        "lähetettynä saa saman vastauksen eikä kirjaa tilausta toista kertaa.",
        ordering.create_order,
        schemas.ORDERED,
        status=201,
        body=schemas.ORDER,
        once=True,
        problems=("not-found", "another-content"),
    ),
    Operation(
        "read_changes",
        "GET",
        "/changes",
        "changes.read",
        "Hae muutokset",
        "Oikaisut, kiellot, rajoitukset ja poistot, jotka koskevat tämän rajapinnan kautta saamianne tietoja. Hakekaa "
        "muutokset vähintään kerran vuorokaudessa, tehkää ne omiin järjestelmiinne ja kuitatkaa ne. Poistetusta "
        "asiakkaasta kerrotaan vain numero.",
        changes.read_changes,
        schemas.FEED,
        query={"after": schemas.AFTER, "limit": schemas.LIMIT},
    ),
    Operation(
        "acknowledge_changes",
        "POST",
        "/changes/acknowledgement",
        "changes.read",
        "Kuittaa muutokset",
        "Kertoo, että kaikki haetut muutokset annettuun numeroon asti on tehty. Kuitattuja muutoksia ei anneta uudelleen.",
        changes.acknowledge,
        schemas.TAKEN_IN,
        body=schemas.THROUGH,
        problems=("not-found",),
    ),
    Operation(
        "read_handovers",
        "GET",
        "/handovers",
        "handovers.read",
        "Hae annetut asiat",
        "Avoimet laskut, perinnät tai luottohakemukset, jotka teille on annettu sillä perusteella, jolla liittymä on avattu. "
        "Kun asia on maksettu, ratkaistu tai päättynyt, sitä ei enää anneta. Asiakkaan kiellot ja käsittelyn rajoitukset "
        "otetaan huomioon. Jokainen vastaus kirjataan luovutuksiin. Luottopäätöksen tekee aina ihminen.",
        handing.read_handovers,
        schemas.HANDOVERS,
        query={"after": schemas.AFTER_CASE, "limit": schemas.CASES_LIMIT},
        problems=("use-forbidden",),
    ),
)
