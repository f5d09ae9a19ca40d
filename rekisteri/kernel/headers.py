"""The headers every answer carries: nothing foreign is loaded, nothing personal is left in a cache."""

from flask import Flask, Response, request

from rekisteri.kernel.web import asset_hash

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
_SENT = [(name, name.lower(), value) for name, value in HEADERS.items()]
DEPENDS_ON = ("HX-Request", "Cookie")
"""A fragment is not a page, and nobody's page is another's."""
A_YEAR = 365 * 24 * 3600


def init_headers(app: Flask) -> None:
    """Add the headers; a view that sets a stricter one of its own keeps it."""

    @app.after_request
    def add(response: Response) -> Response:
        own = {name.lower() for name, _value in response.headers}
        for name, lowered, value in _SENT:
            if lowered not in own:
                response.headers.add(name, value)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
        if request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        elif _is_as_named():
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        if response.mimetype == "text/html":
            if "vary" in own:
                response.vary.update(DEPENDS_ON)
            else:
                response.headers.add("Vary", ", ".join(DEPENDS_ON))
        return response


def _is_as_named() -> bool:
    """Whether a static file is asked for under the hash of what it holds now, so that it may be kept for good."""
    view = request.view_args or {}
    return bool(request.args.get("v")) and request.args["v"] == asset_hash(view.get("filename", ""))
