"""Backups: the whole register in one verified file, put back whole or not at all, and rehearsed."""
