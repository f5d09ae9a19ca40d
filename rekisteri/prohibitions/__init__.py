"""Kiellot: what a customer has forbidden, from when and how it was told."""
