"""The parts of the settings, each a form of its own."""

from dataclasses import dataclass

from rekisteri.kernel.forms import Date, Email, Flag, LongText, Text, VersionedForm


class CompanyForm(VersionedForm):
    """The controller."""

    company_name = Text("Yrityksen nimi", required="Anna yrityksen nimi.")
    business_id = Text("Y-tunnus", required="Anna Y-tunnus.", max=20)
    street = Text("Lähiosoite", required="Anna lähiosoite.")
    postcode = Text("Postinumero", required="Anna postinumero.", max=10)
    city = Text("Postitoimipaikka", required="Anna postitoimipaikka.", max=100)
    phone = Text("Puhelin", required="Anna puhelinnumero.", max=40)
    email = Email("Sähköposti", required="Anna sähköpostiosoite.")


class ContactForm(VersionedForm):
    """Whom a data subject asks about the register."""

    contact_name = Text("Nimi", required="Anna yhteyshenkilön nimi.")
    contact_street = Text("Lähiosoite")
    contact_postcode = Text("Postinumero", max=10)
    contact_city = Text("Postitoimipaikka", max=100)
    contact_phone = Text("Puhelin", max=40)
    contact_email = Email("Sähköposti")


class OwnerForm(VersionedForm):
    """Who decides and signs."""

    owner_name = Text("Nimi", required="Anna vastuuhenkilön nimi.")
    owner_title = Text("Asema yrityksessä", required="Anna vastuuhenkilön asema.", max=100)


class RegisterForm(VersionedForm):
    """What the register is called, where letters are dated, when the financial year ends, who is proposed for the archive."""

    register_name = Text("Rekisterin nimi", required="Anna rekisterin nimi.", max=100)
    place = Text("Kirjeiden päiväyspaikka", max=100)
    financial_year_end = Text("Tilikausi päättyy", required="Anna päivä, jona tilikausi päättyy.", max=10)
    archive_after_years = Text("Arkistoehdotusten aika vuosina", required="Anna vuodet.", max=3)


class ErasureForm(VersionedForm):
    """How many people it takes to erase somebody."""

    erase_alone = Flag("Sama henkilö saa ehdottaa ja hyväksyä tietojen poistamisen")


class OmbudsmanForm(VersionedForm):
    """The supervisory authority, as certificates and letters name it."""

    ombudsman_name = Text("Viranomaisen nimi", required="Anna viranomaisen nimi.")
    ombudsman_street = Text("Postiosoite", required="Anna postiosoite.")
    ombudsman_postcode = Text("Postinumero", required="Anna postinumero.", max=10)
    ombudsman_city = Text("Postitoimipaikka", required="Anna postitoimipaikka.", max=100)
    ombudsman_visit = Text("Käyntiosoite")
    ombudsman_phone = Text("Puhelin", required="Anna puhelinnumero.", max=40)
    ombudsman_email = Email("Sähköposti", required="Anna sähköpostiosoite.")
    ombudsman_web = Text("Verkkosivu", required="Anna verkkosivun osoite.")
    verified_on = Date("Tiedot tarkistettu viranomaisen sivuilta", required="Anna tarkistuspäivä.")


class LetterTextForm(VersionedForm):
    """How one kind of letter opens and closes in the company's own words."""

    opening = LongText("Kirjeen alkuun", max=1000)
    closing = LongText("Kirjeen loppuun", max=1000)


@dataclass(frozen=True)
class Part:
    """One part of the settings: its place in the address, its heading, what it is for, its form."""

    slug: str
    group: str
    heading: str
    lead: str
    form: type[VersionedForm]


PARTS = (
    Part(
        "yritys",
        "company",
        "Yritys",
        "Rekisterinpitäjä. Tiedot tulevat selosteeseen, kirjeisiin ja todistuksiin.",
        CompanyForm,
    ),
    Part(
        "yhteyshenkilo",
        "contact",
        "Yhteyshenkilö",
        "Se, jolta rekisteröity saa vastauksen rekisteriä koskeviin kysymyksiin. Tyhjät yhteystiedot otetaan yritykseltä.",
        ContactForm,
    ),
    Part(
        "vastuuhenkilo",
        "owner",
        "Rekisterin vastuuhenkilö",
        "Se, joka ratkaisee pyynnöt ja allekirjoittaa kieltäytymistodistukset.",
        OwnerForm,
    ),
    Part(
        "rekisteri",
        "register",
        "Rekisteri",
        "Rekisterin nimi, kirjeiden päiväyspaikka, tilikausi, josta laskujen säilytysaika lasketaan, ja arkistoehdotusten aika.",
        RegisterForm,
    ),
    Part(
        "poistaminen",
        "erasure",
        "Tietojen poistaminen",
        "Poiston ehdottaa yksi ja hyväksyy toinen. Valitse toisin vain, jos yrityksessä ei ole toista, joka voisi hyväksyä: "
        "valinta näkyy jokaisen poiston sivulla.",
        ErasureForm,
    ),
    Part(
        "tietosuojavaltuutettu",
        "ombudsman",
        "Tietosuojavaltuutettu",
        "Yhteystiedot, jotka todistuksen oikeussuojaohje kertoo. Tarkista ne vähintään kerran vuodessa.",
        OmbudsmanForm,
    ),
)
