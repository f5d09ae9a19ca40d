"""The room has no page: what it knows is told where customers are entered and imported."""

from flask import Blueprint

from rekisteri.customers.importing.recognisers import add_recogniser
from rekisteri.forgotten.recogniser import recognise

bp = Blueprint("forgotten", __name__)
add_recogniser(recognise)
