"""The page of statistics, and its tables as files."""

from flask import Blueprint, Response, abort, request, send_file

from rekisteri.kernel.clock import today
from rekisteri.kernel.gate import requires
from rekisteri.kernel.sheets import csv_bytes, xlsx_file
from rekisteri.kernel.web import render
from rekisteri.statistics import service, topics
from rekisteri.statistics.forms import chosen_range
from rekisteri.statistics.tables import Table

bp = Blueprint("statistics", __name__, url_prefix="/tilastot")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/")
@requires("statistics.view")
def index() -> Response:
    """Every topic for the chosen months."""
    form, chosen = chosen_range(request.args, today())
    snapshot = service.snapshot()
    if snapshot is None:
        return render("statistics/not_counted.html")
    return render(
        "statistics/index.html",
        status=form.status,
        form=form,
        snapshot=snapshot,
        topics=[(topic, topics.build(topic, snapshot, chosen)) for topic in topics.topics()],
        query={"alku": str(chosen.first), "loppu": str(chosen.last), "jako": chosen.level},
    )


@bp.get("/<name>.csv")
@requires("statistics.view")
def csv(name: str) -> Response:
    """A table as it is shown, for any spreadsheet."""
    table = _table(name)
    answer = Response(csv_bytes(*_sheet(table)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


@bp.get("/<name>.xlsx")
@requires("statistics.view")
def xlsx(name: str) -> Response:
    """A table as it is shown, for Excel."""
    table = _table(name)
    return send_file(xlsx_file(*_sheet(table)), mimetype=EXCEL, as_attachment=True, download_name=f"{name}.xlsx")


def _table(name: str) -> Table:
    form, chosen = chosen_range(request.args, today())
    snapshot = service.snapshot()
    table = topics.find(name, snapshot, chosen) if snapshot and not form.errors else None
    return table or abort(404)


def _sheet(table: Table) -> tuple[list[str], list[list[str]]]:
    return table.head, [[label, *(cell.plain for cell in cells)] for label, cells in table.lines]
