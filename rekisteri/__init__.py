"""Asiakasrekisteri: a company's customer register that keeps what its privacy notice promises."""

from collections.abc import Callable, Iterable, MutableMapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from rekisteri.kernel.commands import init_commands
from rekisteri.kernel.config import read_settings
from rekisteri.kernel.cookies import RememberedCookies
from rekisteri.kernel.db import init_database
from rekisteri.kernel.failures import init_failures
from rekisteri.kernel.formats import init_formats
from rekisteri.kernel.gate import init_gate
from rekisteri.kernel.headers import init_headers
from rekisteri.kernel.parts import init_parts
from rekisteri.kernel.starting import LazyRule, compiled_templates, untroubled
from rekisteri.kernel.web import init_web

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "audit",
    "documents",
    "staff",
    "settings",
    "notice",
    "customers",
    "forgotten",
    "disclosures",
    "orders",
    "billing",
    "paper",
    "cases",
    "restrictions",
    "consents",
    "rectification",
    "prohibitions",
    "objections",
    "selections",
    "lists",
    "interfaces",
    "access",
    "erasure",
    "informing",
    "retention",
    "statistics",
    "backup",
    "home",
    "demo",
)


class Templates(Environment):
    """Templates that share one dictionary of what all of them know; a layer of its own for each makes every import slow."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside its context."""
        return super().make_globals(d) if d else self.globals


class Register(Flask):
    """Flask, in which no function is a coroutine: it need not be asked of each, a dozen times in every request."""

    jinja_environment = Templates
    url_rule_class = LazyRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(overrides: dict[str, Any] | None = None, *, rooms: Iterable[str] = ROOMS) -> Flask:
    """The application with all its rooms.

    :param overrides: settings that win over the environment (`kernel.config`).
    :param rooms: the rooms to open, from the ground up; fewer when only the ground is looked at.
    :raises SettingError: a setting makes a safe start impossible.
    """
    with untroubled():
        return _put_together(overrides, tuple(rooms))


def _put_together(overrides: dict[str, Any] | None, rooms: tuple[str, ...]) -> Flask:
    app = Register(__name__, root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.from_mapping(read_settings(overrides))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.session_interface = RememberedCookies()
    app.jinja_env.bytecode_cache = compiled_templates(app.config["DATA"])
    Htmx(app)
    init_database(app)
    init_headers(app)
    init_gate(app)
    CSRFProtect(app)
    init_parts(app)
    init_failures(app)
    init_formats(app)
    init_web(app)
    for room in rooms:
        _open_room(app, room)
    modules = [f"rekisteri.{room}.commands" for room in rooms if _has(room, "commands")]
    init_commands(app, modules=modules, migrations=str(ROOT / "migrations"))
    return app


def _open_room(app: Flask, room: str) -> None:
    """Bring in a room's tables and pages. A room without one of them has none."""
    if _has(room, "models"):
        import_module(f"rekisteri.{room}.models")
    if _has(room, "views"):
        views = import_module(f"rekisteri.{room}.views")
        app.register_blueprint(views.bp)
        if hasattr(views, "init"):
            views.init(app)


def _has(room: str, part: str) -> bool:
    return find_spec(f"rekisteri.{room}.{part}") is not None
