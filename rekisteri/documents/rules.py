"""Rules of issued documents: the envelope's window, and what may be said of their posting."""

import textwrap
from collections.abc import Iterable
from datetime import date

from rekisteri.kernel.errors import RuleViolation

STATES = {
    "waiting": "Odottaa lähettämistä",
    "posted": "Lähetetty",
    "impossible": "Ei voitu toimittaa",
    "not_mailed": "Ei lähetetä",
}
WAYS = {
    "post": "Postitse",
    "pickup": "Annettu käteen tai noudettu",
    "secure_email": "Turvasähköpostilla",
    "email": "Sähköpostilla",
}
WINDOW_ROWS = 5
WINDOW_SIGNS = 38
SHORTEST_REASON = 3


def envelope_rows(lines: Iterable[str]) -> tuple[str, ...]:
    """The addressee as it fits the windows of all envelopes in use: five rows of 83 mm (SFS 2487:2024 layout).

    A long name goes on to the next row at a space. The last row, the post office, is never the one that is left out.
    """
    kept = [line.strip() for line in lines if line and line.strip()]
    if not kept:
        raise RuleViolation("Vastaanottajan nimi puuttuu. Lisää se ennen kuin annat asiakirjan.")
    rows = [row for line in kept for row in textwrap.wrap(line, WINDOW_SIGNS)]
    if len(rows) > WINDOW_ROWS:
        raise RuleViolation(
            f"Vastaanottajan nimi ja osoite eivät mahdu kirjekuoren ikkunaan: rivejä on {len(rows)}, "
            f"ja niitä mahtuu {WINDOW_ROWS}. Lyhennä nimeä tai osoitetta."
        )
    return tuple(rows)


def check_posting(*, on: date, way: str, issued_on: date, today: date) -> None:
    """When and how a document left: on a day that has been, not before it existed."""
    if way not in WAYS:
        raise RuleViolation("Valitse, miten asiakirja lähti.", field="way")
    if on > today:
        raise RuleViolation("Lähettämispäivä ei voi olla tulevaisuudessa.", field="on")
    if on < issued_on:
        raise RuleViolation(
            f"Asiakirja on annettu {issued_on.day}.{issued_on.month}.{issued_on.year}. Sitä ei ole voitu lähettää ennen sitä.",
            field="on",
        )


def check_reason(reason: str, *, sentence: str) -> None:
    """What is left unsent, and what is corrected afterwards, needs a reason that can be shown later (GDPR art. 5(2))."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleViolation(sentence, field="reason")


def check_first_mark(state: str) -> None:
    """A document is marked once; what was marked wrong is corrected, so that both remain to be seen."""
    if state == "not_mailed":
        raise RuleViolation("Tätä asiakirjaa ei ole tarkoitus lähettää.")
    if state != "waiting":
        raise RuleViolation("Asiakirjan lähettäminen on jo merkitty. Korjaa merkintää, jos siinä on virhe.")


def check_correction(state: str) -> None:
    """Only a mark that exists can be corrected."""
    if state not in ("posted", "impossible"):
        raise RuleViolation("Asiakirjalla ei ole lähettämismerkintää, jota korjata.")
