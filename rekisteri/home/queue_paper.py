"""What of paper waits on the desk: binders that should be back, cards outside the locked place, papers to be destroyed."""

from datetime import date

from flask import url_for

from rekisteri.home.part import SHOWN, Part
from rekisteri.kernel.formats import fi_date
from rekisteri.kernel.gate import can
from rekisteri.paper import destroying, queue


def parts(on: date) -> list[Part]:
    """The heaps of paper that this person may open."""
    found = []
    if can("paper.handle"):
        found += [part for part in (_overdue(on), _unlocked(on)) if part.count]
    if can("paper.destroy"):
        found += [part for part in (_leaving(on),) if part.count]
    return found


def _overdue(on: date) -> Part:
    loans = queue.overdue(on)
    return Part(
        "paperit-palautus",
        "Palauttamatta olevat paperit",
        len(loans),
        "bad",
        ["Kansio", "Kenellä", "Piti palauttaa"],
        [
            [
                (loan.binder.title, url_for("paper.show", id=loan.binder_id)),
                loan.handler.full_name,
                fi_date(loan.due_on),
            ]
            for loan in loans[:SHOWN]
        ],
        "",
        url_for("paper.index"),
    )


def _unlocked(on: date) -> Part:
    binders = queue.unlocked(on)
    late = queue.unlocked(on, late=True)
    return Part(
        "paperit-lukitsematta",
        "Lukittuun paikkaan tuotavat kortit",
        len(binders),
        "bad" if late else "warn",
        ["Kansio", "Kerätty", "Päiviä"],
        [
            [
                (binder.title, url_for("paper.show", id=binder.id)),
                fi_date(binder.collected_on),
                str(binder.unlocked_days(on)),
            ]
            for binder in binders[:SHOWN]
        ],
        "",
        url_for("paper.index"),
    )


def _leaving(on: date) -> Part:
    items, binders = destroying.leaving(), destroying.kept_long_enough(on)
    rows = [
        [(binder.title, url_for("paper.destroy_binder", id=binder.id)), "Säilytysaika päättynyt"] for binder in binders
    ]
    rows += [[(item.code, url_for("paper.destroy_items")), "Ota kansiosta ja hävitä"] for item in items]
    return Part(
        "paperit-havitys",
        "Hävitettävät paperit",
        len(rows),
        "warn",
        ["Paperi", "Mitä tehdään"],
        rows[:SHOWN],
        "",
        url_for("paper.destroy_items"),
    )
