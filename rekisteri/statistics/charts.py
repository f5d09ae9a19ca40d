"""Charts as numbers: scales, ticks, bars and lines, ready for a template to draw as SVG.

Across, everything is in per cent of the width and downwards in pixels, so that a chart fills any page and its letters
stay as large as the page's own. There is no colour here: the style sheet knows the paper, the dark and the printer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isnan, log10, nan

TOP = 24
HEIGHT = 200
FOOT = 28
MOST_LABELS = 4
MOST_BARS = 36

NOTHING = nan
Values = Sequence[float | None]
"""A series; None where the figure is hidden, NOTHING where there is none."""


@dataclass(frozen=True)
class Tick:
    """A line across the chart and the value it stands for."""

    y: float
    value: float


@dataclass(frozen=True)
class Label:
    """What stands under a place of the chart."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Bar:
    """One bar; without a value it marks where a figure is hidden."""

    x: float
    y: float
    width: float
    height: float
    series: int
    place: int
    value: float | None


@dataclass(frozen=True)
class Stroke:
    """A piece of a line between two neighbouring figures that are both shown."""

    x1: float
    y1: float
    x2: float
    y2: float
    series: int


@dataclass(frozen=True)
class Chart:
    """Everything a template draws of a series over time."""

    height: int
    base: float
    ticks: list[Tick]
    labels: list[Label]
    bars: list[Bar]
    strokes: list[Stroke]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see: no figures, or all of them nothing or hidden."""
        return not self.strokes and not any(bar.value for bar in self.bars)


def step(highest: float) -> float:
    """The distance of ticks: 1, 2 or 5 times a power of ten, whole, so that four or five of them reach the highest."""
    if highest <= 4:
        return 1
    power: float = 10 ** floor(log10(highest / 4))
    return next(power * size for size in (1, 2, 2.5, 5, 10) if power * size * 4 >= highest and power * size % 1 == 0)


def ticks(highest: float) -> list[float]:
    """The values of the ticks from zero to the first that is not below the highest."""
    distance = step(highest)
    return [number * distance for number in range(max(ceil(highest / distance), 1) + 1)]


def over_time(names: Sequence[str], series: Sequence[Values]) -> Chart:
    """Bars side by side for each period; lines when there are too many periods for bars."""
    scale = ticks(
        max((value for values in series for value in values if value is not None and not isnan(value)), default=0)
    )
    chart = Chart(
        height=TOP + HEIGHT + FOOT,
        base=TOP + HEIGHT,
        ticks=[Tick(_y(value, scale[-1]), value) for value in scale],
        labels=labels(names),
        bars=[],
        strokes=[],
    )
    for number, values in enumerate(series):
        if len(names) <= MOST_BARS:
            chart.bars.extend(_bars(values, scale[-1], number, len(series)))
        else:
            chart.strokes.extend(_strokes(values, scale[-1], number))
    return chart


def _y(value: float, top: float) -> float:
    return round(TOP + HEIGHT * (1 - value / top), 1)


def _bars(values: Values, top: float, number: int, of: int) -> list[Bar]:
    place = 100 / len(values)
    width = place * 0.76 / of
    found = []
    for position, value in enumerate(values):
        if value is not None and isnan(value):
            continue
        x = round(position * place + place * 0.12 + number * width, 3)
        y = _y(value or 0, top)
        found.append(Bar(x, y, round(width, 3), round(TOP + HEIGHT - y, 1), number, position, value))
    return found


def _strokes(values: Values, top: float, number: int) -> list[Stroke]:
    place = 100 / len(values)
    return [
        Stroke(round((at + 0.5) * place, 3), _y(one, top), round((at + 1.5) * place, 3), _y(two, top), number)
        for at, (one, two) in enumerate(pairwise(values))
        if one is not None and two is not None and not isnan(one + two)
    ]


def labels(names: Sequence[str]) -> list[Label]:
    """Names under the places, as many as have room on a narrow page; the outermost stay inside the chart."""
    gap = max(ceil(len(names) / MOST_LABELS), 1)
    place = 100 / max(len(names), 1)
    chosen = range((len(names) - 1) % gap, len(names), gap)
    return [Label(round((at + 0.5) * place, 3), names[at], _anchor((at + 0.5) * place)) for at in chosen]


def _anchor(x: float) -> str:
    if x < 6:
        return "start"
    return "end" if x > 94 else "middle"


def across(series: Sequence[Values]) -> list[list[float]]:
    """How long the bars of a list are, series by series, in per cent of the longest of them all."""
    longest = max((value for values in series for value in values if value), default=0)
    return [[round(100 * (value or 0) / longest, 2) if longest else 0 for value in values] for values in series]
