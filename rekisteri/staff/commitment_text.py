"""The wording of the confidentiality commitment. A wording once in use stays here, so that it can be shown what was signed.

Grounds: confidentiality of everybody who handles personal data (GDPR art. 28(3)(b), 29, 32(4)), the duty of confidentiality
in section 35 of the Data Protection Act 1050/2018, chapter 38 of the Criminal Code, and chapter 3, section 4 of the
Employment Contracts Act 55/2001.
"""

CURRENT = "1/2026"

TEXTS: dict[str, tuple[str, ...]] = {
    "1/2026": (
        (
            "Pidän salassa kaiken, mitä saan työssäni tietää asiakasrekisterin henkilöistä, olipa tieto "
            "tietojärjestelmässä, tulosteella tai muulla paperilla. En kerro tietoja sivullisille enkä anna niitä "
            "kenellekään, jolla ei ole niihin oikeutta."
        ),
        (
            "Katson ja käytän tietoja vain, kun työtehtäväni sitä vaatii. En hae tietoja uteliaisuudesta enkä omiin "
            "tarkoituksiini."
        ),
        "Käyttäjätunnukseni ja salasanani ovat henkilökohtaisia. En anna niitä toiselle enkä käytä toisen tunnusta.",
        "Säilytän paperit ja tulosteet lukitussa tilassa ja hävitän tarpeettomat tulosteet tietoturvallisesti.",
        (
            "Ilmoitan rekisterin vastuuhenkilölle viipymättä, jos huomaan tai epäilen, että tietoja on joutunut "
            "sivullisille, kadonnut tai muuttunut luvatta."
        ),
        (
            "Kun tehtäväni tai työsuhteeni päättyy, palautan kaiken rekisteriin kuuluvan aineiston. "
            "Salassapitovelvollisuuteni jatkuu senkin jälkeen."
        ),
        (
            "Tiedän, että vaitiolovelvollisuudesta säädetään tietosuojalain (1050/2018) 35 §:ssä ja liikesalaisuuksista "
            "työsopimuslain (55/2001) 3 luvun 4 §:ssä ja että salassapidon rikkomisesta voidaan tuomita rangaistus "
            "rikoslain (39/1889) 38 luvun mukaan. Tiedän myös, että asiakastietojen katselu ja muutokset kirjataan "
            "lokiin."
        ),
    ),
}


def text_of(version: str) -> tuple[str, ...]:
    """The paragraphs of a wording; empty for one signed before this register was taken into use."""
    return TEXTS.get(version, ())
