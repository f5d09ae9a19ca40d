"""The command line as a person at a terminal uses it."""

from contextvars import Context
from typing import Any

from click.testing import Result
from flask import Flask

from rekisteri.kernel.db import db


class CommandLine:
    """Runs `flask …` on the test's own application and database."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, *words: str, typed: str | None = None) -> Result:
        """Run one command; `typed` is what the person writes when asked (or pipes in)."""
        db.session.rollback()
        runner = self.app.test_cli_runner()
        result: Any = Context().run(runner.invoke, args=[str(word) for word in words], input=typed)
        db.session.rollback()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert isinstance(result, Result)
        return result
