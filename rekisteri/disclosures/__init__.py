"""Luovutukset: the partners, and the ledger of what went to whom, when, for what purpose and on what ground."""
