"""The blueprint that the pages of the room share."""

from flask import Blueprint

bp = Blueprint("documents", __name__)
