"""Measuring pairs fairly: rounds alternate, medians are compared, and only the ratio is told."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """One figure: what was compared, what came out, and its limit: at most so much, or at least so much."""

    name: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def line(self) -> str:
        """The figure as a row of the table."""
        sign, verdict = "≥" if self.at_least else "≤", "kunnossa" if self.is_kept else "EI KUNNOSSA"
        return f"{self.name:<84} {self.value:>8.2f}   {sign} {self.limit:>6.2f}   {verdict}"


def seconds(action: Callable[[], object]) -> float:
    """How long one call took."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def medians(*actions: Callable[[], object], rounds: int, warm: int = 2) -> list[float]:
    """The median seconds of each action; every round runs them all in turn, so that the machine's moods hit them alike."""
    for _ in range(warm):
        for action in actions:
            action()
    gc.collect()
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, kept in zip(actions, times, strict=True):
            kept.append(seconds(action))
    return [statistics.median(kept) for kept in times]


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
