"""The blueprint that the pages of the room share."""

from flask import Blueprint

bp = Blueprint("settings", __name__)
