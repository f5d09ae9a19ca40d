"""The forms of an import: the file and whence it came, what its columns hold, what becomes of doubtful rows."""

from collections.abc import Sequence
from typing import Any

from rekisteri.customers.forms import WhenceForm
from rekisteri.customers.importing.columns import KINDS, OFFERED, ORDERS, Reading
from rekisteri.customers.importing.models import ImportBatch
from rekisteri.customers.importing.steps import DECISIONS
from rekisteri.kernel.forms import Form, Radios, Select, Upload, VersionedForm

LEFT_OUT = "Ei tuoda"


class FileForm(WhenceForm):
    """A file, with where its data come from and when they were obtained."""

    file = Upload("Tiedosto", required="Valitse tiedosto.")


class ReadingForm(VersionedForm):
    """How the rows are read. A field for each column is added by `reading_form`."""

    kind = Radios("Mitä rivit ovat", required="Valitse, mitä rivit ovat.", choices=list(KINDS.items()))
    name_order = Radios("Kummin päin koko nimi on", required=False, choices=list(ORDERS.items()))

    def columns(self) -> list[Any]:
        """The fields of the columns, in the order of the file."""
        return [field for name, field in self._fields.items() if name.startswith("column_")]

    @property
    def reading(self) -> Reading:
        """What was told."""
        chosen = tuple(field.data or "" for field in self.columns())
        return Reading(chosen, self.kind.data, self.name_order.data or "")


def reading_form(batch: ImportBatch) -> ReadingForm:
    """The form for this file's columns, filled with the guess."""
    choices = [("", LEFT_OUT), *OFFERED.items()]
    fields = {
        f"column_{place}": Select(name, required=False, choices=choices) for place, name in enumerate(batch.header)
    }
    guessed: dict[str, Any] = {f"column_{place}": target for place, target in enumerate(batch.columns)}
    filled = guessed | {"kind": batch.kind, "name_order": batch.name_order, "version": batch.version}
    form: ReadingForm = type("ColumnsForm", (ReadingForm,), fields)(data=filled)
    return form


class DecisionForm(Form):
    """What becomes of a doubtful row, or of all that are undecided."""

    decision = Select(
        "Ratkaise kaikki samalla tavalla", required="Valitse, mitä riville tehdään.", choices=list(DECISIONS.items())
    )


def decisions(can_be_same: bool) -> Sequence[tuple[str, str]]:
    """What can be decided of a row."""
    return [(code, name) for code, name in DECISIONS.items() if can_be_same or code != "same"]
