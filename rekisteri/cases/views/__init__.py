"""Pages of requests, one module a use case; their routes join the blueprint as they are imported."""

from rekisteri.cases import holding, originals, telling  # noqa: F401 - its chapters
from rekisteri.cases.views import (  # noqa: F401
    card,
    case_file,
    ending,
    intake,
    letters,
    lists,
    own_initiative,
    person,
    printing,
    refusing,
    scans,
    turns,
)
from rekisteri.cases.views.blueprint import bp

__all__ = ["bp"]
