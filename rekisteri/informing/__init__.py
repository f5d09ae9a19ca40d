"""Informoinnit: who must still be told that the register holds data obtained from somebody else (GDPR art. 14)."""
