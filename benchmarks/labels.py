"""Labels: fifty thousand of them from the database to a file, against ReportLab's canvas drawing the very same strings.

What is measured is all that the clerk waits for: reading whom to print under every prohibition, the order of postcodes,
fitting the lines, the file; then the same with the rows of the ledger. The memory is that of the largest process.
"""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from benchmarks import scale
from benchmarks.desk import ROOT, application, environment
from benchmarks.measure import Ratio, medians
from benchmarks.registers import register

COUNT = 50_000
MEGABYTES = 150
PURPOSE = "Mittaus"


def ratios() -> Iterator[Ratio]:
    """The time without the ledger and with it, and the memory."""
    count = 300 if scale.QUICK else COUNT
    data = register(count)
    with application(data).app_context():
        texts = _texts()
        ours, recorded, theirs = medians(_drawn, made, _canvas(texts), rounds=scale.rounds(5), warm=1)
    yield Ratio(f"Osoitetarrat, {count}: tietokannasta tiedostoksi / ReportLabin piirto", ours / theirs, 1.25)
    yield Ratio(f"Osoitetarrat, {count}: luovutusten kirja mukana / ReportLabin piirto", recorded / theirs, 1.6)
    command = [sys.executable, "-m", "benchmarks.jobs", "labels", data]
    done = subprocess.run(command, check=True, env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    yield Ratio(f"Osoitetarrat, {count}: suurimman prosessin muisti, Mt", float(done.stdout), MEGABYTES)


def _people() -> Any:
    from rekisteri.selections import service
    from rekisteri.selections.rules import Choice

    return service.people(Choice())


def _texts() -> list[tuple[str, ...]]:
    from rekisteri.kernel.clock import today
    from rekisteri.lists import reading
    from rekisteri.lists.households import labels

    return labels(reading.addressees(_people(), order="postcode", on=today()), merge=False)


def _draw(texts: list[tuple[str, ...]]) -> None:
    from rekisteri.lists import labels
    from rekisteri.lists.sheets import SHEETS

    with labels.draw(labels.Setting(SHEETS["3474"]), texts).file as file:
        assert file.read(5) == b"%PDF-"


def _drawn() -> None:
    from rekisteri.kernel.db import db

    _draw(_texts())
    db.session.rollback()


def made() -> None:
    """The whole road of the page: the passage through the door, and the print of those who passed."""
    from rekisteri.kernel.db import db, transaction
    from rekisteri.lists import service, setting

    kept = {"sheet": "3474", "start": 1, "dx": 0, "dy": 0, "merge": False, "note": "", "order": "postcode"}
    with transaction():
        made = service.make(kind="labels", selection=_selection(), setting=kept, purpose=PURPOSE, by=None).id
    found = service.find(made)
    assert found is not None
    with setting.drawn(found, service.people(service.passage(found))).file as file:
        assert file.read(5) == b"%PDF-"
    db.session.rollback()


def _selection() -> Any:
    from rekisteri.selections import service
    from rekisteri.selections.rules import Choice

    kept = next((one for one in service.all_selections() if one.name == PURPOSE), None)
    return kept or service.save(name=PURPOSE, choice=Choice(), by=None)


def _canvas(texts: list[tuple[str, ...]]) -> Callable[[], None]:
    """The floor: the strings are at hand, nothing is fitted, each is drawn where it belongs."""
    sys.path.append(str(ROOT / ".venv" / "bench"))  # where scripts/bench keeps what only the floors need
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    folder = files("font_source_sans_pro") / "files"
    pdfmetrics.registerFont(TTFont("Source", str(folder / "SourceSansPro-Regular.ttf")))
    frames = [(column * 70, row * 37 + 0.5) for row in range(8) for column in range(3)]

    def draw() -> None:
        page = canvas.Canvas(io.BytesIO(), pagesize=(595.28, 841.89), pageCompression=1)
        for number, lines in enumerate(texts):
            place = number % len(frames)
            if number and not place:
                page.showPage()
            if not place:
                page.setFont("Source", 10.5)
            x, top = frames[place]
            for row, line in enumerate(lines):
                page.drawString((x + 5) * 72 / 25.4, 841.89 - (top + 14) * 72 / 25.4 - row * 12.6, line)
        page.save()

    return draw
