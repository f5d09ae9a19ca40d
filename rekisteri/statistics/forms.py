"""The choice of months. It travels in the address, which holds nothing personal, so a page can be kept and shown again."""

from datetime import date
from typing import Any

from wtforms.validators import StopValidation

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import Form, Select, Text
from rekisteri.statistics.periods import LEVELS, Month, check_range, parse_month
from rekisteri.statistics.tables import Range


def _is_month(_form: Any, field: Any) -> None:
    try:
        parse_month(field.data or "")
    except ValueError as error:
        raise StopValidation(str(error)) from error


class RangeForm(Form):
    """From which month to which, and how long a row is."""

    alku = Text("Ensimmäinen kuukausi", required="Kirjoita ensimmäinen kuukausi.", max=10, validators=[_is_month])
    loppu = Text("Viimeinen kuukausi", required="Kirjoita viimeinen kuukausi.", max=10, validators=[_is_month])
    jako = Select("Jaottelu", required="Valitse jaottelu.", choices=list(LEVELS.items()))


def usual(on: date) -> Range:
    """What is shown before anything is chosen: this year and the one before, month by month."""
    return Range(Month(on.year - 1, 1), Month.of(on), "month")


def chosen_range(given: Any, on: date) -> tuple[RangeForm, Range]:
    """The form as it was sent, and the months it means; the usual ones when it was not sent or cannot be read."""
    wanted = usual(on)
    told = {"alku": str(wanted.first), "loppu": str(wanted.last), "jako": wanted.level} | {
        name: given[name] for name in ("alku", "loppu", "jako") if name in given
    }
    form = RangeForm(formdata=None, data=told, meta={"csrf": False})
    if form.validate():
        with form.violations():
            wanted = Range(*_checked(form, on))
    return form, wanted


def _checked(form: RangeForm, on: date) -> tuple[Month, Month, str]:
    first, last = parse_month(form.alku.data or ""), parse_month(form.loppu.data or "")
    check_range(first, last, on=on)
    if form.jako.data not in LEVELS:
        raise RuleViolation("Valitse jokin annetuista vaihtoehdoista.", field="jako")
    return first, last, form.jako.data
