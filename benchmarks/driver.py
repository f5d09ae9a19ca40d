"""SQLite as the register has it: the newer one where it is installed, otherwise Python's own."""

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3

__all__ = ["sqlite3"]
