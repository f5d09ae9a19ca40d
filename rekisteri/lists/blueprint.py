"""The blueprint of lists, to which each of the room's views adds its pages."""

from flask import Blueprint

bp = Blueprint("lists", __name__, url_prefix="/luettelot")
