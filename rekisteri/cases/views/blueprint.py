"""What the modules of pages share: the blueprint, and finding the case an address names."""

from typing import Any

from flask import Blueprint, abort

from rekisteri.cases import codes, matters, service
from rekisteri.cases.models import Case
from rekisteri.cases.rules import Deadline
from rekisteri.kernel.clock import today

MEGABYTE = 1024 * 1024

bp = Blueprint("cases", "rekisteri.cases", url_prefix="/pyynnot")


@bp.app_template_global()
def deadline_of(case: Case) -> Deadline | None:
    """The deadline as it looks today; None where none runs."""
    return Deadline(case.deadline, today()) if case.deadline else None


@bp.app_template_global()
def matters_in_words(case: Case) -> str:
    """What the case concerns: ”Tiedon oikaiseminen”."""
    return matters.listed(case.kinds)


@bp.app_template_global()
def matter_label(code: str) -> str:
    """What one right is called."""
    return matters.labels([code])[0]


@bp.app_template_global()
def matter_url(case: Case, code: str) -> str | None:
    """The page on which the right is decided; None when its room is not there."""
    kind = matters.kind_of(code)
    return kind.url(case) if kind else None


@bp.app_template_global()
def state_of(case: Case) -> tuple[str, str]:
    """The state in words, and the tone it is shown in."""
    return codes.STATES[case.state], codes.STATE_TONES[case.state]


@bp.app_template_filter()
def file_size(size: int) -> str:
    """”830 kt”, ”1,2 Mt”."""
    if size < MEGABYTE:
        return f"{max(round(size / 1024), 1)} kt"
    return f"{size / MEGABYTE:.1f} Mt".replace(".", ",")


@bp.context_processor
def words() -> dict[str, Any]:
    """The words for what is recorded of a request."""
    return {"codes": codes}


def case_or_404(id: int) -> Case:
    """The case an address names."""
    return service.find(id) or abort(404)
