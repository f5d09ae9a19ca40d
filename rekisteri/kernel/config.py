"""Settings from the environment, and the keys of this installation.

Nothing here has a default that would be unsafe outside the machine: other Host headers get 400, cookies are `Secure`
unless the server is bound to loopback or the deviation is stated, and a weak secret key refuses to start.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from flask.helpers import get_debug_flag

LOOPBACK_NAMES = ["127.0.0.1", "localhost"]
MEGABYTE = 1024 * 1024
SHORTEST_KEY = 32


class SettingError(RuntimeError):
    """A setting makes a safe start impossible; the sentence says which and why."""


def read_settings(overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """All settings of one application; `overrides` (tests, commands) win over the environment."""
    given = overrides or {}
    data = _data_folder(given.get("DATA") or os.environ.get("REKISTERI_DATA") or "instance")
    insecure = given.get("INSECURE_HTTP", os.environ.get("REKISTERI_INSECURE_HTTP", "0") == "1")
    hosts = [name.lower() for name in _listed("REKISTERI_TRUSTED_HOSTS")]  # as browsers send them
    secure = bool(hosts) and not insecure
    if get_debug_flag() and not set(hosts) <= set(LOOPBACK_NAMES):
        raise SettingError("FLASK_DEBUG on sallittu vain omalla koneella, ei kun REKISTERI_TRUSTED_HOSTS on annettu.")
    settings: dict[str, Any] = {
        "DATA": data,
        "SECRET_KEY": given.get("SECRET_KEY") or _secret_key(data),
        "SECRET_KEY_FALLBACKS": [
            _strong(key, "REKISTERI_SECRET_KEY_FALLBACKS") for key in _listed("REKISTERI_SECRET_KEY_FALLBACKS")
        ],
        "SQLALCHEMY_DATABASE_URI": os.environ.get("REKISTERI_DATABASE_URL") or f"sqlite:///{data / 'rekisteri.sqlite'}",
        "TRUSTED_HOSTS": hosts or LOOPBACK_NAMES,
        "PROXIES": _proxies(os.environ.get("REKISTERI_PROXIES") or "0"),
        "ALLOWED_NETWORKS": [_network(text) for text in _listed("REKISTERI_ALLOWED_NETWORKS")],
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
        "PRINT_AT_ONCE": True,  # False leaves each document to be printed at its first look
        "PASSWORD_METHOD": "scrypt:131072:8:1",
    }
    settings.update(given)
    settings["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings["SQLALCHEMY_DATABASE_URI"])
    return settings


def _data_folder(path: str | Path) -> Path:
    """The folder of the database and the keys: nobody else on the machine may look into it."""
    data = Path(path).absolute()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if data.stat().st_mode & 0o077:
        with suppress(PermissionError):
            data.chmod(0o700)
    return data


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _proxies(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise SettingError(f"REKISTERI_PROXIES on luotettujen välityspalvelinten määrä, ei ”{text}”.")
    return int(text)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise SettingError(
            f"REKISTERI_ALLOWED_NETWORKS: ”{text}” ei ole verkko. Kirjoita verkko muodossa 10.1.0.0/16."
        ) from error


_POSTGRESQL = (
    "lock_timeout=10s",
    "statement_timeout=30s",
    "timezone=UTC",
    "plan_cache_mode=force_custom_plan",  # a plan fit for any word reads the whole register for a common one
)


def _engine_options(url: str) -> dict[str, Any]:
    if not url.startswith("sqlite"):
        return {
            "hide_parameters": True,
            "isolation_level": "REPEATABLE READ",  # a page is read from one moment, as on SQLite
            "pool_pre_ping": True,
            "connect_args": {"options": " ".join(f"-c {setting}" for setting in _POSTGRESQL)},
        }
    options: dict[str, Any] = {"hide_parameters": True, "connect_args": {"timeout": 10}}
    try:
        from pysqlite3 import dbapi2  # a SQLite without the WAL-reset corruption bug of 3.7.0–3.51.2
    except ImportError:
        return options
    return options | {"module": dbapi2}


def private_file(path: Path, content: bytes) -> bytes:
    """The bytes of `path`; written first, readable by this user only, when there is no such file.

    The file appears whole: of several processes that start at once, one writes it and all read the same.
    """
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_bytes()


def _secret_key(data: Path) -> str:
    key = os.environ.get("REKISTERI_SECRET_KEY")
    if key is None:
        key = private_file(data / "secret.key", secrets.token_urlsafe(48).encode()).decode()
    return _strong(key, "REKISTERI_SECRET_KEY")


def _strong(key: str, name: str) -> str:
    if len(key) < SHORTEST_KEY or len(set(key)) < 10:
        raise SettingError(f"{name} on liian lyhyt tai arvattava: vähintään {SHORTEST_KEY} satunnaista merkkiä.")
    return key
