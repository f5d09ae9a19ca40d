"""The rules of rectification (GDPR art. 5(1)(d), 12, 16, 17(1)(a), 19; the register's own notice).

Plain values in; an answer or a `RuleViolation` with a Finnish sentence out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rekisteri.cases.grounds import check_reasons
from rekisteri.kernel.errors import RuleViolation

KINDS = {
    "wrong": "virheellinen",
    "incomplete": "puutteellinen",
    "outdated": "vanhentunut",
    "unnecessary": "tarpeeton",
}
"""What may be the matter with a datum, judged by the purpose of processing."""

CONTESTING = ("wrong", "incomplete", "outdated")
"""What of these contests that a datum is accurate, so that it is restricted meanwhile (GDPR art. 18(1)(a))."""

DECISIONS = {
    "granted": "Hyväksytty",
    "partly_granted": "Hyväksytty osittain",
    "refused": "Evätty",
}


@dataclass(frozen=True)
class Ground:
    """Why a demand may be refused: a short name, the sentence printed on the certificate, the article it rests on."""

    label: str
    sentence: str
    article: str


_REGULATION = "yleisen tietosuoja-asetuksen"
REFUSAL_GROUNDS = {
    "accurate": Ground(
        "Tieto on oikea ja riittävä",
        "Rekisterissä oleva tieto on käsittelyn tarkoituksen kannalta oikea ja riittävä.",
        f"{_REGULATION} 5 artiklan 1 kohdan d alakohta ja 16 artikla",
    ),
    "no_evidence": Ground(
        "Vaadittua tietoa ei ole voitu todeta oikeaksi",
        "Vaaditun tiedon paikkansapitävyyttä ei ole voitu varmistaa.",
        f"{_REGULATION} 5 artiklan 1 kohdan d alakohta ja 16 artikla",
    ),
    "unspecified": Ground(
        "Vaatimusta ei ole yksilöity",
        "Pyynnöstä ei käy ilmi, mitä tietoa on muutettava tai miten, eikä sitä ole täydennetty, vaikka täydennystä on pyydetty.",
        f"{_REGULATION} 16 artikla",
    ),
    "not_held": Ground(
        "Tietoa ei ole rekisterissä",
        "Rekisterissä ei ole tietoa, jota vaatimus koskee.",
        f"{_REGULATION} 16 artikla",
    ),
    "identity": Ground(
        "Pyynnön esittäjää ei ole voitu tunnistaa",
        "Pyynnön esittäjän henkilöllisyydestä on perusteltu epäily, jota ei ole saatu poistetuksi.",
        f"{_REGULATION} 11 artikla sekä 12 artiklan 2 ja 6 kohta",
    ),
    "no_authority": Ground(
        "Asiamiehen valtuutta ei ole osoitettu",
        "Toisen puolesta esitetyn pyynnön tueksi ei ole osoitettu valtuutusta.",
        f"{_REGULATION} 12 artikla",
    ),
    "bookkeeping": Ground(
        "Tieto kuuluu kirjanpitoaineistoon",
        "Tieto on osa kirjanpitoaineistoa, jota laki kieltää muuttamasta.",
        f"kirjanpitolain (1336/1997) 2 luku ja {_REGULATION} 17 artiklan 3 kohdan b alakohta",
    ),
    "needed": Ground(
        "Tieto on yhä tarpeellinen",
        "Tieto on käsittelyn tarkoituksen kannalta edelleen tarpeellinen.",
        f"{_REGULATION} 17 artiklan 1 kohdan a alakohta ja 3 kohta",
    ),
    "third_party": Ground(
        "Muutos loukkaisi toisen oikeuksia",
        "Vaadittu muutos vaikuttaisi haitallisesti toisen henkilön oikeuksiin tai vapauksiin.",
        f"{_REGULATION} 16 artikla ja 17 artiklan 3 kohta",
    ),
    "unfounded": Ground(
        "Pyyntö on ilmeisen perusteeton",
        "Pyyntö on ilmeisen perusteeton.",
        f"{_REGULATION} 12 artiklan 5 kohta",
    ),
    "excessive": Ground(
        "Pyyntö on kohtuuton",
        "Pyyntö on kohtuuton, erityisesti koska samaa on esitetty toistuvasti.",
        f"{_REGULATION} 12 artiklan 5 kohta",
    ),
    "other": Ground(
        "Muu syy",
        "Vaatimusta ei hyväksytä jäljempänä mainituista syistä.",
        f"{_REGULATION} 12 artiklan 4 kohta ja 16 artikla",
    ),
}


@dataclass(frozen=True)
class Demand:
    """One itemised demand: which datum, what is the matter with it, what should stand there, and on what grounds."""

    field: str
    kind: str
    requested: str
    ground: str


def check_demand(demand: Demand, *, current: str | None, own_initiative: bool = False) -> None:
    """A demand must say which datum, what instead and why, or the decision cannot answer it.

    :param current: the datum as it stands in the register; None when the register holds none.
    """
    if demand.kind not in KINDS:
        raise RuleViolation("Valitse, mikä tiedossa on vikana.", field="kind")
    if not demand.ground.strip():
        whose = (
            "Kirjoita, millä perusteella tieto oikaistaan."
            if own_initiative
            else "Kirjoita, millä perusteella korjausta vaaditaan."
        )
        raise RuleViolation(whose, field="ground")
    if demand.kind != "unnecessary" and not demand.requested.strip():
        raise RuleViolation(
            "Kirjoita, millaiseksi tieto vaaditaan korjattavaksi. Vain tarpeeton tieto poistetaan.", field="requested"
        )
    if demand.kind == "unnecessary" and demand.requested.strip():
        raise RuleViolation("Tarpeeton tieto poistetaan, joten uutta tietoa ei kirjoiteta.", field="requested")
    if demand.kind == "unnecessary" and current is None:
        raise RuleViolation("Rekisterissä ei ole tietoa, joka voitaisiin poistaa.", field="field")
    if current is not None and demand.requested == current:
        raise RuleViolation("Rekisterissä on jo juuri tämä tieto.", field="requested")


def check_open(*, case_state: str, decision: str | None) -> None:
    """A demand is decided once, while its case is open."""
    if case_state in {"closed", "withdrawn"}:
        raise RuleViolation("Pyyntö on jo päättynyt, joten vaatimusta ei voi enää käsitellä.")
    if decision is not None:
        raise RuleViolation("Vaatimus on jo ratkaistu.")


def check_grant(*, person_known: bool, recorded: str | None, now: str | None) -> None:
    """Granting changes the register, so the person must be known and the datum must be what the demand speaks of.

    :param recorded: the wrong text as it stood when the demand was itemised.
    :param now: the datum as it stands now.
    """
    if not person_known:
        raise RuleViolation("Valitse ensin asiakas, jonka tietoja vaatimus koskee. Muuten vaatimuksen voi vain evätä.")
    if recorded != now:
        shown = f"”{now}”" if now else "tyhjä"
        raise RuleViolation(
            f"Rekisterin tieto on muuttunut vaatimuksen kirjaamisen jälkeen: se on nyt {shown}. "
            "Päivitä vaatimus ennen ratkaisua."
        )


def check_partial_grant(*, granted: str, requested: str, current: str | None) -> None:
    """Granting in part puts something between what stood there and what was demanded."""
    if not granted.strip():
        raise RuleViolation("Kirjoita, millaiseksi tieto oikaistaan.", field="granted_value")
    if granted == requested:
        raise RuleViolation("Tieto on sama kuin vaadittu. Valitse silloin ”Hyväksytään”.", field="granted_value")
    if granted == current:
        raise RuleViolation("Tieto ei muuttuisi lainkaan. Valitse silloin ”Evätään”.", field="granted_value")


def check_refusal(*, ground: str | None, reasons: str, own_initiative: bool = False) -> None:
    """A refusal states its ground and its reasons in plain words (GDPR art. 12(4); the notice's written certificate)."""
    if own_initiative:
        raise RuleViolation("Omasta aloitteesta tehtyä oikaisua ei evätä. Poista kohta, jos tieto jätetään ennalleen.")
    if ground not in REFUSAL_GROUNDS:
        raise RuleViolation("Valitse peruste, jolla vaatimus evätään.", field="refusal_ground")
    check_reasons(reasons)


def needs_certificate(decisions: Iterable[str | None]) -> bool:
    """Whether anything was refused, in whole or in part, so that a written certificate is due."""
    return any(decision in {"refused", "partly_granted"} for decision in decisions)


def needs_letter(decisions: Iterable[str | None]) -> bool:
    """Whether anything was granted, so that the person is told what was corrected."""
    return any(decision in {"granted", "partly_granted"} for decision in decisions)


def check_issue(decisions: Sequence[str | None], *, already_issued: bool, missing_settings: Sequence[str]) -> None:
    """The decision goes out once, when every demand has been decided and the letterhead is complete."""
    if already_issued:
        raise RuleViolation("Päätös on jo annettu.")
    if not decisions:
        raise RuleViolation("Yksilöi ensin, mitä tietoja vaaditaan korjattavaksi.")
    undecided = sum(decision is None for decision in decisions)
    if undecided:
        which = "Yksi vaatimus on" if undecided == 1 else f"{undecided} vaatimusta on"
        raise RuleViolation(f"{which} vielä ratkaisematta.")
    if missing_settings:
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing_settings)}.")


def check_certificate(decisions: Sequence[str | None]) -> None:
    """A certificate is given of what was refused, and of nothing else."""
    if not needs_certificate(decisions):
        raise RuleViolation(
            "Kieltäytymistodistus annetaan vain evätystä vaatimuksesta. Tässä asiassa mitään ei ole evätty."
        )


def check_replacement(*, issued: bool, why: str) -> None:
    """An issued certificate is never changed; a new one takes its place and says so."""
    if not issued:
        raise RuleViolation("Todistusta ei ole vielä annettu, joten sitä ei voi korvata.")
    if not why.strip():
        raise RuleViolation("Kirjoita, miksi todistus korvataan uudella.", field="why")


def whole_or_part(decisions: Sequence[str | None]) -> str:
    """How the request as a whole ended: 'granted', 'partly_granted' or 'refused'."""
    if all(decision == "granted" for decision in decisions):
        return "granted"
    if all(decision == "refused" for decision in decisions):
        return "refused"
    return "partly_granted"


def blockers(decisions: Sequence[str | None], *, issued: bool, untold: int) -> list[str]:
    """What still prevents closing the case, as Finnish sentences.

    :param untold: how many sources and recipients have no letter yet (GDPR art. 19; the register's notice).
    """
    found = []
    if not decisions:
        found.append("Vaatimuksia ei ole yksilöity.")
    elif any(decision is None for decision in decisions):
        found.append("Kaikkia vaatimuksia ei ole ratkaistu.")
    elif not issued:
        found.append("Päätöstä ei ole annettu.")
    if untold:
        found.append("Kaikille tietolähteille ja vastaanottajille ei ole laadittu ilmoitusta oikaisusta.")
    return found
