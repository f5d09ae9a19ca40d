"""The rules of paper: who may handle it, where it is kept, how it is destroyed. Pure.

The notice promises that papers are kept, after the first handling, in a locked and fireproof place, and that only named
people who have signed the confidentiality commitment handle them (GDPR art. 5(1)(f), 29, 32).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rekisteri.kernel.errors import RuleViolation

KINDS = {"binder": "Kansio", "box": "Laatikko"}
HOLDS = {
    "cards": "Messukortteja tai muita kerättyjä kortteja",
    "requests": "Pyyntöjen papereita",
    "other": "Muita papereita",
}
LETTERS = {"P": "place", "K": "binder", "L": "box"}
"""What a code begins with: P1 is a place, K1 a binder, L1 a box."""

OUTCOMES = {"new": "Uusi asiakas", "known": "Ennestään rekisterissä", "nobody": "Ei kirjattu, hävitetään"}
"""What became of the data on a card."""
METHODS = {
    "shredder": "Silputtu omalla silppurilla",
    "container": "Viety lukittuun tietosuojasäiliöön, jonka sopimuskumppani tyhjentää ja silppuaa",
}
LEVELS = {
    "P-4": "P-4: palan koko enintään 160 mm²",
    "P-5": "P-5: palan koko enintään 30 mm²",
    "P-6": "P-6: palan koko enintään 10 mm²",
    "P-7": "P-7: palan koko enintään 5 mm²",
}
"""Security levels of DIN 66399 that will do for papers with personal data; lower ones leave strips that can be read."""

DAYS_TO_LOCK = 3
"""From collecting to the locked place: a fair's last day, the way home and a working day."""
LOAN_DAYS = 7
LONGEST_LOAN = 60
TAKEN_FOR_ENTRY = "korttien kirjaaminen"
"""Why a box is out while its cards are entered."""
NOT_NAMED = (
    "Et ole paperiaineiston nimettyjen käsittelijöiden luettelossa, joten et voi käsitellä kortteja. "
    "Pyydä rekisterin vastuuhenkilöä lisäämään sinut."
)


def read_code(text: str) -> tuple[str, int] | None:
    """What a code on a label says: its kind and number; None for anything else. A card's own number leads to its binder."""
    found = re.fullmatch(r"([PKL])([0-9]{1,9})(?:-[0-9]{1,9})?", text.strip().upper())
    return (LETTERS[found[1]], int(found[2])) if found else None


def check_place(*, locked: bool, fireproof: bool) -> None:
    """The notice promises both of every place in which papers are kept."""
    if not locked:
        raise RuleViolation("Papereita säilytetään vain lukitussa paikassa.", field="locked")
    if not fireproof:
        raise RuleViolation("Papereita säilytetään vain paloturvallisessa paikassa.", field="fireproof")


def check_not_later(day: date | None, *, on: date, field: str, word: str = "Päivä") -> None:
    """What is put on record has happened."""
    if day is not None and day > on:
        raise RuleViolation(f"{word} ei voi olla tulevaisuudessa.", field=field)


def check_named(*, name: str, user: bool, signed_on: date | None, on: date) -> None:
    """A named person has signed the commitment: with an account as the account's own, without one as told here."""
    if user:
        return
    if not name.strip():
        raise RuleViolation("Valitse käyttäjä tai kirjoita henkilön nimi.", field="name")
    if signed_on is None:
        raise RuleViolation("Anna päivä, jona henkilö allekirjoitti salassapitositoumuksen.", field="signed_on")
    check_not_later(signed_on, on=on, field="signed_on", word="Allekirjoituspäivä")


def why_may_not_handle(name: str, *, ended: bool, committed: bool) -> str | None:
    """Why a named person may not handle paper today; None when they may."""
    if ended:
        return f"{name} ei enää ole paperiaineiston käsittelijä."
    if not committed:
        return f"{name}: voimassa olevaa salassapitositoumusta ei ole kirjattu."
    return None


def check_collected(*, holds: str, collected_on: date | None, source: bool, on: date) -> None:
    """Of collected cards it is known where and when: their time runs from that day."""
    if holds == "cards" and collected_on is None:
        raise RuleViolation("Anna päivä, jona kortit kerättiin.", field="collected_on")
    if holds == "cards" and not source:
        raise RuleViolation("Valitse, mistä kortit saatiin.", field="source")
    check_not_later(collected_on, on=on, field="collected_on", word="Keräyspäivä")


def check_locking(locked_on: date, *, collected_on: date | None, on: date) -> None:
    """Papers come to the locked place after they were collected, and not tomorrow."""
    check_not_later(locked_on, on=on, field="locked_on")
    if collected_on is not None and locked_on < collected_on:
        raise RuleViolation("Kortit eivät ole voineet tulla lukittuun paikkaan ennen keräämistä.", field="locked_on")


def days_unlocked(collected_on: date | None, locked_on: date | None, on: date) -> int | None:
    """How many days lay, or have lain by now, between collecting and the locked place."""
    return ((locked_on or on) - collected_on).days if collected_on else None


def too_long(days: int | None) -> bool:
    """Whether collected cards were, or are, too long outside a locked place."""
    return days is not None and days > DAYS_TO_LOCK


def check_loan(*, out: bool, destroyed: bool, in_place: bool, due_on: date, reason: str, on: date) -> None:
    """What is taken out is in its place, comes back on a day, and is needed for something."""
    if destroyed:
        raise RuleViolation("Aineisto on hävitetty.")
    if out:
        raise RuleViolation("Aineisto on jo otettu esille. Kirjaa ensin palautus.")
    if not in_place:
        raise RuleViolation("Aineistoa ei ole vielä tuotu säilytyspaikkaan.")
    if not on <= due_on <= on + timedelta(LONGEST_LOAN):
        raise RuleViolation(f"Palautuspäivän on oltava tämän päivän ja {LONGEST_LOAN} päivän välillä.", field="due_on")
    if len(reason.split()) < 1:
        raise RuleViolation("Kirjoita, mihin aineistoa tarvitaan.", field="reason")


def check_destruction(
    *, method: str | None, level: str | None, firm: str, destroyed_on: date, two: bool, count: int, on: date
) -> None:
    """Paper is destroyed so that nobody can read it again, before a witness, and something was destroyed (GDPR art. 32)."""
    if not count:
        raise RuleViolation("Valitse, mitä hävitettiin.")
    if method not in METHODS:
        raise RuleViolation("Valitse, miten paperit hävitettiin.", field="method")
    if method == "shredder" and level not in LEVELS:
        raise RuleViolation("Valitse silppurin turvaluokka (DIN 66399): vähintään P-4.", field="level")
    if method == "container" and not firm.strip():
        raise RuleViolation("Kirjoita, kuka säiliön tyhjentää.", field="firm")
    check_not_later(destroyed_on, on=on, field="destroyed_on", word="Hävittämispäivä")
    if not two:
        raise RuleViolation("Todistajan on oltava eri henkilö kuin hävittäjä.", field="witness")


def described(method: str, level: str | None, firm: str) -> str:
    """How it was destroyed, as the certificate says it."""
    said = {"shredder": "Silputtu omalla silppurilla", "container": "Viety lukittuun tietosuojasäiliöön"}[method]
    parts = (said, f"turvaluokka DIN 66399 {level}" if level else "", f"säiliön tyhjentää {firm}" if firm else "")
    return ", ".join(part for part in parts if part)


def spans(codes: Sequence[str]) -> str:
    """Numbers on papers in their order, those that follow one another told by the first and the last."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and _after(runs[-1][-1]) == code:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(f"{run[0]} – {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def _after(code: str) -> str:
    binder, number = code.rsplit("-", 1)
    return f"{binder}-{int(number) + 1}"


def check_case_number(known: Mapping[str, object] | None) -> None:
    """A request's paper is put under the number of a request that is in the register."""
    if known is None:
        raise RuleViolation("Pyyntöä ei löydy tällä numerolla. Tarkista numero.", field="case_number")
