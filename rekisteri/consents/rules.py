"""The rules of consent to electronic direct marketing: what is shown of it, and that it ends as easily as it was given.

E-mail and text messages that advertise may be sent to a natural person who has consented beforehand (Act on Electronic
Communications Services 917/2014, section 200). The company must be able to show who consented, when, how and to what words
(GDPR art. 7(1)); silence is no consent (art. 4(11)). Plain values in; an answer or a `RuleViolation` with a sentence out.
"""

from collections.abc import Collection
from datetime import date

from rekisteri.cases.codes import CHANNELS as TOLD
from rekisteri.kernel.errors import RuleViolation

USES = {
    "direct_mail": "Suoramainonta",
    "distance_selling": "Etämyynti",
    "direct_marketing": "Muu suoramarkkinointi",
}
MEANS = {"email": "Sähköposti", "sms": "Tekstiviesti"}
CHANNELS = {"web": "verkkolomake"} | TOLD
"""How a consent was given or taken back."""
LONGEST_WORDING = 2000
FEWEST_WORDS = 3


def chosen(codes: Collection[str], of: Collection[str], *, field: str, nothing: str) -> list[str]:
    """What was ticked, each once and in the order of the table."""
    if not codes:
        raise RuleViolation(nothing, field=field)
    if not set(codes) <= set(of):
        raise RuleViolation("Valitse jokin annetuista vaihtoehdoista.", field=field)
    return [code for code in of if code in codes]


def check_told(*, channel: str | None, told_on: date, on: date, field: str = "told_on") -> None:
    """The customer's word came some way, and not tomorrow."""
    if channel not in CHANNELS:
        raise RuleViolation("Valitse, miten asiakas ilmoitti asiasta.", field="channel")
    if told_on > on:
        raise RuleViolation("Päivä ei voi olla tulevaisuudessa.", field=field)


def check_wording(wording: str) -> str:
    """The words consented to, as they were shown or said: without them nobody can show what the consent covers."""
    kept = wording.strip()
    if len(kept.split()) < FEWEST_WORDS:
        raise RuleViolation(
            "Kirjoita, mihin asiakas suostui, samoin sanoin kuin se hänelle esitettiin.", field="wording"
        )
    if len(kept) > LONGEST_WORDING:
        raise RuleViolation(f"Teksti on liian pitkä: enintään {LONGEST_WORDING} merkkiä.", field="wording")
    return kept


def check_given(*, given_on: date, withdrawn_on: date | None) -> None:
    """A consent that has been taken back lives again only when it is given again.

    :param withdrawn_on: when the same was last taken back.
    """
    if withdrawn_on is not None and given_on < withdrawn_on:
        raise RuleViolation(
            "Asiakas on perunut suostumuksen tämän päivän jälkeen. Kirjaa vain uudelleen annettu suostumus.",
            field="given_on",
        )


def check_withdrawal(*, given_on: date, told_on: date) -> None:
    """A consent is not taken back before it is given."""
    if told_on < given_on:
        raise RuleViolation("Suostumusta ei ole voinut perua ennen kuin se annettiin.", field="told_on")


def told(uses: Collection[str], means: Collection[str]) -> str:
    """”Suoramainonta ja etämyynti: sähköposti, tekstiviesti”."""
    names = [USES[use] if place == 0 else USES[use].lower() for place, use in enumerate(u for u in USES if u in uses)]
    listed = " ja ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f"{listed}: {', '.join(MEANS[one].lower() for one in MEANS if one in means)}"
