"""Poisto: erasing a person, what prevents it and until when, and the proof that nothing was left."""
