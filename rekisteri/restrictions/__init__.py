"""Rajoitukset: data that may only be kept, not used, until a dispute is settled (GDPR art. 18)."""
