"""Käsittelyloki: who did and who saw what. A chain in which a later change shows, holding ids but never personal values."""
