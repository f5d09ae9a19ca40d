"""Whether backups are taken, rehearsed and usable: what `flask check` tells of them."""

from collections.abc import Iterator
from datetime import datetime

from rekisteri.backup import databases, events, folders, postgresql, service
from rekisteri.backup.places import kept_folders
from rekisteri.backup.rules import REHEARSED_DAYS
from rekisteri.forgotten import journal, keys
from rekisteri.kernel.clock import now
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_datetime, fi_number


def warnings() -> Iterator[str]:
    """What somebody should do about the backups, each a sentence; none when all is well."""
    yield from folders.warnings()
    taken, drilled = events.last(events.CREATED), events.last(events.DRILLED)
    if taken and drilled is None:
        yield "Palautusta ei ole harjoiteltu. Harjoittele: flask backup drill"
    elif drilled and _days_since(drilled) > REHEARSED_DAYS:
        yield f"Palautusta on harjoiteltu viimeksi {_days_since(drilled)} päivää sitten. Harjoittele: flask backup drill"
    if not service.keys_are_copied():
        yield "Avaimia ei ole kopioitu talteen. Kopioi: flask backup keys KANSIO"
    yield from _left()


def _left() -> Iterator[str]:
    """Old registers hold people's data, so they are not left lying."""
    left = kept_folders() + (postgresql.kept_databases() if databases.kind() == "postgresql" else [])
    if left:
        yield f"Palautuksessa korvattu rekisteri on yhä tallessa: {', '.join(left)}. Poista se, kun sitä ei tarvita."
    if lacking := journal.lacks():
        count = fi_number(lacking)
        yield f"Poistojen luettelosta {journal.NAME} puuttuu rivejä: {count}. Ne täydentää komento: flask backup create"


def faults() -> Iterator[str]:
    """What would let somebody come back who has been erased."""
    if fault := journal.fault():
        yield f"{fault} Siihen asti varmuuskopiota ei voi palauttaa."
    if keys.in_use():
        try:
            keys.known_key()
        except RuleViolation as violation:
            yield violation.sentence


def state() -> str:
    """In one sentence that all is well."""
    taken = events.last(events.CREATED)
    return f"Varmuuskopio on otettu {fi_datetime(taken)}." if taken else "Varmuuskopioita ei ole."


def _days_since(moment: datetime) -> int:
    return (now() - moment).days
