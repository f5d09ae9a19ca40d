"""The gate: nothing is reached that does not say who may reach it.

One check before every request, deny by default. A view without `@requires`, `@signed_in` or `@public` is refused to
everybody, so a forgotten decorator shows at once and leaks nothing.
"""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from rekisteri.kernel.errors import NotPermitted

PUBLIC = "public"
SIGNED_IN = "signed_in"
BY_KEY = "by_key"
OUTSIDE = "Rekisteriä voi käyttää vain yrityksen omasta verkosta."
View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: str) -> Callable[[View], View]:
    """Only a user who holds `permission` (rekisteri/staff/rules.py) reaches the view."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Anybody behind the firewall reaches the view; it shows no personal data."""
    return requires(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Every signed-in user reaches the view, whatever the role; it shows no customer's data."""
    return requires(SIGNED_IN)(view)


def by_key(view: View) -> View:
    """A program with a key of its own reaches the view; whose sessions live in cookies do not (`app.extensions["keys"]`)."""
    return requires(BY_KEY)(view)


def permission_of(app: Flask, endpoint: str) -> str | None:
    """What the view behind `endpoint` asks for; None when it says nothing and is thus closed."""
    if endpoint == "static":
        return PUBLIC
    return getattr(app.view_functions.get(endpoint), "permission", None)


def visitor() -> Any:
    """Who makes this request, as it was read when the request began: whether signed in, and what they may."""
    return current_user._get_current_object()


def actor() -> Any:
    """The signed-in user's own row, read anew: the plain object that services get as `by`."""
    return visitor().account


def can(permission: str) -> bool:
    """Whether to show what leads to something that asks for `permission`."""
    who = visitor()
    return bool(who and who.is_authenticated and who.why_not(permission) is None)


def allowed() -> frozenset[str]:
    """All that the visitor may, for what is drawn by it; nothing for somebody who has not signed in."""
    who = visitor()
    held: frozenset[str] = who.allowed if who and who.is_authenticated else frozenset()
    return held


def init_gate(app: Flask) -> None:
    """Put the gate before every request."""
    app.before_request(_limit_text)
    app.before_request(_check_network)
    app.before_request(_check_permission)
    app.jinja_env.globals.update(can=can, allowed=allowed)


def _limit_text() -> None:
    """Only files may be large; a form without them would be read into memory whole."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _check_network() -> None:
    networks = current_app.config["ALLOWED_NETWORKS"]
    if not networks:
        return
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        abort(403, OUTSIDE)
    address = getattr(address, "ipv4_mapped", None) or address  # ::ffff:10.1.0.5 on a socket that takes both
    if not any(address in network for network in networks):
        abort(403, OUTSIDE)


def _check_permission() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page, or not by this method: the router answers
    permission = permission_of(current_app, request.endpoint)
    if permission == PUBLIC:
        return None
    if permission is None:
        raise NotPermitted("Sivulle ei ole määritelty käyttöoikeutta, joten se on suljettu.")
    if permission == BY_KEY:
        current_app.extensions["keys"]()
        return None
    who = visitor()
    if not who.is_authenticated:
        answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return answer
    refusal = None if permission == SIGNED_IN else who.why_not(permission)
    if refusal:
        raise NotPermitted(refusal)
    return None
