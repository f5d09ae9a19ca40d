"""How a part is looked at instead of the whole, and what may be said of the whole by it. Pure."""

from math import ceil, log10, sqrt

from rekisteri.kernel.formats import fi_number

SURE = 100
"""So many found in a sample tell the whole with an error of a fifth at most, nineteen times in twenty."""


def step(highest: int, *, sample: int, run: int) -> int:
    """From the start of one run of ids to the next, so that about `sample` of `highest` are looked at; 0 when all are."""
    return 0 if highest <= 2 * sample else highest * run // sample


def looked_at(highest: int, *, step: int, run: int) -> int:
    """How many ids the runs have in all; the last may be cut short."""
    whole, rest = divmod(highest, step)
    return whole * run + min(rest, run)


def told(counted: int, scale: float) -> str:
    """”4 187” when everybody was counted; of a sample ”noin 4 200”, or ”alle 2 500” when too few were found to say."""
    if scale == 1.0:
        return fi_number(counted)
    if counted < SURE:
        return f"alle {fi_number(_rounded_up(scale * (counted + 2 * sqrt(counted) + 3)))}"
    return f"noin {fi_number(_rounded(scale * counted))}"


def _unit(value: float) -> int:
    """Of what unit a figure has two."""
    return max(1, 10 ** (int(log10(max(value, 1))) - 1))


def _rounded(value: float) -> int:
    unit = _unit(value)
    return int((value + unit / 2) // unit * unit)


def _rounded_up(value: float) -> int:
    unit = _unit(value)
    return ceil(value / unit) * unit
