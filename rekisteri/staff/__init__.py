"""Käyttäjät: named people with a user name and password of their own, their roles, sessions and signed commitments."""
