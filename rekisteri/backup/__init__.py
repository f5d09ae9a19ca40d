"""Varmuuskopiot: making, restoring and trying out backups."""
