"""Parts of pages that are drawn once for all who may see the same, and the token of forms, which is never kept in them."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from markupsafe import Markup

from rekisteri.kernel.db import new_key
from rekisteri.kernel.web import LARGEST_ID

_PLACE, _ONCE = new_key(), new_key()
"""Stand in a kept part where the token and the form's key go. Nobody can guess them, so that no text turns into a token."""


def form_token() -> str:
    """The token of every form on this page."""
    if "csrf_token" not in g and "csrf_token" in session:
        g.csrf_token = _signed(current_app.secret_key, session["csrf_token"])
    token: str = g.csrf_token if "csrf_token" in g else generate_csrf()
    return token


@lru_cache(maxsize=256)
def _signed(key: str, secret: str) -> Any:
    """What `generate_csrf` would make. A token has no time limit but its session's, so the same one does on every page."""
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret)


def parts_of(app: Flask) -> Callable[..., Markup]:
    """Make `part(template, **values)`: a part of a page that depends on these values and on nothing else but the form token.

    It is drawn once for each combination of them. What the visitor may is always among the values, so that nothing is kept
    that somebody may no longer see. A part about one of many rows gets its `id` filled in each time, like the token and the
    key of its form (`once`): no text of a person's is in a part, so that nothing else in it can look like them.
    """

    def draw(template: str, **values: Hashable) -> str:
        own, g.csrf_token = form_token(), _PLACE
        try:
            return app.jinja_env.get_template(template).render(values, once=_ONCE)
        finally:
            g.csrf_token = own

    kept = draw if app.debug else lru_cache(maxsize=512)(draw)

    def part(template: str, *, id: int | None = None, **values: Hashable) -> Markup:
        drawn = kept(template, **values) if id is None else kept(template, id=LARGEST_ID, **values)
        if _PLACE in drawn:
            drawn = drawn.replace(_PLACE, form_token())
        if _ONCE in drawn:
            drawn = drawn.replace(_ONCE, new_key())
        return Markup(drawn if id is None else drawn.replace(str(LARGEST_ID), str(id)))  # noqa: S704 - templates escape

    return part


def init_parts(app: Flask) -> None:
    """Give the templates `part`, and the token. Comes after the guard of forms, which has a slower one."""
    app.jinja_env.globals.update(part=parts_of(app), csrf_token=form_token)
    app.context_processor(lambda: {"csrf_token": form_token})
