"""What erasing puts on the desk: proposals to approve, proofs to complete, and rests whose hold has ended."""

from datetime import date

from flask import url_for

from rekisteri.erasure import queue, rules
from rekisteri.home.part import SHOWN, Part
from rekisteri.kernel.gate import can


def parts(on: date) -> list[Part]:
    """The heap of erasing, for those who prepare or decide it."""
    return [_waiting(on)] if can("cases.edit") else []


def _waiting(on: date) -> Part:
    found = queue.waiting(on)
    return Part(
        "poistot",
        "Poistot",
        len(found),
        "warn",
        ["Asianumero", "Mitä", "Mitä odottaa"],
        [
            [
                (erasure.case.number, url_for("erasure.show", id=erasure.id)),
                rules.KINDS[erasure.kind],
                queue.WAITING[code],
            ]
            for erasure, code in found[:SHOWN]
        ],
        "Mikään poisto ei odota.",
        url_for("erasure.index"),
    )
