"""What a new register's notice says before the company has written a word: our own text, to be completed.

It tells what GDPR art. 13 and 14 ask for, in the rows of the notice, and shows the right to object apart from the rest
(art. 21(4)). What only the company knows stands in square brackets; a notice with brackets left cannot be published.
"""

TEXTS = {
    "purpose": """\
Pidämme asiakasrekisteriä näitä tarkoituksia varten:

- asiakassuhteen hoitaminen: asiakaspalvelu, yhteydenpito ja yhteydenottojen kirjaaminen
- tilausten vastaanottaminen, toimittaminen, laskuttaminen ja arkistoiminen
- luottopäätöksen tekeminen, kun tilaat laskulle, ja maksamattoman laskun periminen
- markkinointi postitse, ja sähköisesti vain luvallasi tai silloin, kun laki sen sallii
- markkinoinnin kohdentaminen omissa rekistereissämme
- toimintamme kehittäminen tilastojen avulla; tilastoista ei voi tunnistaa ketään.

Jos tarvitsemme tietojasi muuhun tarkoitukseen, kerromme siitä sinulle etukäteen.""",
    "content": """\
Rekisterissä on tietoja asiakkaistamme, asiakkaina olevien yhteisöjen edustajista sekä henkilöistä, jotka ovat antaneet \
meille yhteystietonsa esimerkiksi messuilla. Tallennamme nämä tiedot:

- etu- ja sukunimi
- edustettu yhteisö ja tehtävä siinä
- sähköpostiosoitteet, postiosoitteet ja puhelinnumerot
- aikaisemmat tilaukset, laskut ja niiden perintä sekä luottohakemukset
- yhteydenotot ja niistä tehdyt muistiinpanot.

Lisäksi kirjaamme, mistä ja milloin tieto on saatu, kenelle se on luovutettu ja mitä kieltoja ja pyyntöjä olet \
tehnyt ja mitä suostumuksia olet antanut. Henkilötunnusta emme tallenna.""",
    "sources": """\
Saamme tietoja

- sinulta itseltäsi, kun tilaat, otat yhteyttä tai annat yhteystietosi messuilla
- yhteisöltä, jota edustat
- yhteistyökumppaneilta, joiden palveluihin olet kirjautunut meiltä saamillasi tunnuksilla: [kumppanien nimet, tai poista kohta]
- luottotietoyhtiöltä, kun tilaat laskulle: [luottotietoyhtiön nimi, tai poista kohta].""",
    "disclosures": """\
Käytämme tietojasi omassa toiminnassamme. Luovutamme niitä muille vain, kun se on tarpeen:

- luottopäätöstä varten luottotietoyhtiölle
- laskuttamista ja perintää varten laskutus- ja perintäyhtiölle
- viranomaiselle, jolla on lain mukaan oikeus saada tiedot.

Lukuumme tietoja käsittelevät [palveluntarjoajat tai niiden ryhmät, esimerkiksi järjestelmän ylläpitäjä]. Ne saavat käyttää \
tietoja vain ohjeidemme mukaan, ja olemme sopineet siitä niiden kanssa kirjallisesti. Jokainen luovutus kirjataan.""",
    "transfers": """\
Emme siirrä tietojasi Euroopan unionin tai Euroopan talousalueen ulkopuolelle.

Jos siirto tulee myöhemmin välttämättömäksi, päivitämme tämän selosteen ennen siirtoa. Kerromme silloin, mihin maahan tietoja \
siirretään, perustuuko siirto komission päätökseen tietosuojan riittävyydestä vai komission hyväksymiin vakiolausekkeisiin ja \
miten saat suojatoimista jäljennöksen.""",
    "paper": """\
Messuilla täytetyt kortit, kirjeet ja muut paperit viedään käsittelyn jälkeen lukittuun tilaan, joka on suojattu myös \
tulipalolta. Niitä käsittelevät vain tehtävään nimetyt työntekijät, joilta on otettu kirjallinen salassapitositoumus. \
Tarpeettomat paperit hävitetään niin, ettei niitä voi lukea.""",
    "system": """\
Rekisteriä käyttävät vain siihen nimetyt henkilöt, jotka ovat yrityksen tai sen lukuun toimivan yrityksen palveluksessa. \
Jokaisella on henkilökohtainen tunnus ja salasana sekä allekirjoitettu salassapitositoumus. Kukin näkee vain ne tiedot, joita \
työssään tarvitsee.

Tietojen katselusta ja muuttamisesta jää merkintä käsittelylokiin. Järjestelmään pääsee vain palomuurilla suojatusta verkosta, \
ja tiedoista otetaan varmuuskopiot.""",
    "cookies": """\
Asiakasrekisteri asettaa yhden välttämättömän evästeen, jolla rekisteriä käyttävä työntekijä pysyy kirjautuneena. Sitä ei \
käytetä seurantaan eikä markkinointiin.

[Yrityksen verkkosivujen evästeet ja miten niistä päätetään, tai poista kappale.]""",
    "access": """\
Voit kysyä meiltä, käsittelemmekö tietojasi, ja saada tiedoistasi jäljennöksen. Tee pyyntö kirjeellä, sähköpostilla, \
puhelimitse tai käymällä luonamme.

Vastaamme kuukauden kuluessa siitä, kun pyyntö on saapunut. Jos pyyntöjä on paljon tai asia on monimutkainen, aikaa voidaan \
jatkaa enintään kahdella kuukaudella; kerromme siitä ensimmäisen kuukauden aikana. Pyyntö on maksuton. Pyydämme sinua \
todistamaan henkilöllisyytesi vain, jos siitä on perusteltu epäily.""",
    "rectification": """\
Voit vaatia, että virheellinen tieto oikaistaan, puutteellinen täydennetään ja tarpeeton tai vanhentunut poistetaan. Pyyntö \
käy nopeimmin, kun kerrot siinä

- mikä tieto on väärin, sanasta sanaan
- miten tiedon pitäisi kuulua
- miksi tieto on muutettava
- nimesi ja yhteystietosi.

Saat meiltä pyyntölomakkeen, jonka voit allekirjoittaa ja lähettää meille. Otamme vastaan myös muulla tavalla tehdyn pyynnön.

Teemme oikaisun ilman aiheetonta viivytystä. Ilmoitamme siitä sille, jolta väärä tieto on saatu, ja niille, joille se on \
luovutettu.

Jos emme hyväksy vaatimustasi, rekisterin vastuuhenkilö antaa sinulle kieltäytymistodistuksen. Siitä näet syyt sekä sen, \
miten voit viedä asian tietosuojavaltuutetun tai tuomioistuimen ratkaistavaksi.""",
    "other_rights": """\
Sinulla on myös oikeus

- saada tietosi poistetuiksi, kun niitä ei enää tarvita tai kun käsittelylle ei ole perustetta; jos laki, avoin lasku tai \
perintä estää poistamisen, kerromme esteen ja poistamme tiedot, kun este on päättynyt
- pyytää, että tietojesi käsittelyä rajoitetaan esimerkiksi siksi aikaa, kun niiden oikeellisuutta selvitetään
- saada itse antamasi tiedot koneluettavassa muodossa ja siirtää ne järjestelmästä toiseen, kun käsittely perustuu sopimukseen \
tai suostumukseen
- pyytää, että sinua ei voi enää tunnistaa tiedoista, jotka jäävät esimerkiksi tilastoihin.

Oikeuksien käyttäminen on maksutonta. Ota yhteyttä rekisterin yhteyshenkilöön.""",
    "objection": """\
**Voit milloin tahansa kieltää tietojesi käytön suoramarkkinointiin.** Kielto koskee myös suoramarkkinointia varten tehtyä \
profilointia. Sitä ei tarvitse perustella, ja noudatamme sitä heti.

Voit kieltää yhdessä tai erikseen suoramainonnan, etämyynnin, muun suoramarkkinoinnin, markkinatutkimuksen ja \
mielipidetutkimuksen sekä tietojesi julkaisemisen luettelossa, kuten osoitetarroissa. Ilmoita kiellosta asiakaspalveluumme, \
sähköpostilla tai rekisterin yhteyshenkilölle.

Kun käsittely perustuu oikeutettuun etuumme, voit vastustaa sitä myös oman erityisen tilanteesi perusteella.""",
    "legal_basis": """\
Käsittely perustuu EU:n yleisen tietosuoja-asetuksen (EU) 2016/679 6 artiklan 1 kohtaan:

- **Sopimus** (b alakohta): tilauksesi käsitteleminen ja siihen liittyvä luottopäätös, kun tilaat itse.
- **Lakisääteinen velvoite** (c alakohta): kirjanpitoaineiston säilyttäminen ja tietojen antaminen viranomaiselle.
- **Oikeutettu etu** (f alakohta): asiakassuhteen hoitaminen edustamasi yhteisön kanssa, markkinointi postitse, \
markkinoinnin kohdentaminen, toiminnan kehittäminen ja saatavien perintä. Etumme on pitää yllä asiakassuhteita ja saada maksu \
siitä, mitä olemme myyneet.
- **Suostumus** (a alakohta): sähköinen suoramarkkinointi, johon olet antanut luvan. Voit peruuttaa suostumuksen milloin \
tahansa ilmoittamalla siitä meille. Peruuttaminen ei tee aikaisempaa käsittelyä lainvastaiseksi.""",
    "retention": """\
Säilytämme tietoja niin kauan kuin niitä tarvitaan:

{säilytysajat}

Suoramarkkinointikiellon säilytämme niin kauan kuin sitä tarvitaan kiellon noudattamiseen. Jos laki, avoin lasku, perintä tai \
oikeusvaade estää poistamisen, tiedot poistetaan esteen päätyttyä.

Säilytysajan jälkeen tiedot poistetaan tai muutetaan sellaisiksi, ettei niistä voi tunnistaa ketään.""",
    "provision": """\
Tarvitsemme nimesi, yhteystietosi ja laskutustietosi, jotta voimme toimittaa tilauksen. Ilman niitä emme voi tehdä sopimusta. \
Muuten tietojen antaminen on vapaaehtoista.""",
    "automated": """\
Emme tee sinua koskevia päätöksiä pelkästään automaattisesti: luottopäätöksen tekee työntekijä. Markkinointia voidaan kohdentaa \
aikaisempien tilausten perusteella. Kohdentamisella ei ole sinulle oikeusvaikutuksia, ja voit kieltää sen.""",
    "complaint": """\
Jos tietosuojalainsäädäntöä mielestäsi rikotaan henkilötietojesi käsittelyssä, voit saattaa asian tietosuojavaltuutetun \
käsiteltäväksi. Valituksen voi tehdä myös sen EU- tai ETA-maan valvontaviranomaiselle, jossa asut tai työskentelet tai jossa \
rikkomus tapahtui. Lisäksi voit viedä asian tuomioistuimeen.

{ombudsman}""",
}
STARTING = ("objection", "legal_basis", "retention", "provision", "automated", "complaint")
