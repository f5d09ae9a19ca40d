"""The rules of objecting, withdrawing consent and complaining (GDPR art. 7(3), 12(4), 18(1)(d), 21).

Plain values in; an answer or a `RuleViolation` with a Finnish sentence out.
"""

from collections.abc import Collection
from datetime import date

from rekisteri.cases.codes import CHANNELS
from rekisteri.cases.grounds import COMMON_GROUNDS, REGULATION, Ground, check_reasons
from rekisteri.kernel.errors import RuleViolation

KINDS = {
    "objection": "Käsittelyn vastustaminen",
    "consent_withdrawal": "Suostumuksen peruuttaminen",
    "complaint": "Valitus",
}

MARKETING = {
    "direct_mail": "Suoramainonta",
    "distance_selling": "Etämyynti",
    "direct_marketing": "Muu suoramarkkinointi",
}
"""Uses that end as soon as the person says so: no reasons are asked and nothing is weighed (GDPR art. 21(2) and (3))."""

USES = MARKETING | {
    "market_research": "Markkinatutkimus",
    "opinion_research": "Mielipidetutkimus",
    "profiling": "Profilointi ja kohdennettu sisältö",
    "listing": "Luettelossa julkaiseminen",
    "disclosure": "Tietojen luovuttaminen muille",
    "interface": "Tietojen antaminen verkkopalveluille",
    "statistics": "Tilastointi",
}
"""What may be objected to or have been consented to. Orders and invoices rest on contract and law (art. 6(1)(b), (c))."""

DECISIONS = {
    "granted": "Hyväksytään",
    "partly_granted": "Hyväksytään osittain",
    "refused": "Evätään",
}

GROUNDS = {
    "objection": {
        "compelling": Ground(
            "Käsittelylle on huomattavan tärkeä syy",
            "Käsittelylle on huomattavan tärkeä ja perusteltu syy, joka syrjäyttää etunne, oikeutenne ja vapautenne.",
            f"{REGULATION} 21 artiklan 1 kohta",
        ),
        "claim": Ground(
            "Tietoja tarvitaan oikeusvaadetta varten",
            "Käsittely on tarpeen oikeusvaateen laatimiseksi, esittämiseksi tai puolustamiseksi.",
            f"{REGULATION} 21 artiklan 1 kohta",
        ),
        "contract": Ground(
            "Käsittely perustuu sopimukseen",
            "Käsittely perustuu kanssanne tehtyyn sopimukseen, eikä vastustamisoikeus koske sitä.",
            f"{REGULATION} 6 artiklan 1 kohdan b alakohta ja 21 artiklan 1 kohta",
        ),
        "duty": Ground(
            "Laki velvoittaa käsittelyyn",
            "Laki velvoittaa meidät käsittelemään tietoja, eikä vastustamisoikeus koske sitä.",
            f"{REGULATION} 6 artiklan 1 kohdan c alakohta ja 21 artiklan 1 kohta",
        ),
        "no_situation": Ground(
            "Henkilökohtaista tilannetta ei ole kerrottu",
            "Vastustaminen ei perustu henkilökohtaiseen tilanteeseenne, eikä siitä ole kerrottu, vaikka sitä on kysytty.",
            f"{REGULATION} 21 artiklan 1 kohta",
        ),
    },
    "consent_withdrawal": {
        "no_consent": Ground(
            "Käsittely ei perustu suostumukseen",
            "Käsittely ei perustu suostumukseenne, joten peruutettavaa suostumusta ei ole.",
            f"{REGULATION} 6 artiklan 1 kohta ja 7 artiklan 3 kohta",
        ),
        "duty": Ground(
            "Laki velvoittaa käsittelyyn",
            "Laki velvoittaa meidät säilyttämään tiedot, vaikka suostumus on peruutettu.",
            f"{REGULATION} 6 artiklan 1 kohdan c alakohta",
        ),
    },
    "complaint": {
        "lawful": Ground(
            "Käsittely on ollut lainmukaista",
            "Olemme tutkineet asian. Tietojanne on käsitelty lain ja rekisterin tietosuojaselosteen mukaisesti.",
            f"{REGULATION} 5 artikla ja 6 artiklan 1 kohta",
        ),
        "not_ours": Ground(
            "Emme ole vastuussa käsittelystä",
            "Valituksen kohteena olevasta käsittelystä vastaa toinen rekisterinpitäjä.",
            f"{REGULATION} 4 artiklan 7 kohta",
        ),
    },
}
"""Why each may be refused, beside the grounds that all rights share."""

OTHER = Ground("Muu syy", "Asiaa ei hyväksytä jäljempänä mainituista syistä.", f"{REGULATION} 12 artiklan 4 kohta")

OF_WHO_ASKS = ("identity", "no_authority", "deceased")
"""Grounds that are about whose word it was, not about what was asked."""

WORDS = {
    "objection": {
        "what": "Mitä käsittelyä vastustetaan?",
        "grounds": "Henkilökohtainen tilanne, johon vastustaminen perustuu",
        "uses": "Mitä käyttöä vastustetaan?",
        "decision": "Ratkaise vastustaminen",
        "title": "Päätös käsittelyn vastustamisesta",
    },
    "consent_withdrawal": {
        "what": "Mikä suostumus peruutetaan?",
        "grounds": "Lisätiedot",
        "uses": "Mihin suostumus on annettu?",
        "decision": "Vahvista peruutus",
        "title": "Vahvistus suostumuksen peruuttamisesta",
    },
    "complaint": {
        "what": "Mistä valitetaan?",
        "grounds": "Valituksen perustelut ja vaatimukset",
        "uses": "",
        "decision": "Ratkaise valitus",
        "title": "Vastaus valitukseenne",
    },
}
"""What the pages and the letter of each kind are called."""


def grounds_of(kind: str) -> dict[str, Ground]:
    """Every ground on which a matter of this kind may be refused."""
    return (
        GROUNDS[kind]
        | {code: COMMON_GROUNDS[code] for code in ("unspecified", "identity", "no_authority")}
        | {"other": OTHER}
    )


def binds_at_once(kind: str, use: str) -> bool:
    """Whether the person's word alone ends this use: a consent taken back, or marketing objected to."""
    return kind == "consent_withdrawal" or (kind == "objection" and use in MARKETING)


def to_be_weighed(kind: str, uses: Collection[str]) -> bool:
    """Whether something is objected to that the company may try to justify, so that it is restricted meanwhile."""
    return kind == "objection" and any(not binds_at_once(kind, use) for use in uses)


def why_not_refused(kind: str, bound: Collection[str], ground: str | None) -> str | None:
    """What the person's word has ended is answered by deciding, not refused at the door (GDPR art. 7(3), 21(3)).

    Whose word it was may be doubted there all the same.
    """
    if not bound or ground in OF_WHO_ASKS:
        return None
    ended = ", ".join(USES[use].lower() for use in USES if use in bound)
    return (
        f"{KINDS[kind]}: rekisteröidyn sana on jo lopettanut käytön ({ended}), joten asia ratkaistaan omalla sivullaan."
    )


def check_open(*, case_open: bool, decided: bool) -> None:
    """A matter is written down and decided while its case is open, and decided once."""
    if decided:
        raise RuleViolation("Asia on jo ratkaistu.")
    if not case_open:
        raise RuleViolation("Pyyntö on jo päättynyt, joten asiaa ei voi enää käsitellä.")


def check_itemised(kind: str, *, what: str, uses: Collection[str], bound: Collection[str]) -> None:
    """What the person says no to must be known before anything is decided on it; what already binds stays.

    :param bound: uses that the person's word has already ended.
    """
    if len(what.split()) < 2:
        raise RuleViolation(f"{WORDS[kind]['what']} Kirjoita se lyhyesti.", field="what")
    if not set(uses) <= set(USES):
        raise RuleViolation("Valitse käyttö luettelosta.", field="uses")
    if kind != "complaint" and not uses:
        raise RuleViolation("Valitse, mitä käyttöä asia koskee.", field="uses")
    if kind == "complaint" and uses:
        raise RuleViolation(
            "Valitus ei sulje mitään käyttöä. Lisää pyyntöön vastustaminen, jos sitä on pyydetty.", field="uses"
        )
    if set(bound) - set(uses):
        gone = ", ".join(USES[use].lower() for use in USES if use in set(bound) - set(uses))
        raise RuleViolation(f"Käyttö on jo lopetettu: {gone}. Sitä ei voi poistaa tästä.", field="uses")


def check_decision(
    kind: str,
    *,
    decision: str | None,
    itemised: bool,
    person_known: bool,
    uses: Collection[str],
    granted: Collection[str],
    measures: str,
    ground: str | None,
    reasons: str,
) -> None:
    """A decision says what is done, and what is refused on which ground and why.

    The controller bears the proof of its compelling grounds; marketing is never weighed (GDPR art. 21(1)–(3)).
    """
    if not itemised:
        raise RuleViolation("Kirjaa ensin, mitä asia koskee.")
    if decision not in DECISIONS:
        raise RuleViolation("Valitse, miten asia ratkaistaan.", field="decision")
    if decision != "refused":
        _check_granted(
            kind, decision=decision, person_known=person_known, uses=uses, granted=granted, measures=measures
        )
    if decision != "granted":
        _check_refused(kind, decision=decision, uses=uses, granted=granted, ground=ground, reasons=reasons)


def _check_granted(
    kind: str, *, decision: str, person_known: bool, uses: Collection[str], granted: Collection[str], measures: str
) -> None:
    if kind != "complaint" and not person_known:
        raise RuleViolation(
            "Valitse ensin asiakas, jonka tietoja asia koskee. Muuten asian voi vain evätä.", field="decision"
        )
    if len(measures.split()) < 3:
        raise RuleViolation("Kirjoita, mitä teemme asian johdosta. Teksti painetaan kirjeeseen.", field="measures")
    if decision == "partly_granted" and kind != "complaint" and not (set(granted) and set(granted) < set(uses)):
        raise RuleViolation("Valitse, mitkä käytöt lopetetaan. Muut evätään.", field="granted")


def _check_refused(
    kind: str, *, decision: str, uses: Collection[str], granted: Collection[str], ground: str | None, reasons: str
) -> None:
    left = set(uses) - (set(granted) if decision == "partly_granted" else set())
    if kind == "objection" and left & set(MARKETING):
        raise RuleViolation(
            "Suoramarkkinoinnin vastustamista ei voi evätä (yleisen tietosuoja-asetuksen 21 artiklan 3 kohta).",
            field="granted" if decision == "partly_granted" else "decision",
        )
    if ground not in grounds_of(kind):
        raise RuleViolation("Valitse peruste, jolla asia evätään.", field="ground")
    check_reasons(reasons)


def check_ended(*, bound: bool, channel: str | None, told: date, since: date | None, on: date) -> None:
    """What the person has forbidden is allowed again by the person's own word alone, and the word is on record."""
    if not bound:
        raise RuleViolation("Asia ei estä mitään käyttöä, joten sitä ei voi perua.")
    if channel not in CHANNELS:
        raise RuleViolation("Valitse, miten rekisteröity ilmoitti asiasta.", field="channel")
    if told > on:
        raise RuleViolation("Päivä ei voi olla tulevaisuudessa.", field="told_on")
    if since is not None and told < since:
        raise RuleViolation("Ilmoitus ei ole voinut tulla ennen kuin käyttö lopetettiin.", field="told_on")


def blockers(kind: str, *, itemised: bool, decided: bool) -> list[str]:
    """What still prevents closing the case, as Finnish sentences."""
    if not itemised:
        return [f"{KINDS[kind]}: ei ole kirjattu, mitä asia koskee."]
    return [] if decided else [f"{KINDS[kind]}: asiaa ei ole ratkaistu."]
