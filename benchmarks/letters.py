"""A thousand letters of the company's own: one body laid out once, against one WeasyPrint document of all of them."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import scale
from benchmarks.desk import ROOT, application, environment, office
from benchmarks.measure import Ratio, medians
from benchmarks.paper import bare

MEGABYTES = 100
COMMON = (
    "Toimistomme muuttaa joulukuun alussa uusiin tiloihin.",
    "Olette lämpimästi tervetullut tutustumaan niihin. Palvelemme arkisin kello 9–16, ja puhelinnumeromme pysyvät ennallaan. "
    * 3,
    "Kiitämme kuluneesta vuodesta ja toivotamme hyvää joulua.",
)
PERSONAL = ("Hyvä {nimi}", *COMMON, "Nähdään pian, {etunimi}, ja tuokaa tämä kirje mukananne, niin saatte kahvit.")


def ratios() -> Iterator[Ratio]:
    """A body that all have alike, and one with everybody's own paragraphs; the memory of the second."""
    count = 20 if scale.QUICK else 1000
    with office(customers=10, cases=2) as data:
        app = application(data)
        with app.app_context():
            common, personal, theirs = medians(
                drawer(COMMON, count), drawer(PERSONAL, count), _one_document(count), rounds=scale.rounds(3), warm=0
            )
        yield Ratio(f"{count} kirjettä, yhteinen teksti / yksi WeasyPrint-asiakirja", common / theirs, 0.06)
        yield Ratio(f"{count} kirjettä, omia kappaleita / yksi WeasyPrint-asiakirja", personal / theirs, 0.55)
        command = [sys.executable, "-m", "benchmarks.jobs", "letters", data, str(count)]
        done = subprocess.run(command, check=True, env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        yield Ratio(
            f"{count} kirjettä, omia kappaleita: suurimman tulostavan prosessin muisti, Mt",
            float(done.stdout),
            MEGABYTES,
        )


def _letter(paragraphs: tuple[str, ...]) -> Any:
    from rekisteri.kernel.clock import today
    from rekisteri.lists.letters import Letter
    from rekisteri.settings import service as settings

    return Letter("Toimistomme muuttaa", paragraphs, today(), settings.current().controller(), "Onni Saari")


def _people(count: int) -> list[Any]:
    from rekisteri.lists.households import Addressee

    place = ("Mäkitie 4 A 3", "00100 HELSINKI")
    return [Addressee(number, True, f"Virtanen{number}, Maija", place) for number in range(count)]


def drawer(paragraphs: tuple[str, ...], count: int) -> Callable[[], None]:
    """What draws so many letters."""
    from rekisteri.lists import letters

    letter, people = _letter(paragraphs), _people(count)

    def draw() -> None:
        with letters.draw(letter, people).file as file:
            assert file.read(5) == b"%PDF-"

    return draw


def _one_document(count: int) -> Callable[[], object]:
    """All letters in one page of HTML, each on a sheet of its own, as one would write a serial letter."""
    from rekisteri.lists import letters

    page = letters._page(_letter(COMMON), letters_of := _people(1))
    body = re.findall(r"<body>(.*)</body>", page, re.DOTALL)[0]
    empty = '<div class="addressee"></div>'
    assert empty in body, "the letter's window is put together otherwise"

    def own(number: int) -> str:
        rows = "".join(f"<p>{line}</p>" for line in (f"Maija Virtanen{number}", *letters_of[0].place))
        return f'<div style="break-before: page">{body.replace(empty, f"<div class=addressee>{rows}</div>")}</div>'

    whole = re.sub(
        r"<body>.*</body>", lambda _: f"<body>{''.join(map(own, range(count)))}</body>", page, flags=re.DOTALL
    )
    write = bare()
    return lambda: write(whole)
