"""What goes and comes by the interface, part by part."""

from rekisteri.billing.handing_rules import KINDS
from rekisteri.customers.fields import FIELDS as ALL_FIELDS
from rekisteri.interfaces import rules
from rekisteri.interfaces.shapes import Day, Decimal, Listed, Moment, OneOf, Record, Text, Truth, Values, Whole
from rekisteri.orders.rules import LONGEST_PRODUCT, MOST_LINES, UNITS

NAMES = tuple(dict.fromkeys(name for labels in ALL_FIELDS.values() for name in labels))
"""Every field as it goes out: the main ones, and the slots of those a customer has several of."""
CHANGES = {
    "corrected": "Tieto on oikaistu; uusi arvo on kohdassa values.",
    "changed": "Tieto on muuttunut; uuden arvon saa lukemalla asiakkaan tiedot.",
    "permissions": "Asiakkaan kiellot ovat muuttuneet; voimassa olevat ovat kohdassa forbidden.",
    "restricted": "Tietojen käsittelyä on rajoitettu: tietoja saa vain säilyttää.",
    "released": "Käsittelyn rajoitus on päättynyt.",
    "erased": "Tiedot on poistettu; poistakaa ne omista järjestelmistänne.",
    "merged": "Asiakas on yhdistetty toiseen; numero on kohdassa into.",
    "separated": "Yhdistäminen on peruttu; numero tarkoittaa taas vain tätä asiakasta.",
}
"""Everything the feed can tell."""
FORBIDDABLE = (
    "direct_mail",
    "distance_selling",
    "direct_marketing",
    "market_research",
    "opinion_research",
    "listing",
    "profiling",
    "disclosure",
)

_NUMBER = Whole("Asiakkaan numero rekisterissä", example=7)
CUSTOMER = Record(
    {
        "id": Whole("Asiakkaan numero; toinen kuin kysytty, jos asiakas on yhdistetty toiseen", example=7),
        "kind": OneOf(("person", "organisation"), "Henkilö (person) vai yhteisö (organisation)"),
        "fields": Values(NAMES, "Tiedot nimen mukaan; tieto, jota ei ole, puuttuu"),
    }
)
ASKED_FIELDS = Listed(
    OneOf(tuple(rules.FIELDS)), "Mitkä tiedot; oletus kaikki, joihin liittymä oikeuttaa", most=20, least=1
)
SOUGHT = Record({"email": Text("Asiakkaan sähköpostiosoite", longest=254, shortest=3, example="maija@esimerkki.fi")})
FOUND = Record({"id": _NUMBER})
LINE = Record(
    {
        "product": Text("Mitä tilattiin", longest=LONGEST_PRODUCT, example="Pöytälamppu"),
        "quantity": Decimal("Määrä", places=3, digits=6, example="2"),
        "unit": OneOf(UNITS, "Yksikkö"),
        "unit_price": Decimal("Yksikön hinta euroina; alennus on negatiivinen", places=2, digits=6, negative=True, example="12.50"),
    }
)  # fmt: skip
ORDER = Record(
    {
        "customer": _NUMBER,
        "ordered_on": Day("Tilauspäivä; oletus tämä päivä"),
        "lines": Listed(LINE, "Tilauksen rivit", most=MOST_LINES, least=1),
    },
    optional=frozenset({"ordered_on"}),
)
ORDERED = Record(
    {
        "number": Text("Tilauksen numero", longest=20, example="T 2026/0007"),
        "customer": _NUMBER,
        "ordered_on": Day("Tilauspäivä"),
        "total": Decimal("Summa euroina", places=2, digits=9, example="25.00"),
    }
)
CHANGE = Record(
    {
        "id": Whole("Muutoksen numero", example=41),
        "at": Moment("Milloin muutos tehtiin"),
        "what": OneOf(tuple(CHANGES), "Mitä on tapahtunut"),
        "customer": _NUMBER,
        "fields": Listed(OneOf(NAMES), "Mitä tietoja muutos koskee; tyhjä tarkoittaa kaikkia", most=len(NAMES)),
        "values": Values(NAMES, "Oikaistut arvot; tyhjä arvo tarkoittaa, että tieto on poistettu"),
        "forbidden": Listed(OneOf(FORBIDDABLE), "Mihin asiakkaan tietoja ei nyt saa käyttää", most=len(FORBIDDABLE)),
        "into": Whole("Numero, jolla asiakas nyt tunnetaan", example=9),
    },
    optional=frozenset({"values", "forbidden", "into"}),
)
FEED = Record(
    {"changes": Listed(CHANGE, "Muutokset vanhimmasta uusimpaan"), "more": Truth("Onko muutoksia vielä lisää")}
)
THROUGH = Record({"through": Whole("Viimeisen käsitellyn muutoksen numero", example=41)})
TAKEN_IN = Record({"acknowledged": Whole("Montako muutosta kuitattiin", least=0, example=3)})
AFTER = Whole("Minkä muutoksen jälkeiset haetaan; oletus kaikki kuittaamattomat", least=0, example=40)
LIMIT = Whole("Enintään montako muutosta", most=100, example=50)
CLAIM = Record(
    {
        "number": Text("Laskun numero", longest=40, example="L-1001"),
        "invoiced_on": Day("Laskupäivä"),
        "due_on": Day("Eräpäivä"),
        "amount": Decimal("Laskun summa euroina", places=2, digits=17, example="120.00"),
        "paid": Decimal("Maksettu euroina", places=2, digits=17, example="0.00"),
        "unpaid": Decimal("Maksamatta euroina", places=2, digits=17, example="120.00"),
    }
)
APPLICATION = Record(
    {
        "applied_on": Day("Hakemuksen päivä"),
        "amount": Decimal("Haettu luotto euroina", places=2, digits=17, example="2000.00"),
    },
    "Luottohakemus, kun kyse on luottopäätöksestä",
)
HANDOVER = Record(
    {
        "id": Whole("Asian viite", example=12),
        "kind": OneOf(tuple(KINDS), "Lasku, perintä vai luottohakemus"),
        "customer": _NUMBER,
        "fields": Values(
            NAMES, "Nimi ja osoite siltä osin kuin liittymä niihin oikeuttaa; tieto, jota ei ole, puuttuu"
        ),
        "invoices": Listed(CLAIM, "Lasku tai perittävät laskut", most=10_000),
        "application": APPLICATION,
    },
    optional=frozenset({"invoices", "application"}),
)
HANDOVERS = Record(
    {"handovers": Listed(HANDOVER, "Asiat vanhimmasta uusimpaan"), "more": Truth("Onko asioita vielä lisää")}
)
AFTER_CASE = Whole("Minkä viitteen jälkeiset haetaan; oletus kaikki avoimet", least=0, example=12)
CASES_LIMIT = Whole("Enintään montako asiaa", most=100, example=50)
PROBLEM = Record(
    {
        "type": Text("Virheen lajin selitys", longest=500),
        "title": Text("Mikä virhe on"),
        "status": Whole("HTTP-tila", least=400, most=599),
        "detail": Text("Mitä tehdä", longest=2000),
        "errors": Listed(
            Record({"pointer": Text("JSON-osoitin", longest=500, shortest=0), "detail": Text("Mitä odotettiin", longest=2000)}),
            "Mitkä kohdat eivät kelpaa",
        ),
    },
    optional=frozenset({"errors"}),
)  # fmt: skip
