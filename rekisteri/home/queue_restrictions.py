"""What restrictions put on the desk: requests to decide, and those at whose end there is something to do."""

from datetime import date

from flask import url_for

from rekisteri.home.part import SHOWN, Part
from rekisteri.kernel.formats import fi_date
from rekisteri.kernel.gate import can
from rekisteri.restrictions import queue
from rekisteri.restrictions.models import Restriction


def parts(on: date) -> list[Part]:
    """The heaps of restrictions, for the person who decides on them."""
    return [_requests(), _endings(on)] if can("restrictions.decide") else []


def _requests() -> Part:
    count, rows = queue.waiting_for_decision(SHOWN)
    shown = [
        [
            (matter.case.number, url_for("restrictions.decide", id=matter.id)),
            matter.case.requester_name,
            fi_date(matter.case.received_on),
            fi_date(matter.case.deadline),
        ]
        for matter in rows
    ]
    return Part(
        "rajoituspyynnot",
        "Ratkaistavat rajoittamispyynnöt",
        count,
        "info",
        ["Asianumero", "Pyynnön esittäjä", "Saapunut", "Määräaika"],
        shown,
        "Ratkaistavia rajoittamispyyntöjä ei ole.",
    )


def _endings(on: date) -> Part:
    count, rows = queue.to_be_ended(on, SHOWN)
    return Part(
        "rajoitukset",
        "Päätettävät rajoitukset",
        count,
        "info",
        ["Rajoitus", "Asiakas", "Alkoi", "Mitä tehdään"],
        [
            [
                (one.number, url_for("restrictions.show", id=one.id)),
                one.customer.display_name,
                fi_date(one.begun_on),
                _next(one),
            ]
            for one in rows
        ],
        "Yhtään rajoitusta ei ole päätettävänä.",
        url_for("restrictions.index"),
    )


def _next(restriction: Restriction) -> str:
    if restriction.ends_on:
        return f"Päätä rajoitus, ilmoitettu päättyväksi {fi_date(restriction.ends_on)}"
    return "Ilmoita päättymisestä, pyyntö on jo päättynyt"
