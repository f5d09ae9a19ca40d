"""What an invoice may become, what follows what in collecting it, and until when billing keeps a person's data."""

import re
from calendar import monthrange
from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import date, timedelta

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date, fi_money

STATES = {"open": "Avoin", "paid": "Maksettu", "credited": "Hyvitetty"}
COLLECTION_STATES = {
    "reminder": "Maksumuistutus",
    "demand": "Maksuvaatimus",
    "agency": "Perintätoimistolla",
    "court": "Oikeudessa",
    "ended": "Päättynyt",
}
OUTCOMES = {
    "paid": "Velka on maksettu",
    "withdrawn": "Perinnästä on luovuttu",
    "written_off": "Saatava on kirjattu luottotappioksi",
}
CREDIT_STATES = {"open": "Ratkaisematta", "granted": "Myönnetty", "refused": "Hylätty", "withdrawn": "Peruutettu"}
DECISIONS = {"granted": "Myönnetään", "refused": "Hylätään"}
FACTS = {
    "billing": "laskut ja luotot",
    "number": "laskun numero",
    "order_id": "tilaus",
    "invoiced_on": "laskupäivä",
    "due_on": "eräpäivä",
    "amount": "summa",
    "paid": "maksettu",
    "paid_on": "maksupäivä",
    "credited_on": "hyvityspäivä",
}
"""What the fields of an invoice are called in the processing log."""
BILLED_WITHIN = timedelta(days=30)
"""After the delivery; an order that has not been billed by then hardly will be."""
GROUNDS = {
    "legal_claim": "Oikeusvaade (yleinen tietosuoja-asetus 17 art. 3 kohta e alakohta)",
    "bookkeeping": "Lakisääteinen velvoite (yleinen tietosuoja-asetus 17 art. 3 kohta b alakohta; kirjanpitolaki 2 luku 10 §)",
}
FOLLOWING = {
    "reminder": ("demand", "agency", "ended"),
    "demand": ("agency", "court", "ended"),
    "agency": ("court", "ended"),
    "court": ("ended",),
    "ended": (),
}
SHORTEST_REASON = 10
VOUCHER_YEARS = 6
NUMBER = re.compile(r"[^\W_](?:[\w ./-]*[^\W_])?")


def state_of(*, amount: int, paid: int, credited_on: date | None) -> str:
    """How an invoice stands, by what has been paid of it and whether it has been credited."""
    if credited_on:
        return "credited"
    return "paid" if paid >= amount else "open"


def is_overdue(state: str, due_on: date, on: date) -> bool:
    """Whether an invoice should have been paid: it may still be paid on its due day."""
    return state == "open" and due_on < on


def days_late(due_on: date, on: date) -> int:
    """For how many days an invoice has been overdue."""
    return max((on - due_on).days, 0)


def standing(
    state: str, due_on: date, on: date, *, collected: bool = False, written_off: bool = False
) -> tuple[str, str]:
    """How an invoice stands, as a tag's text and tone."""
    if state != "open":
        return STATES[state], "good" if state == "paid" else "neutral"
    if collected:
        return "Perinnässä", "bad"
    if written_off:
        return "Luottotappio", "neutral"
    if is_overdue(state, due_on, on):
        return "Erääntynyt", "warn"
    return STATES["open"], "info"


def check_number(number: str) -> str:
    """An invoice's number as it is kept: at most forty letters, digits and the signs between them."""
    tidy = " ".join(number.split()).upper()
    if not tidy:
        raise RuleViolation("Anna laskun numero.", field="number")
    if len(tidy) > 40 or not NUMBER.fullmatch(tidy):
        raise RuleViolation(
            "Laskun numerossa voi olla enintään 40 kirjainta, numeroa, pistettä, viivaa ja kauttaviivaa.",
            field="number",
        )
    return tidy


def check_invoice(*, invoiced_on: date, due_on: date, amount: int, today: date) -> None:
    """An invoice has been dated by today, falls due on its own day at the earliest, and asks for something."""
    if invoiced_on > today:
        raise RuleViolation("Laskupäivä on tulevaisuudessa.", field="invoiced_on")
    if due_on < invoiced_on:
        raise RuleViolation("Eräpäivä ei voi olla ennen laskupäivää.", field="due_on")
    if amount <= 0:
        raise RuleViolation("Laskun summan on oltava suurempi kuin nolla.", field="amount")


def check_payment(*, state: str, invoiced_on: date, paid: int, paid_on: date, today: date) -> None:
    """Only an open invoice is paid, by today; a payment in advance may precede the invoice."""
    if state != "open":
        raise RuleViolation(f"Lasku on jo {STATES[state].lower()}.")
    if paid <= 0:
        raise RuleViolation("Maksetun summan on oltava suurempi kuin nolla.", field="paid")
    if paid_on > today:
        raise RuleViolation("Maksupäivä on tulevaisuudessa.", field="paid_on")
    if paid_on.year < invoiced_on.year - 1:
        raise RuleViolation("Maksupäivä on yli vuoden ennen laskua. Tarkista päivä.", field="paid_on")


def check_credit(*, state: str, invoiced_on: date, credited_on: date, today: date) -> None:
    """An open or a paid invoice may be credited, once; what was paid for it is then the company's to give back."""
    if state == "credited":
        raise RuleViolation("Lasku on jo hyvitetty.")
    if credited_on < invoiced_on:
        raise RuleViolation("Laskua ei voi hyvittää ennen laskupäivää.", field="credited_on")
    if credited_on > today:
        raise RuleViolation("Hyvityspäivä on tulevaisuudessa.", field="credited_on")


def check_start(*, overdue: Some[bool], collected: Some[bool]) -> None:
    """Only what has fallen due is collected (Debt Collection Act 513/1999 1 §), and by one road at a time."""
    if not overdue:
        raise RuleViolation("Valitse ainakin yksi lasku.", field="invoices")
    if not all(overdue):
        raise RuleViolation("Vain erääntynyttä laskua voi periä.", field="invoices")
    if any(collected):
        raise RuleViolation("Lasku on jo perinnässä.", field="invoices")


def check_step(*, state: str, new: str, on: date, last_on: date | None, today: date) -> None:
    """A step follows the one before it, in its order and in time.

    The debtor has been asked before harsher means are taken (good collection practice, 513/1999 4 §): nobody goes to
    court straight from a reminder.
    """
    if new not in FOLLOWING[state]:
        raise RuleViolation("Perintä ei voi edetä tähän vaiheeseen. Valitse jokin annetuista vaiheista.", field="state")
    check_step_day(on, last_on=last_on, today=today)


def check_step_day(on: date, *, last_on: date | None, today: date) -> None:
    """A step is recorded once taken, and never before the one it follows."""
    if on > today:
        raise RuleViolation("Päivä on tulevaisuudessa. Kirjaa vaihe, kun se on tehty.", field="on")
    if last_on and on < last_on:
        raise RuleViolation(f"Päivä on ennen edellistä vaihetta ({fi_date(last_on)}).", field="on")


def check_end(outcome: str | None, *, unpaid: int) -> str:
    """A collection ends in one of three ways; as paid only when nothing is owed any more."""
    if outcome not in OUTCOMES:
        raise RuleViolation("Valitse, miten perintä päättyi.", field="outcome")
    if outcome == "paid" and unpaid:
        raise RuleViolation(
            f"Laskuja on vielä maksamatta {fi_money(unpaid)}. Merkitse ensin laskut maksetuiksi tai hyvitetyiksi.",
            field="outcome",
        )
    return outcome


def check_application(*, applied_on: date, amount: int, purpose: str, today: date) -> None:
    """An application says how much, for what, and came by today."""
    if applied_on > today:
        raise RuleViolation("Hakemuspäivä on tulevaisuudessa.", field="applied_on")
    if amount <= 0:
        raise RuleViolation("Haetun summan on oltava suurempi kuin nolla.", field="amount")
    if not purpose:
        raise RuleViolation("Kerro, mihin luottoa haetaan.", field="purpose")


def check_decision(
    *, state: str, decision: str | None, granted: int | None, reasons: str, applied_on: date, on: date, today: date
) -> None:
    """A person decides, once, and gives the reasons for a refusal: no machine does (GDPR art. 22(1)).

    The applicant may contest the decision, so it must be possible to say later what it rested on (art. 22(3)).
    """
    check_undecided(state)
    if decision not in DECISIONS:
        raise RuleViolation("Valitse ratkaisu.", field="decision")
    if not applied_on <= on <= today:
        raise RuleViolation("Ratkaisupäivän on oltava hakemuksen päivän ja tämän päivän välillä.", field="on")
    if decision == "granted" and not granted:
        raise RuleViolation("Anna myönnetty summa.", field="granted")
    if decision == "refused" and len(reasons) < SHORTEST_REASON:
        raise RuleViolation("Kirjoita hylkäämisen syyt: hakijalla on oikeus saada ne tietoonsa.", field="reasons")


def check_withdrawal(*, state: str, applied_on: date, on: date, today: date) -> None:
    """An application is taken back while nobody has decided it."""
    check_undecided(state)
    if not applied_on <= on <= today:
        raise RuleViolation("Peruutuspäivän on oltava hakemuksen päivän ja tämän päivän välillä.", field="on")


def check_undecided(state: str) -> None:
    """What has been decided or withdrawn is not decided or withdrawn again."""
    if state != "open":
        raise RuleViolation(f"Hakemus on jo {CREDIT_STATES[state].lower()}.")


def financial_year_ends(day: date, month_and_day: tuple[int, int]) -> date:
    """The last day of the financial year that `day` belongs to; a February's end is the 28th or the 29th."""
    ends = [_year_end(year, month_and_day) for year in (day.year, day.year + 1)]
    return next(end for end in ends if day <= end)


def _year_end(year: int, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    last = monthrange(year, month)[1]
    return date(year, month, last if (month, day) in {(2, 28), (2, 29)} else day)


def vouchers_kept_until(voucher_on: date, month_and_day: tuple[int, int]) -> date:
    """Until when an invoice is kept as a voucher: six years from the end of the calendar year in which the financial

    year ended (Accounting Act 1336/1997 2:10 § 2 mom.).
    """
    return date(financial_year_ends(voucher_on, month_and_day).year + VOUCHER_YEARS, 12, 31)


@dataclass(frozen=True)
class Obstacle:
    """One thing that keeps a person's data from being erased, and until when; None when it ends by an event."""

    ground: str
    text: str
    until: date | None = None


def open_invoice_obstacle(number: str, due_on: date, unpaid: int) -> Obstacle:
    """An unpaid invoice is a claim that the company may have to establish (GDPR art. 17(3)(e); the notice's own words)."""
    return Obstacle(
        "legal_claim",
        f"Lasku {number} on maksamatta: {fi_money(unpaid)}, eräpäivä {fi_date(due_on)}. "
        "Este päättyy, kun lasku on maksettu tai hyvitetty.",
    )


def unbilled_obstacle(number: str, delivered_on: date) -> Obstacle:
    """What has been delivered is owed though not yet billed, and billing does not take for ever (GDPR art. 17(3)(e))."""
    until = delivered_on + BILLED_WITHIN
    return Obstacle(
        "legal_claim",
        f"Tilaus {number} on toimitettu {fi_date(delivered_on)}, mutta laskuttamatta. "
        f"Este päättyy, kun tilaus on laskutettu tai siirretty arkistoon, viimeistään {fi_date(until)}.",
        until,
    )


def collection_obstacle(state: str, since: date) -> Obstacle:
    """A collection in progress is the pursuit of a claim (GDPR art. 17(3)(e); the notice's own words)."""
    return Obstacle(
        "legal_claim",
        f"Perintä on kesken: {COLLECTION_STATES[state].lower()} {fi_date(since)}. Este päättyy, kun perintä on päättynyt.",
    )


def bookkeeping_obstacle(vouchers: Some[date], month_and_day: tuple[int, int], on: date) -> Obstacle | None:
    """Invoices still to be kept as vouchers, until the last of them is free (GDPR art. 17(3)(b)); None when all are."""
    kept = [until for day in vouchers if (until := vouchers_kept_until(day, month_and_day)) >= on]
    if not kept:
        return None
    until = max(kept)
    count = "1 lasku" if len(kept) == 1 else f"{len(kept)} laskua"
    return Obstacle(
        "bookkeeping", f"Kirjanpidon tositteina säilytetään {count}, viimeinen {fi_date(until)} saakka.", until
    )
