"""What of retention waits for a person, for the work queue: read from the clock's last look, so it costs nothing."""

from datetime import date

from rekisteri.retention import rules, service
from rekisteri.retention.models import Finding
from rekisteri.settings import periods


def waiting() -> list[tuple[str, Finding]]:
    """The kinds of which something may be destroyed, by name, in the order of the page."""
    found = service.findings()
    return [(periods.KINDS[kind].name, found[kind]) for kind in service.ACTED if kind in found and found[kind].free]


def is_late(on: date) -> bool:
    """Whether the clock has not been asked for over a week."""
    return rules.is_late(service.last_run(), on)
