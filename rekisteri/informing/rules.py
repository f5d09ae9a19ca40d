"""When a person must be told of data obtained from elsewhere, how they may be told, and when they need not be. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from rekisteri.cases.rules import due_on as a_month_from
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

OUTSIDE = ("partner", "fair", "other")
"""The kinds of source that are not the person, nor the company's own notice of them."""

STATES = {"waiting": "Kertomatta", "letter": "Kirje tehty", "told": "Kerrottu", "exempt": "Ei tarvitse kertoa"}
TOLD = {
    "collection": "Seloste annettiin, kun tiedot kerättiin",
    "contact": "Kerrottiin puhelimessa, käynnillä tai viestissä",
    "elsewhere": "Lähetettiin muu kirje tai sähköposti",
}
"""Ways by which people have been told otherwise than by the register's own letter."""
EXEMPT = {
    "knows": "Henkilö tietää asian jo",
    "effort": "Ilmoittaminen on mahdotonta tai vaatisi kohtuutonta vaivaa",
    "law": "Tietojen hankkimisesta tai luovuttamisesta säädetään laissa",
    "secrecy": "Tiedot on pidettävä salassa lain mukaan",
}
"""GDPR art. 14(5)(a)–(d)."""
ARTICLES = {
    "collection": "13 artikla",
    "contact": "14 artiklan 3 kohdan b alakohta",
    "elsewhere": "14 artiklan 3 kohta",
    "knows": "14 artiklan 5 kohdan a alakohta",
    "effort": "14 artiklan 5 kohdan b alakohta",
    "law": "14 artiklan 5 kohdan c alakohta",
    "secrecy": "14 artiklan 5 kohdan d alakohta",
}
OUTCOMES = TOLD | EXEMPT
NEEDS_REASONS = {"effort", "law", "secrecy"}
SHORTEST_REASONS = 10


def due_on(obtained_on: date) -> date:
    """The last day to tell: a month from obtaining, moved off weekends and holidays (art. 14(3)(a), Reg. 1182/71)."""
    return a_month_from(obtained_on)


def tell_by(due: date, used: Iterable[date]) -> date:
    """The day that binds: already the first contact with the person or the first disclosure (art. 14(3)(b) and (c))."""
    return min([due, *used])


def check_mark(outcome: str, *, told_on: date | None, reasons: str, obtained: Sequence[date], today: date) -> None:
    """What is put on record of people who are told otherwise, or need not be told, can be shown to be so later."""
    if outcome not in OUTCOMES:
        raise RuleViolation("Valitse, miten asia hoidettiin.", field="outcome")
    if outcome in TOLD:
        if told_on is None:
            raise RuleViolation("Anna päivä, jona asiasta kerrottiin.", field="told_on")
        if told_on > today:
            raise RuleViolation("Päivä on tulevaisuudessa. Anna päivä, jona asiasta kerrottiin.", field="told_on")
        if obtained and told_on < min(obtained):
            raise RuleViolation(
                f"Tiedot on saatu {fi_date(min(obtained))}. Niistä ei ole voitu kertoa ennen sitä.", field="told_on"
            )
    if outcome in NEEDS_REASONS and len(reasons.strip()) < SHORTEST_REASONS:
        raise RuleViolation("Kirjoita perustelut niin, että ne voi esittää tietosuojavaltuutetulle.", field="reasons")


def check_letter(*, missing_settings: Sequence[str], notice_in_force: bool) -> None:
    """A letter names the controller and encloses the notice; without them it would not tell what the law asks for."""
    if missing_settings:
        raise RuleViolation(f"Täydennä ensin asetuksiin: {', '.join(missing_settings)}.")
    if not notice_in_force:
        raise RuleViolation("Julkaise ensin tietosuojaseloste: se tulee kirjeen liitteeksi.")


def check_reopening(state: str, reason: str) -> None:
    """A mark that was made by mistake is taken back with its reason; a letter that was issued is not."""
    if state not in ("told", "exempt"):
        raise RuleViolation("Tällaista merkintää ei voi perua.")
    if len(reason.strip()) < SHORTEST_REASONS:
        raise RuleViolation("Kirjoita, miksi merkintä perutaan.", field="reason")
