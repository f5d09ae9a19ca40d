"""Answers: a page or its fragment from one source, redirects, static files under their content's hash."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
_BETWEEN = "\x1f"


def wants_fragment() -> bool:
    """Whether htmx asks for a piece of the page; a restored history entry gets the whole page again."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """The page, or for htmx the fragment's own file, with the same context."""
    chosen = fragment if fragment and wants_fragment() else template
    return make_response(render_template(chosen, **context), status)


def see_other(url: str) -> Response:
    """Success of a form: look at `url` next (303). htmx is told to go there as a browser would."""
    if wants_fragment():
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = url
        return answer
    return make_response(redirect(url, 303))


def safe_next(url: str | None) -> str:
    """A path of our own to continue to after sign-in; the front page for anything that could lead elsewhere."""
    if not url or not url.startswith("/") or url.startswith("//"):
        return "/"
    if any(sign < " " or sign in "\\\x7f" for sign in url):  # browsers leave out some of these, and read \ as /
        return "/"
    parts = urlsplit(url)
    return "/" if parts.scheme or parts.netloc else url


def asset(name: str) -> str:
    """The address of a static file, with its content's hash, so that browsers may keep it for good."""
    return url_for("static", filename=name, v=asset_hash(name) or None)


def asset_hash(name: str) -> str:
    """What the file's address carries as `v`; empty when there is no such file."""
    hashes: dict[str, str] = current_app.extensions.setdefault("asset_hashes", {})
    if name not in hashes or current_app.debug:
        path = Path(current_app.static_folder or "") / name
        if not path.is_file():
            return ""
        hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return hashes[name]


def numbered(endpoint: str) -> Callable[[int | str], str]:
    """The addresses of many rows: the map of addresses is asked once, and `numbered("customers.show")(7)` fills in the id."""
    before, _, after = url_for(endpoint, id=LARGEST_ID).partition(str(LARGEST_ID))
    return lambda number: f"{before}{number}{after}"


def has_asset(name: str) -> bool:
    """Whether a file fetched at set-up (htmx) is there; pages work without it."""
    return bool(asset_hash(name))


def repeated(pattern: str, rows: Sequence[Sequence[str]]) -> Markup:
    """A piece of a template once for each row, whose cells take the places of `%s` in it.

    The texts are escaped all at once: to escape hundreds of them one by one takes longer than to read them.
    """
    cells = [cell for row in rows for cell in row]
    plain = set(map(type, cells)) <= {str}
    texts = cells if plain else [cell for cell in cells if not isinstance(cell, Markup)]
    escaped = str(escape(_BETWEEN.join(texts))).split(_BETWEEN)
    if len(escaped) != len(texts):  # a text has the very sign that was put between them
        escaped = [str(escape(text)) for text in texts]
    each = iter(escaped)
    filled = escaped if plain else [cell if isinstance(cell, Markup) else next(each) for cell in cells]
    return Markup(str(pattern) * len(rows) % tuple(filled))  # noqa: S704 - the pattern is a template's, the cells are escaped


def attributes(values: Mapping[str, Any]) -> Markup:
    """Values as HTML attributes: `hx_get` becomes hx-get, True stands alone, None and False are left out."""
    shown = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        written = escape(name.rstrip("_").replace("_", "-"))
        shown.append(f" {written}" if value is True else f' {written}="{escape(value)}"')
    return Markup("".join(shown))  # noqa: S704 - names and values are escaped


class Identifier(IntegerConverter):
    """A row's id in an address; a number that no row can have is no page, on either database."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **({"max": LARGEST_ID} | options))


def init_web(app: Flask) -> None:
    """Give the templates what they need for addresses and attributes. Comes before the first route."""
    app.url_map.converters["int"] = Identifier
    app.jinja_env.globals.update(asset=asset, has_asset=has_asset, numbered=numbered)
    app.jinja_env.filters.update(attributes=attributes, repeated=repeated)
