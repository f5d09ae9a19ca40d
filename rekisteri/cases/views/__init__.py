"""Pages of requests, one module a use case; their routes join the blueprint as they are imported."""

from rekisteri.cases import telling  # noqa: F401 - its chapters
from rekisteri.cases.views import (  # noqa: F401
    card,
    ending,
    intake,
    letters,
    lists,
    own_initiative,
    person,
    printing,
    scans,
)
from rekisteri.cases.views.blueprint import bp

__all__ = ["bp"]
