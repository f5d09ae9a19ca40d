"""The forgotten at entry and import: whoever enters customers is warned, and an import leaves those out who said no."""

from collections.abc import Mapping, Sequence

from rekisteri.customers.importing.recognisers import Candidate, Verdict
from rekisteri.forgotten import service
from rekisteri.forgotten.rules import Recognised


def recognise(batch: Sequence[Candidate]) -> Mapping[int, Verdict]:
    """A verdict for each row of somebody who has been erased."""
    found = service.recognised_among([(one.kind, one.values) for one in batch])
    return {place: _verdict(one) for place, one in enumerate(found) if one}


def _verdict(found: Recognised) -> Verdict:
    """Refused only when it is surely the one who forbade marketing; else a person judges."""
    return Verdict("refused" if found.sure and found.forbidden else "doubtful", found.sentence)
