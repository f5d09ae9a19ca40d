"""The proposals for the archive: who has been silent for years, a page at a time, for a person to decide."""

from flask import Response, flash, request, url_for

from rekisteri.customers import archiving
from rekisteri.customers.blueprint import bp
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.forms import Form
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.settings import service as settings


@bp.get("/arkistoehdotukset")
@requires("customers.edit")
def archive_proposals() -> Response:
    """Those with whom nothing has happened for so many years as the settings say."""
    years = settings.current().archive_after_years
    after = request.args.get("after", type=int)
    found = archiving.proposals(years=years, on=today(), after=after)
    return render("customers/archive_proposals.html", form=Form(), found=found, years=years, after=after)


@bp.post("/arkistoehdotukset")
@requires("customers.edit")
def archive_chosen() -> Response:
    """Put those who were ticked, or all of the page, into the archive; nobody goes there without a person."""
    form = Form()
    ids = request.form.getlist("all" if "everybody" in request.form else "chosen", type=int)
    if not ids:
        flash("Valitse ensin ainakin yksi asiakas.", "warning")
        return see_other(_here(request.form.get("after", type=int)))
    with transaction(once=form.once.data) as tx:
        years = settings.current().archive_after_years
        chosen = ids[: archiving.PAGE_SIZE]
        count = archiving.archive_proposed(ids=chosen, years=years, on=today(), by=actor())
        tx.location = _here(request.form.get("after", type=int))
    flash(_told(count, len(chosen) - count), "success" if count else "warning")
    return see_other(tx.location)


def _here(after: int | None) -> str:
    return url_for(".archive_proposals", after=after)


def _told(count: int, passed: int) -> str:
    done = "1 asiakas on arkistoitu." if count == 1 else f"{fi_number(count)} asiakasta on arkistoitu."
    return f"{done} Ohitettiin {passed}, koska heidän tilanteensa on muuttunut." if passed else done
