"""Partners who have not taken in by the interface what they were to be told: they are asked, or told by letter."""

from datetime import date

from flask import url_for

from rekisteri.home.part import SHOWN, Part
from rekisteri.interfaces import waiting
from rekisteri.kernel.formats import fi_date, fi_number
from rekisteri.kernel.gate import can


def parts(on: date) -> list[Part]:
    """The heap, when there is one and this person keeps the interface."""
    late = [one for one in waiting.unacknowledged() if one.late] if can("interfaces.manage") else []
    if not late:
        return []
    return [
        Part(
            "rajapinta-kuittaamatta",
            "Kumppani ei ole kuitannut muutoksia",
            len(late),
            "warn",
            ["Kumppani", "Muutoksia", "Vanhin"],
            [
                [(one.recipient.name, url_for("interfaces.index")), fi_number(one.count), fi_date(one.since)]
                for one in late[:SHOWN]
            ],
            "",
            url_for("interfaces.index"),
        )
    ]
