"""How large the measured registers are. `--quick` makes all of them small: to see that everything runs, not how fast."""

from benchmarks import registers

SMALL = (10_000, 0)
LARGE = (100_000, 300_000)
HUGE = (1_000_000, 0)
BUSY = (100_000, 30_000)
CROWDED = (1_000_000, 300_000)
COUNT = 300
QUICK = False


def make_quick() -> None:
    """From here on everything is small."""
    global SMALL, LARGE, HUGE, BUSY, CROWDED, COUNT, QUICK
    registers.MOST_INVENTED = 500
    SMALL, LARGE, HUGE = (200, 0), (400, 1200), (1000, 0)
    BUSY, CROWDED, COUNT, QUICK = LARGE, LARGE, 5, True


def rounds(wanted: int) -> int:
    """So many rounds, or one."""
    return 1 if QUICK else wanted


def span(wanted: float) -> float:
    """So many seconds, or a blink."""
    return 0.05 if QUICK else wanted
