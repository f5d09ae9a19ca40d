"""A customer's invoices, collections and applications for credit, told to the customer (GDPR art. 15 and 20)."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.billing.models import Collection, CreditApplication, Invoice
from rekisteri.billing.rules import COLLECTION_STATES, CREDIT_STATES, OUTCOMES
from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date, fi_money

APPLICATION_FIELDS = {
    "applied_on": "päivä, jona luottoa haettiin",
    "amount": "haettu määrä euroina desimaalilukuna, desimaalierotin on piste",
    "purpose": "mihin luottoa haettiin, hakijan ilmoittamana",
}


def invoices(customer: Customer) -> Chapter | None:
    """Every invoice and what has been paid of it. Read as plain rows: a customer may have hundreds."""
    query = select(*Invoice.__table__.c).filter_by(customer_id=customer.id)
    found = list(db.session.execute(query.order_by(Invoice.invoiced_on, Invoice.id)))
    if not found:
        return None
    return Chapter(
        title="Laskunne",
        lead="Laskut kuuluvat kirjanpitoomme, ja kirjanpitolaki määrää, kuinka kauan niitä on säilytettävä.",
        head=["Numero", "Päivä", "Eräpäivä", "Summa", "Tila"],
        rows=[
            [row.number, fi_date(row.invoiced_on), fi_date(row.due_on), fi_money(row.amount), _state(row)]
            for row in found
        ],
    )


def _state(invoice: Any) -> str:
    if invoice.state == "credited":
        return f"Hyvitetty {fi_date(invoice.credited_on)}"
    if invoice.state == "paid":
        return f"Maksettu {fi_date(invoice.paid_on)}"
    paid = f"\nMaksettu {fi_money(invoice.paid)}" if invoice.paid else ""
    written_off = f"\nKirjattu luottotappioksi {fi_date(invoice.written_off_on)}" if invoice.written_off_on else ""
    return f"Avoin{paid}{written_off}"


def collections(customer: Customer) -> Chapter | None:
    """Every collection with its steps; the agency by its name."""
    query = select(Collection).filter_by(customer_id=customer.id).order_by(Collection.started_on, Collection.id)
    whole = (joinedload(Collection.agency), selectinload(Collection.steps), selectinload(Collection.invoices))
    found = list(db.session.scalars(query.options(*whole)))
    if not found:
        return None
    return Chapter(
        title="Maksamattomien laskujen perintä",
        lead="",
        head=["Alkoi", "Laskut", "Vaiheet", "Päättyi"],
        rows=[
            [
                fi_date(one.started_on),
                ", ".join(invoice.number for invoice in one.invoices),
                _steps(one),
                f"{fi_date(one.ended_on)}\n{OUTCOMES.get(one.outcome or '', '')}".strip(),
            ]
            for one in found
        ],
    )


def _steps(collection: Collection) -> str:
    steps = [
        f"{COLLECTION_STATES[step.state]} {fi_date(step.on)}" for step in collection.steps if step.state != "ended"
    ]
    agency = [f"Perintätoimisto: {collection.agency.name}"] if collection.agency else []
    return "\n".join([*steps, *agency])


def applications(customer: Customer) -> Chapter | None:
    """Every application for credit and what a person decided of it, with the reasons (GDPR art. 22)."""
    query = select(CreditApplication).filter_by(customer_id=customer.id)
    found = list(db.session.scalars(query.order_by(CreditApplication.applied_on, CreditApplication.id)))
    if not found:
        return None
    return Chapter(
        title="Luottohakemuksenne",
        lead="Hakemukset ratkaisee aina ihminen, ei tietokoneohjelma.",
        head=["Haettu", "Määrä", "Tarkoitus", "Ratkaisu", "Perustelut"],
        rows=[
            [fi_date(one.applied_on), fi_money(one.amount), one.purpose, _decision(one), one.reasons] for one in found
        ],
        data=[
            {
                "applied_on": one.applied_on.isoformat(),
                "amount": f"{Decimal(one.amount) / 100:.2f}",
                "purpose": one.purpose,
            }
            for one in found
        ],
        provided=True,
        free_text=True,
    )


def _decision(application: CreditApplication) -> str:
    granted = f" {fi_money(application.granted)}" if application.granted else ""
    return f"{CREDIT_STATES[application.state]}{granted} {fi_date(application.ended_on)}".strip()


add_chapter(22, "invoices", invoices)
add_chapter(24, "collections", collections)
add_chapter(26, "credit_applications", applications, fields=APPLICATION_FIELDS)
