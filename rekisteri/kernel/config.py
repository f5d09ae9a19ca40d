"""Settings from the environment, and the keys of this installation.

Nothing here has a default that would be unsafe outside the machine: other Host headers get 400, cookies are `Secure`
unless the server is bound to loopback or the deviation is stated, and a weak secret key refuses to start.
"""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Any

LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"]
MEGABYTE = 1024 * 1024
SHORTEST_KEY = 32


class SettingError(RuntimeError):
    """A setting makes a safe start impossible; the sentence says which and why."""


def read_settings(overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """All settings of one application; `overrides` (tests, commands) win over the environment."""
    given = overrides or {}
    data = Path(given.get("DATA") or os.environ.get("REKISTERI_DATA") or "instance").absolute()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    insecure = given.get("INSECURE_HTTP", os.environ.get("REKISTERI_INSECURE_HTTP", "0") == "1")
    hosts = _listed("REKISTERI_TRUSTED_HOSTS")
    secure = bool(hosts) and not insecure
    settings: dict[str, Any] = {
        "DATA": data,
        "SECRET_KEY": given.get("SECRET_KEY") or _secret_key(data),
        "SECRET_KEY_FALLBACKS": _listed("REKISTERI_SECRET_KEY_FALLBACKS"),
        "SQLALCHEMY_DATABASE_URI": os.environ.get("REKISTERI_DATABASE_URL") or f"sqlite:///{data / 'rekisteri.sqlite'}",
        "TRUSTED_HOSTS": hosts or LOOPBACK_NAMES,
        "PROXIES": int(os.environ.get("REKISTERI_PROXIES", "0")),
        "ALLOWED_NETWORKS": [ip_network(net) for net in _listed("REKISTERI_ALLOWED_NETWORKS")],
        "INSECURE_HTTP": insecure,
        "SESSION_COOKIE_NAME": "__Host-rekisteri" if secure else "rekisteri",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 64 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 8 * MEGABYTE,
        "MAX_FORM_PARTS": 1000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_I18N_ENABLED": False,
        "SQLALCHEMY_ENGINE_OPTIONS": {},
        "PASSWORD_METHOD": "scrypt:131072:8:1",
    }
    settings.update(given)
    settings["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings["SQLALCHEMY_DATABASE_URI"])
    return settings


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _engine_options(url: str) -> dict[str, Any]:
    if not url.startswith("sqlite"):
        return {
            "pool_pre_ping": True,
            "connect_args": {"options": "-c lock_timeout=10s -c statement_timeout=30s -c timezone=UTC"},
        }
    options: dict[str, Any] = {"connect_args": {"timeout": 10}}
    try:
        from pysqlite3 import dbapi2  # a SQLite without the WAL-reset corruption bug of 3.7.0–3.51.2
    except ImportError:
        return options
    return options | {"module": dbapi2}


def private_file(path: Path, content: bytes) -> bytes:
    """The bytes of `path`; written first, readable by this user only, when there is no such file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return content


def _secret_key(data: Path) -> str:
    key = os.environ.get("REKISTERI_SECRET_KEY")
    if key is None:
        key = private_file(data / "secret.key", secrets.token_urlsafe(48).encode()).decode()
    if len(key) < SHORTEST_KEY or len(set(key)) < 10:
        raise SettingError(
            f"REKISTERI_SECRET_KEY on liian lyhyt tai arvattava: vähintään {SHORTEST_KEY} satunnaista merkkiä."
        )
    return key
