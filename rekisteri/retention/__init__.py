"""Säilytys: how long each kind of data is kept, and who is due to go."""
