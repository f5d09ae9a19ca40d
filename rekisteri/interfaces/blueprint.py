"""The room's addresses: the interface under /rajapinta/v1, its keeping under /rajapinnat."""

from flask import Blueprint, abort

from rekisteri.interfaces import connections
from rekisteri.interfaces.models import Connection, Key

bp = Blueprint("interfaces", __name__)


def connection_or_404(id: int) -> Connection:
    """The connection of the address."""
    return connections.find(id) or abort(404)


def key_or_404(id: int) -> Key:
    """The key of the address."""
    return connections.find_key(id) or abort(404)
