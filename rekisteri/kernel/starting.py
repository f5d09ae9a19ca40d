"""What makes a fresh process answer sooner: work that only some pages need is left to them, or done once for all processes."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
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


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates once compiled. A full disk costs time, never a page."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template if there is room for it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(data: Path) -> CompiledTemplates:
    """Templates once compiled are kept with the register's own files; one that has been changed is compiled anew."""
    folder = data / "templates"
    folder.mkdir(mode=0o700, exist_ok=True)
    return CompiledTemplates(str(folder))


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
