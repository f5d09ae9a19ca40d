"""Asetukset: who keeps the register, whom to ask about it, who answers for it, and how the Ombudsman is reached."""
