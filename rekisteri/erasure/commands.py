"""`flask erasure finish`: what an erasure still does without anybody's decision, for the clock of the night."""

import sys

import click
from flask.cli import AppGroup

from rekisteri.erasure import finishing, service
from rekisteri.erasure.models import ErasureRound
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction

erasure = AppGroup("erasure", help="Tietojen poistaminen.")


@erasure.command("finish")
def finish() -> None:
    """Hae kesken jääneet todisteet, hävitä lähteneet kirjeet, hae todiste uudelleen ja laske esteiden päivät."""
    with transaction():
        service.reckon(today())
    failed = 0
    for round_id in finishing.unfinished():
        finishing.carry_on(round_id, at_night=True)
        done = db.session.get_one(ErasureRound, round_id)
        proof = done.final_proof or done.proof
        if proof and proof["found"]:
            failed += 1
            where = ", ".join(proof["where"])
            click.echo(f"Poisto {done.erasure.case.number}: poistettuja tietoja löytyi vielä ({where}).", err=True)
    waiting = len(finishing.unfinished())
    click.echo("Kaikki poistot ovat valmiit." if not waiting else f"Kesken on vielä {waiting}.")
    db.session.rollback()
    sys.exit(1 if failed else 0)


commands: list[click.Command] = [erasure]
