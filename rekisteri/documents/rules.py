"""Rules of issued documents: the envelope's window, and what may be said of their posting."""

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
WINDOW_WIDTH = 22.4  # 83 mm of the letter's 10.5-point type, in ems
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]-/ "), frozenset("WMwm@%ÆŒæœ")
SHORTEST_REASON = 3


def envelope_rows(lines: Iterable[str]) -> tuple[str, ...]:
    """The addressee as it fits the windows of all envelopes in use: five rows of 83 mm (SFS 2487:2024 layout).

    A long name goes on to the next row at a space. The last row, the post office, is never the one that is left out.
    """
    kept = [line.strip() for line in lines if line and line.strip()]
    if not kept:
        raise RuleViolation("Vastaanottajan nimi puuttuu. Lisää se ennen kuin annat asiakirjan.")
    rows = [row for line in kept for row in _wrapped(line)]
    if len(rows) > WINDOW_ROWS:
        raise RuleViolation(
            f"Vastaanottajan nimi ja osoite eivät mahdu kirjekuoren ikkunaan: rivejä on {len(rows)}, "
            f"ja niitä mahtuu {WINDOW_ROWS}. Lyhennä nimeä tai osoitetta."
        )
    return tuple(rows)


def fits_window(lines: Iterable[str]) -> bool:
    """Whether there is an addressee, and it goes into the window."""
    try:
        return bool(envelope_rows(lines))
    except RuleViolation:
        return False


def _wrapped(line: str) -> list[str]:
    rows = [""]
    for word in line.split():
        longer = f"{rows[-1]} {word}".strip()
        if _width(longer) <= WINDOW_WIDTH:
            rows[-1] = longer
            continue
        pieces = _cut(word)
        rows = [*(rows if rows[-1] else rows[:-1]), *pieces]
    return rows


def _cut(word: str) -> list[str]:
    """A word too long for a row, in pieces that fit; an ordinary word whole."""
    pieces = [""]
    for sign in word:
        if _width(pieces[-1] + sign) > WINDOW_WIDTH:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _width(text: str) -> float:
    """How wide a row is at most, in ems: generous rather than exact, so that no fallback font makes it too wide."""
    return sum(
        0.36
        if sign in _NARROW
        else 0.86
        if sign in _WIDE
        else 0.67
        if sign.isupper()
        else 0.57
        if ord(sign) < 0x250
        else 1
        for sign in text
    )


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


def check_kept(destroyed_on: date | None) -> None:
    """What has been destroyed cannot be shown; the register only knows that it was there."""
    if destroyed_on is not None:
        raise RuleViolation(
            f"Sisältö on hävitetty {destroyed_on.day}.{destroyed_on.month}.{destroyed_on.year}. "
            "Rekisterissä ovat enää numero, päivät ja tiiviste."
        )
