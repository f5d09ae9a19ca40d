"""The signed cookie: read anew at each request, its signature computed only at a browser's first one.

What is remembered is the content of a cookie whose signature was right. Whether its session still lives is asked of the
database every time (`staff.visitor`).
"""

from copy import deepcopy
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response, current_app
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer


class RememberedCookies(SecureCookieSessionInterface):
    """Flask's cookie and its rules, without the work that comes out the same each time."""

    def __init__(self) -> None:
        self._content = lru_cache(maxsize=512)(self._read)

    def _read(self, value: str) -> tuple[dict[str, Any], datetime]:
        serializer: URLSafeTimedSerializer = self.get_signing_serializer(current_app)  # type: ignore[assignment]
        content, signed_at = serializer.loads(value, return_timestamp=True)
        return content, signed_at

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the cookie carries; nothing of one that was altered or is too old."""
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return self.session_class()
        try:
            content, signed_at = self._content(value)
        except BadSignature:
            return self.session_class()
        age = (datetime.now(UTC) - signed_at).total_seconds()
        if not 0 <= age + 1 <= app.permanent_session_lifetime.total_seconds():  # signed to the second
            return self.session_class()
        return self.session_class(deepcopy(content))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie only when it changes. That the answer depends on it, `kernel.headers` has said of every page."""
        if session and not self.should_set_cookie(app, session) and "Cookie" in response.headers.get("Vary", ""):
            return
        super().save_session(app, session, response)
