"""Esimerkkiaineisto: an invented company with invented customers, for learning and for trying out. Nobody in it exists."""
