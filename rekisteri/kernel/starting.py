"""What makes a fresh process answer sooner: work that only some pages need is left to them, or done once for all processes."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule


@contextmanager
def untroubled() -> Iterator[None]:
    """Load without looking for garbage: what is loaded stays, and the search for it takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def compiled_templates(data: Path) -> FileSystemBytecodeCache:
    """Templates once compiled are kept with the register's own files; one that has been changed is compiled anew."""
    folder = data / "templates"
    folder.mkdir(mode=0o700, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


class LazyRule(Rule):
    """A route whose addresses are built by code that werkzeug makes: here only when the first address is asked for."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        made: list[Callable[..., Any]] = []
        make = super()._compile_builder

        def build(rule: Rule, *values: Any, **named: Any) -> Any:
            if not made:
                made.append(make(append_unknown))
            return made[0](rule, *values, **named)

        return build
