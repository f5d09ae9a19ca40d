"""What the privacy notice promises to the people in the register, clause by clause.

Each promise has an id. Tests name the promise they keep (`@pytest.mark.promise("oikaisu.todistus")`), and a test of the
house fails when a promise is kept by none. `NOT_YET` names the features still to be built; it only shrinks.
"""

PROMISES: dict[str, str] = {
    # Seloste
    "seloste.tuloste": "Voimassa olevan tietosuojaselosteen voi lukea ja tulostaa kirjautumatta.",
    "seloste.versiot": "Jokainen julkaistu seloste säilyy luettavana ja tulostettavana sellaisena kuin se julkaistiin.",
    # Käyttötarkoitus
    "kaytto.yllapito": "Asiakasrekisteriä ylläpidetään: tieto lisätään, löydetään, muutetaan ja arkistoidaan.",
    "kaytto.tilaukset": "Tilaukset hoidetaan, käsitellään ja arkistoidaan.",
    "kaytto.asiakassuhde": "Asiakassuhdetta hoidetaan: yhteydenotot ja muistiinpanot näkyvät asiakkaan kortilla.",
    "kaytto.kehittaminen": "Toimintaa kehitetään tilastoilla, joista ketään ei voi tunnistaa.",
    "kaytto.kohdennettu-sisalto": "Yrityksen verkkopalvelut saavat kohdennettua sisältöä varten vain sen, mitä tarvitsevat.",
    "kaytto.kohdentaminen": "Mainontaa kohdennetaan omien rekisterien sisällä, eikä tietoja anneta ulkopuolisille.",
    "kaytto.kumppanit": "Osa tiedoista voi olla kumppanin palvelimella vain teknisestä syystä, ja siirto on kirjattu.",
    "luettelo.julkaisu": "Tiedoista voidaan tehdä luetteloita, kuten osoitetarroja, ellei asiakas ole kieltänyt sitä.",
    "luettelo.kielto": "Luettelokiellon jälkeen asiakas ei ole yhdessäkään luettelossa.",
    # Sisältö ja lähteet
    "sisalto.kentat": "Henkilöstä kerätään vain ne tiedot, jotka seloste luettelee.",
    "lahteet.saannonmukaiset": "Säännönmukaiset tietolähteet on kirjattu, ja jokaisella tiedolla on lähde ja päivä.",
    # Luovutukset ja siirrot
    "luovutus.vain-yritys": "Tietoja käyttää vain yritys; mitä luovutetaan, on kirjattu saajineen ja perusteineen.",
    "luovutus.luottopaatos": "Tietoja luovutetaan luottohakemusta tai luottopäätöstä varten.",
    "luovutus.lisaarvo": "Tietoja luovutetaan lisäarvopalvelun tuottajalle.",
    "luovutus.perinta": "Tietoja luovutetaan perintää varten.",
    "luovutus.laskutus": "Tietoja luovutetaan laskutusta varten.",
    "luovutus.laki": "Tietoja luovutetaan, kun laki velvoittaa.",
    "siirto.eu": "Tietoja ei siirretä EU:n tai ETA:n ulkopuolelle ilman kirjattua välttämättömyyttä ja suojatoimea.",
    # Paperiaineiston suojaus
    "paperi.sailytys": "Paperit ovat ensikäsittelyn jälkeen lukitussa ja paloturvallisessa tilassa, ja rekisteri tietää missä.",
    "paperi.kasittelijat": "Papereita käsittelevät vain nimetyt, sitoumuksen antaneet; otto ja palautus kirjataan.",
    # Tietojärjestelmän suojaus
    "atk.nimetyt": "Rekisteriä käyttävät ja ylläpitävät vain nimetyt yrityksen tai sen toimeksisaajan työntekijät.",
    "atk.tunnus": "Jokaisella on henkilökohtainen käyttäjätunnus ja salasana.",
    "atk.sitoumus": "Henkilötietoja näkee vain se, jonka allekirjoitettu salassapitositoumus on voimassa.",
    "atk.palomuuri": "Pyyntöihin sallittujen verkkojen ulkopuolelta ei vastata.",
    "evasteet": "Järjestelmä asettaa yhden välttämättömän evästeen, ja selosteen evästekohdan kirjoittaa yritys.",
    # Tarkastusoikeus
    "tarkastus.kirjallinen": "Kirjallinen tarkastuspyyntö kirjataan ja siihen vastataan ajoissa kaikilla tiedoilla.",
    # Kielto-oikeus
    "kielto.suoramainonta": "Suoramainonnan voi kieltää, ja kielto sitoo heti.",
    "kielto.etamyynti": "Etämyynnin voi kieltää, ja kielto sitoo heti.",
    "kielto.suoramarkkinointi": "Muun suoramarkkinoinnin voi kieltää, ja kielto sitoo heti.",
    "kielto.markkinatutkimus": "Markkinatutkimuksen voi kieltää, ja kielto sitoo heti.",
    "kielto.mielipidetutkimus": "Mielipidetutkimuksen voi kieltää, ja kielto sitoo heti.",
    # Oikaisu
    "oikaisu.aiheet": "Virheellinen, tarpeeton, puutteellinen tai vanhentunut tieto oikaistaan, myös oma-aloitteisesti.",
    "oikaisu.kirjallinen": "Kirjallinen pyyntö säilyy asian yhteydessä; sen muoto tai allekirjoitus ei yksin estä oikaisua.",
    "oikaisu.yksilointi": "Pyynnössä yksilöidään, mikä tieto on oikaistava ja millä perusteella.",
    "oikaisu.viivytyksetta": "Oikaisu tehdään viivytyksettä; määräaika lasketaan, näytetään ja siitä varoitetaan.",
    "oikaisu.ilmoitus-lahteelle": "Oikaisusta ilmoitetaan sille, jolta virheellinen tieto saatiin.",
    "oikaisu.ilmoitus-saajalle": "Oikaisusta ilmoitetaan sille, jolle virheellinen tieto luovutettiin.",
    "oikaisu.todistus": "Kieltäytymisestä annetaan rekisterin vastuuhenkilön kirjallinen todistus perusteluineen.",
    "oikaisu.valtuutettu": "Todistus neuvoo, miten asian voi viedä tietosuojavaltuutetulle ja tuomioistuimeen.",
    # Poisto ja muut oikeudet
    "poisto.pyynnosta": "Henkilön tiedot hävitetään hänen pyynnöstään.",
    "poisto.esteet": "Jokainen poiston este nimetään, ja poisto jatkuu esteen päätyttyä.",
    "oikeus.anonymisointi": "Anonymisoinnin jälkeen ketään ei voi tunnistaa, mutta tilastot säilyvät.",
    "oikeus.unohdus": "Unohdettu henkilö poistuu kaikkialta, myös hakemistosta, historiasta ja palautetuista kopioista.",
    # Myöhempi laki: yleinen tietosuoja-asetus ja tietosuojalaki 1050/2018
    "gdpr.rajoittaminen": "Käsittelyä voi rajoittaa, ja rajoitus pitää kaikkialla, missä tietoja käytetään.",
    "gdpr.siirrettavyys": "Tiedoista saa koneellisesti luettavan jäljennöksen.",
    "gdpr.maaraajat": "Pyyntöön vastataan kuukaudessa; määräaikaa voi jatkaa kerran kahdella kuukaudella kirjeellä.",
    "gdpr.informointi": "Henkilölle on kerrottu muualta saaduista tiedoista, ja rekisteri tietää, kenelle ei vielä ole.",
    "gdpr.sailytysajat": "Säilytysajat on kirjattu; ohjelma ehdottaa poistoja ja ihminen vahvistaa ne.",
    "gdpr.osoitusvelvollisuus": "Jokaisen ratkaisun, luovutuksen ja katselun voi osoittaa jälkikäteen.",
}

NOT_YET: frozenset[str] = frozenset()
