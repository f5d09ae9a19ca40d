"""The blueprint of the room, which its view files share."""

from flask import Blueprint

bp = Blueprint("notice", __name__)
