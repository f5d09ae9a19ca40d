"""Run the benchmarks: `scripts/bench`, or one of them by name: `scripts/bench paper`."""

import sys
from importlib import import_module

NAMES = ("paper", "serving", "growth")


def main(chosen: list[str]) -> int:
    """Print each figure as it is ready; the exit status tells whether all were within their limits."""
    unknown = set(chosen) - set(NAMES)
    if unknown:
        print(f"Tuntematon mittaus: {', '.join(sorted(unknown))}. Valitse: {', '.join(NAMES)}.")
        return 2
    over = 0
    for name in chosen or NAMES:
        for ratio in import_module(f"benchmarks.{name}").ratios():
            print(ratio.line(), flush=True)
            over += ratio.value > ratio.limit
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
