"""The rules of issued documents: when and how one was sent, and what a received file may be."""

from datetime import date

from rekisteri.kernel.errors import RuleViolation

WAYS = {
    "post": "posti",
    "registered_post": "kirjattu kirje",
    "handed_over": "annettu käteen",
    "secure_email": "turvasähköposti",
    "email": "sähköposti",
}
"""How a document reached its addressee."""

STATES = {
    "waiting": "Odottaa postitusta",
    "posted": "Postitettu",
    "impossible": "Ei voitu lähettää",
    "not_mailed": "Ei postiteta",
}


def check_waiting(state: str) -> None:
    """Posting is recorded once; what has left cannot be called back."""
    if state == "not_mailed":
        raise RuleViolation("Tätä asiakirjaa ei lähetetä kenellekään.")
    if state != "waiting":
        raise RuleViolation("Asiakirjan lähettäminen on jo kirjattu.")


def check_posted(*, issued: date, posted: date, way: str, today: date) -> None:
    """A document leaves on or after its issue, not tomorrow, and in a known way."""
    if way not in WAYS:
        raise RuleViolation("Valitse, miten asiakirja lähetettiin.", field="way")
    if posted > today:
        raise RuleViolation("Lähetyspäivä ei voi olla tulevaisuudessa.", field="posted_on")
    if posted < issued:
        raise RuleViolation("Asiakirjaa ei voi lähettää ennen kuin se on annettu.", field="posted_on")


def check_impossible(reason: str) -> None:
    """That a document cannot be sent is shown by its reason (GDPR art. 19)."""
    if len(reason.strip()) < 10:
        raise RuleViolation("Kirjoita, miksi asiakirjaa ei voi lähettää.", field="reason")
