"""Run the benchmarks: `scripts/bench`, or some of them by name: `scripts/bench paper pages`.

--quick measures small registers, to see that everything runs; --minutes says how long `load` goes on.
"""

import argparse
import sys
from importlib import import_module

from benchmarks import load, registers, scale

NAMES = (
    "pages",
    "searching",
    "importing",
    "writers",
    "postgres",
    "paper",
    "post",
    "labels",
    "letters",
    "rights",
    "interface",
    "erasure",
    "serving",
    "growth",
    "selections",
    "load",
)


def main(words: list[str]) -> int:
    """Print each figure as it is ready; the exit status tells whether all were within their limits."""
    asked = argparse.ArgumentParser(prog="scripts/bench", description="Mittaa luvut ja tulostaa ne suhteina.")
    asked.add_argument("names", nargs="*", metavar="mittaus", help=f"Jokin näistä: {', '.join(NAMES)}. Oletus: kaikki.")
    asked.add_argument("--quick", action="store_true", help="Pienet rekisterit: kokeilu, ei mittaus.")
    asked.add_argument("--minutes", type=float, default=10, help="Kuinka kauan mittaus load kestää (oletus 10).")
    chosen = asked.parse_args(words)
    if unknown := set(chosen.names) - set(NAMES):
        print(f"Tuntematon mittaus: {', '.join(sorted(unknown))}. Valitse: {', '.join(NAMES)}.")
        return 2
    load.MINUTES = chosen.minutes
    if chosen.quick:
        scale.make_quick()
    missed = 0
    with registers.registers():
        for name in chosen.names or NAMES:
            for ratio in import_module(f"benchmarks.{name}").ratios():
                print(ratio.line(), flush=True)
                missed += not ratio.is_kept
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
