"""What is left to do after the database has got a newer structure, and no revision can do: revisions know none of our rules.

A room registers its work once, when its views are imported.
"""

from collections.abc import Callable

from rekisteri.kernel.db import transaction

_steps: list[Callable[[], None]] = []


def after_upgrade(step: Callable[[], None]) -> Callable[[], None]:
    """Run `step` in a transaction of its own at each start; it does nothing at once when its work is done already."""
    if step not in _steps:
        _steps.append(step)
    return step


def finish() -> None:
    """Do what is left."""
    for step in _steps:
        with transaction():
            step()
