"""The manual's pages: one for each role and one for each thing that is done on paper."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of the manual; its text is templates/home/manual/<name>.html."""

    title: str
    lead: str


PAGES = {
    "kasittelija": Page("Käsittelijän ohje", "Asiakastietojen ylläpito, pyyntöjen kirjaaminen ja kirjeiden postitus"),
    "vastuuhenkilo": Page("Vastuuhenkilön ohje", "Vaatimusten ratkaiseminen, päätökset, todistukset ja seloste"),
    "paakayttaja": Page("Pääkäyttäjän ohje", "Käyttäjät, salassapitositoumukset ja asetukset"),
    "lukija": Page("Lukijan ohje", "Tietojen katsominen"),
    "oikaisupyynto": Page("Oikaisupyyntö paperista postiin", "Koko tie vaihe vaiheelta"),
    "pyynnot": Page(
        "Muut pyynnöt kuin oikaisu", "Monta asiaa samassa kirjeessä, epäily henkilöllisyydestä, epääminen ja maksu"
    ),
    "vastustaminen": Page("Vastustaminen, suostumus ja valitus", "Mikä lakkaa heti, mikä punnitaan ja miten vastataan"),
    "tarkastus": Page(
        "Tietojen tarkastaminen ja siirtäminen", "Mitä rekisteri kertoo henkilöstä, ja kuinka tiedot annetaan"
    ),
    "poisto": Page("Tietojen poistaminen", "Suunnitelma, kahden henkilön hyväksyntä, todiste ja se, mikä jää"),
    "kiellot": Page("Kiellot", "Mitä asiakas voi kieltää, miten kielto kirjataan ja miten se päättyy"),
    "suostumukset": Page(
        "Suostumukset sähköiseen markkinointiin", "Milloin suostumus tarvitaan, miten se kirjataan ja miten se päättyy"
    ),
    "valinnat": Page("Valinnat", "Keihin otetaan yhteyttä, kuinka monta heitä on ja ketkä jäävät pois"),
    "rajoitukset": Page("Käsittelyn rajoitukset", "Mistä rajoitus syntyy, mitä se estää ja miten se päättyy"),
    "informointi": Page(
        "Muualta saaduista tiedoista kertominen", "Kenelle, milloin ja miten; kirjeet kaikille kerralla"
    ),
    "sailytys": Page("Säilytysajat ja hävittäminen", "Mitä ohjelma ehdottaa, mikä estää ja miten vahvistetaan"),
    "paperit": Page("Paperiaineisto", "Messukortit, lukitut paikat, otto ja palautus, hävittäminen"),
    "luettelot": Page(
        "Luettelot, tarrat ja kirjeet", "Tarra-arkit ja niiden kohdistus, kirje monelle, tiedosto painotalolle"
    ),
    "haku": Page("Asiakkaan etsiminen", "Mitä hakuun kirjoitetaan ja mitä se löytää"),
    "asiakkaat": Page("Asiakkaan tiedot ja arkisto", "Osoitteet, edustukset, yhteydenotot ja arkistoehdotukset"),
    "kaksoiskappaleet": Page("Kaksoiskappaleet", "Saman asiakkaan löytäminen, yhdistäminen ja peruminen"),
    "tilaukset": Page("Tilaukset tarjouksesta arkistoon", "Kirjaaminen, vaiheet, haku ja arkisto"),
    "laskutus": Page("Laskut, perintä ja luotot", "Tuonti kirjanpidosta, perinnän vaiheet, luottohakemukset"),
    "luovutukset": Page(
        "Kumppanit ja luovutukset", "Kenelle tietoja saa antaa, mitä siitä kirjautuu ja kuka päättää siirrosta"
    ),
    "rajapinta": Page("Rajapinta", "Kumppanien ohjelmat: liittymät, avaimet ja muutokset, jotka kumppani hakee"),
    "tilastot": Page("Tilastot", "Mitä luvut kertovat ja miksi osa niistä on suojattu"),
    "nappaimet": Page("Näppäimistö ja tulostaminen", "Nopeampi työ ja siistit tulosteet"),
}
