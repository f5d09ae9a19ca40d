"""Commands and migrations, brought in when somebody asks for them: a web process starts without what only they need."""

from collections.abc import Callable, MutableMapping
from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from rekisteri.kernel.db import be_patient, db


class RoomCommands(AppGroup):
    """The application's commands; the modules that hold them are imported at the first look."""

    def __init__(self, modules: list[str], **options: Any) -> None:
        self._modules = modules
        self._loaded: MutableMapping[str, click.Command] = {}
        super().__init__(**options)

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """Every command by its name; `db` is Flask-Migrate's own."""
        if self._modules:
            self._loaded["db"] = import_module("flask_migrate.cli").db
        while self._modules:
            for command in import_module(self._modules.pop(0)).commands:
                self._loaded[command.name] = command
        return self._loaded

    @commands.setter
    def commands(self, given: MutableMapping[str, click.Command]) -> None:
        self._loaded = given

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, which may take its time."""
        be_patient()
        return super().get_command(ctx, name)


class Migrations:
    """Stands where Flask-Migrate's settings stand, and becomes them when the first one is asked for."""

    def __init__(self, app: Flask, directory: str) -> None:
        def configure() -> Any:
            from flask_migrate import Migrate

            Migrate(app, db, directory=directory, render_as_batch=True)
            return app.extensions["migrate"]

        self._configure: Callable[[], Any] = configure

    def __getattr__(self, name: str) -> Any:
        return getattr(self._configure(), name)


def init_commands(app: Flask, *, modules: list[str], migrations: str) -> None:
    """Give the application its commands and its migrations.

    :param modules: names of the modules that hold `commands: list[click.Command]`.
    :param migrations: the directory of the revisions.
    """
    app.cli = RoomCommands(modules, name=app.name)
    app.extensions["migrate"] = Migrations(app, migrations)
