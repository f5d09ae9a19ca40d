"""Informointi: telling people that their data came from somebody else (GDPR art. 14)."""
