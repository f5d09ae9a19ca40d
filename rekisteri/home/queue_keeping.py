"""What the clock puts on the desk: whom to tell whence their data came, and what has been kept for long enough."""

from datetime import date

from flask import url_for

from rekisteri.home.part import SHOWN, Part
from rekisteri.informing import finding
from rekisteri.informing import lists as informing
from rekisteri.kernel.formats import fi_date, fi_number
from rekisteri.kernel.gate import can
from rekisteri.retention import queue as retention
from rekisteri.retention.addresses import ADDRESSES


def parts(on: date) -> list[Part]:
    """The heaps of these two that this person may open."""
    found = []
    if can("informing.edit"):
        found.append(_untold(on))
    if can("retention.decide"):
        found.append(_kept_long_enough(on))
    return found


def _untold(on: date) -> Part:
    rows = informing.by_source(on)
    late, unseen = any(row.late for row in rows), finding.unseen()
    return Part(
        "informoitavat",
        "Kerrottava, mistä tiedot on saatu",
        sum(row.count for row in rows) + unseen,
        "bad" if late else "warn",
        ["Lähde", "Kertomatta", "Myöhässä", "Ensimmäinen määräpäivä"],
        [
            [
                (row.source.name, url_for("informing.show", id=row.source.id)),
                fi_number(row.count),
                fi_number(row.late),
                fi_date(row.due_on),
            ]
            for row in rows[:SHOWN]
        ],
        "Kaikille on kerrottu, mistä heidän tietonsa on saatu."
        if not unseen
        else "Uusia henkilöitä on tullut muista lähteistä. Avaa Informoinnit.",
        url_for("informing.index"),
    )


def _kept_long_enough(on: date) -> Part:
    found = retention.waiting()
    late = retention.is_late(on)
    return Part(
        "havitettavat",
        "Säilytysaika päättynyt",
        sum(finding.free for _name, finding in found),
        "warn",
        ["Tieto", "Hävitettävissä", "Odottaa esteen vuoksi", "Tarkistettu"],
        [
            [
                (name, url_for("retention.show", slug=ADDRESSES[finding.kind])),
                fi_number(finding.free),
                fi_number(finding.held),
                fi_date(finding.found_on),
            ]
            for name, finding in found
        ],
        "Säilytysaikoja ei ole tarkistettu yli viikkoon. Avaa Säilytysajat ja valitse ”Tarkista nyt”."
        if late
        else "Mitään ei ole säilytetty liian kauan.",
        url_for("retention.index"),
    )
