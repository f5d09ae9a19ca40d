"""The pages of the room: signing in, one's own page, the users, their commitments."""

from flask import Flask

from rekisteri.staff import views_commitments, views_entrance, views_own, views_users
from rekisteri.staff.blueprint import bp
from rekisteri.staff.cookie import init_cookie

__all__ = ["bp", "init", "views_commitments", "views_entrance", "views_own", "views_users"]


def init(app: Flask) -> None:
    """Let the application know who is signed in."""
    init_cookie(app)
