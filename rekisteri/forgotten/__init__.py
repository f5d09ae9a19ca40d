"""Unohdetut: keyed marks by which an erased person is recognised without being known."""
