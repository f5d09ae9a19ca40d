"""The day's post: two hundred letters as one file for the printer, against one WeasyPrint document of the same letters.

The letters have been issued and printed one by one, as in the office, where each is printed when it is decided. What is
measured is what the clerk waits for: the posting list and the whole file. The memory is that of the largest process.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks import scale
from benchmarks.desk import ROOT, application, environment, office
from benchmarks.measure import Ratio, medians
from benchmarks.paper import bare

MEGABYTES = 150
TOLD: dict[str, Any] = {
    "number": "2026/0007",
    "concerns": "Tiedon oikaiseminen",
    "for_oneself": True,
    "person": "",
    "received_on": date(2026, 11, 16),
    "dated_on": date(2026, 11, 12),
    "channel": "kirjallisesti",
    "due_on": date(2026, 12, 16),
    "deadline": date(2026, 12, 16),
    "latest": date(2027, 2, 16),
    "extended_due_on": None,
    "extension_ground": "",
    "extension_reason": "",
}


def ratios() -> Iterator[Ratio]:
    """The time and the memory of the whole post."""
    count = 4 if scale.QUICK else 200
    with office(customers=10, cases=2) as data:
        app = application(data)
        with app.app_context():
            found = _gathered(count)
            ours, theirs = medians(_file(found), _one_document(), rounds=scale.rounds(5), warm=1)
        yield Ratio(f"Päivän posti, {count} kirjettä / yksi WeasyPrint-asiakirja", ours / theirs, 0.6)
        command = [sys.executable, "-m", "benchmarks.jobs", "post", data, str(found)]
        done = subprocess.run(command, check=True, env=environment(data), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        yield Ratio(f"Päivän posti, {count} kirjettä: suurimman prosessin muisti, Mt", float(done.stdout), MEGABYTES)


def _gathered(count: int) -> int:
    """So many letters issued, printed and gathered; the post's id."""
    from rekisteri.documents import post, service
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import transaction
    from rekisteri.settings import service as settings
    from rekisteri.staff.service import find_user

    controller = settings.current().controller()
    clerk = find_user("vastuuhenkilo")
    assert clerk is not None
    for number in range(count):
        with transaction():
            service.issue(
                kind="acknowledgement",
                number=f"T 2026/{number:04}",
                title="Ilmoitus pyynnön vastaanottamisesta",
                template="cases/paper/acknowledgement.html",
                context={"case": TOLD, "controller": controller, "signer": {"name": "Onni Saari", "title": "sihteeri"}},
                addressee=(f"Maija Virtanen {number}", f"Mäkitie {number}", "00100 HELSINKI"),
                subject=f"case:{number + 1}",
                by=clerk,
                on=today(),
            )
    with transaction():
        found = post.gather(two_sided=False, by=clerk, on=today()).id
    while post.unprinted(_post(found)):
        post.print_some(_post(found))
    return found


def _post(id: int) -> Any:
    from rekisteri.documents import post

    found = post.find(id)
    assert found is not None
    return found


def _file(id: int) -> Any:
    from rekisteri.documents import post
    from rekisteri.settings import service as settings

    def put_together() -> None:
        with post.file(_post(id), controller=settings.current().controller()).file as file:
            assert file.read(5) == b"%PDF-"

    return put_together


def _one_document() -> Any:
    """All letters in one page of HTML, each on a sheet of its own, as one would write a serial letter."""
    from sqlalchemy import select

    from rekisteri.documents.models import Document, DocumentSource
    from rekisteri.kernel.db import db

    query = select(DocumentSource.content).join(Document).where(Document.number.startswith("T "))
    pages = [content.decode() for content in db.session.scalars(query.order_by(Document.id))]
    bodies = [re.findall(r"<body>(.*)</body>", page, re.DOTALL)[0] for page in pages]
    letters = "".join(f'<div style="break-before: page">{body}</div>' for body in bodies)
    whole = re.sub(r"<body>.*</body>", lambda _: f"<body>{letters}</body>", pages[0], flags=re.DOTALL)
    write = bare()
    return lambda: write(whole)
