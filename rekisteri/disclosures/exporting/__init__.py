"""Vienti: customers to a file, for a purpose that is told and put on record."""
